//! What confirmed agreements change of a main contract (补充、变更、终止协议): the last day of its term, its price, its end.
//! Every change names both sources; what an agreement leaves open is said and not decided.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::deadline::Deadlines;
use super::node::{END, Node, NodeSum, When};
use crate::model::case::{LinkKind, Particulars};
use crate::model::fields::{EffectiveKind, Money, MoneyKind, Term};
use crate::model::record::{Stage, short_id};

/// An agreement that a person linked to a main contract.
#[derive(Debug, Clone, Copy)]
pub struct Amendment<'a> {
    /// What it does to the main contract.
    pub kind: LinkKind,
    /// Its record.
    pub record: &'a str,
    /// What was read of it, with people's word laid over it.
    pub particulars: &'a Particulars,
}

/// What agreements change of one main contract; nothing for most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The last day as changed, with how it comes about.
    end: Option<(Date, String)>,
    /// The day that an agreement ends the contract on, with the agreement.
    terminated: Option<(Date, String)>,
    /// Prices that agreements state, each with its agreement.
    prices: Vec<(Money, String)>,
    /// What was taken for granted, or cannot be told.
    doubts: Vec<String>,
}

impl Amendment<'_> {
    /// `《物业服务合同补充协议》（2024-06-01签订，记录3f9a01c2）`.
    pub(super) fn source(&self) -> String {
        let name = self.particulars.title.as_deref().unwrap_or(self.kind.label());
        let name = name.trim_matches(['《', '》']);
        let day = self.particulars.sign_date.map_or_else(String::new, |day| format!("{day}签订，"));
        format!("《{name}》（{day}记录{}）", short_id(self.record, 8))
    }

    /// The day on which a termination takes effect: as stated, else that of its signing.
    fn last_day(&self) -> Option<Date> {
        let stated = self.particulars.effective.filter(|effect| effect.kind == EffectiveKind::OnDate);
        stated.and_then(|effect| effect.date).or(self.particulars.sign_date)
    }
}

impl Deadlines {
    /// What agreements change of a contract, the one that was signed last before the others; drafts change nothing.
    pub fn changes(&self, main: &Particulars, amendments: &[Amendment<'_>]) -> Changes {
        let mut signed: Vec<&Amendment<'_>> =
            amendments.iter().filter(|amendment| amendment.particulars.stage != Stage::Draft).collect();
        signed.sort_by_key(|amendment| (amendment.particulars.sign_date, amendment.record));
        let mut changes = Changes::default();
        for amendment in signed {
            match amendment.kind {
                LinkKind::Termination => changes.terminate(amendment, &self.told_end(main)),
                LinkKind::Supplement | LinkKind::Change => {
                    changes.extend(amendment, &self.told_end(main));
                    changes.price(amendment, main);
                }
            }
        }
        changes
    }

    /// How the main contract's own last day comes about.
    fn told_end(&self, main: &Particulars) -> String {
        match self.term_end(main) {
            Some(When::On(planned)) => format!("主合同届满日：{}", planned.arithmetic),
            _ => "主合同届满日：未能推算".to_owned(),
        }
    }
}

impl Changes {
    fn terminate(&mut self, amendment: &Amendment<'_>, own: &str) {
        let source = amendment.source();
        match amendment.last_day() {
            Some(day) => {
                self.end = Some((day, format!("{own}；{source}终止合同，末日为 {day}")));
                self.terminated = Some((day, source));
            }
            None => self.doubts.push(format!("{source}终止合同，未读到终止日期，请核对此后的事项")),
        }
    }

    /// A later day in the agreement is taken for the term as changed, and said to be.
    fn extend(&mut self, amendment: &Amendment<'_>, own: &str) {
        let end = amendment.particulars.term.as_ref().and_then(|term| term.end);
        if let (Some(day), None) = (end, &self.terminated) {
            let source = amendment.source();
            self.end = Some((day, format!("{own}；{source}载明届满日 {day}")));
            self.doubts.retain(|doubt| !doubt.starts_with(TAKEN));
            self.doubts.push(format!("{TAKEN}{source}所载届满日即变更后的合同届满日，请核对"));
        }
    }

    fn price(&mut self, amendment: &Amendment<'_>, main: &Particulars) {
        let of = |money: &Money| (money.kind == MoneyKind::Total).then(|| money.currency.clone());
        let (new, old) = (amendment.particulars.amount.as_ref(), main.amount.as_ref());
        if let (Some(new), Some(old)) = (new, old)
            && new.amount.is_some()
            && of(new).is_some()
            && of(new) == of(old)
        {
            self.prices.push((new.clone(), amendment.source()));
        }
    }

    /// Is nothing changed?
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The main contract with its term as changed.
    pub fn laid_over<'a>(&self, main: &'a Particulars) -> Cow<'a, Particulars> {
        let Some((end, _)) = self.end else { return Cow::Borrowed(main) };
        let none = || Term { start: None, end: None, duration: None, text: String::new() };
        let term = Term { end: Some(end), ..main.term.clone().unwrap_or_else(none) };
        Cow::Owned(Particulars { term: Some(term), ..main.clone() })
    }

    /// The node with both sources of its day.
    #[must_use]
    pub fn retold(&self, mut node: Node) -> Node {
        if let (Some((_, told)), When::On(planned)) = (&self.end, &mut node.when)
            && node.key == END
        {
            planned.arithmetic.clone_from(told);
        }
        node
    }

    /// How the last day comes about, where it was changed.
    pub(super) fn end(&self) -> Option<&str> {
        self.end.as_ref().map(|(_, told)| told.as_str())
    }

    /// What has to be known of a node on a day, with its sum where that was reckoned from the price.
    pub(super) fn doubts(&self, day: Date, sum: Option<&NodeSum>, price: Option<&Money>) -> Vec<String> {
        let mut doubts = self.doubts.clone();
        if let Some((last, source)) = self.terminated.as_ref().filter(|(last, _)| day > *last) {
            doubts.push(format!("合同已由{source}于 {last} 终止，此后是否仍须履行请核对"));
        }
        let own = price.and_then(|price| price.amount).filter(|own| !own.is_zero());
        if let (Some(sum), Some(own)) = (sum.filter(|sum| sum.reckoned), own) {
            doubts.extend(self.prices.iter().filter_map(|(new, source)| shares(sum, own, new, source)));
        }
        doubts
    }

    /// Is a sum reckoned from a price that an agreement may have changed?
    pub(super) fn unsettles(&self, sum: &NodeSum) -> bool {
        sum.reckoned && !self.prices.is_empty()
    }

    /// Everything, a line each, as people read it.
    pub fn lines(&self) -> Vec<String> {
        let price = |(new, source): &(Money, String)| {
            let amount = new.amount.unwrap_or_default();
            format!("{source}载明价款{amount}元（{}），是变更后的总价还是增减额请核对", new.currency)
        };
        let end = self.end.iter().map(|(_, told)| told.clone());
        end.chain(self.prices.iter().map(price)).chain(self.doubts.iter().cloned()).collect()
    }
}

/// How the assumption about an extended term begins.
const TAKEN: &str = "假定";

/// The share of a node by the main contract's price, and by either meaning of the price that an agreement states.
fn shares(sum: &NodeSum, own: Decimal, new: &Money, source: &str) -> Option<String> {
    let new = new.amount?;
    let share = |price: Decimal| Some(sum.amount.checked_mul(price)?.checked_div(own)?.round_dp(2));
    let (total, more) = (share(new)?, share(own.checked_add(new)?)?);
    Some(format!(
        "按主合同价款{own}元推算本期为{}元；{source}载明{new}元：如为变更后总价，本期为{total}元；如为增加额，本期为{more}元，请核对",
        sum.amount
    ))
}
