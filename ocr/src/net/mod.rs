//! Runs a model: a tensor in, a tensor out, on one thread.
//!
//! ```text
//! bytes ─▶ onnx::Graph ─▶ lower ─▶ Plan ─▶ pack ─▶ Net ─▶ machine ─▶ kernel
//! ```
//!
//! This is an own engine for the five models that come with the program rather than a general one. It knows their
//! 28 operations and refuses everything else when it loads. What it gains by that: chains of nodes become the
//! epilogue of a product, pictures of a batch go through the whole model one after the other so that they stay in
//! the cache, and products use the tiles or the vectors that the machine has. On one core of a Xeon with AMX the
//! recognisers take a third of the processor time of ONNX Runtime in bf16, and about as much in f32 with AVX-512
//! (`benches/net.rs`). `rten`, which ran the models before, is now what the tests compare with.
//!
//! [`Runtime::best`] may be bf16, which moves about one line of text in forty of the fast recogniser and one in two
//! hundred of the strong one by a character; [`Runtime::best_f32`] gives the numbers of the published models.

mod kernel;
mod lower;
mod machine;
mod onnx;
mod plan;
mod proto;
mod runtime;

pub use runtime::Runtime;

use machine::Machine;
use plan::{Form, Op, Plan, Product};

/// Why a model could not be loaded or run.
#[derive(Debug, Clone, thiserror::Error)]
pub enum NetError {
    /// The bytes are no model that this program knows.
    #[error("模型无法载入：{0}")]
    Load(String),
    /// The model stopped.
    #[error("模型运行失败：{0}")]
    Run(String),
}

/// A tensor: `data` in row-major order of `shape`.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Sizes, outermost first.
    pub shape: Vec<usize>,
    /// Values.
    pub data: Vec<f32>,
}

/// A model, ready to run.
pub struct Net {
    plan: Plan<Product>,
    machine: Machine,
    runtime: Runtime,
}

impl Net {
    /// Loads a model from the bytes of an ONNX file, for the fastest runtime of this machine.
    ///
    /// # Errors
    ///
    /// [`NetError::Load`].
    pub fn load(onnx: &'static [u8]) -> Result<Self, NetError> {
        Self::load_with(onnx, Runtime::best())
    }

    /// Loads a model for one runtime.
    ///
    /// # Errors
    ///
    /// [`NetError::Load`], also when this machine cannot run it.
    pub fn load_with(onnx: &[u8], runtime: Runtime) -> Result<Self, NetError> {
        if !runtime.is_available() {
            return Err(NetError::Load(format!("本机处理器不支持 {runtime}（需要 {}）", runtime.needs())));
        }
        let plan = lower::lower(onnx::Graph::read(onnx)?)?.pair().pack(runtime);
        let machine = Machine::new(&plan, runtime);
        Ok(Self { plan, machine, runtime })
    }

    /// How its arithmetic is done.
    #[must_use]
    pub fn runtime(&self) -> Runtime {
        self.runtime
    }

    /// Bytes held for weights and, after the first run, for tensors.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.plan.products.iter().map(|product| product.weights.bytes()).sum::<usize>() + self.machine.bytes()
    }

    /// Additions and multiplications of the products and convolutions of one run.
    ///
    /// # Errors
    ///
    /// [`NetError::Run`] for a shape that the model cannot take.
    pub fn operations(&mut self, [batch, _, height, width]: [usize; 4]) -> Result<u64, NetError> {
        Ok(batch as u64 * self.machine.operations(&self.plan, [height, width])?)
    }

    /// Runs the model on one tensor of shape batch, channels, height, width.
    ///
    /// # Errors
    ///
    /// [`NetError::Run`], also when `data` does not fill `shape`.
    pub fn run(&mut self, shape: [usize; 4], data: &[f32]) -> Result<Output, NetError> {
        let (batch, size, picture) = self.check(shape, data)?;
        let (id, form) = self.plan.output;
        let tensor = self.plan.tensors[id];
        let mut output = Output { shape: Vec::new(), data: Vec::new() };
        for picture in data.chunks_exact(picture) {
            let (size, values) = self.machine.run(&self.plan, self.plan.ops.len(), size, picture)?;
            if output.data.is_empty() {
                output.data.reserve_exact(batch * size[0] * size[1] * tensor.channels);
            }
            append(&mut output.data, form, values, tensor.channels, tensor.pitch);
            output.shape = outer_shape(form, batch, tensor.channels, size);
        }
        Ok(output)
    }

    /// Runs a model that ends with softmax and gives, for each picture and step, only the class of the largest
    /// probability and that probability. The tens of millions of others are never computed.
    ///
    /// # Errors
    ///
    /// [`NetError::Run`], also when the model does not end with softmax.
    pub fn run_top(&mut self, shape: [usize; 4], data: &[f32]) -> Result<Vec<Vec<(usize, f32)>>, NetError> {
        let (_, size, picture) = self.check(shape, data)?;
        let Some(&Op::Softmax { from, .. }) = self.plan.ops.last() else {
            return Err(NetError::Run("模型不给出概率".to_owned()));
        };
        let (tensor, isa) = (self.plan.tensors[from], self.runtime.isa());
        let pictures = data.chunks_exact(picture).map(|picture| {
            let (_, values) = self.machine.run(&self.plan, self.plan.ops.len() - 1, size, picture)?;
            Ok(values
                .chunks_exact_mut(tensor.pitch)
                .map(|row| kernel::top(isa, row, tensor.channels))
                .collect())
        });
        pictures.collect()
    }

    /// Batch, rows and columns, and the numbers of one picture, if `data` has this shape and the model can take it.
    fn check(&self, shape: [usize; 4], data: &[f32]) -> Result<(usize, [usize; 2], usize), NetError> {
        let [batch, channels, height, width] = shape;
        let picture = channels.checked_mul(height).and_then(|count| count.checked_mul(width)).unwrap_or(0);
        if channels != self.plan.tensors[self.plan.input].channels
            || picture == 0
            || height.max(width) > MAX_SIDE
        {
            return Err(NetError::Run(format!("形状 {shape:?} 不符")));
        }
        if picture.checked_mul(batch) != Some(data.len()) {
            return Err(NetError::Run(format!("{} 个数填不满形状 {shape:?}", data.len())));
        }
        Ok((batch, [height, width], picture))
    }
}

/// Longer sides than any page has; keeps all sizes far from overflow.
const MAX_SIDE: usize = 1 << 14;

/// The shape in the eyes of the caller.
fn outer_shape(form: Form, batch: usize, channels: usize, [height, width]: [usize; 2]) -> Vec<usize> {
    match form {
        Form::Map => vec![batch, channels, height, width],
        Form::Nct => vec![batch, channels, height * width],
        Form::Ntc => vec![batch, height * width, channels],
        Form::Nhwc => vec![batch, height, width, channels],
        Form::Flat => vec![batch, channels],
    }
}

/// Rows of pixels to the order of the caller, without padding.
fn append(data: &mut Vec<f32>, form: Form, values: &[f32], channels: usize, pitch: usize) {
    match form {
        _ if pitch == 1 => data.extend_from_slice(values),
        Form::Ntc | Form::Nhwc | Form::Flat => {
            values.chunks_exact(pitch).for_each(|pixel| data.extend_from_slice(&pixel[..channels]));
        }
        Form::Map | Form::Nct => {
            for channel in 0..channels {
                data.extend(values.iter().skip(channel).step_by(pitch));
            }
        }
    }
}

#[cfg(test)]
mod tests;
