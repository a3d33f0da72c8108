//! When a node falls due.

use jiff::Span;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::anchor::Anchor;
use super::recur::Rhythm;
use crate::duties::deadline::Deadlines;
use crate::model::Period;
use crate::model::case::Particulars;
use crate::model::fields::{EffectiveKind, Term};
use crate::model::node::Instalment;

/// When a node falls due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// On a day.
    On(Planned),
    /// On days that come round; none where the contract's term does not tell them.
    Recurs(#[schemars(with = "Vec<String>")] Vec<Date>),
    /// After an event that the contract does not date: a person notes it.
    Awaits(String),
    /// The contract does not tell.
    Untold(String),
}

/// A day with how it comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Planned {
    /// The day.
    #[schemars(with = "String")]
    pub date: Date,
    /// `2023-04-18 生效 + 10个工作日（…） = 2023-05-05`.
    pub arithmetic: String,
    /// Why it is provisional, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisional: Option<String>,
}

impl Planned {
    /// A day that needs no reckoning.
    pub(super) fn told(date: Date, arithmetic: String) -> Self {
        Self { date, arithmetic, provisional: None }
    }
}

impl Deadlines {
    /// When an instalment falls due. `occurred` is the day on which its event happened, as a person noted it.
    pub(super) fn when(
        &self,
        contract: &Particulars,
        instalment: &Instalment,
        occurred: Option<Date>,
    ) -> When {
        let payment = &instalment.payment;
        if payment.every.is_some() {
            return recurring(contract, &instalment.quote);
        }
        let event = payment.trigger.as_deref().unwrap_or_default();
        let base = match occurred {
            Some(day) => Some((day, "条件成就（人工记录）")),
            None => self.anchored(contract, event),
        };
        match (base, payment.due) {
            (Some((day, what)), Some(due)) => self.after(day, what, due),
            (Some((day, what)), None) if occurred.is_some() => {
                When::On(Planned::told(day, format!("{day} {what}")))
            }
            (Some((day, what)), None) => When::Untold(format!("{day} {what}后支付，未约定期限")),
            (None, _) if !event.is_empty() => When::Awaits(event.to_owned()),
            (None, _) => When::Untold("合同未写明支付时间".to_owned()),
        }
    }

    /// The last day of the term: as stated, or reckoned from its beginning and its length.
    pub(in crate::duties) fn term_end(&self, contract: &Particulars) -> Option<When> {
        let term = contract.term.as_ref()?;
        if let Some(end) = term.end {
            return Some(When::On(Planned::told(end, format!("{end} 合同载明"))));
        }
        let length = term.duration.filter(|length| !length.is_zero())?;
        Some(match (term.start, self.begins(contract, term)) {
            (Some(start), _) => match self.after(start, "期限起始", length) {
                When::On(planned) => before(planned),
                other => other,
            },
            (None, Some((day, what))) => self.after(day, what, length),
            (None, None) => When::Awaits(term.text.clone()),
        })
    }

    /// The day from which a term runs whose first day is not stated: 自合同签订之日起三年.
    fn begins(&self, contract: &Particulars, term: &Term) -> Option<(Date, &'static str)> {
        let (event, _) = term.text.split_once('起')?;
        self.anchored(contract, &format!("{event}起"))
    }

    /// The day that an event stands for, where the contract tells it.
    fn anchored(&self, contract: &Particulars, event: &str) -> Option<(Date, &'static str)> {
        let anchor = self.anchors().of(event)?;
        let term = contract.term.as_ref();
        let day = match anchor {
            Anchor::Signed => contract.sign_date,
            Anchor::Effective => effective(contract),
            Anchor::Start => term.and_then(|term| term.start),
            Anchor::End => term.and_then(|term| term.end),
        };
        day.map(|day| (day, anchor.label()))
    }

    /// So long after a day; the day itself does not count (民法典第二百零一条).
    fn after(&self, from: Date, what: &str, length: Period) -> When {
        let beyond = || When::Untold(format!("{from} {what}起{}，超出可推算的范围", length.in_words()));
        if length.working_days > 0 {
            let Some(counted) = self.calendar().after(from, length.working_days) else { return beyond() };
            let days = length.working_days;
            let arithmetic = format!("{from} {what} + {days}个工作日{counted} = {}", counted.date);
            return When::On(Planned { date: counted.date, arithmetic, provisional: counted.doubt });
        }
        let span = Span::new()
            .try_years(i64::from(length.years))
            .and_then(|span| span.try_months(i64::from(length.months)))
            .and_then(|span| span.try_days(i64::from(length.days)));
        match span.and_then(|span| from.checked_add(span)) {
            Ok(date) => {
                When::On(Planned::told(date, format!("{from} {what} + {} = {date}", length.in_words())))
            }
            Err(_) => beyond(),
        }
    }
}

/// The day before: a term whose first day counts ends on the day before the one that corresponds to it.
fn before(mut planned: Planned) -> When {
    if let Ok(day) = planned.date.yesterday() {
        planned.arithmetic = format!("{}，首日计入，末日为 {day}", planned.arithmetic);
        planned.date = day;
    }
    When::On(planned)
}

/// The day of taking effect: stated, or that of the last signature or seal.
fn effective(contract: &Particulars) -> Option<Date> {
    let effect = contract.effective?;
    match effect.kind {
        EffectiveKind::OnDate => effect.date,
        EffectiveKind::OnSignature | EffectiveKind::OnSignatureAndSeal | EffectiveKind::OnSeal => {
            contract.sign_date
        }
        EffectiveKind::OnApproval | EffectiveKind::OnCondition => None,
    }
}

fn recurring(contract: &Particulars, wording: &str) -> When {
    let term = contract.term.as_ref();
    let bounds = term.and_then(|term| term.start.zip(term.end));
    match (Rhythm::of(wording), bounds) {
        (Some(rhythm), Some((start, end))) => When::Recurs(rhythm.days(start, end)),
        (Some(_), None) => When::Untold("按期支付，合同起止日期未读到".to_owned()),
        (None, _) => When::Untold("按期支付，合同未写明日子".to_owned()),
    }
}
