//! Sums, products and functions of numbers, and what exporters spell out with them.

use super::{Lowering, Stage, Symbol, Value, unsupported};
use crate::net::NetError;
use crate::net::kernel::{Activation, Aligned};
use crate::net::onnx::Node;
use crate::net::plan::{Form, Op};

/// Whether two numbers are the same but for the last digits that an exporter wrote.
fn is_about(value: Option<f32>, expected: f32) -> bool {
    value.is_some_and(|value| (value - expected).abs() <= 1e-6 * expected.abs())
}

impl Lowering<'_> {
    pub(super) fn activation(&mut self, node: &Node, function: Activation) -> Result<Symbol, NetError> {
        let value = self.value(node, 0)?;
        // A transposed convolution is spread over the pixels after its function.
        if let Some(Op::Spread { from, .. }) = self.producer(node, 0, value, 1) {
            let from = *from;
            let before = self.plan.ops.iter_mut().rev().find(|op| op.to() == from);
            if let Some(Op::Product { activation: activation @ Activation::None, .. }) = before {
                *activation = function;
                return Ok(Symbol::Value(value));
            }
        }
        Ok(self.apply(node, 0, value, 1, function))
    }

    /// A gate or the first half of hard swish.
    pub(super) fn hard_sigmoid(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let function = Stage::HardSigmoid { alpha: node.float("alpha", 0.2), beta: node.float("beta", 0.5) };
        Ok(Symbol::Stage(self.value(node, 0)?, function))
    }

    /// The end of a detector, or the first half of swish.
    pub(super) fn sigmoid(&mut self, node: &Node) -> Result<Symbol, NetError> {
        if self.uses(node, 0) == 1 {
            return self.activation(node, Activation::Sigmoid);
        }
        Ok(Symbol::Stage(self.value(node, 0)?, Stage::Sigmoid))
    }

    pub(super) fn erf(&mut self, node: &Node) -> Result<Symbol, NetError> {
        match self.symbol(node, 0)? {
            Symbol::Stage(value, Stage::GeluScaled) => Ok(Symbol::Stage(value, Stage::GeluErf)),
            _ => Err(unsupported(node)),
        }
    }

    pub(super) fn div(&mut self, node: &Node) -> Result<Symbol, NetError> {
        match (self.symbol(node, 0)?, self.symbol(node, 1).ok()) {
            (Symbol::Value(value), None) if is_about(self.scalar(node, 1), core::f32::consts::SQRT_2) => {
                Ok(Symbol::Stage(value, Stage::GeluScaled))
            }
            (Symbol::Stage(value, Stage::Centred), Some(Symbol::Stage(other, Stage::Deviation(epsilon))))
                if value == other =>
            {
                Ok(Symbol::Stage(value, Stage::Normal(epsilon)))
            }
            _ => Err(unsupported(node)),
        }
    }

    pub(super) fn sub(&mut self, node: &Node) -> Result<Symbol, NetError> {
        match (self.symbol(node, 0)?, self.symbol(node, 1)?) {
            (Symbol::Value(value), Symbol::Stage(other, Stage::Mean)) if value == other => {
                Ok(Symbol::Stage(value, Stage::Centred))
            }
            _ => Err(unsupported(node)),
        }
    }

    pub(super) fn pow(&mut self, node: &Node) -> Result<Symbol, NetError> {
        match self.symbol(node, 0)? {
            Symbol::Stage(value, Stage::Centred) if is_about(self.scalar(node, 1), 2.0) => {
                Ok(Symbol::Stage(value, Stage::Squared))
            }
            _ => Err(unsupported(node)),
        }
    }

    pub(super) fn sqrt(&mut self, node: &Node) -> Result<Symbol, NetError> {
        match self.symbol(node, 0)? {
            Symbol::Stage(value, Stage::VarianceMore(epsilon)) => {
                Ok(Symbol::Stage(value, Stage::Deviation(epsilon)))
            }
            _ => Err(unsupported(node)),
        }
    }

    pub(super) fn reduce_mean(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let keeps = node.integer("keepdims", 1) == 1;
        match (self.symbol(node, 0)?, node.integers("axes")) {
            (Symbol::Value(value), Some([2, 3])) if keeps && value.form == Form::Map => self.means(node),
            (Symbol::Value(value), Some([-1])) if keeps && value.form == Form::Ntc => {
                Ok(Symbol::Stage(value, Stage::Mean))
            }
            (Symbol::Stage(value, Stage::Squared), Some([-1])) if keeps => {
                Ok(Symbol::Stage(value, Stage::Variance))
            }
            _ => Err(unsupported(node)),
        }
    }

    pub(super) fn softmax(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let axis = node.integer("axis", -1);
        match self.symbol(node, 0)? {
            Symbol::Value(value) => {
                let last = match value.form {
                    Form::Ntc => 2,
                    Form::Flat => 1,
                    _ => return Err(unsupported(node)),
                };
                if axis != -1 && axis != last {
                    return Err(unsupported(node));
                }
                let to = self.tensor(self.channels(value));
                Ok(self.emit(Op::Softmax { from: value.id, to }, value.form))
            }
            Symbol::Stage(value, Stage::Scores { heads, width, scale, soft: false })
                if axis == 3 || axis == -1 =>
            {
                Ok(Symbol::Stage(value, Stage::Scores { heads, width, scale, soft: true }))
            }
            _ => Err(unsupported(node)),
        }
    }

    pub(super) fn mul(&mut self, node: &Node) -> Result<Symbol, NetError> {
        if let Ok(second) = self.symbol(node, 1) {
            let first = self.symbol(node, 0)?;
            return match (first, second) {
                (Symbol::Value(value), Symbol::Stage(of, stage)) => {
                    self.times_stage(node, (0, value), (1, of, stage))
                }
                (Symbol::Stage(of, stage), Symbol::Value(value)) => {
                    self.times_stage(node, (1, value), (0, of, stage))
                }
                _ => Err(unsupported(node)),
            };
        }
        match self.symbol(node, 0)? {
            Symbol::Stage(value, Stage::GeluTimes) if is_about(self.scalar(node, 1), 0.5) => {
                // Divided and multiplied: two uses.
                Ok(self.gelu(value))
            }
            Symbol::Stage(value, Stage::Normal(epsilon)) => {
                let gain = self.row(node, 1, value).ok_or_else(|| unsupported(node))?;
                let bias = Aligned::zeros(gain.len());
                self.plan.norms.push([gain, bias]);
                Ok(Symbol::Stage(value, Stage::Gained(epsilon, self.plan.norms.len() - 1)))
            }
            Symbol::Stage(value, Stage::Part { which, heads, width, factor, ranked: false, turned }) => {
                let factor = factor * self.scalar(node, 1).ok_or_else(|| unsupported(node))?;
                Ok(Symbol::Stage(value, Stage::Part { which, heads, width, factor, ranked: false, turned }))
            }
            Symbol::Value(value) => {
                let factor = self.scalar(node, 1).ok_or_else(|| unsupported(node))?;
                Ok(self.apply(node, 0, value, 1, Activation::Scaled(factor)))
            }
            _ => Err(unsupported(node)),
        }
    }

    /// GELU is the step's own function if nothing but the spelled out chain used the tensor.
    fn gelu(&mut self, value: Value) -> Symbol {
        if value.sole {
            let made = self.plan.ops.iter_mut().rev().find(|op| op.to() == value.id);
            if let Some(Op::Product { activation: activation @ Activation::None, residual: None, .. }) = made
            {
                *activation = Activation::Gelu;
                return Symbol::Value(value);
            }
        }
        let to = self.tensor(self.channels(value));
        self.emit(Op::Activate { from: value.id, to, activation: Activation::Gelu }, value.form)
    }

    /// A tensor times something half done.
    fn times_stage(
        &mut self,
        node: &Node,
        (index, value): (usize, Value),
        (other, of, stage): (usize, Value, Stage),
    ) -> Result<Symbol, NetError> {
        match stage {
            Stage::GeluOneMore if value == of => {
                let sole = value.sole && self.uses(node, index) == 2;
                Ok(Symbol::Stage(Value { sole, ..value }, Stage::GeluTimes))
            }
            Stage::HardSigmoid { alpha, beta } if value == of => {
                Ok(self.apply(node, index, value, 2, Activation::HardSwish { alpha, beta }))
            }
            Stage::Sigmoid if value == of => Ok(self.apply(node, index, value, 2, Activation::Swish)),
            Stage::HardSigmoid { alpha, beta } => {
                self.gated(node, value, (other, of), Activation::HardSigmoid { alpha, beta })
            }
            _ => Err(unsupported(node)),
        }
    }

    /// Squeeze and excitation: the channels times gates of one pixel, which came of their means.
    fn gated(
        &mut self,
        node: &Node,
        value: Value,
        (_, gates): (usize, Value),
        function: Activation,
    ) -> Result<Symbol, NetError> {
        let made = self.plan.ops.iter_mut().rev().find(|op| op.to() == gates.id);
        let Some(Op::Product { from, activation: activation @ Activation::None, residual: None, .. }) = made
        else {
            return Err(unsupported(node));
        };
        *activation = function;
        let squeezed = *from;
        let pixel = self.plan.ops.iter().rev().find(|op| op.to() == squeezed).and_then(|op| match op {
            Op::Product { from, .. } => Some(*from),
            _ => None,
        });
        let means = self.plan.ops.iter().any(|op| matches!(op, Op::Means { to, .. } if Some(*to) == pixel));
        if !means || !gates.sole || self.channels(value) != self.channels(gates) {
            return Err(unsupported(node));
        }
        if let Some(Op::Product { product, .. }) = self.plan.ops.iter().find(|op| op.to() == gates.id) {
            self.plan.products[*product].exact = true;
        }
        let to = self.tensor(self.channels(value));
        Ok(self.emit(Op::Gate { from: value.id, to, gates: gates.id, keep: false }, Form::Map))
    }

    pub(super) fn add(&mut self, node: &Node) -> Result<Symbol, NetError> {
        if let Ok(second) = self.symbol(node, 1) {
            return match (self.symbol(node, 0)?, second) {
                (Symbol::Value(first), Symbol::Value(second)) => self.sum(node, first, second),
                _ => Err(unsupported(node)),
            };
        }
        match self.symbol(node, 0)? {
            Symbol::Stage(value, Stage::GeluErf) if is_about(self.scalar(node, 1), 1.0) => {
                Ok(Symbol::Stage(value, Stage::GeluOneMore))
            }
            Symbol::Stage(value, Stage::Variance) => {
                let epsilon = self.scalar(node, 1).ok_or_else(|| unsupported(node))?;
                Ok(Symbol::Stage(value, Stage::VarianceMore(epsilon)))
            }
            Symbol::Stage(value, Stage::Gained(epsilon, parameters)) => {
                let bias = self.row(node, 1, value).ok_or_else(|| unsupported(node))?;
                self.plan.norms[parameters][1] = bias;
                let to = self.tensor(self.channels(value));
                Ok(self.emit(Op::Norm { from: value.id, to, parameters, epsilon }, value.form))
            }
            Symbol::Value(value) => {
                let (_, bias) = self.floats(node, 1).ok_or_else(|| unsupported(node))?;
                let channels = self.channels(value);
                if bias.len() == channels && self.fold(node, 0, &vec![1.0; channels], bias) {
                    Ok(Symbol::Value(value))
                } else {
                    Err(unsupported(node))
                }
            }
            _ => Err(unsupported(node)),
        }
    }

    /// A constant for each channel, padded.
    fn row(&self, node: &Node, index: usize, value: Value) -> Option<Aligned<f32>> {
        let (_, data) = self.floats(node, index)?;
        let tensor = self.plan.tensors[value.id];
        if data.len() != tensor.channels {
            return None;
        }
        let mut row = Aligned::zeros(tensor.pitch);
        row[..data.len()].copy_from_slice(data);
        Some(row)
    }

    /// The sum of two tensors, done by the step that made the later of them if that is possible.
    fn sum(&mut self, node: &Node, first: Value, second: Value) -> Result<Symbol, NetError> {
        if first.form != second.form || self.channels(first) != self.channels(second) {
            return Err(unsupported(node));
        }
        let place = |value: Value| self.plan.ops.iter().rposition(|op| op.to() == value.id);
        let (late, index, early) =
            if place(first) > place(second) { (first, 0, second) } else { (second, 1, first) };
        let fused = match self.producer(node, index, late, 1) {
            Some(
                Op::Product { residual: residual @ None, activation: Activation::None, .. }
                | Op::Upsample { residual: residual @ None, .. },
            ) => {
                *residual = Some(early.id);
                true
            }
            Some(Op::Gate { from, keep: keep @ false, .. }) if *from == early.id => {
                *keep = true;
                true
            }
            _ => false,
        };
        if fused {
            return Ok(Symbol::Value(Value { sole: true, ..late }));
        }
        let to = self.tensor(self.channels(first));
        Ok(self.emit(Op::Add { from: first.id, other: second.id, to }, first.form))
    }
}
