//! Runs a model: a tensor in, a tensor out, on one thread.

use std::sync::Arc;

use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensorView, Tensor};

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
    model: Model,
    pool: Arc<ThreadPool>,
}

impl Net {
    /// Loads a model from the bytes of an ONNX file.
    ///
    /// # Errors
    ///
    /// [`NetError::Load`].
    pub fn load(onnx: &'static [u8]) -> Result<Self, NetError> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = options.load_static_slice(onnx).map_err(|error| NetError::Load(error.to_string()))?;
        Ok(Self { model, pool: Arc::new(ThreadPool::with_num_threads(1)) })
    }

    /// Runs the model on one tensor of shape batch, channels, height, width.
    ///
    /// # Errors
    ///
    /// [`NetError::Run`], also when `data` does not fill `shape`.
    pub fn run(&mut self, shape: [usize; 4], data: &[f32]) -> Result<Output, NetError> {
        let run = |error: &dyn std::fmt::Display| NetError::Run(error.to_string());
        let input = NdTensorView::try_from_data(shape, data).map_err(|error| run(&error))?;
        let options = RunOptions::default().with_thread_pool(Some(self.pool.clone()));
        let output = self.model.run_one(input.into(), Some(options)).map_err(|error| run(&error))?;
        let tensor: Tensor<f32> = output.try_into().map_err(|_| NetError::Run("输出类型不符".to_owned()))?;
        Ok(Output { shape: tensor.shape().to_vec(), data: tensor.to_vec() })
    }
}
