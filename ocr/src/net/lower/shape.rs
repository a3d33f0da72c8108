//! Sizes and orders of axes. Nothing moves: all forms of a tensor are the same matrix of pixels by channels.

use super::{Lowering, Stage, Symbol, Value, unsupported};
use crate::net::NetError;
use crate::net::onnx::Node;
use crate::net::plan::{Form, Op};

impl Lowering<'_> {
    /// The same tensor in another form.
    fn view(&self, node: &Node, value: Value, form: Form) -> Symbol {
        Symbol::Value(Value { form, sole: value.sole && self.uses(node, 0) == 1, ..value })
    }

    pub(super) fn shape(&mut self, node: &Node) -> Result<Symbol, NetError> {
        match self.symbol(node, 0)? {
            Symbol::Value(value) => {
                let channels = Some(self.channels(value) as i64);
                Ok(Symbol::Shape(match value.form {
                    Form::Map => vec![None, channels, None, None],
                    Form::Nct => vec![None, channels, None],
                    Form::Ntc => vec![None, None, channels],
                    Form::Nhwc => vec![None, None, None, channels],
                    Form::Flat => vec![None, channels],
                }))
            }
            Symbol::Stage(value, Stage::Part { .. }) => Ok(Symbol::Stage(value, Stage::PartShape)),
            _ => Err(unsupported(node)),
        }
    }

    /// Sizes from a list, or one of queries, keys and values. Only steps of one along the first axis.
    pub(super) fn slice(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let one = |index| match self.integers(node, index) {
            Some(&[value]) => usize::try_from(value).ok(),
            _ => None,
        };
        let (Some(start), Some(end)) = (one(1), one(2)) else { return Err(unsupported(node)) };
        let axis = node.inputs.len() < 4 || one(3) == Some(0);
        let step = node.inputs.len() < 5 || one(4) == Some(1);
        if !axis || !step || start >= end {
            return Err(unsupported(node));
        }
        match self.symbol(node, 0)? {
            Symbol::Shape(sizes) => {
                Ok(Symbol::Shape(sizes.get(start..end).ok_or_else(|| unsupported(node))?.to_vec()))
            }
            Symbol::Stage(value, Stage::Turned { heads, width }) if end == start + 1 && end <= 3 => {
                let part =
                    Stage::Part { which: start, heads, width, factor: 1.0, ranked: true, turned: false };
                Ok(Symbol::Stage(value, part))
            }
            _ => Err(unsupported(node)),
        }
    }

    pub(super) fn squeeze(&mut self, node: &Node) -> Result<Symbol, NetError> {
        match (self.symbol(node, 0)?, node.integers("axes")) {
            (Symbol::Shape(sizes), Some([0])) if sizes.len() == 1 => Ok(Symbol::Shape(sizes)),
            (Symbol::Value(value), Some([2])) if value.form == Form::Map => {
                self.plan.rows.push(value.id);
                Ok(self.view(node, value, Form::Nct))
            }
            (
                Symbol::Stage(value, Stage::Part { which, heads, width, factor, ranked: true, turned }),
                Some([0]),
            ) => Ok(Symbol::Stage(value, Stage::Part { which, heads, width, factor, ranked: false, turned })),
            _ => Err(unsupported(node)),
        }
    }

    pub(super) fn unsqueeze(&mut self, node: &Node) -> Result<Symbol, NetError> {
        match (self.symbol(node, 0)?, node.integers("axes")) {
            (Symbol::Shape(sizes), Some([0])) if sizes.len() == 1 => Ok(Symbol::Shape(sizes)),
            (Symbol::Value(value), Some([2])) if value.form == Form::Nct => {
                Ok(self.view(node, value, Form::Map))
            }
            _ => Err(unsupported(node)),
        }
    }

    /// Lists of sizes, or tensors along their channels.
    pub(super) fn concat(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let axis = node.integer("axis", 0);
        let mut sizes = Vec::new();
        let mut values = Vec::new();
        for index in 0..node.inputs.len() {
            if let Some(integers) = self.integers(node, index) {
                sizes.extend(integers.iter().copied().map(Some));
                continue;
            }
            match self.symbol(node, index)? {
                Symbol::Shape(more) => sizes.extend(more),
                Symbol::Value(value) if value.form == Form::Map => values.push(value),
                _ => return Err(unsupported(node)),
            }
        }
        match (axis, values.is_empty(), sizes.is_empty()) {
            (0, true, false) => Ok(Symbol::Shape(sizes)),
            (1, false, true) => {
                let channels = values.iter().map(|&value| self.channels(value)).sum();
                let to = self.tensor(channels);
                Ok(self
                    .emit(Op::Concat { from: values.iter().map(|value| value.id).collect(), to }, Form::Map))
            }
            _ => Err(unsupported(node)),
        }
    }

    pub(super) fn reshape(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let symbol = self.symbol(node, 0)?;
        if let (Symbol::Stage(value, stage @ Stage::Part { .. }), Ok(Symbol::Stage(other, Stage::PartShape))) =
            (&symbol, self.symbol(node, 1))
            && *value == other
        {
            // A scaled copy gets the shape that it has.
            return Ok(Symbol::Stage(*value, *stage));
        }
        let sizes = match self.integers(node, 1) {
            Some(sizes) => sizes.iter().copied().map(Some).collect(),
            None => match self.symbol(node, 1)? {
                Symbol::Shape(sizes) => sizes,
                _ => return Err(unsupported(node)),
            },
        };
        match symbol {
            Symbol::Value(value) => self.reshape_value(node, value, &sizes),
            Symbol::Stage(value, Stage::Attended { turned: true }) => match *sizes.as_slice() {
                [Some(0), Some(-1), Some(channels)] if channels == self.channels(value) as i64 => {
                    Ok(Symbol::Value(Value { form: Form::Ntc, ..value }))
                }
                _ => Err(unsupported(node)),
            },
            _ => Err(unsupported(node)),
        }
    }

    fn reshape_value(
        &mut self,
        node: &Node,
        value: Value,
        sizes: &[Option<i64>],
    ) -> Result<Symbol, NetError> {
        let channels = self.channels(value) as i64;
        match (value.form, sizes) {
            // Batch x channels x all pixels.
            (Form::Map, &[None, Some(count), Some(-1)]) if count == channels => {
                self.plan.rows.push(value.id);
                Ok(self.view(node, value, Form::Nct))
            }
            // Batch x everything, which is the channels of one pixel.
            (Form::Map, &[None, Some(-1)]) if self.is_pixel(value) => Ok(self.view(node, value, Form::Flat)),
            // Batch x one row x its pixels x channels.
            (Form::Ntc, &[Some(0), Some(1), None, Some(count)]) if count == channels => {
                Ok(self.view(node, value, Form::Nhwc))
            }
            (Form::Ntc, &[Some(0), Some(-1), Some(3), Some(heads), Some(width)])
                if heads > 0
                    && width > 0
                    && heads.checked_mul(width).and_then(|n| n.checked_mul(3)) == Some(channels) =>
            {
                Ok(Symbol::Stage(value, Stage::Split { heads: heads as usize, width: width as usize }))
            }
            _ => Err(unsupported(node)),
        }
    }

    /// Whether a tensor is one pixel whatever the input: means, or functions and products of them.
    fn is_pixel(&self, value: Value) -> bool {
        let mut id = value.id;
        loop {
            match self.plan.ops.iter().rev().find(|op| op.to() == id) {
                Some(Op::Means { .. }) => return true,
                Some(Op::Activate { from, .. } | Op::Product { from, .. }) => id = *from,
                _ => return false,
            }
        }
    }

    pub(super) fn transpose(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let order = node.integers("perm").ok_or_else(|| unsupported(node))?;
        match (self.symbol(node, 0)?, order) {
            (Symbol::Value(value), [0, 2, 1]) if value.form == Form::Nct => {
                Ok(self.view(node, value, Form::Ntc))
            }
            (Symbol::Value(value), [0, 2, 1]) if value.form == Form::Ntc => {
                Ok(self.view(node, value, Form::Nct))
            }
            (Symbol::Value(value), [0, 3, 1, 2]) if value.form == Form::Nhwc => {
                Ok(self.view(node, value, Form::Map))
            }
            (Symbol::Stage(value, Stage::Split { heads, width }), [2, 0, 3, 1, 4]) => {
                Ok(Symbol::Stage(value, Stage::Turned { heads, width }))
            }
            (
                Symbol::Stage(value, Stage::Part { which, heads, width, factor, ranked: false, turned }),
                [0, 1, 3, 2],
            ) => {
                let part = Stage::Part { which, heads, width, factor, ranked: false, turned: !turned };
                Ok(Symbol::Stage(value, part))
            }
            (Symbol::Stage(value, Stage::Attended { turned: false }), [0, 2, 1, 3]) => {
                Ok(Symbol::Stage(value, Stage::Attended { turned: true }))
            }
            _ => Err(unsupported(node)),
        }
    }
}
