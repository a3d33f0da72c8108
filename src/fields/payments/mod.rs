//! Instalments (支付): how much, after what, within how many days, by what way. From sentences and from tables of
//! instalments. Damages, deposits and wages are paid too, and are no payment of the price.

mod part;
mod split;
mod table;

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use rust_decimal::Decimal;

use super::Extractor;
use super::draft::Draft;
use super::explain::{Considered, Verdict};
use super::reading::{Part, Reading};
use super::resolve::Witness;
use super::scan::pattern;
use crate::model::Confidence;
use crate::model::fields::Payment;

/// The instalments.
pub const EXTRACTOR: Extractor = Extractor {
    field: "payments",
    about: "付款安排：各期比例或金额、付款条件、期限、方式；违约金、保证金、工资不计",
    run,
};

/// More instalments than this are a price list, not an arrangement.
const MOST: usize = 40;

static SLOT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:支付|付款|付清)[^。;\n\d]{0,24}(?:_{2,}|【[_ ]*】|\[[_ ]*\])[^。;\n]{0,4}(?:%|元|日)|_{2,}(?:个)?(?:工作)?日内[^。;\n]{0,12}支付",
    )
});

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut found = table::instalments(reading);
    if found.is_empty() {
        found = split::sentences(reading)
            .into_iter()
            .flat_map(|sentence| split::groups(reading, sentence))
            .filter_map(|group| part::payment(reading, group))
            .collect();
    }
    found.truncate(10 * MOST);
    drop_repeated(&mut found);
    found.truncate(MOST);
    weigh(&mut found);
    for witness in &found {
        reading.journal.note(|| Considered {
            span: reading.span(witness.range.clone()),
            score: witness.confidence,
            source: witness.method.to_owned(),
            verdict: Verdict::Won,
            why: "各期分列".to_owned(),
        });
    }
    draft.fields.payments = found.into_iter().map(|witness| witness.into_value(reading)).collect();
    if draft.fields.payments.is_empty() {
        let slot = SLOT.find(reading.body).map(|slot| reading.sentence(slot.start()));
        draft.absent(reading, "payments", slot);
    }
}

/// An instalment that is said twice is one.
fn drop_repeated(found: &mut Vec<Witness<Payment>>) {
    let mut kept: Vec<Payment> = Vec::new();
    found.retain(|witness| {
        let new = !kept.contains(&witness.value);
        kept.push(witness.value.clone());
        new
    });
}

/// Shares that make up the whole are surely read; shares above it are not all instalments of one price.
fn weigh(found: &mut [Witness<Payment>]) {
    let shares = found.iter().filter(|w| !w.value.cumulative).filter_map(|w| w.value.percent);
    let sum: Decimal = shares.sum();
    for witness in found.iter_mut().filter(|w| w.value.percent.is_some()) {
        if sum == Decimal::ONE_HUNDRED {
            witness.confidence = witness.confidence.max(0.95);
        } else if sum > Decimal::ONE_HUNDRED {
            witness.confidence = witness.confidence.min(0.6);
        }
    }
}

/// Where instalments are laid down.
fn is_laid_down(part: Part) -> bool {
    matches!(part, Part::Clauses | Part::Opening)
}

/// A value whose parts rest on `range`.
fn witness(payment: Payment, range: Range<usize>, confidence: f64, method: &'static str) -> Witness<Payment> {
    Witness::new(payment, range, Confidence::new(confidence).get(), method)
}

/// Nothing yet.
fn nothing() -> Payment {
    Payment {
        name: None,
        percent: None,
        cumulative: false,
        amount: None,
        currency: None,
        every: None,
        trigger: None,
        due: None,
        method: None,
    }
}

#[cfg(test)]
mod tests;
