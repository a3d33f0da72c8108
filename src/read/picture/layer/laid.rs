//! Where the characters of a layer stand in the lines that were read.

use super::align::{Placed, Step, align};
use super::{LayerCharacter, same};
use crate::read::picture::line::PlacedLine;

/// A layer laid over the lines of the straight page.
#[derive(Debug)]
pub(super) struct Laid {
    /// Its characters, on the straight page.
    pub(super) layer: Vec<LayerCharacter>,
    /// For each line, the characters in it from left to right.
    pub(super) homes: Vec<Vec<LayerCharacter>>,
    /// The characters that stand in no line, by index.
    pub(super) homeless: Vec<usize>,
    /// For each line, the way through both readings; `None` where they are too long.
    pub(super) steps: Vec<Option<Vec<Step>>>,
}

impl Laid {
    /// Lays the layer over the lines.
    pub(super) fn over(lines: &[PlacedLine], layer: Vec<LayerCharacter>) -> Self {
        let (homes, homeless) = homes(lines, &layer);
        let home = |indices: Vec<usize>| indices.into_iter().filter_map(|index| layer.get(index).copied());
        let homes: Vec<Vec<LayerCharacter>> =
            homes.into_iter().map(|indices| home(indices).collect()).collect();
        let steps = lines.iter().zip(&homes).map(|(line, home)| align(&ours(line), &theirs(line, home)));
        let steps = steps.collect();
        Self { layer, homes, homeless, steps }
    }

    /// How many characters say the same as those that were read in their places.
    pub(super) fn agreeing(&self, lines: &[PlacedLine]) -> usize {
        let of_line = |((line, home), steps): ((&PlacedLine, &Vec<LayerCharacter>), &Option<Vec<Step>>)| {
            let agrees = |step: &&Step| match **step {
                Step::Both(i, j) => {
                    line.characters.get(i).zip(home.get(j)).is_some_and(|(a, b)| same(a.c, b.c))
                }
                Step::First(_) | Step::Second(_) => false,
            };
            steps.iter().flatten().filter(agrees).count()
        };
        lines.iter().zip(&self.homes).zip(&self.steps).map(of_line).sum()
    }
}

fn ours(line: &PlacedLine) -> Vec<Placed> {
    line.characters.iter().map(|character| (character.c, character.centre() / line.em)).collect()
}

fn theirs(line: &PlacedLine, home: &[LayerCharacter]) -> Vec<Placed> {
    home.iter().map(|character| (character.c, character.place.0 / line.em)).collect()
}

/// Which characters of the layer stand in each line, as indices from left to right; and those in none.
fn homes(lines: &[PlacedLine], layer: &[LayerCharacter]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut homes = vec![Vec::new(); lines.len()];
    let mut homeless = Vec::new();
    for (index, character) in layer.iter().enumerate() {
        let home = lines
            .iter()
            .enumerate()
            .filter_map(|(line, placed)| distance(placed, character).map(|far| (line, far)))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        match home.and_then(|(line, _)| homes.get_mut(line)) {
            Some(home) => home.push(index),
            None => homeless.push(index),
        }
    }
    let x = |index: &usize| layer.get(*index).map_or(0.0, |character| character.place.0);
    for home in &mut homes {
        home.sort_by(|a, b| x(a).total_cmp(&x(b)));
    }
    (homes, homeless)
}

/// How far from a line's middle a character stands that is in it, in ems.
fn distance(line: &PlacedLine, character: &LayerCharacter) -> Option<f32> {
    let (first, last) = (line.characters.first()?, line.characters.last()?);
    let (x, y) = character.place;
    let inside = !line.vertical && (first.from - 0.5 * line.em..last.to + 0.5 * line.em).contains(&x);
    let far = (y - line.middle).abs() / line.em.max(0.1);
    (inside && far < 0.6).then_some(far)
}
