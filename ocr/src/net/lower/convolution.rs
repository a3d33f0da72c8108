//! Convolutions, products and pools.

use super::window::geometry;
use super::{Lowering, Stage, Symbol, unsupported};
use crate::net::NetError;
use crate::net::kernel::{Activation, Aligned, Depthwise, LANES};
use crate::net::onnx::Node;
use crate::net::plan::{Dense, Form, Geometry, Id, Op, Tensor};

impl Lowering<'_> {
    pub(super) fn convolution(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let value = self.value(node, 0)?;
        let (dims, weights) = self.floats(node, 1).ok_or_else(|| unsupported(node))?;
        let &[outputs, inputs, _, _] = dims else { return Err(unsupported(node)) };
        let bias = match self.floats(node, 2) {
            Some((_, bias)) if bias.len() == outputs => bias.to_vec(),
            None if node.inputs.len() == 2 => vec![0.0; outputs],
            _ => return Err(unsupported(node)),
        };
        let geometry = geometry(node)?;
        let taps = geometry.size[0] * geometry.size[1];
        let groups = node.integer("group", 1);
        if value.form != Form::Map || weights.len() != outputs * inputs * taps {
            return Err(unsupported(node));
        }
        if groups == 1 && inputs == self.channels(value) {
            let dense = self.dense(value.id, outputs, 1, taps, &bias, |tap, input, output| {
                weights[(output * inputs + input) * taps + tap]
            });
            return Ok(self.emit_product(value.id, geometry, outputs, dense));
        }
        if inputs == 1 && outputs == self.channels(value) && groups == outputs as i64 {
            return Ok(self.depthwise(value.id, geometry, outputs, weights, &bias));
        }
        Err(unsupported(node))
    }

    /// Weights by tap, input and output channel, as the matrix of a product.
    fn dense(
        &self,
        from: Id,
        channels: usize,
        blocks: usize,
        taps: usize,
        bias: &[f32],
        weight: impl Fn(usize, usize, usize) -> f32,
    ) -> Dense {
        let input = self.plan.tensors[from];
        let columns = (channels * blocks).next_multiple_of(LANES);
        let depth = taps * input.pitch;
        let mut weights = vec![0.0; depth * columns];
        for tap in 0..taps {
            for channel in 0..input.channels {
                let row = (tap * input.pitch + channel) * columns;
                for column in 0..channels * blocks {
                    weights[row + column] = weight(tap, channel, column);
                }
            }
        }
        let bias =
            (0..columns).map(|column| if column < channels * blocks { bias[column % channels] } else { 0.0 });
        // One pixel is no work, and the gates of all others hang on it.
        let exact = self.plan.ops.iter().any(|op| matches!(op, Op::Means { to, .. } if *to == from));
        Dense { depth, columns, channels, blocks, weights, bias: bias.collect(), exact }
    }

    fn emit_product(&mut self, from: Id, geometry: Geometry, channels: usize, dense: Dense) -> Symbol {
        let to = self.tensor(channels);
        self.plan.products.push(dense);
        let product = self.plan.products.len() - 1;
        let op = Op::Product { from, to, product, geometry, activation: Activation::None, residual: None };
        self.emit(op, Form::Map)
    }

    fn depthwise(
        &mut self,
        from: Id,
        geometry: Geometry,
        channels: usize,
        weights: &[f32],
        bias: &[f32],
    ) -> Symbol {
        let to = self.tensor(channels);
        let (pitch, count) = (self.plan.tensors[to].pitch, geometry.size[0] * geometry.size[1]);
        let mut taps = Aligned::zeros(count * pitch);
        for (channel, weights) in weights.chunks_exact(count).enumerate() {
            for (tap, &weight) in weights.iter().enumerate() {
                taps[tap * pitch + channel] = weight;
            }
        }
        let mut padded = Aligned::zeros(pitch);
        padded[..channels].copy_from_slice(bias);
        self.plan.depthwise.push(Depthwise { taps, bias: padded, pitch });
        let weights = self.plan.depthwise.len() - 1;
        self.emit(Op::Depthwise { from, to, weights, geometry, activation: Activation::None }, Form::Map)
    }

    /// A transposed convolution whose windows do not overlap: a product that makes a block of pixels of each.
    pub(super) fn transposed_convolution(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let value = self.value(node, 0)?;
        let (dims, weights) = self.floats(node, 1).ok_or_else(|| unsupported(node))?;
        let &[inputs, outputs, size, width] = dims else { return Err(unsupported(node)) };
        let geometry = geometry(node)?;
        let plain =
            geometry == Geometry { size: [size; 2], stride: [size; 2], before: [0; 2], after: [0; 2] };
        let known = node.inputs.len() == 2 && node.integer("group", 1) == 1 && size == width;
        if !(plain && known && value.form == Form::Map && inputs == self.channels(value)) {
            return Err(unsupported(node));
        }
        let taps = size * size;
        let weight =
            |input: usize, tap: usize, output: usize| weights[(input * outputs + output) * taps + tap];
        // The pixels of a transposed convolution before are still blocks of channels: each gets its own corner of
        // a larger matrix, and all are spread at once.
        let (from, before, levels) = match self.producer(node, 0, value, 1) {
            Some(&mut Op::Spread { from, size: inner, levels: 1, .. }) if inner == size && outputs == 1 => {
                self.plan.ops.retain(|op| op.to() != value.id);
                (from, taps, 2)
            }
            _ => (value.id, 1, 1),
        };
        let dense = self.dense(from, outputs, before * taps, 1, &vec![0.0; outputs], |_, input, column| {
            let (block, tap) = (column / outputs / taps, column / outputs % taps);
            if input / inputs == block { weight(input % inputs, tap, column % outputs) } else { 0.0 }
        });
        self.emit_product(from, Geometry::POINT, outputs * before * taps, dense);
        let from = self.plan.tensors.len() - 1;
        let to = self.tensor(outputs);
        if outputs == 1 {
            // The result of a detector: nothing but the numbers.
            self.plan.tensors[to] = Tensor { channels: 1, pitch: 1 };
        }
        Ok(self.emit(Op::Spread { from, to, size, levels }, Form::Map))
    }

    /// Folds `(x - mean) / sqrt(variance + epsilon) * gain + bias` into the convolution before.
    pub(super) fn batch_normalisation(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let value = self.value(node, 0)?;
        let mut parameters: [&[f32]; 4] = [&[]; 4];
        for (index, parameter) in parameters.iter_mut().enumerate() {
            *parameter = self.floats(node, index + 1).ok_or_else(|| unsupported(node))?.1;
            if parameter.len() != self.channels(value) {
                return Err(unsupported(node));
            }
        }
        let [gain, bias, mean, variance] = parameters;
        let epsilon = node.float("epsilon", 1e-5);
        let scale: Vec<f32> =
            gain.iter().zip(variance).map(|(gain, variance)| gain / (variance + epsilon).sqrt()).collect();
        let shift: Vec<f32> =
            bias.iter().zip(mean).zip(&scale).map(|((bias, mean), scale)| bias - mean * scale).collect();
        if self.fold(node, 0, &scale, &shift) { Ok(Symbol::Value(value)) } else { Err(unsupported(node)) }
    }

    /// Folds a factor and a summand for each channel into the convolution that made an input.
    pub(super) fn fold(&mut self, node: &Node, index: usize, scale: &[f32], shift: &[f32]) -> bool {
        let Ok(value) = self.value(node, index) else { return false };
        let Some(mut op) = self.producer(node, index, value, 1).cloned() else { return false };
        if let Op::Spread { from, .. } = op {
            let Some(before) = self.plan.ops.iter().rev().find(|op| op.to() == from) else { return false };
            op = before.clone();
        }
        match op {
            Op::Product { product, activation: Activation::None, residual: None, .. } => {
                self.plan.products[product].fold(scale, shift);
                true
            }
            Op::Depthwise { weights, activation: Activation::None, .. } => {
                let weights = &mut self.plan.depthwise[weights];
                for taps in weights.taps.chunks_exact_mut(weights.pitch) {
                    taps.iter_mut().zip(scale).for_each(|(tap, scale)| *tap *= scale);
                }
                for ((bias, scale), shift) in weights.bias.iter_mut().zip(scale).zip(shift) {
                    *bias = *bias * scale + shift;
                }
                true
            }
            _ => false,
        }
    }

    /// A product with a constant matrix, or one of the two products of attention.
    pub(super) fn product(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let Some((dims, weights)) = self.floats(node, 1) else { return self.attention_product(node) };
        let (value, &[inputs, outputs]) = (self.value(node, 0)?, dims) else { return Err(unsupported(node)) };
        if !matches!(value.form, Form::Ntc | Form::Flat) || inputs != self.channels(value) {
            return Err(unsupported(node));
        }
        let dense = self.dense(value.id, outputs, 1, 1, &vec![0.0; outputs], |_, input, output| {
            weights[input * outputs + output]
        });
        match self.emit_product(value.id, Geometry::POINT, outputs, dense) {
            Symbol::Value(result) => Ok(Symbol::Value(super::Value { form: value.form, ..result })),
            other => Ok(other),
        }
    }

    fn attention_product(&mut self, node: &Node) -> Result<Symbol, NetError> {
        match (self.symbol(node, 0)?, self.symbol(node, 1)?) {
            (
                Symbol::Stage(
                    value,
                    Stage::Part { which: 0, heads, width, factor, ranked: false, turned: false },
                ),
                Symbol::Stage(
                    other,
                    Stage::Part { which: 1, factor: second, ranked: false, turned: true, .. },
                ),
            ) if value == other => {
                Ok(Symbol::Stage(value, Stage::Scores { heads, width, scale: factor * second, soft: false }))
            }
            (
                Symbol::Stage(value, Stage::Scores { heads, width, scale, soft: true }),
                Symbol::Stage(other, Stage::Part { which: 2, factor: 1.0, ranked: false, turned: false, .. }),
            ) if value == other => {
                let to = self.tensor(heads * width);
                self.plan.rows.push(value.id);
                match self.emit(Op::Attention { from: value.id, to, heads, width, scale }, Form::Ntc) {
                    Symbol::Value(result) => Ok(Symbol::Stage(result, Stage::Attended { turned: false })),
                    other => Ok(other),
                }
            }
            _ => Err(unsupported(node)),
        }
    }

    pub(super) fn pool(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let (value, geometry) = (self.value(node, 0)?, geometry(node)?);
        let to = self.tensor(self.channels(value));
        let padded = geometry.before != [0; 2] || geometry.after != [0; 2];
        let largest = node.kind == "MaxPool";
        if value.form != Form::Map || !largest && padded && node.integer("count_include_pad", 0) != 0 {
            return Err(unsupported(node));
        }
        Ok(self.emit(Op::Pool { from: value.id, to, geometry, largest }, Form::Map))
    }

    pub(super) fn means(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let value = self.value(node, 0)?;
        let to = self.tensor(self.channels(value));
        if value.form != Form::Map {
            return Err(unsupported(node));
        }
        Ok(self.emit(Op::Means { from: value.id, to }, Form::Map))
    }

    pub(super) fn resize(&mut self, node: &Node) -> Result<Symbol, NetError> {
        let value = self.value(node, 0)?;
        let nearest = node.text("mode") == "nearest"
            && node.text("coordinate_transformation_mode") == "asymmetric"
            && node.text("nearest_mode") == "floor";
        let Some((_, &[1.0, 1.0, rows, columns])) = self.floats(node, 2) else {
            return Err(unsupported(node));
        };
        let factor = rows as usize;
        if !nearest || rows != columns || factor as f32 != rows || factor == 0 || node.inputs.len() != 3 {
            return Err(unsupported(node));
        }
        let to = self.tensor(self.channels(value));
        Ok(self.emit(Op::Upsample { from: value.id, to, factor, residual: None }, Form::Map))
    }
}
