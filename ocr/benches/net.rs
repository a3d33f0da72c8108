//! Processor time of each model for each runtime of this machine, and how far a runtime is from f32.
//!
//! `cargo bench -p hetong-ocr --bench net [-- name of a runtime]`, on one core: `taskset -c 0 cargo bench …`.

use std::time::{Duration, Instant};

use hetong_ocr::model;
use hetong_ocr::net::{Net, Output, Runtime};

/// Name, model, shapes.
type Case = (&'static str, &'static [u8], &'static [[usize; 4]]);

const MODELS: [Case; 5] = [
    ("tiny detect", model::TINY_DETECT, &[[1, 3, 960, 672], [1, 3, 1280, 896]]),
    ("small detect", model::SMALL_DETECT, &[[1, 3, 960, 672], [1, 3, 1280, 896]]),
    ("tiny recognise", model::TINY_RECOGNISE, &[[6, 3, 48, 320], [6, 3, 48, 640], [6, 3, 48, 960]]),
    ("small recognise", model::SMALL_RECOGNISE, &[[6, 3, 48, 320], [6, 3, 48, 640], [6, 3, 48, 960]]),
    ("orientation", model::ORIENTATION, &[[1, 3, 224, 224]]),
];

fn main() {
    let wanted = std::env::args().skip(1).find_map(|name| Runtime::of_name(&name));
    println!("fastest here: {}, in f32: {}", Runtime::best(), Runtime::best_f32());
    for (name, onnx, shapes) in MODELS {
        for &shape in shapes {
            let data = picture(shape);
            let mut reference = None;
            for &runtime in Runtime::available().iter().rev() {
                if wanted.is_some_and(|wanted| wanted != runtime) {
                    continue;
                }
                let mut net = Net::load_with(onnx, runtime).expect("a model of the program");
                let (output, time) = mean_of(|| net.run(shape, &data).expect("a good shape"));
                let difference = match &reference {
                    None => String::new(),
                    Some(reference) => compare(reference, &output),
                };
                let top = if net.run_top(shape, &data).is_ok() {
                    let (_, time) = mean_of(|| net.run_top(shape, &data).expect("a good shape"));
                    format!("(largest alone {:.2} ms) ", time.as_secs_f64() * 1e3)
                } else {
                    String::new()
                };
                let gflop = net.operations(shape).unwrap_or(0) as f64 / 1e9;
                println!(
                    "{name:16} {shape:?} {runtime:13} {:8.2} ms {:7.1} GFLOP/s {:5} MB {top}{difference}",
                    time.as_secs_f64() * 1e3,
                    gflop / time.as_secs_f64(),
                    net.bytes() / 1_000_000,
                );
                reference.get_or_insert(output);
            }
        }
    }
}

/// The result and the mean processor time of runs of a second or so, after one to warm up. The mean, because the
/// system counts processor time in steps of some milliseconds.
fn mean_of<T>(mut run: impl FnMut() -> T) -> (T, Duration) {
    let mut output = run();
    let start = Instant::now();
    let (begin, mut rounds) = (processor_time(start), 0);
    while rounds < 4 || start.elapsed() < Duration::from_secs(1) {
        output = run();
        rounds += 1;
    }
    (output, processor_time(start).saturating_sub(begin) / rounds)
}

/// Time that this thread has had on a processor, which others on the machine do not lengthen; where the system does
/// not say, time by the clock.
fn processor_time(start: Instant) -> Duration {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = statistics.split(' ').next().and_then(|field| field.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// The largest difference, and how many rows have their largest number elsewhere.
fn compare(expected: &Output, output: &Output) -> String {
    let largest = expected.data.iter().zip(&output.data).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    let width = expected.shape.last().copied().unwrap_or(1).max(1);
    let top = |row: &[f32]| row.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(index, _)| index);
    let rows = expected.data.chunks_exact(width).zip(output.data.chunks_exact(width));
    let (moved, count) =
        rows.fold((0, 0), |(moved, count), (a, b)| (moved + usize::from(top(a) != top(b)), count + 1));
    format!("| from the first: {largest:.6}, argmax moved in {moved} of {count}")
}

/// Dark strokes on light paper, so that the models see something like text.
fn picture([batch, channels, height, width]: [usize; 4]) -> Vec<f32> {
    let mut state = 0x2545_f491_4f6c_dd1du64;
    let mut noise = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 24) as f32
    };
    let mut cells = vec![0.0f32; (height / 4 + 1) * (width / 4 + 1)];
    let mut data = Vec::with_capacity(batch * channels * height * width);
    for _ in 0..batch {
        cells.fill_with(|| if noise() < 0.35 { -0.8 } else { 0.9 });
        for _ in 0..channels {
            for y in 0..height {
                for x in 0..width {
                    let between = y % 32 > 24 || x % 28 > 24;
                    let ink = cells[y / 4 * (width / 4 + 1) + x / 4];
                    data.push(if between { 0.9 } else { ink } + 0.1 * noise() - 0.05);
                }
            }
        }
    }
    data
}
