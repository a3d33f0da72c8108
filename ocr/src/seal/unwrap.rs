//! Writing that runs around a seal's rim, laid out as a line; writing across its middle, set upright.

use std::ops::Range;

use crate::picture::Picture;
use crate::reading::{Point, SealShape};

use super::outline::Outline;
use super::red::RedPlane;

/// The rim's writing begins and ends here, as shares of the half axis from the middle.
const WRITING: (f32, f32) = (0.60, 0.935);
/// How much narrower than it stands on the paper the rim's writing is laid out. The models know print, whose characters
/// stand closer than those around a rim; of 91 names at 105 to 300 dpi 84 were read instead of 80.
const NARROWING: f32 = 0.9;
/// Height of the lines that are made, in pixels.
const HEIGHT: usize = 48;
/// Steps around the rim in which ink is counted.
const STEPS: usize = 360;
/// Ink of a step, as a share of the writing's height, below which the step is empty.
const EMPTY: f32 = 0.04;

/// A seal's writing as lines, dark on white.
pub(super) struct Writing {
    /// What runs around the rim.
    pub(super) rim: Option<Picture>,
    /// What stands below the middle.
    pub(super) purpose: Option<Picture>,
}

/// Takes the writing off a round or oval seal that `others` may overlap.
pub(super) fn of(plane: &RedPlane<'_>, outline: &Outline, others: &[Outline]) -> Writing {
    let arc = arc(plane, outline, others);
    Writing { rim: arc.and_then(|arc| rim(plane, outline, arc)), purpose: purpose(plane, outline, arc) }
}

/// A place of the seal: `turn` in degrees clockwise from its foot, `reach` as a share of the half axes.
fn ink_at(plane: &RedPlane<'_>, outline: &Outline, turn: f32, reach: f32) -> f32 {
    let (sin, cos) = turn.to_radians().sin_cos();
    ink_inside(plane, outline, -sin * reach, cos * reach)
}

/// A place of the seal in shares of its half axes from the middle, to the right and down.
fn ink_inside(plane: &RedPlane<'_>, outline: &Outline, x: f32, y: f32) -> f32 {
    let Point { x, y } = outline.place(x, y);
    plane.ink(x, y)
}

/// A stretch of the rim, in degrees clockwise from the foot; `to` may go beyond 360.
#[derive(Debug, Clone, Copy)]
struct Arc {
    from: f32,
    to: f32,
}

impl Arc {
    /// How far the middle of the writing has turned clockwise from the head.
    fn tilt(self) -> f32 {
        (self.from + self.to) / 2.0 - 180.0
    }
}

/// What a step around the rim shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Written,
    Empty,
    /// Another seal lies there, and its ink tells nothing.
    Hidden,
}

/// Where the name runs: from after the widest gap near the foot to before it, less a second piece (a code at the
/// foot) that another wide gap sets apart.
fn arc(plane: &RedPlane<'_>, outline: &Outline, others: &[Outline]) -> Option<Arc> {
    let seen: Vec<Step> = (0..STEPS).map(|step| shown(plane, outline, others, step as f32)).collect();
    let full: Vec<bool> = seen.iter().map(|step| *step == Step::Written).collect();
    let start = after_widest_gap(&full)?;
    let turned = |step: usize| full[(start + step) % STEPS];
    let gap = |range: Range<usize>| {
        let empty = range.map(|at| (start + at) % STEPS).filter(|at| seen[*at] == Step::Empty);
        empty.map(|at| pace(outline, at as f32)).sum::<f32>()
    };
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    let mut step = 0;
    while step < STEPS {
        if !turned(step) {
            step += 1;
            continue;
        }
        let end = (step..STEPS).find(|at| !turned(*at)).unwrap_or(STEPS);
        match pieces.last_mut() {
            Some(last) if gap(last.1..step) < WIDE_GAP => last.1 = end,
            _ => pieces.push((step, end)),
        }
        step = end;
    }
    let (from, to) = pieces.into_iter().max_by_key(|(from, to)| to - from)?;
    if to - from > WHOLE_RIM {
        return Some(between_codes(&full));
    }
    let degrees = |step: usize| (start + step) as f32 * 360.0 / STEPS as f32;
    // The head of the name lies above the foot, whichever way the count went around.
    let (from, to) = (degrees(from) - 3.0, degrees(to) + 3.0);
    let whole = if (from + to) / 2.0 >= 360.0 { 360.0 } else { 0.0 };
    Some(Arc { from: from - whole, to: to - whole })
}

/// Writing longer than this, in steps, is more than a name.
const WHOLE_RIM: usize = 305;
/// Gaps in the rim from which what follows is another piece of writing, in steps: characters stand closer.
const WIDE_GAP: f32 = 24.0;

/// How far a step leads around the rim there, against the mean of all: an oval is wide at its head and foot.
fn pace(outline: &Outline, turn: f32) -> f32 {
    let (sin, cos) = turn.to_radians().sin_cos();
    (outline.a * cos).hypot(outline.b * sin) / ((outline.a + outline.b) / 2.0)
}

/// Places that lie evenly along a stretch of the rim, as degrees: `turns(0.0)` is its beginning, `turns(1.0)` its end.
fn evenly(outline: &Outline, arc: Arc) -> impl Fn(f32) -> f32 {
    let turns = (0..=STEPS).map(move |step| arc.from + (arc.to - arc.from) * step as f32 / STEPS as f32);
    let lengths: Vec<(f32, f32)> = turns
        .scan(0.0, |length, turn| {
            let before = *length;
            *length += pace(outline, turn);
            Some((before, turn))
        })
        .collect();
    let whole = lengths.last().map_or(0.0, |last| last.0);
    move |share| {
        let wanted = share * whole;
        let after = lengths.partition_point(|(length, _)| *length < wanted).clamp(1, STEPS);
        let ((l0, t0), (l1, t1)) = (lengths[after - 1], lengths[after]);
        t0 + (t1 - t0) * (wanted - l0) / (l1 - l0).max(f32::EPSILON)
    }
}

/// The outer part of the rim's writing, which the ends of a line across the seal do not reach.
const OUTER: (f32, f32) = (0.8, 0.915);

fn shown(plane: &RedPlane<'_>, outline: &Outline, others: &[Outline], turn: f32) -> Step {
    const ROWS: usize = 16;
    let (sin, cos) = turn.to_radians().sin_cos();
    let places = (0..ROWS).map(|row| {
        let reach = OUTER.0 + (OUTER.1 - OUTER.0) * row as f32 / (ROWS - 1) as f32;
        outline.place(-sin * reach, cos * reach)
    });
    let free = places.filter(|place| !others.iter().any(|other| other.contains(*place)));
    let (ink, count) =
        free.fold((0.0, 0), |(ink, count), place| (ink + plane.ink(place.x, place.y), count + 1));
    match ink / ROWS as f32 {
        ink if ink > EMPTY => Step::Written,
        _ if count < ROWS => Step::Hidden,
        _ => Step::Empty,
    }
}

/// A rim that is written all around has a code at its foot: the name runs from the first gap left of the foot that is
/// wider than those between the figures of a code to the first right of it.
fn between_codes(full: &[bool]) -> Arc {
    const PARTS_CODE: usize = 8;
    let wide: Vec<(usize, usize)> =
        gaps(full).into_iter().filter(|(from, to)| to - from >= PARTS_CODE).collect();
    let from = wide.iter().find(|gap| (15..100).contains(&gap.0)).map_or(0, |gap| gap.1);
    let to = wide.iter().rfind(|gap| (STEPS - 100..STEPS - 15).contains(&gap.1)).map_or(STEPS, |gap| gap.0);
    Arc { from: from as f32 - 2.0, to: to as f32 + 2.0 }
}

/// Stretches of the rim without ink, from and to; those across the foot are left out.
fn gaps(full: &[bool]) -> Vec<(usize, usize)> {
    let empty: Vec<bool> = full.iter().map(|full| !full).collect();
    crate::pieces::runs(&empty, 0).into_iter().map(|run| (run.from, run.to)).collect()
}

/// The step after the widest gap whose middle lies near the foot: seals are tilted, but not upside down.
fn after_widest_gap(full: &[bool]) -> Option<usize> {
    const NEAR_FOOT: usize = 75;
    if !full.contains(&true) {
        return None;
    }
    let count = full.len();
    let (mut best, mut length) = ((0, 0), 0);
    for step in 0..2 * count {
        if !full[step % count] {
            length += 1;
            continue;
        }
        let middle = (step + count - length / 2) % count;
        if length > best.0 && middle.min(count - middle) <= NEAR_FOOT {
            best = (length, step % count);
        }
        length = 0;
    }
    Some(best.1)
}

fn rim(plane: &RedPlane<'_>, outline: &Outline, arc: Arc) -> Option<Picture> {
    let (inner, outer) = WRITING;
    let middle = (outline.a + outline.b) / 2.0 * (inner + outer) / 2.0;
    let rise = (outline.a + outline.b) / 2.0 * (outer - inner);
    let length = (arc.to - arc.from).to_radians() * middle * NARROWING;
    let width = (length / rise.max(1.0) * HEIGHT as f32) as usize;
    let turn = evenly(outline, arc);
    drawn(width, |x, y| ink_at(plane, outline, turn(x), outer + (inner - outer) * y))
}

/// What stands below the star, without the rim's writing beside it, set upright.
fn purpose(plane: &RedPlane<'_>, outline: &Outline, arc: Option<Arc>) -> Option<Picture> {
    const HALF: f32 = 0.68;
    let tilt = arc.map_or(0.0, Arc::tilt);
    let (sin, cos) = tilt.to_radians().sin_cos();
    let inside = |x: f32, y: f32| {
        let reach = x.hypot(y);
        // Degrees from the foot, which is upright here.
        let aside = (-x).atan2(y).to_degrees().abs();
        let beside_name = arc.is_none_or(|arc| aside > 180.0 - (arc.to - arc.from) / 2.0 - 2.0);
        let free = if beside_name { WRITING.0 - 0.01 } else { 0.79 };
        if reach > free { 0.0 } else { ink_inside(plane, outline, x * cos - y * sin, x * sin + y * cos) }
    };
    let (top, bottom) = row_of_writing(&inside, below(outline.shape))?;
    let width = 2.0 * HALF * outline.a / ((bottom - top) * outline.b).max(1.0) * HEIGHT as f32;
    drawn(width as usize, |x, y| inside((2.0 * x - 1.0) * HALF, top + (bottom - top) * y))
}

/// Where writing across a seal may begin, as a share of the half axis below the middle: below the star of a round seal,
/// and across the middle of an oval one, which has none.
fn below(shape: SealShape) -> f32 {
    if shape == SealShape::Oval { -0.36 } else { 0.12 }
}

/// The lowest band from `top` on that has ink, from and to as shares of the half axis.
fn row_of_writing(inside: &dyn Fn(f32, f32) -> f32, top: f32) -> Option<(f32, f32)> {
    const FOOT: f32 = 0.78;
    const STEP: f32 = 0.0103;
    let y = |row: usize| top + STEP * row as f32;
    let ink = |row: usize| (0..80).map(|x| inside(x as f32 / 40.0 - 1.0, y(row))).sum::<f32>() / 80.0;
    let full: Vec<bool> = (0..((FOOT - top) / STEP) as usize).map(|row| ink(row) > 0.03).collect();
    let bands = full.iter().enumerate().fold(Vec::<(usize, usize)>::new(), |mut bands, (row, full)| {
        match bands.last_mut() {
            Some(last) if *full && last.1 + 1 >= row => last.1 = row + 1,
            _ if *full => bands.push((row, row + 1)),
            _ => {}
        }
        bands
    });
    let (from, to) = bands.into_iter().rev().find(|(from, to)| (8..40).contains(&(to - from)))?;
    Some((y(from) - 0.03, y(to) + 0.03))
}

/// A line of [`HEIGHT`] pixels whose ink at (x, y), each 0 to 1, is given; `None` if it is too narrow for a
/// character. A margin of paper stands around it.
fn drawn(width: usize, ink: impl Fn(f32, f32) -> f32) -> Option<Picture> {
    const MARGIN: usize = 4;
    if !(HEIGHT / 2..=4096).contains(&width) {
        return None;
    }
    let (wide, high) = (width + 2 * MARGIN, HEIGHT + 2 * MARGIN);
    let mut gray = vec![255u8; wide * high];
    for y in 0..HEIGHT {
        for x in 0..width {
            let dark = ink((x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / HEIGHT as f32);
            gray[(y + MARGIN) * wide + x + MARGIN] = (255.0 * (1.0 - dark)) as u8;
        }
    }
    Picture::from_gray(wide, high, &gray).ok()
}

/// A square seal, set upright: cells of its characters in the two orders in which they are cut, each laid out as a
/// line. From right to left in columns comes first.
pub(super) fn cells(plane: &RedPlane<'_>, outline: &Outline) -> Vec<Picture> {
    const INNER: f32 = 0.86;
    let share = mean(|x, y| ink_inside(plane, outline, x * 0.7, y * 0.7));
    let carved = share > 0.5;
    let ink = |x: f32, y: f32| {
        let ink = ink_inside(plane, outline, (2.0 * x - 1.0) * INNER, (2.0 * y - 1.0) * INNER);
        if carved { 1.0 - ink } else { ink }
    };
    let columns_first = drawn(4 * HEIGHT, |x, y| {
        let cell = (x * 4.0) as usize;
        let across = if cell < 2 { 0.5 } else { 0.0 };
        let down = if cell.is_multiple_of(2) { 0.0 } else { 0.5 };
        ink(across + (x * 4.0).fract() / 2.0, down + y / 2.0)
    });
    let rows_first = drawn(4 * HEIGHT, |x, y| {
        let cell = (x * 4.0) as usize;
        let across = if cell.is_multiple_of(2) { 0.0 } else { 0.5 };
        let down = if cell < 2 { 0.0 } else { 0.5 };
        ink(across + (x * 4.0).fract() / 2.0, down + y / 2.0)
    });
    let one_line = drawn((outline.a / outline.b.max(1.0) * HEIGHT as f32) as usize, ink);
    [columns_first, rows_first, one_line].into_iter().flatten().collect()
}

fn mean(ink: impl Fn(f32, f32) -> f32) -> f32 {
    const SIDE: usize = 40;
    let at = |step: usize| step as f32 / (SIDE as f32 / 2.0) - 1.0;
    let all = (0..SIDE * SIDE).map(|cell| ink(at(cell % SIDE), at(cell / SIDE)));
    all.sum::<f32>() / (SIDE * SIDE) as f32
}
