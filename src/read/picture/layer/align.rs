//! Two readings of one line, character by character.

/// Longer lines than this are not compared: nobody sets them.
const LONGEST: usize = 600;
/// What a character costs that the other reading lacks, and one that it reads otherwise.
const ALONE: f32 = 1.0;
const OTHERWISE: f32 = 1.1;
/// What it costs at most that two characters stand apart, and from how many ems on.
const APART: f32 = 0.5;

/// A step through both readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Both have a character here: their indices.
    Both(usize, usize),
    /// Only the first reading has one.
    First(usize),
    /// Only the second reading has one.
    Second(usize),
}

/// One character for the comparison: what it says, and where it stands, in ems.
pub(super) type Placed = (char, f32);

/// The cheapest way through both readings; `None` where they are too long.
pub(super) fn align(first: &[Placed], second: &[Placed]) -> Option<Vec<Step>> {
    if first.len().max(second.len()) > LONGEST {
        return None;
    }
    let costs = costs(first, second);
    let width = second.len() + 1;
    let cost = |i: usize, j: usize| costs.get(i * width + j).copied().unwrap_or(f32::INFINITY);
    let (mut i, mut j) = (first.len(), second.len());
    let mut steps = Vec::with_capacity(i.max(j));
    while i > 0 || j > 0 {
        let here = cost(i, j);
        let pair = i.checked_sub(1).zip(j.checked_sub(1));
        let both =
            pair.and_then(|(a, b)| Some((a, b, cost(a, b) + pair_cost(first.get(a)?, second.get(b)?))));
        match both {
            Some((a, b, through)) if through <= here + 1e-3 => {
                steps.push(Step::Both(a, b));
                (i, j) = (a, b);
            }
            _ if i > 0 && (j == 0 || cost(i - 1, j) + ALONE <= here + 1e-3) => {
                i -= 1;
                steps.push(Step::First(i));
            }
            _ => {
                j -= 1;
                steps.push(Step::Second(j));
            }
        }
    }
    steps.reverse();
    Some(steps)
}

/// The least cost of every pair of beginnings, row by row.
fn costs(first: &[Placed], second: &[Placed]) -> Vec<f32> {
    let width = second.len() + 1;
    let mut costs: Vec<f32> = (0..width).map(|j| j as f32 * ALONE).collect();
    costs.reserve(first.len() * width);
    for (i, a) in first.iter().enumerate() {
        let above = i * width;
        let mut left = (i + 1) as f32 * ALONE;
        costs.push(left);
        for (j, b) in second.iter().enumerate() {
            let at = |offset: usize| costs.get(above + offset).copied().unwrap_or(f32::INFINITY);
            left = (at(j) + pair_cost(a, b)).min(at(j + 1) + ALONE).min(left + ALONE);
            costs.push(left);
        }
    }
    costs
}

fn pair_cost(a: &Placed, b: &Placed) -> f32 {
    let differ = if super::same(a.0, b.0) { 0.0 } else { OTHERWISE };
    differ + APART * ((a.1 - b.1).abs() / 2.0).min(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn placed(text: &str) -> Vec<Placed> {
        text.chars().enumerate().map(|(index, c)| (c, index as f32)).collect()
    }

    fn steps(a: &str, b: &str) -> Vec<Step> {
        align(&placed(a), &placed(b)).expect("short")
    }

    #[test]
    fn a_character_that_one_lacks_stands_alone() {
        assert_eq!(
            steps("1,00元", "1,000元"),
            [
                Step::Both(0, 0),
                Step::Both(1, 1),
                Step::Both(2, 2),
                Step::Both(3, 3),
                Step::Second(4),
                Step::Both(4, 5)
            ]
        );
        assert_eq!(steps("甲方", "乙方"), [Step::Both(0, 0), Step::Both(1, 1)]);
        assert!(align(&placed(&"一".repeat(601)), &[]).is_none());
    }

    proptest! {
        #[test]
        fn every_character_has_its_step(a in "[甲乙0-9]{0,12}", b in "[甲乙0-9]{0,12}") {
            let steps = steps(&a, &b);
            let firsts = steps.iter().filter(|step| !matches!(step, Step::Second(_))).count();
            let seconds = steps.iter().filter(|step| !matches!(step, Step::First(_))).count();
            prop_assert_eq!((firsts, seconds), (a.chars().count(), b.chars().count()));
        }
    }
}
