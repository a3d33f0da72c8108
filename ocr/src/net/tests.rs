//! Whole models against another engine.

use rten::{Model, ModelOptions};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensorView, Tensor};

use super::*;
use crate::model;

type Case = (&'static str, &'static [u8], &'static [[usize; 4]]);

const MODELS: [Case; 5] = [
    ("tiny detect", model::TINY_DETECT, &[[1, 3, 64, 96], [2, 3, 160, 32]]),
    ("small detect", model::SMALL_DETECT, &[[1, 3, 96, 64]]),
    ("tiny recognise", model::TINY_RECOGNISE, &[[1, 3, 48, 320], [2, 3, 48, 77]]),
    ("small recognise", model::SMALL_RECOGNISE, &[[1, 3, 48, 160], [2, 3, 48, 99]]),
    ("orientation", model::ORIENTATION, &[[2, 3, 224, 224]]),
];

/// Numbers between -1 and 1 that look like a picture: waves with some noise.
fn picture(shape: [usize; 4]) -> Vec<f32> {
    let mut state = 0x2545_f491u32;
    let noise = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as f32 / u32::MAX as f32 - 0.5
    };
    std::iter::repeat_with(noise)
        .take(shape.iter().product())
        .enumerate()
        .map(|(index, noise)| (index as f32 * 0.37).sin() * (index as f32 * 0.011).cos() * 0.7 + noise * 0.6)
        .collect()
}

fn oracle(onnx: &'static [u8], shape: [usize; 4], data: &[f32]) -> (Vec<usize>, Vec<f32>) {
    let model: Model = ModelOptions::with_all_ops().load_static_slice(onnx).unwrap();
    let input = NdTensorView::try_from_data(shape, data).unwrap();
    let output: Tensor<f32> = model.run_one(input.into(), None).unwrap().try_into().unwrap();
    (output.shape().to_vec(), output.to_vec())
}

#[test]
fn every_model_gives_what_another_engine_gives() {
    for (name, onnx, shapes) in MODELS {
        for &shape in shapes {
            let data = picture(shape);
            let (expected_shape, expected) = oracle(onnx, shape, &data);
            for &runtime in Runtime::available() {
                let output = Net::load_with(onnx, runtime).unwrap().run(shape, &data).unwrap();
                assert_eq!(output.shape, expected_shape, "{name} {runtime}");
                let differences = output.data.iter().zip(&expected).map(|(a, b)| (a - b).abs());
                let largest = differences.fold(0.0, f32::max);
                eprintln!("{name} {runtime} {shape:?}: {largest}");
                let tolerance = if runtime.is_bf16() { 0.15 } else { 2e-4 };
                assert!(largest < tolerance, "{name} {runtime} {shape:?}: off by {largest}");
            }
        }
    }
}

#[test]
fn the_top_of_each_step_is_that_of_all_probabilities() {
    let shape = [2, 3, 48, 130];
    let data = picture(shape);
    for &runtime in Runtime::available() {
        let mut net = Net::load_with(model::TINY_RECOGNISE, runtime).unwrap();
        let output = net.run(shape, &data).unwrap();
        let tops = net.run_top(shape, &data).unwrap().concat();
        let rows = output.data.chunks_exact(output.shape[2]);
        assert_eq!(rows.len(), tops.len());
        for (row, (class, probability)) in rows.zip(tops) {
            let largest = row.iter().copied().fold(0.0, f32::max);
            assert!((row[class] - largest).abs() < 1e-6 && (probability - largest).abs() < 1e-5);
        }
    }
}

#[test]
fn bytes_that_are_no_model_and_shapes_that_do_not_fit_are_errors() {
    let good = model::TINY_RECOGNISE;
    for bytes in [&[][..], b"no model", &good[..good.len() / 2], &good[..100]] {
        assert!(matches!(Net::load_with(bytes, Runtime::F32Portable), Err(NetError::Load(_))));
    }
    let mut net = Net::load_with(good, Runtime::F32Portable).unwrap();
    for (shape, count) in [
        ([1, 3, 48, 0], 0),
        ([1, 1, 48, 64], 48 * 64),
        ([1, 3, 48, 64], 7),
        ([1, 3, 1, 1], 3),
        ([1, 3, 96, 64], 3 * 96 * 64),
        ([1, 3, usize::MAX, 2], 6),
    ] {
        assert!(matches!(net.run(shape, &vec![0.0; count]), Err(NetError::Run(_))), "{shape:?}");
    }
    let mut detect = Net::load_with(model::TINY_DETECT, Runtime::F32Portable).unwrap();
    let shape = [1, 3, 40, 72];
    assert!(matches!(detect.run(shape, &picture(shape)), Err(NetError::Run(_))));
    assert!(detect.run([1, 3, 64, 64], &picture([1, 3, 64, 64])).is_ok());
}

#[test]
fn the_same_picture_gives_the_same_numbers() {
    let shape = [1, 3, 48, 100];
    let data = picture(shape);
    for &runtime in Runtime::available() {
        let mut net = Net::load_with(model::TINY_RECOGNISE, runtime).unwrap();
        let first = net.run(shape, &data).unwrap();
        net.run([1, 3, 48, 200], &picture([1, 3, 48, 200])).unwrap();
        assert_eq!(net.run(shape, &data).unwrap(), first);
    }
}
