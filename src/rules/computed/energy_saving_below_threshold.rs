//! `energy-saving-below-threshold`: the yearly saving of an energy performance contract (合同能源管理) is too small.
//!
//! # What it does
//!
//! Reads the yearly saving in tonnes of standard coal (吨标准煤) and holds it against the least saving of a project that
//! can be recognised: one for industry (工业项目), one for others.
//!
//! # Why it matters
//!
//! A project that saves less is not recognised and gets no award, on which the reckoning of the benefits may rest.
//!
//! # What must not be flagged
//!
//! A saving of exactly the least; what is saved over all years, in a month or by one part; the consumption that the saving is
//! reckoned from; savings in other units.

use std::sync::LazyLock;

use crate::fields::scan::Regex;
use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::part_around;
use super::Computed;
use crate::fields::scan::{numeral, pattern};

/// The rule.
pub const RULE: Computed =
    Computed { slug: "energy-saving-below-threshold", variants: &[("below", &["saving", "least"])], compile };

/// 25吨标准煤, 26.5tce, right behind the words that name the saving; 25吨 where those name the coal (折标煤).
static TONNES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<tonnes>\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百千]{1,5})\s*(?:吨|t)(?P<coal>标准煤|标煤|ce)?",
    )
});

#[derive(Debug)]
struct EnergySavingBelowThreshold {
    words: Words,
    /// The least yearly saving in tonnes of standard coal.
    general: Decimal,
    /// That of a project of industry.
    industrial: Decimal,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let (general, industrial): (i64, i64) = (parameters.take("general")?, parameters.take("industrial")?);
    let words = Words::new(parameters, &["saving", "unless", "industry"])?;
    Ok(Box::new(EnergySavingBelowThreshold {
        words,
        general: Decimal::from(general),
        industrial: Decimal::from(industrial),
    }))
}

/// A number in figures or in Chinese.
fn number(written: &str) -> Option<Decimal> {
    let plain = written.replace(',', "");
    plain.parse().ok().or_else(|| numeral::integer(&plain).map(Decimal::from))
}

impl Check for EnergySavingBelowThreshold {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = &*contract.chosen;
        let industrial = self.words.say("industry", body);
        let least = if industrial { self.industrial } else { self.general };
        let mut seen = false;
        for sentence in self.words.sentences("saving", body) {
            let words = &body[sentence.clone()];
            for named in self.words.find("saving", words) {
                let range = sentence.start + named.start()..sentence.start + named.end();
                let Some(found) = TONNES.captures(&words[named.end()..]) else { continue };
                if found.name("coal").is_none() && !named.as_str().contains('煤') {
                    continue;
                }
                let Some(saving) = found.name("tonnes").and_then(|tonnes| number(tonnes.as_str())) else {
                    continue;
                };
                let part = part_around(body, range.start..range.end);
                if self.words.say("unless", &body[part.clone()]) {
                    continue;
                }
                seen = true;
                if saving < least {
                    let span = contract.text.span_of_shadow(part);
                    let sighting = Sighting::new("below", vec![span]).with("saving", saving.normalize());
                    return Verdict::hit(sighting.with("least", least));
                }
            }
        }
        if seen { Verdict::Passed } else { Verdict::NothingFound }
    }
}
