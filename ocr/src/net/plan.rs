//! What a model does, as steps over matrices of pixels by channels.

use super::NetError;
use super::kernel::{Activation, Aligned, Depthwise, LANES, Packed, Window};
use super::runtime::Runtime;

/// Number of a tensor of a plan.
pub(super) type Id = usize;

/// A tensor: one picture, row by row, pixel by pixel, the channels of a pixel together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tensor {
    pub(super) channels: usize,
    /// Numbers from one pixel to the next; those beyond the channels are finite and mean nothing.
    pub(super) pitch: usize,
}

impl Tensor {
    pub(super) fn of(channels: usize) -> Self {
        Self { channels, pitch: channels.next_multiple_of(LANES) }
    }
}

/// How a window slides; each pair is of rows and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Geometry {
    pub(super) size: [usize; 2],
    pub(super) stride: [usize; 2],
    pub(super) before: [usize; 2],
    pub(super) after: [usize; 2],
}

impl Geometry {
    /// One pixel to one pixel.
    pub(super) const POINT: Self = Self { size: [1; 2], stride: [1; 2], before: [0; 2], after: [0; 2] };

    /// The window over a picture.
    pub(super) fn over(&self, input: [usize; 2]) -> Result<Window, NetError> {
        let mut output = [0; 2];
        for axis in 0..2 {
            let room = (input[axis] + self.before[axis] + self.after[axis]).checked_sub(self.size[axis]);
            output[axis] = room.ok_or_else(|| NetError::Run("图像太小".to_owned()))? / self.stride[axis] + 1;
        }
        Ok(Window { size: self.size, stride: self.stride, before: self.before, input, output })
    }
}

/// One step.
#[derive(Debug, Clone)]
pub(super) enum Op {
    /// A convolution as a product, with what follows it.
    Product {
        from: Id,
        to: Id,
        product: usize,
        geometry: Geometry,
        activation: Activation,
        residual: Option<Id>,
    },
    /// Two products, the second pixel by pixel; what lies between them is never a tensor.
    Pair {
        from: Id,
        to: Id,
        products: [usize; 2],
        geometry: Geometry,
        activations: [Activation; 2],
        residual: Option<Id>,
    },
    /// A convolution of each channel.
    Depthwise { from: Id, to: Id, weights: usize, geometry: Geometry, activation: Activation },
    /// The largest or the mean of each window.
    Pool { from: Id, to: Id, geometry: Geometry, largest: bool },
    /// The mean of each channel, one pixel.
    Means { from: Id, to: Id },
    /// Channels times gates (plus one if `keep`).
    Gate { from: Id, to: Id, gates: Id, keep: bool },
    /// Each pixel `factor` times in both directions, plus another tensor.
    Upsample { from: Id, to: Id, factor: usize, residual: Option<Id> },
    /// Channels side by side.
    Concat { from: Vec<Id>, to: Id },
    /// Element by element.
    Add { from: Id, other: Id, to: Id },
    /// Blocks of channels of a pixel become pixels: `size` x `size` of them, `levels` times over.
    Spread { from: Id, to: Id, size: usize, levels: u32 },
    /// Layer normalisation; index of gain and bias.
    Norm { from: Id, to: Id, parameters: usize, epsilon: f32 },
    /// Attention over the pixels.
    Attention { from: Id, to: Id, heads: usize, width: usize, scale: f32 },
    /// A function of each number.
    Activate { from: Id, to: Id, activation: Activation },
    /// Softmax over the channels of each pixel.
    Softmax { from: Id, to: Id },
}

impl Op {
    pub(super) fn to(&self) -> Id {
        match self {
            Self::Product { to, .. }
            | Self::Pair { to, .. }
            | Self::Depthwise { to, .. }
            | Self::Pool { to, .. }
            | Self::Means { to, .. }
            | Self::Gate { to, .. }
            | Self::Upsample { to, .. }
            | Self::Concat { to, .. }
            | Self::Add { to, .. }
            | Self::Spread { to, .. }
            | Self::Norm { to, .. }
            | Self::Attention { to, .. }
            | Self::Activate { to, .. }
            | Self::Softmax { to, .. } => *to,
        }
    }

    pub(super) fn inputs(&self) -> Vec<Id> {
        match self {
            Self::Product { from, residual, .. }
            | Self::Pair { from, residual, .. }
            | Self::Upsample { from, residual, .. } => {
                [Some(*from), *residual].into_iter().flatten().collect()
            }
            Self::Gate { from, gates, .. } => vec![*from, *gates],
            Self::Add { from, other, .. } => vec![*from, *other],
            Self::Concat { from, .. } => from.clone(),
            Self::Depthwise { from, .. }
            | Self::Pool { from, .. }
            | Self::Means { from, .. }
            | Self::Spread { from, .. }
            | Self::Norm { from, .. }
            | Self::Attention { from, .. }
            | Self::Activate { from, .. }
            | Self::Softmax { from, .. } => vec![*from],
        }
    }
}

/// The weights of a product before they are packed.
pub(super) struct Dense {
    /// Rows: taps times channels (with pitch) of the input.
    pub(super) depth: usize,
    /// Columns, padded.
    pub(super) columns: usize,
    /// Channels of the result.
    pub(super) channels: usize,
    /// Pixels that a row makes (more than one for a transposed convolution), side by side without gaps.
    pub(super) blocks: usize,
    pub(super) weights: Vec<f32>,
    pub(super) bias: Vec<f32>,
    /// Computed in f32 by every runtime.
    pub(super) exact: bool,
}

impl Dense {
    /// Multiplies channels and then adds to them.
    pub(super) fn fold(&mut self, scale: &[f32], shift: &[f32]) {
        for column in 0..self.channels * self.blocks {
            let channel = column % self.channels;
            for weight in self.weights.iter_mut().skip(column).step_by(self.columns) {
                *weight *= scale[channel];
            }
            self.bias[column] = self.bias[column] * scale[channel] + shift[channel];
        }
    }

    /// Packs the weights for a runtime.
    pub(super) fn pack(self, runtime: Runtime) -> Product {
        let runtime = match runtime {
            Runtime::Bf16Amx | Runtime::Bf16Avx512 if self.exact => Runtime::F32Avx512,
            other => other,
        };
        let weights = Packed::new(runtime, self.depth, self.columns, &self.weights);
        Product { weights, bias: self.bias, channels: self.channels * self.blocks }
    }
}

/// A product ready to run.
pub(super) struct Product {
    pub(super) weights: Packed,
    pub(super) bias: Vec<f32>,
    /// Columns without padding.
    pub(super) channels: usize,
}

/// What the numbers of the last tensor are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Batch, channels, height, width.
    Map,
    /// Batch, channels, steps.
    Nct,
    /// Batch, steps, channels.
    Ntc,
    /// Batch, height, width, channels.
    Nhwc,
    /// Batch, channels.
    Flat,
}

/// A model as steps.
pub(super) struct Plan<P> {
    pub(super) tensors: Vec<Tensor>,
    pub(super) ops: Vec<Op>,
    /// [`Dense`] while it is drawn up, [`Product`] when it can be run.
    pub(super) products: Vec<P>,
    pub(super) depthwise: Vec<Depthwise>,
    pub(super) norms: Vec<[Aligned<f32>; 2]>,
    /// Tensors of which a height of one pixel is assumed.
    pub(super) rows: Vec<Id>,
    pub(super) input: Id,
    pub(super) output: (Id, Form),
}

impl Plan<Dense> {
    /// Joins products that only feed a product of single pixels to pairs.
    pub(super) fn pair(mut self) -> Self {
        let mut uses = vec![0; self.tensors.len()];
        self.ops.iter().flat_map(Op::inputs).for_each(|id| uses[id] += 1);
        let mut ops: Vec<Op> = Vec::with_capacity(self.ops.len());
        for op in self.ops {
            let joined = match (&op, ops.last()) {
                (
                    &Op::Product { from, to, product, geometry: Geometry::POINT, activation, residual },
                    Some(&Op::Product {
                        from: first,
                        to: between,
                        product: before,
                        geometry,
                        activation: inner,
                        residual: None,
                    }),
                ) if from == between
                    && uses[between] == 1
                    && residual != Some(between)
                    && !self.products[before].exact =>
                {
                    let (products, activations) = ([before, product], [inner, activation]);
                    Some(Op::Pair { from: first, to, products, geometry, activations, residual })
                }
                _ => None,
            };
            if joined.is_some() {
                ops.pop();
            }
            ops.push(joined.unwrap_or(op));
        }
        self.ops = ops;
        self
    }

    /// Packs all weights.
    pub(super) fn pack(self, runtime: Runtime) -> Plan<Product> {
        Plan {
            tensors: self.tensors,
            ops: self.ops,
            products: self.products.into_iter().map(|dense| dense.pack(runtime)).collect(),
            depthwise: self.depthwise,
            norms: self.norms,
            rows: self.rows,
            input: self.input,
            output: self.output,
        }
    }
}
