//! Slots: what a template leaves open, and how a seed fills it.
//!
//! One slot a line, `name = definition`:
//!
//! | definition                        | value                                                            |
//! |-----------------------------------|------------------------------------------------------------------|
//! | `department`, `company 保洁` …    | an organisation or person ([`Entity::draw`])                     |
//! | `money 3000..9000 step 10`        | a sum in yuan                                                    |
//! | `date 2021..2024`                 | a day                                                            |
//! | `int 3..40`, `int 12\|24\|36`     | a number                                                         |
//! | `pick 空调\|电梯`                 | a word; also the name of a branch, for `%if`                     |
//! | `code LHJ-%Y-###`                 | a number with digits for `#`; `%Y` is the year of the slot `sign`|
//! | `= fee * 30%` (`total = = fee …`) | reckoned from left to right, exactly                             |
//!
//! In reckoning, `5d`, `3m`, `2y` are stretches of time, and so are `n:d`, `n:m`, `n:y` for a number `n`.

use super::date::{Day, Stretch};
use super::money::Sum;
use super::names::Entity;
use crate::seed::Random;

/// What a slot holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filling {
    /// An organisation or person.
    Entity(Entity),
    /// A sum.
    Money(Sum),
    /// A day.
    Date(Day),
    /// A number.
    Int(i64),
    /// A word or code.
    Text(String),
}

/// The slots of one rendering, in the order of their definition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fillings(Vec<(String, Filling)>);

impl Fillings {
    /// Fills the slots of a template; later definitions may name earlier ones.
    pub(super) fn draw(definitions: &str, random: &mut Random) -> Result<Self, String> {
        let mut fillings = Self::default();
        for line in definitions.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let filled = line.split_once(" = ").and_then(|(name, definition)| {
                Some((name.to_owned(), fillings.fill(definition.trim(), random)?))
            });
            fillings.0.push(filled.ok_or_else(|| format!("slot {line:?} cannot be filled"))?);
        }
        Ok(fillings)
    }

    /// What the slot of this name holds.
    pub(super) fn get(&self, name: &str) -> Option<&Filling> {
        self.0.iter().find(|(slot, _)| slot == name).map(|(_, filling)| filling)
    }

    fn fill(&self, definition: &str, random: &mut Random) -> Option<Filling> {
        let (kind, rest) = definition.split_once(' ').unwrap_or((definition, ""));
        match kind {
            "=" => self.reckon(rest),
            "money" => money(rest, random).map(Filling::Money),
            "int" => int(rest, random).map(Filling::Int),
            "pick" => {
                let choices: Vec<_> = rest.split('|').collect();
                random.pick(&choices).map(|choice| Filling::Text((*choice).to_owned()))
            }
            "date" => {
                let (from, to) = rest.split_once("..")?;
                Some(Filling::Date(Day::draw(from.parse().ok()?, to.parse().ok()?, random)))
            }
            "code" => Some(Filling::Text(self.code(rest, random))),
            kind => Entity::draw(kind, rest, random).map(Filling::Entity),
        }
    }

    fn code(&self, pattern: &str, random: &mut Random) -> String {
        let year = match self.get("sign") {
            Some(Filling::Date(day)) => day.year(),
            _ => 2024,
        };
        let digit = |c| if c == '#' { char::from(b'0' + random.below(10) as u8) } else { c };
        pattern.replace("%Y", &year.to_string()).chars().map(digit).collect()
    }

    fn reckon(&self, expression: &str) -> Option<Filling> {
        let mut words = expression.split_whitespace();
        let mut result = self.operand(words.next()?)?;
        while let Some(sign) = words.next() {
            result = result.combine(sign, self.operand(words.next()?)?)?;
        }
        match result {
            Operand::Money(sum) => Some(Filling::Money(sum)),
            Operand::Date(day) => Some(Filling::Date(day)),
            Operand::Int(number) => Some(Filling::Int(number)),
            Operand::Stretch(_) | Operand::Percent(_) => None,
        }
    }

    fn operand(&self, word: &str) -> Option<Operand> {
        if let Some(percent) = word.strip_suffix('%') {
            return percent.parse().ok().or_else(|| self.number(percent)).map(Operand::Percent);
        }
        if let Some((slot, unit)) = word.split_once(':') {
            return stretch(self.number(slot)?, unit).map(Operand::Stretch);
        }
        if let Ok(number) = word.parse() {
            return Some(Operand::Int(number));
        }
        if let Some((at, _)) = word.char_indices().last()
            && let Ok(number) = word.get(..at)?.parse()
        {
            return stretch(number, word.get(at..)?).map(Operand::Stretch);
        }
        match self.get(word)? {
            Filling::Money(sum) => Some(Operand::Money(*sum)),
            Filling::Date(day) => Some(Operand::Date(*day)),
            Filling::Int(number) => Some(Operand::Int(*number)),
            Filling::Entity(_) | Filling::Text(_) => None,
        }
    }

    fn number(&self, slot: &str) -> Option<i64> {
        match self.get(slot)? {
            Filling::Int(number) => Some(*number),
            _ => None,
        }
    }
}

/// A term of a reckoning.
enum Operand {
    Money(Sum),
    Date(Day),
    Int(i64),
    Percent(i64),
    Stretch(Stretch),
}

impl Operand {
    /// `None` where the two do not go together, or the result would not be exact.
    fn combine(self, sign: &str, other: Self) -> Option<Self> {
        let exact = |value: i64, by: i64| (by != 0 && value % by == 0).then(|| value / by);
        Some(match (self, sign, other) {
            (Self::Money(a), "+", Self::Money(b)) => Self::Money(Sum(a.0 + b.0)),
            (Self::Money(a), "-", Self::Money(b)) => Self::Money(Sum(a.0 - b.0)),
            (Self::Money(a), "*", Self::Int(b)) => Self::Money(Sum(a.0 * b)),
            (Self::Money(a), "/", Self::Int(b)) => Self::Money(Sum(exact(a.0, b)?)),
            (Self::Money(a), "*", Self::Percent(b)) => Self::Money(Sum(exact(a.0 * b, 100)?)),
            (Self::Int(a), "+", Self::Int(b)) => Self::Int(a + b),
            (Self::Int(a), "-", Self::Int(b)) => Self::Int(a - b),
            (Self::Int(a), "*", Self::Int(b)) => Self::Int(a * b),
            (Self::Date(a), "+", Self::Stretch(b)) => Self::Date(a.plus(b)),
            (Self::Date(a), "-", Self::Stretch(b)) => {
                Self::Date(a.plus(Stretch { months: -b.months, days: -b.days }))
            }
            _ => return None,
        })
    }
}

fn stretch(number: i64, unit: &str) -> Option<Stretch> {
    match unit {
        "d" => Some(Stretch { months: 0, days: number }),
        "m" => Some(Stretch { months: number, days: 0 }),
        "y" => Some(Stretch { months: number * 12, days: 0 }),
        _ => None,
    }
}

/// `3000..9000 step 10`
fn money(rest: &str, random: &mut Random) -> Option<Sum> {
    let (range, step) = rest.split_once(" step ").unwrap_or((rest, "1"));
    let (low, high) = range.split_once("..")?;
    Some(Sum::draw(low.parse().ok()?, high.parse().ok()?, step.parse().ok()?, random))
}

/// `3..40` or `12|24|36`
fn int(rest: &str, random: &mut Random) -> Option<i64> {
    if let Some((low, high)) = rest.split_once("..") {
        let (low, high): (i64, i64) = (low.parse().ok()?, high.parse().ok()?);
        return Some(low + random.below(usize::try_from(high - low + 1).ok()?) as i64);
    }
    let choices = rest.split('|').map(|word| word.parse().ok()).collect::<Option<Vec<i64>>>()?;
    random.pick(&choices).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(definitions: &str) -> Result<Fillings, String> {
        Fillings::draw(definitions, &mut Random::new(1, 2))
    }

    #[test]
    fn reckoning_is_exact() {
        let fillings = draw(
            "fee = money 3000..3000\nn = int 24\ntotal = = fee * n\nfirst = = total * 30%\n\
             sign = date 2024..2024\nend = = sign + n:m - 1d\nno = code A-%Y-##",
        )
        .unwrap();
        assert_eq!(fillings.get("total"), Some(&Filling::Money(Sum(7_200_000))));
        assert_eq!(fillings.get("first"), Some(&Filling::Money(Sum(2_160_000))));
        let Some(Filling::Text(code)) = fillings.get("no") else { panic!("a code") };
        assert!(code.starts_with("A-2024-") && !code.contains('#'));
        assert!(draw("fee = money 1..1\npart = = fee / 3").is_err());
    }
}
