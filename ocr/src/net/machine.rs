//! Runs the steps of a plan on one picture.

use super::NetError;
use super::kernel::{
    self, Aligned, BLOCK, Epilogue, Isa, Scratch, Window, activate, add, average_pool, column_means, gate,
    layer_norm, max_pool, multiply, softmax_row,
};
use super::plan::{Geometry, Id, Op, Plan, Product};
use super::runtime::Runtime;

/// The memory that steps work in. It grows to what the largest picture needs and stays.
pub(super) struct Machine {
    isa: Isa,
    /// For each tensor the last step that reads it.
    last_use: Vec<usize>,
    /// The tensors that are alive.
    live: Vec<Option<Aligned<f32>>>,
    /// Memory of tensors that are not.
    free: Vec<Aligned<f32>>,
    /// Rows and columns of each tensor.
    sizes: Vec<[usize; 2]>,
    scratch: Scratch,
    /// Windows of a picture, a row each.
    patches: Aligned<f32>,
}

impl Machine {
    pub(super) fn new(plan: &Plan<Product>, runtime: Runtime) -> Self {
        let count = plan.tensors.len();
        let mut last_use = vec![0; count];
        for (step, op) in plan.ops.iter().enumerate() {
            for id in op.inputs() {
                last_use[id] = step;
            }
        }
        last_use[plan.output.0] = usize::MAX;
        Self {
            isa: runtime.isa(),
            last_use,
            live: (0..count).map(|_| None).collect(),
            free: Vec::new(),
            sizes: vec![[0; 2]; count],
            scratch: Scratch::default(),
            patches: Aligned::default(),
        }
    }

    /// Bytes held for tensors.
    pub(super) fn bytes(&self) -> usize {
        self.free.iter().chain(self.live.iter().flatten()).map(Aligned::bytes).sum::<usize>()
            + self.patches.bytes()
    }

    /// Runs all steps on one picture of three planes and returns the last tensor with its size.
    pub(super) fn run(
        &mut self,
        plan: &Plan<Product>,
        size: [usize; 2],
        planes: &[f32],
    ) -> Result<([usize; 2], &[f32]), NetError> {
        self.clear();
        self.sizes[plan.input] = size;
        let pixels = size[0] * size[1];
        let mut input = self.take(pixels * plan.tensors[plan.input].pitch);
        interleave(planes, pixels, &mut input);
        self.live[plan.input] = Some(input);
        for (step, op) in plan.ops.iter().enumerate() {
            self.step(plan, step, op)?;
            if plan.rows.contains(&op.to()) && self.sizes[op.to()][0] != 1 {
                return Err(NetError::Run("图像的高度不符".to_owned()));
            }
        }
        let (output, _) = plan.output;
        let size = self.sizes[output];
        let data = self.live[output].as_deref().ok_or_else(missing)?;
        Ok((size, &data[..size[0] * size[1] * plan.tensors[output].pitch]))
    }

    /// Additions and multiplications of the products and convolutions for one picture, padding left out.
    pub(super) fn operations(&mut self, plan: &Plan<Product>, size: [usize; 2]) -> Result<u64, NetError> {
        let mut total = 0;
        self.sizes[plan.input] = size;
        for op in &plan.ops {
            let window = match op {
                Op::Product { from, geometry, .. }
                | Op::Depthwise { from, geometry, .. }
                | Op::Pool { from, geometry, .. } => Some(geometry.over(self.sizes[*from])?),
                _ => None,
            };
            self.sizes[op.to()] = self.size_of_result(op, window.as_ref())?;
            let pixels = self.sizes[op.to()].map(|side| side as u64).iter().product::<u64>();
            let channels = plan.tensors[op.to()].channels as u64;
            total += match (op, window) {
                (Op::Product { from, .. }, Some(window)) => {
                    let taps = (window.size[0] * window.size[1]) as u64;
                    2 * pixels * channels * taps * plan.tensors[*from].channels as u64
                }
                (Op::Depthwise { .. }, Some(window)) => {
                    2 * pixels * channels * (window.size[0] * window.size[1]) as u64
                }
                _ => 0,
            };
        }
        Ok(total)
    }

    fn clear(&mut self) {
        for buffer in &mut self.live {
            self.free.extend(buffer.take());
        }
    }

    /// The smallest free memory that is large enough, or else the largest, grown.
    fn take(&mut self, count: usize) -> Aligned<f32> {
        let fits =
            (0..self.free.len()).filter(|&i| self.free[i].len() >= count).min_by_key(|&i| self.free[i].len());
        let chosen = fits.or_else(|| (0..self.free.len()).max_by_key(|&i| self.free[i].len()));
        let mut buffer = chosen.map(|index| self.free.swap_remove(index)).unwrap_or_default();
        buffer.grow(count);
        buffer
    }

    /// Does a step and frees what is not read any more.
    fn step(&mut self, plan: &Plan<Product>, step: usize, op: &Op) -> Result<(), NetError> {
        let to = op.to();
        let inputs = op.inputs();
        let window = match op {
            Op::Product { from, geometry, .. }
            | Op::Depthwise { from, geometry, .. }
            | Op::Pool { from, geometry, .. } => Some(geometry.over(self.sizes[*from])?),
            _ => None,
        };
        self.sizes[to] = self.size_of_result(op, window.as_ref())?;
        let count = self.sizes[to][0] * self.sizes[to][1] * plan.tensors[to].pitch;
        // Steps that change numbers where they are take over the memory of their input.
        let mut out = match op {
            Op::Gate { from, .. }
            | Op::Add { from, .. }
            | Op::Norm { from, .. }
            | Op::Activate { from, .. }
            | Op::Softmax { from, .. } => self.take_over(*from, step, count)?,
            _ => self.take(count),
        };
        self.compute(plan, op, window.as_ref(), &mut out[..])?;
        self.live[to] = Some(out);
        for id in inputs {
            if self.last_use[id] == step {
                self.free.extend(self.live[id].take());
            }
        }
        Ok(())
    }

    /// The numbers of a tensor: itself if nothing else reads it, or a copy.
    fn take_over(&mut self, id: Id, step: usize, count: usize) -> Result<Aligned<f32>, NetError> {
        if self.last_use[id] == step {
            return self.live[id].take().ok_or_else(missing);
        }
        let mut copy = self.take(count);
        copy[..count].copy_from_slice(&self.live[id].as_deref().ok_or_else(missing)?[..count]);
        Ok(copy)
    }

    fn size_of_result(&self, op: &Op, window: Option<&Window>) -> Result<[usize; 2], NetError> {
        let size = |id: &Id| self.sizes[*id];
        let result = match op {
            Op::Product { .. } | Op::Depthwise { .. } | Op::Pool { .. } => {
                window.map_or([0; 2], |window| window.output)
            }
            Op::Means { .. } => [1, 1],
            Op::Upsample { from, factor, .. } => size(from).map(|side| side * factor),
            Op::Spread { from, size: side, .. } => size(from).map(|length| length * side),
            Op::Concat { from, .. } => from.first().map_or([0; 2], size),
            Op::Gate { from, .. }
            | Op::Add { from, .. }
            | Op::Norm { from, .. }
            | Op::Attention { from, .. }
            | Op::Activate { from, .. }
            | Op::Softmax { from, .. } => size(from),
        };
        let agree = match op {
            Op::Product { residual: Some(other), .. } | Op::Upsample { residual: Some(other), .. } => {
                size(other) == result
            }
            Op::Add { other, .. } => size(other) == result,
            Op::Concat { from, .. } => from.iter().all(|id| size(id) == result),
            Op::Gate { gates, .. } => size(gates) == [1, 1],
            _ => true,
        };
        if agree {
            Ok(result)
        } else {
            Err(NetError::Run("图像的边长不是模型要求的倍数".to_owned()))
        }
    }

    /// The numbers of a live tensor.
    fn data(&self, plan: &Plan<Product>, id: Id) -> Result<&[f32], NetError> {
        let count = self.sizes[id][0] * self.sizes[id][1] * plan.tensors[id].pitch;
        Ok(&self.live[id].as_deref().ok_or_else(missing)?[..count])
    }

    fn compute(
        &mut self,
        plan: &Plan<Product>,
        op: &Op,
        window: Option<&Window>,
        out: &mut [f32],
    ) -> Result<(), NetError> {
        let isa = self.isa;
        let to = op.to();
        let pitch = plan.tensors[to].pitch;
        let count = self.sizes[to][0] * self.sizes[to][1] * pitch;
        match (op, window) {
            (Op::Product { from, product, geometry, activation, residual, .. }, Some(window)) => {
                let mut scratch = core::mem::take(&mut self.scratch);
                let mut patches = core::mem::take(&mut self.patches);
                let result = (|| {
                    let residual = residual.map(|id| self.data(plan, id)).transpose()?;
                    let product = &plan.products[*product];
                    let epilogue = Epilogue { bias: &product.bias, activation: *activation, residual };
                    let from_pitch = plan.tensors[*from].pitch;
                    let from = self.data(plan, *from)?;
                    convolve(
                        product,
                        (window, *geometry),
                        (from, from_pitch),
                        (&mut scratch, &mut patches),
                        epilogue,
                        &mut out[..count],
                    );
                    Ok(())
                })();
                self.scratch = scratch;
                self.patches = patches;
                return result;
            }
            (Op::Depthwise { from, weights, activation, .. }, Some(window)) => {
                kernel::depthwise(
                    isa,
                    &plan.depthwise[*weights],
                    window,
                    *activation,
                    self.data(plan, *from)?,
                    out,
                );
            }
            (Op::Pool { from, largest: true, .. }, Some(window)) => {
                max_pool(isa, window, pitch, self.data(plan, *from)?, out)
            }
            (Op::Pool { from, .. }, Some(window)) => {
                average_pool(isa, window, pitch, self.data(plan, *from)?, out)
            }
            (Op::Means { from, .. }, _) => column_means(isa, self.data(plan, *from)?, &mut out[..pitch]),
            (Op::Gate { gates, keep, .. }, _) => {
                gate(isa, &mut out[..count], self.data(plan, *gates)?, *keep)
            }
            (Op::Upsample { from, factor, residual, .. }, _) => {
                upsample(self.data(plan, *from)?, self.sizes[*from], pitch, *factor, &mut out[..count]);
                if let Some(residual) = residual {
                    add(isa, &mut out[..count], self.data(plan, *residual)?);
                }
            }
            (Op::Concat { from, .. }, _) => {
                let mut first = 0;
                for &id in from {
                    let tensor = plan.tensors[id];
                    let rows = self.data(plan, id)?.chunks_exact(tensor.pitch);
                    for (row, target) in rows.zip(out.chunks_exact_mut(pitch)) {
                        target[first..first + tensor.channels].copy_from_slice(&row[..tensor.channels]);
                    }
                    first += tensor.channels;
                }
                out[..count].chunks_exact_mut(pitch).for_each(|row| row[first..].fill(0.0));
            }
            (Op::Add { other, .. }, _) => add(isa, &mut out[..count], self.data(plan, *other)?),
            (Op::Spread { from, size, .. }, _) => {
                let from_pitch = plan.tensors[*from].pitch;
                let channels = plan.tensors[to].channels;
                spread(
                    (self.data(plan, *from)?, from_pitch, self.sizes[*from][1]),
                    *size,
                    channels,
                    (&mut out[..count], pitch),
                );
            }
            (Op::Norm { from, parameters, epsilon, .. }, _) => {
                let [gain, bias] = &plan.norms[*parameters];
                let channels = plan.tensors[*from].channels;
                layer_norm(isa, &mut out[..count], channels, *epsilon, &gain[..pitch], &bias[..pitch]);
            }
            (Op::Attention { from, heads, width, scale, .. }, _) => {
                let steps = self.sizes[*from][1];
                let from_pitch = plan.tensors[*from].pitch;
                out[..count].fill(0.0);
                kernel::attention(
                    isa,
                    (*heads, *width, *scale),
                    steps,
                    (self.data(plan, *from)?, from_pitch),
                    (out, pitch),
                );
            }
            (Op::Activate { activation, .. }, _) => {
                activate(isa, *activation, &mut out[..count.next_multiple_of(kernel::LANES)]);
            }
            (Op::Softmax { from, .. }, _) => {
                let channels = plan.tensors[*from].channels;
                out[..count].chunks_exact_mut(pitch).for_each(|row| softmax_row(isa, row, channels));
            }
            _ => return Err(missing()),
        }
        Ok(())
    }
}

fn missing() -> NetError {
    NetError::Run("内部次序错误".to_owned())
}

/// Three planes to pixels of four numbers, the last of them zero.
fn interleave(planes: &[f32], pixels: usize, out: &mut [f32]) {
    let (red, rest) = planes.split_at(pixels);
    let (green, blue) = rest.split_at(pixels);
    for (((pixel, &red), &green), &blue) in
        out.as_chunks_mut::<4>().0.iter_mut().zip(red).zip(green).zip(blue)
    {
        *pixel = [red, green, blue, 0.0];
    }
}

/// A convolution as products of blocks of windows, laid out as rows, with the weights.
fn convolve(
    product: &Product,
    (window, geometry): (&Window, Geometry),
    (from, pitch): (&[f32], usize),
    (scratch, patches): (&mut Scratch, &mut Aligned<f32>),
    epilogue: Epilogue<'_>,
    out: &mut [f32],
) {
    let rows = window.output[0] * window.output[1];
    if geometry == Geometry::POINT {
        return multiply(&product.weights, rows, (from, pitch), scratch, epilogue, out);
    }
    let depth = window.size[0] * window.size[1] * pitch;
    let columns = product.weights.columns();
    patches.grow(BLOCK * depth);
    for first in (0..rows).step_by(BLOCK) {
        let count = BLOCK.min(rows - first);
        for (row, patch) in patches.chunks_exact_mut(depth).take(count).enumerate() {
            let (y, x) = ((first + row) / window.output[1], (first + row) % window.output[1]);
            lay_out(window, (y, x), (from, pitch), patch);
        }
        let epilogue =
            Epilogue { residual: epilogue.residual.map(|residual| &residual[first * columns..]), ..epilogue };
        multiply(&product.weights, count, (patches, depth), scratch, epilogue, &mut out[first * columns..]);
    }
}

/// The window at a place, row of the window by row; zeros outside the picture.
fn lay_out(window: &Window, (y, x): (usize, usize), (from, pitch): (&[f32], usize), patch: &mut [f32]) {
    let (rows, columns) = (window.taps(0, y), window.taps(1, x));
    let line = window.size[1] * pitch;
    if rows.len() < window.size[0] || columns.len() < window.size[1] {
        patch.fill(0.0);
    }
    for tap in rows {
        let row = (y * window.stride[0] + tap - window.before[0]) * window.input[1];
        let pixel = row + x * window.stride[1] + columns.start - window.before[1];
        let target = &mut patch[tap * line + columns.start * pitch..tap * line + columns.end * pitch];
        target.copy_from_slice(&from[pixel * pitch..pixel * pitch + target.len()]);
    }
}

/// Each pixel `factor` times in both directions.
fn upsample(from: &[f32], size: [usize; 2], pitch: usize, factor: usize, out: &mut [f32]) {
    let line = size[1] * factor * pitch;
    for (y, row) in from.chunks_exact(size[1] * pitch).enumerate() {
        let lines = &mut out[y * factor * line..(y + 1) * factor * line];
        let (first, others) = lines.split_at_mut(line);
        for (pixel, targets) in row.chunks_exact(pitch).zip(first.chunks_exact_mut(pitch * factor)) {
            targets.chunks_exact_mut(pitch).for_each(|target| target.copy_from_slice(pixel));
        }
        others.chunks_exact_mut(line).for_each(|other| other.copy_from_slice(first));
    }
}

/// Blocks of channels become pixels: block `dy * size + dx` of a pixel is its neighbour below and right.
fn spread(
    (from, from_pitch, width): (&[f32], usize, usize),
    size: usize,
    channels: usize,
    (out, pitch): (&mut [f32], usize),
) {
    let line = width * size * pitch;
    for (index, pixel) in from.chunks_exact(from_pitch).enumerate() {
        let (y, x) = (index / width, index % width);
        for (block, values) in pixel.chunks_exact(channels).take(size * size).enumerate() {
            let at = (y * size + block / size) * line + (x * size + block % size) * pitch;
            out[at..at + channels].copy_from_slice(values);
            out[at + channels..at + pitch].fill(0.0);
        }
    }
}
