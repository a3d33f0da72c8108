//! 3‰ is not 3%.
//!
//! The models know the sign ‰ and yet read it as %0 or %%: the second lower ring becomes a character of its own. No
//! number goes on that way, so the reading is corrected. Where the ring is lost, nothing is left to correct: a lone %
//! after a figure may still have been ‰.

use std::ops::Range;

use crate::reading::Character;

/// Replaces %0 and the like after a figure by ‰, unless a number goes on behind it.
pub(crate) fn correct(characters: &mut Vec<Character>) {
    let mut index = 0;
    while index < characters.len() {
        if let Some(sign) = sign(characters, index) {
            join(characters, sign);
        }
        index += 1;
    }
}

/// The characters that are one per mille sign, if one begins at `index`.
fn sign(characters: &[Character], index: usize) -> Option<Range<usize>> {
    let at = |index: usize| characters.get(index).map(|character| character.char);
    let before = index.checked_sub(1).and_then(at)?;
    let is_sign = before.is_ascii_digit() && at(index)? == '%' && "0oO%".contains(at(index + 1)?);
    let number_goes_on = at(index + 2).is_some_and(|next| next.is_ascii_digit() || ".,%".contains(next));
    (is_sign && !number_goes_on).then_some(index..index + 2)
}

fn join(characters: &mut Vec<Character>, sign: Range<usize>) {
    let Some(&[first, second]) = characters.get(sign.clone()) else { return };
    let confidence = first.confidence.min(second.confidence);
    characters.splice(sign, [Character { char: '‰', from: first.from, to: second.to, confidence }]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corrected(text: &str) -> String {
        let character = |char| Character { char, from: 0.0, to: 0.0, confidence: 1.0 };
        let mut characters: Vec<Character> = text.chars().map(character).collect();
        correct(&mut characters);
        characters.iter().map(|character| character.char).collect()
    }

    #[test]
    fn a_ring_left_over_makes_a_percent_sign_per_mille() {
        assert_eq!(corrected("总价的0.5%0支付，1%%计"), "总价的0.5‰支付，1‰计");
        assert_eq!(corrected("按3%0"), "按3‰");
    }

    #[test]
    fn numbers_that_go_on_stay() {
        for text in ["5%0.3", "5%05", "5%", "%0", "甲%0乙", ""] {
            assert_eq!(corrected(text), text);
        }
    }
}
