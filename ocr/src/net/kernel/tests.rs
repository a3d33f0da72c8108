//! Each kernel against a naive implementation, for every runtime of this machine.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::net::Runtime;

fn numbers(count: usize) -> impl Strategy<Value = Vec<f32>> {
    vec(-2.0f32..2.0, count)
}

fn aligned(values: &[f32]) -> Aligned<f32> {
    let mut numbers = Aligned::zeros(values.len());
    numbers[..values.len()].copy_from_slice(values);
    numbers
}

fn isas() -> Vec<Isa> {
    Runtime::available().iter().map(|runtime| runtime.isa()).collect()
}

/// The error function by its series, which converges everywhere.
fn erf(x: f64) -> f64 {
    let (mut term, mut sum) = (x, x);
    for n in 1..200 {
        term *= -x * x / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    sum * 2.0 / std::f64::consts::PI.sqrt()
}

fn naive(activation: Activation, x: f64) -> f64 {
    let hard = |alpha: f32, beta: f32| (x * f64::from(alpha) + f64::from(beta)).clamp(0.0, 1.0);
    match activation {
        Activation::None => x,
        Activation::Relu => x.max(0.0),
        Activation::Gelu => x / 2.0 * (1.0 + erf((x / 2f64.sqrt()).clamp(-4.5, 4.5))),
        Activation::HardSigmoid { alpha, beta } => hard(alpha, beta),
        Activation::HardSwish { alpha, beta } => x * hard(alpha, beta),
        Activation::Sigmoid => 1.0 / (1.0 + (-x).exp()),
        Activation::Swish => x / (1.0 + (-x).exp()),
        Activation::Scaled(factor) => x * f64::from(factor),
    }
}

const ACTIVATIONS: [Activation; 8] = [
    Activation::None,
    Activation::Relu,
    Activation::Gelu,
    Activation::HardSigmoid { alpha: 0.2, beta: 0.5 },
    Activation::HardSwish { alpha: 1.0 / 6.0, beta: 0.5 },
    Activation::Sigmoid,
    Activation::Swish,
    Activation::Scaled(0.8),
];

#[test]
fn functions_are_those_of_the_book() {
    let inputs: Vec<f32> = (-800..800).map(|step| step as f32 * 0.0125).collect();
    for isa in isas() {
        for activation in ACTIVATIONS {
            let mut values = inputs.clone();
            activate(isa, activation, &mut values);
            for (&x, &value) in inputs.iter().zip(&values) {
                let expected = naive(activation, f64::from(x));
                let error = (f64::from(value) - expected).abs();
                assert!(
                    error < 5e-6 * expected.abs().max(2.0),
                    "{activation:?} of {x}: {value}, not {expected}"
                );
            }
        }
    }
}

#[test]
fn what_is_no_number_stays_finite_or_says_so() {
    for isa in isas() {
        let mut values = [f32::MAX, f32::MIN, 1e30, -1e30, 100.0, -100.0, 0.0, -0.0].repeat(2);
        activate(isa, Activation::Sigmoid, &mut values);
        assert!(values.iter().all(|value| (0.0..=1.0).contains(value)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn products_are_sums_of_products(
        (rows, depth, columns) in (1usize..150, 1usize..70, (1usize..9).prop_map(|n| n * LANES)),
        gap in 0usize..9, seed in numbers(97),
    ) {
        let value = |index: usize| seed[index * 31 % 97] * (1.0 + (index % 7) as f32 * 0.1);
        let a: Vec<f32> = (0..rows * (depth + gap)).map(value).collect();
        let weights: Vec<f32> = (0..depth * columns).map(|index| value(index * 3 + 1)).collect();
        let bias: Vec<f32> = (0..columns).map(|index| value(index * 5 + 2)).collect();
        let residual: Vec<f32> = (0..rows * columns).map(|index| value(index * 7 + 3)).collect();
        for &runtime in Runtime::available() {
            let packed = Packed::new(runtime, depth, columns, &weights);
            let mut out = Aligned::zeros(rows * columns);
            let epilogue = Epilogue { bias: &bias, activation: Activation::Relu, residual: Some(&residual) };
            multiply(&packed, rows, (&a, depth + gap), &mut Scratch::default(), epilogue, &mut out);
            for row in 0..rows {
                for column in 0..columns {
                    let terms = (0..depth).map(|k| {
                        f64::from(a[row * (depth + gap) + k]) * f64::from(weights[k * columns + column])
                    });
                    let (sum, size) = terms.fold((0.0, 0.0), |(sum, size), term| (sum + term, size + term.abs()));
                    let expected = (sum + f64::from(bias[column])).max(0.0) + f64::from(residual[row * columns + column]);
                    let tolerance = (size + 4.0) * if runtime.is_bf16() { 1.0 / 128.0 } else { 1e-6 };
                    let error = (f64::from(out[row * columns + column]) - expected).abs();
                    prop_assert!(error <= tolerance, "{runtime} {rows}x{depth}x{columns}: {error} > {tolerance}");
                }
            }
        }
    }

    #[test]
    fn windows_slide_as_they_should(
        (height, width) in (1usize..14, 1usize..30), size in prop_oneof![Just([3, 3]), Just([5, 5]), Just([7, 7]), Just([1, 5]), Just([2, 2])],
        stride in prop_oneof![Just([1, 1]), Just([2, 2]), Just([2, 1])], seed in numbers(89),
    ) {
        let before = [(size[0] - 1) / 2, (size[1] - 1) / 2];
        let window = Window {
            size, stride, before, input: [height, width],
            output: [(height - 1) / stride[0] + 1, (width - 1) / stride[1] + 1],
        };
        let pitch = 2 * LANES;
        let value = |index: usize| seed[index * 17 % 89];
        let from = aligned(&(0..height * width * pitch).map(value).collect::<Vec<_>>());
        let taps = aligned(&(0..size[0] * size[1] * pitch).map(|index| value(index + 5)).collect::<Vec<_>>());
        let weights = Depthwise { taps, bias: aligned(&seed[..pitch]), pitch };
        let places = window.output[0] * window.output[1];
        for isa in isas() {
            let mut sums = Aligned::zeros(places * pitch);
            depthwise(isa, &weights, &window, Activation::None, &from, &mut sums);
            let mut largest = Aligned::zeros(places * pitch);
            max_pool(isa, &window, pitch, &from, &mut largest);
            let mut means = Aligned::zeros(places * pitch);
            average_pool(isa, &window, pitch, &from, &mut means);
            let mut patches = Aligned::zeros(places * size[0] * size[1] * pitch);
            lay_out(isa, &window, (0, places), (&from, pitch), &mut patches);
            for place in 0..places {
                for channel in [0, 7, 16, 31] {
                    let (mut sum, mut top, mut total, mut count) = (weights.bias[channel], f32::NEG_INFINITY, 0.0, 0);
                    for tap in 0..size[0] * size[1] {
                        let y = (place / window.output[1] * stride[0] + tap / size[1]).checked_sub(before[0]);
                        let x = (place % window.output[1] * stride[1] + tap % size[1]).checked_sub(before[1]);
                        let inside = y.zip(x).filter(|&(y, x)| y < height && x < width);
                        let pixel = inside.map_or(0.0, |(y, x)| from[(y * width + x) * pitch + channel]);
                        prop_assert_eq!(patches[(place * size[0] * size[1] + tap) * pitch + channel], pixel);
                        if inside.is_some() {
                            sum += pixel * weights.taps[tap * pitch + channel];
                            (top, total, count) = (top.max(pixel), total + pixel, count + 1);
                        }
                    }
                    let at = place * pitch + channel;
                    prop_assert!((sums[at] - sum).abs() < 1e-3);
                    prop_assert_eq!(largest[at], top);
                    prop_assert!((means[at] - total / count as f32).abs() < 1e-4);
                }
            }
        }
    }

    #[test]
    fn rows_are_normalised(values in (1usize..40).prop_flat_map(numbers)) {
        let (count, pitch) = (values.len(), values.len().next_multiple_of(LANES));
        for isa in isas() {
            let mut row = aligned(&values);
            softmax_row(isa, &mut row[..pitch], count);
            let total: f64 = values.iter().map(|&value| f64::from(value).exp()).sum();
            for (&value, &share) in values.iter().zip(row.iter()) {
                prop_assert!((f64::from(share) - f64::from(value).exp() / total).abs() < 1e-6);
            }
            let mut row = aligned(&values);
            let (place, share) = top(isa, &mut row[..pitch], count);
            prop_assert!(values.iter().all(|&value| value <= values[place]));
            prop_assert!((f64::from(share) - f64::from(values[place]).exp() / total).abs() < 1e-6);
            let mut row = aligned(&values);
            let ones = vec![1.0; pitch];
            layer_norm(isa, &mut row[..pitch], count, 1e-5, &ones, &vec![0.0; pitch]);
            let mean = values.iter().sum::<f32>() / count as f32;
            let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / count as f32;
            for (&value, &normal) in values.iter().zip(row.iter()) {
                prop_assert!((normal - (value - mean) / (variance + 1e-5).sqrt()).abs() < 2e-3);
            }
            let mut means = Aligned::zeros(LANES);
            column_means(isa, &values.repeat(LANES), &mut means);
            prop_assert!(means.iter().all(|value| value.abs() <= 2.0));
        }
    }
}
