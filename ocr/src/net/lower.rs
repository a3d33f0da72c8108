//! From the nodes of an ONNX graph to steps.
//!
//! The graph is read once, in order, with a symbol for each name. A symbol is a tensor, a constant, a list of sizes,
//! or something half done: exporters spell GELU, layer normalisation or attention out in many nodes, and each of
//! them moves the symbol on by one stage until the last one yields a single step. What a graph has that is not
//! described here is an error, so nothing is ever computed that was not understood.

use std::collections::BTreeMap;

use super::NetError;
use super::kernel::Activation;
use super::onnx::{Constant, Graph, Node};
use super::plan::{Dense, Form, Id, Op, Plan, Tensor};

mod arithmetic;
mod convolution;
mod shape;
mod window;

/// A tensor and how its numbers are ordered in the eyes of the graph.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Value {
    id: Id,
    form: Form,
    /// Whether every name it had before was used once.
    sole: bool,
}

/// What a name of the graph stands for.
#[derive(Debug, Clone, PartialEq)]
enum Symbol {
    Value(Value),
    /// Sizes; `None` is one that depends on the input.
    Shape(Vec<Option<i64>>),
    /// Something half done of a tensor.
    Stage(Value, Stage),
}

/// How far something has come.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    /// `x / sqrt 2`, `erf` of it, one more, times `x`.
    GeluScaled,
    GeluErf,
    GeluOneMore,
    GeluTimes,
    HardSigmoid {
        alpha: f32,
        beta: f32,
    },
    Sigmoid,
    /// Layer normalisation: mean, `x - mean`, its square, variance, plus epsilon, root, quotient, times gain.
    Mean,
    Centred,
    Squared,
    Variance,
    VarianceMore(f32),
    Deviation(f32),
    Normal(f32),
    Gained(f32, usize),
    /// Attention: batch x steps x 3 x heads x width, then 3 x batch x heads x steps x width.
    Split {
        heads: usize,
        width: usize,
    },
    Turned {
        heads: usize,
        width: usize,
    },
    /// One of queries, keys and values, times a factor; `ranked` while the axis of three is there.
    Part {
        which: usize,
        heads: usize,
        width: usize,
        factor: f32,
        ranked: bool,
        turned: bool,
    },
    PartShape,
    /// Products of queries and keys, before and after softmax.
    Scores {
        heads: usize,
        width: usize,
        scale: f32,
        soft: bool,
    },
    /// Batch x heads x steps x width, then batch x steps x heads x width.
    Attended {
        turned: bool,
    },
}

/// Draws up a plan.
pub(super) fn lower(mut graph: Graph) -> Result<Plan<Dense>, NetError> {
    let aliases = drop_identities(&mut graph);
    let ([input], [output]) = (graph.inputs.as_slice(), graph.outputs.as_slice()) else {
        return Err(NetError::Load("需要恰好一个输入和一个输出".to_owned()));
    };
    let output = aliases.get(output).unwrap_or(output).clone();
    let mut lowering = Lowering::new(&graph, input);
    for node in &graph.nodes {
        let symbol = lowering.node(node)?;
        let name = node.outputs.first().ok_or_else(|| unsupported(node))?;
        lowering.symbols.insert(name.clone(), symbol);
    }
    match lowering.symbols.get(&output) {
        Some(Symbol::Value(value)) => {
            lowering.plan.output = (value.id, value.form);
            Ok(lowering.plan)
        }
        _ => Err(NetError::Load("没有输出".to_owned())),
    }
}

/// Takes the identities out and gives their names to what they stand for.
fn drop_identities(graph: &mut Graph) -> BTreeMap<String, String> {
    let mut aliases: BTreeMap<String, String> = BTreeMap::new();
    for node in &mut graph.nodes {
        for input in &mut node.inputs {
            if let Some(name) = aliases.get(input) {
                input.clone_from(name);
            }
        }
        if let ("Identity", [input], [output]) =
            (node.kind.as_str(), node.inputs.as_slice(), node.outputs.as_slice())
        {
            aliases.insert(output.clone(), input.clone());
        }
    }
    graph.nodes.retain(|node| node.kind != "Identity");
    aliases
}

fn unsupported(node: &Node) -> NetError {
    NetError::Load(format!("不支持的运算 {}（{}）", node.kind, node.outputs.join(", ")))
}

struct Lowering<'a> {
    graph: &'a Graph,
    /// How often each name is used.
    uses: BTreeMap<&'a str, usize>,
    symbols: BTreeMap<String, Symbol>,
    plan: Plan<Dense>,
}

impl<'a> Lowering<'a> {
    fn new(graph: &'a Graph, input: &str) -> Self {
        let mut uses = BTreeMap::new();
        for name in graph.nodes.iter().flat_map(|node| &node.inputs) {
            *uses.entry(name.as_str()).or_default() += 1;
        }
        let plan = Plan {
            // Three channels, and one that is zero.
            tensors: vec![Tensor { channels: 3, pitch: 4 }],
            ops: Vec::new(),
            products: Vec::new(),
            depthwise: Vec::new(),
            norms: Vec::new(),
            rows: Vec::new(),
            input: 0,
            output: (0, Form::Map),
        };
        let start = Symbol::Value(Value { id: 0, form: Form::Map, sole: true });
        Self { graph, uses, symbols: BTreeMap::from([(input.to_owned(), start)]), plan }
    }

    fn node(&mut self, node: &Node) -> Result<Symbol, NetError> {
        match node.kind.as_str() {
            "Conv" => self.convolution(node),
            "ConvTranspose" => self.transposed_convolution(node),
            "BatchNormalization" => self.batch_normalisation(node),
            "MatMul" => self.product(node),
            "MaxPool" | "AveragePool" => self.pool(node),
            "GlobalAveragePool" => self.means(node),
            "ReduceMean" => self.reduce_mean(node),
            "Resize" => self.resize(node),
            "Concat" => self.concat(node),
            "Relu" => self.activation(node, Activation::Relu),
            "HardSwish" => self.activation(node, Activation::HardSwish { alpha: 1.0 / 6.0, beta: 0.5 }),
            "HardSigmoid" => self.hard_sigmoid(node),
            "Sigmoid" => self.sigmoid(node),
            "Erf" => self.erf(node),
            "Add" => self.add(node),
            "Sub" => self.sub(node),
            "Mul" => self.mul(node),
            "Div" => self.div(node),
            "Pow" => self.pow(node),
            "Sqrt" => self.sqrt(node),
            "Softmax" => self.softmax(node),
            "Shape" => self.shape(node),
            "Slice" => self.slice(node),
            "Squeeze" => self.squeeze(node),
            "Unsqueeze" => self.unsqueeze(node),
            "Reshape" => self.reshape(node),
            "Transpose" => self.transpose(node),
            _ => Err(unsupported(node)),
        }
    }

    /// The symbol of an input that is no constant.
    fn symbol(&self, node: &Node, index: usize) -> Result<Symbol, NetError> {
        let name = node.inputs.get(index).ok_or_else(|| unsupported(node))?;
        self.symbols.get(name).cloned().ok_or_else(|| unsupported(node))
    }

    /// A finished tensor.
    fn value(&self, node: &Node, index: usize) -> Result<Value, NetError> {
        match self.symbol(node, index)? {
            Symbol::Value(value) => Ok(value),
            // A sigmoid that nothing was done with.
            _ => Err(unsupported(node)),
        }
    }

    fn floats(&self, node: &Node, index: usize) -> Option<(&'a [usize], &'a [f32])> {
        match self.graph.constants.get(node.inputs.get(index)?)? {
            Constant::Floats { dims, data } => Some((dims, data)),
            Constant::Integers(_) => None,
        }
    }

    fn integers(&self, node: &Node, index: usize) -> Option<&'a [i64]> {
        match self.graph.constants.get(node.inputs.get(index)?)? {
            Constant::Integers(data) => Some(data),
            Constant::Floats { .. } => None,
        }
    }

    fn scalar(&self, node: &Node, index: usize) -> Option<f32> {
        match self.floats(node, index) {
            Some((_, [scalar])) => Some(*scalar),
            _ => None,
        }
    }

    fn uses(&self, node: &Node, index: usize) -> usize {
        node.inputs.get(index).and_then(|name| self.uses.get(name.as_str())).copied().unwrap_or(0)
    }

    fn tensor(&mut self, channels: usize) -> Id {
        self.plan.tensors.push(Tensor::of(channels));
        self.plan.tensors.len() - 1
    }

    fn channels(&self, value: Value) -> usize {
        self.plan.tensors[value.id].channels
    }

    fn emit(&mut self, op: Op, form: Form) -> Symbol {
        let id = op.to();
        self.plan.ops.push(op);
        Symbol::Value(Value { id, form, sole: true })
    }

    /// The step that made a tensor, if the tensor has had one use at a time and `uses` of its last name are all.
    fn producer(&mut self, node: &Node, index: usize, value: Value, uses: usize) -> Option<&mut Op> {
        if !value.sole || self.uses(node, index) != uses {
            return None;
        }
        self.plan.ops.iter_mut().rev().find(|op| op.to() == value.id)
    }

    /// Lets the step that made a tensor end with a function, or adds a step.
    fn apply(
        &mut self,
        node: &Node,
        index: usize,
        value: Value,
        uses: usize,
        function: Activation,
    ) -> Symbol {
        let fused = match self.producer(node, index, value, uses) {
            Some(
                Op::Product { activation: activation @ Activation::None, residual: None, .. }
                | Op::Depthwise { activation: activation @ Activation::None, .. },
            ) => {
                *activation = function;
                true
            }
            _ => false,
        };
        if fused {
            return Symbol::Value(Value { sole: true, ..value });
        }
        let channels = self.channels(value);
        let to = self.tensor(channels);
        self.emit(Op::Activate { from: value.id, to, activation: function }, value.form)
    }
}
