//! Runs the steps of a plan on one picture.

mod convolve;

use convolve::{Work, convolve, interleave, spread};

use super::NetError;
use super::kernel::{
    self, Activation, Aligned, Epilogue, Isa, Window, activate, add, average_pool, column_means, copy_rows,
    gate, layer_norm, max_pool, softmax_row, upsample,
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
    work: Work,
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
            work: Work::default(),
        }
    }

    /// Bytes held for tensors.
    pub(super) fn bytes(&self) -> usize {
        self.free.iter().chain(self.live.iter().flatten()).map(Aligned::bytes).sum::<usize>()
            + self.work.patches.bytes()
    }

    /// Runs the first `steps` steps on one picture of three planes and returns the last tensor with its size.
    pub(super) fn run(
        &mut self,
        plan: &Plan<Product>,
        steps: usize,
        size: [usize; 2],
        planes: &[f32],
    ) -> Result<([usize; 2], &mut [f32]), NetError> {
        self.clear();
        self.sizes[plan.input] = size;
        let pixels = size[0] * size[1];
        let mut input = self.take(pixels * plan.tensors[plan.input].pitch);
        interleave(planes, pixels, &mut input);
        self.live[plan.input] = Some(input);
        for (step, op) in plan.ops.iter().enumerate().take(steps) {
            self.step(plan, step, op)?;
            if plan.rows.contains(&op.to()) && self.sizes[op.to()][0] != 1 {
                return Err(NetError::Run("图像的高度不符".to_owned()));
            }
        }
        let output = plan.ops[..steps].last().map_or(plan.input, Op::to);
        let size = self.sizes[output];
        let data = self.live[output].as_deref_mut().ok_or_else(missing)?;
        Ok((size, &mut data[..size[0] * size[1] * plan.tensors[output].pitch]))
    }

    /// Additions and multiplications of the products and convolutions for one picture, padding left out.
    pub(super) fn operations(&mut self, plan: &Plan<Product>, size: [usize; 2]) -> Result<u64, NetError> {
        let mut total = 0;
        self.sizes[plan.input] = size;
        for op in &plan.ops {
            let window = self.window(op)?;
            self.sizes[op.to()] = self.size_of_result(op, window.as_ref())?;
            let pixels = self.sizes[op.to()].map(|side| side as u64).iter().product::<u64>();
            let channels = plan.tensors[op.to()].channels as u64;
            total += match (op, window) {
                (Op::Product { from, .. }, Some(window)) => {
                    let taps = (window.size[0] * window.size[1]) as u64;
                    2 * pixels * channels * taps * plan.tensors[*from].channels as u64
                }
                (Op::Pair { from, products: [first, _], .. }, Some(window)) => {
                    let taps = (window.size[0] * window.size[1]) as u64;
                    let between = plan.products[*first].channels as u64;
                    2 * pixels * between * (taps * plan.tensors[*from].channels as u64 + channels)
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

    /// What an operation that looks at more than a point at a time covers of its input, whose size is known by now.
    fn window(&self, op: &Op) -> Result<Option<Window>, NetError> {
        match op {
            Op::Product { from, geometry, .. }
            | Op::Pair { from, geometry, .. }
            | Op::Depthwise { from, geometry, .. }
            | Op::Pool { from, geometry, .. } => geometry.over(self.sizes[*from]).map(Some),
            _ => Ok(None),
        }
    }

    /// Does a step and frees what is not read any more.
    fn step(&mut self, plan: &Plan<Product>, step: usize, op: &Op) -> Result<(), NetError> {
        let to = op.to();
        let inputs = op.inputs();
        let window = self.window(op)?;
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
            Op::Product { .. } | Op::Pair { .. } | Op::Depthwise { .. } | Op::Pool { .. } => {
                window.map_or([0; 2], |window| window.output)
            }
            Op::Means { .. } => [1, 1],
            Op::Upsample { from, factor, .. } => size(from).map(|side| side * factor),
            Op::Spread { from, size: side, levels, .. } => {
                size(from).map(|length| length * side.pow(*levels))
            }
            Op::Concat { from, .. } => from.first().map_or([0; 2], size),
            Op::Gate { from, .. }
            | Op::Add { from, .. }
            | Op::Norm { from, .. }
            | Op::Attention { from, .. }
            | Op::Activate { from, .. }
            | Op::Softmax { from, .. } => size(from),
        };
        let agree = match op {
            Op::Product { residual: Some(other), .. }
            | Op::Pair { residual: Some(other), .. }
            | Op::Upsample { residual: Some(other), .. } => size(other) == result,
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

    /// A product, with another one before it or not.
    fn product(
        &mut self,
        plan: &Plan<Product>,
        (from, residual): (Id, Option<Id>),
        before: Option<(usize, Activation)>,
        (last, activation): (usize, Activation),
        place: (&Window, Geometry),
        out: &mut [f32],
    ) -> Result<(), NetError> {
        fn with(product: &Product, activation: Activation) -> (&Product, Epilogue<'_>) {
            (product, Epilogue { bias: &product.bias, activation, residual: None })
        }
        let mut work = core::mem::take(&mut self.work);
        let done = self.data(plan, from).and_then(|data| {
            let residual = residual.map(|id| self.data(plan, id)).transpose()?;
            let before = before.map(|(product, activation)| with(&plan.products[product], activation));
            let (product, epilogue) = with(&plan.products[last], activation);
            let last = (product, Epilogue { residual, ..epilogue });
            convolve(self.isa, before, last, place, (data, plan.tensors[from].pitch), &mut work, out);
            Ok(())
        });
        self.work = work;
        done
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
            (&Op::Product { from, product, geometry, activation, residual, .. }, Some(window)) => {
                let place = (window, geometry);
                return self.product(
                    plan,
                    (from, residual),
                    None,
                    (product, activation),
                    place,
                    &mut out[..count],
                );
            }
            (
                &Op::Pair {
                    from,
                    products: [first, last],
                    geometry,
                    activations: [inner, outer],
                    residual,
                    ..
                },
                Some(window),
            ) => {
                let (before, place) = (Some((first, inner)), (window, geometry));
                return self.product(plan, (from, residual), before, (last, outer), place, &mut out[..count]);
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
                let residual = residual.map(|id| self.data(plan, id)).transpose()?;
                upsample(
                    isa,
                    self.data(plan, *from)?,
                    self.sizes[*from],
                    pitch,
                    *factor,
                    residual,
                    &mut out[..count],
                );
            }
            (Op::Concat { from, .. }, _) => {
                let rows = count / pitch;
                let mut first = 0;
                for &id in from {
                    let tensor = plan.tensors[id];
                    let target = (&mut out[first..count], pitch);
                    copy_rows(isa, rows, tensor.channels, (self.data(plan, id)?, tensor.pitch), target);
                    first += tensor.channels;
                }
                if first < pitch {
                    out[..count].chunks_exact_mut(pitch).for_each(|row| row[first..].fill(0.0));
                }
            }
            (Op::Add { other, .. }, _) => add(isa, &mut out[..count], self.data(plan, *other)?),
            (Op::Spread { from, size, levels, .. }, _) => {
                let from_pitch = plan.tensors[*from].pitch;
                let channels = plan.tensors[to].channels;
                spread(
                    (self.data(plan, *from)?, from_pitch, self.sizes[*from][1]),
                    (*size, *levels),
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
