//! Contract numbers (合同编号) by a pattern that the office sets (`numbering.toml`): `罗{部门}合〔{年}〕{序号:4}号`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::dictionaries::{Dictionaries, DictionaryError};

/// The dictionary with the pattern.
const FILE: &str = "numbering.toml";

/// Digits that a serial may be asked to have.
const DIGITS: usize = 12;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    pattern: String,
    departments: BTreeMap<String, String>,
    drop: Drop,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Drop {
    prefixes: Vec<String>,
}

/// A piece of the pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Department,
    Year,
    Serial(usize),
}

/// How numbers are made.
#[derive(Debug, Clone)]
pub struct Numbering {
    pieces: Vec<Piece>,
    departments: BTreeMap<String, String>,
    prefixes: Vec<String>,
}

/// The numbers that differ in their serial only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    before: String,
    digits: usize,
    after: String,
}

impl Numbering {
    /// Reads `numbering.toml`.
    ///
    /// # Errors
    ///
    /// When the pattern has no serial or an unknown slot.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let file: File = dictionaries.toml(FILE)?;
        let malformed = |problem: String| DictionaryError::malformed(FILE, problem);
        let pieces = pieces(&file.pattern).map_err(malformed)?;
        let serials = pieces.iter().filter(|piece| matches!(piece, Piece::Serial(_))).count();
        if serials != 1 {
            return Err(malformed(format!("pattern“{}”应当有且只有一个 {{序号}}", file.pattern)));
        }
        Ok(Self { pieces, departments: file.departments, prefixes: file.drop.prefixes })
    }

    /// Does a number need a department?
    pub fn needs_department(&self) -> bool {
        self.pieces.contains(&Piece::Department)
    }

    /// The series of a department in a year.
    pub fn series(&self, department: &str, year: i16) -> Series {
        let mut series = Series { before: String::new(), digits: 1, after: String::new() };
        let mut behind = false;
        for piece in &self.pieces {
            let text = match piece {
                Piece::Serial(digits) => {
                    (series.digits, behind) = (*digits, true);
                    continue;
                }
                Piece::Text(text) => text.clone(),
                Piece::Department => self.short(department),
                Piece::Year => format!("{year:04}"),
            };
            if behind { series.after.push_str(&text) } else { series.before.push_str(&text) }
        }
        series
    }

    /// What a department is called in numbers: as listed, else its name without the district's.
    fn short(&self, department: &str) -> String {
        let name = department.trim();
        let rest = || {
            let stripped = self.prefixes.iter().find_map(|prefix| name.strip_prefix(prefix.as_str()));
            stripped.filter(|rest| !rest.is_empty()).unwrap_or(name)
        };
        self.departments.get(name).map_or_else(rest, String::as_str).to_owned()
    }
}

impl Series {
    /// What tells the series from others.
    pub fn name(&self) -> String {
        format!("{}{{序号}}{}", self.before, self.after)
    }

    /// The number of a serial.
    pub fn number(&self, serial: u32) -> String {
        format!("{}{serial:0digits$}{}", self.before, self.after, digits = self.digits)
    }
}

fn pieces(pattern: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some((text, behind)) = rest.split_once('{') {
        let open = || format!("pattern“{pattern}”中的 {{ 没有配对的 }}");
        let (slot, after) = behind.split_once('}').ok_or_else(open)?;
        pieces.push(Piece::Text(text.to_owned()));
        pieces.push(piece(slot)?);
        rest = after;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    Ok(pieces)
}

fn piece(slot: &str) -> Result<Piece, String> {
    let unknown = || format!("pattern 不认识 {{{slot}}}；可用 {{部门}}、{{年}}、{{序号}}、{{序号:4}}");
    match slot.split_once(':') {
        None if slot == "部门" => Ok(Piece::Department),
        None if slot == "年" => Ok(Piece::Year),
        None if slot == "序号" => Ok(Piece::Serial(1)),
        Some(("序号", digits)) => {
            let digits = digits.parse().ok().filter(|digits| (1..=DIGITS).contains(digits));
            digits.map(Piece::Serial).ok_or_else(unknown)
        }
        _ => Err(unknown()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbering(pattern: &str) -> Result<Numbering, DictionaryError> {
        let file = format!(
            "pattern = \"{pattern}\"\n[departments]\n\"教育局\" = \"教\"\n[drop]\nprefixes = [\"深圳市罗湖区\"]\n"
        );
        Numbering::new(&Dictionaries::embedded().with_file(FILE, &file))
    }

    #[test]
    fn numbers_follow_the_pattern() {
        let numbering = numbering("罗{部门}合〔{年}〕{序号:4}号").expect("a pattern");
        let series = numbering.series("教育局", 2024);
        assert_eq!(series.name(), "罗教合〔2024〕{序号}号");
        assert_eq!(series.number(18), "罗教合〔2024〕0018号");
        assert_eq!(series.number(12_345), "罗教合〔2024〕12345号");
        assert_eq!(numbering.series("深圳市罗湖区民政局", 2025).number(1), "罗民政局合〔2025〕0001号");
    }

    #[test]
    fn the_pattern_that_comes_with_the_program_is_one() {
        assert!(Numbering::new(&Dictionaries::embedded()).expect("a pattern").needs_department());
    }

    #[test]
    fn a_pattern_that_is_none_is_refused_with_its_fault() {
        for (pattern, fault) in [
            ("罗〔{年}〕号", "有且只有一个"),
            ("{序号}-{序号}", "有且只有一个"),
            ("{序号:0}", "不认识"),
            ("{月}{序号}", "不认识 {月}"),
            ("{序号", "没有配对"),
        ] {
            let told = numbering(pattern).expect_err(pattern).to_string();
            assert!(told.contains(fault), "{told}");
        }
    }

    proptest! {
        #[test]
        fn serials_of_a_series_never_meet(one in any::<u32>(), other in any::<u32>()) {
            let series = numbering("{年}{序号:3}").expect("a pattern").series("", 2024);
            prop_assert_eq!(one == other, series.number(one) == series.number(other));
        }
    }
}
