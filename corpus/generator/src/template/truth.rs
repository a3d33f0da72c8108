//! The truth about a rendered template, as the record would say it.
//!
//! A value whose slots do not stand in the text is not part of the truth: a blank instead of a slot makes the
//! field absent without another word. What the template does not list is absent; what it lists under `skip` is
//! not judged, because two clerks could answer differently.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::body::{self, Node};
use super::render::{Habits, Rendered, Writer};
use super::slot::{Filling, Fillings};
use crate::seed::Random;

/// What a template says about its truth; each entry in a short form of its own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Annotation {
    /// `signed`, `draft` or `unknown`; without it, signed if `sign_date` stands in the text.
    stage: Option<String>,
    title: Option<String>,
    number: Option<String>,
    /// Types that are right, the best first: `service|entrustment`.
    r#type: Option<String>,
    /// `甲方(采购人) g government`: role, slot, side (`-` where clerks could differ).
    parties: Option<Vec<String>>,
    /// `total total included 月`: slot (or `-`), kind, tax, per.
    amount: Option<String>,
    /// `30% P10WD`, `first P5WD`: share or slot, and when due. `-` for neither.
    payments: Option<Vec<String>>,
    /// `start end P{{n}}M`, each or `-`.
    term: Option<String>,
    /// A slot.
    sign_date: Option<String>,
    place: Option<String>,
    /// `on-signature`.
    effective: Option<String>,
    /// The words that a right answer has to hold.
    subject: Option<String>,
    /// `{{n}} 台`
    quantity: Option<Vec<String>>,
    /// Keys `standard`, `acceptance`, `objection`, each with words that a right answer has to hold.
    quality: Option<BTreeMap<String, String>>,
    /// `court 深圳市罗湖区人民法院`
    dispute: Option<String>,
    law: Option<String>,
    /// Which language prevails.
    language: Option<String>,
    /// `6 甲方3 乙方3`
    copies: Option<String>,
    /// Presence fields that are true; the others are false.
    #[serde(default)]
    has: String,
    attachments: Option<Vec<String>>,
    /// Fields that are not judged.
    #[serde(default)]
    skip: String,
    /// Why a field is absent: `sign_date blank`.
    #[serde(default)]
    absent: Vec<String>,
}

/// The fields that are a yes or no.
pub const PRESENCE: [&str; 5] =
    ["confidentiality", "breach_liability", "notice", "unilateral_right", "guarantee"];

/// What a party may have besides name, role and side.
const PARTICULARS: [(&str, &str); 9] = [
    ("name", "name"),
    ("uscc", "uscc"),
    ("id_number", "id"),
    ("legal_representative", "rep"),
    ("address", "addr"),
    ("contact", "contact"),
    ("phone", "phone"),
    ("bank", "bank"),
    ("account", "account"),
];

/// Works the truth out.
pub(super) struct Clerk<'a> {
    pub(super) fillings: &'a Fillings,
    pub(super) rendered: &'a Rendered,
}

impl Clerk<'_> {
    /// The stage and the `fields` of the truth, and the reasons why fields are absent.
    pub(super) fn truth(&self, a: &Annotation) -> Result<(String, Value, Value), String> {
        let mut fields = Map::new();
        let mut put = |key: &str, value: Value| fields.insert(key.to_owned(), value);
        put("title", self.text(&a.title)?);
        put("contract_number", self.text(&a.number)?);
        put("contract_type", json!(a.r#type));
        put("parties", self.parties(a.parties.as_deref().unwrap_or_default())?);
        let (amount, words) = self.amount(a.amount.as_deref())?;
        put("amount", amount);
        put("amount_in_words", words);
        put("payments", self.payments(a.payments.as_deref().unwrap_or_default())?);
        put("term", self.term(a.term.as_deref())?);
        put("sign_date", self.day(a.sign_date.as_deref())?);
        put("sign_place", self.text(&a.place)?);
        put("effective", a.effective.as_ref().map_or(Value::Null, |kind| json!({ "kind": kind })));
        put("subject", self.text(&a.subject)?);
        put("quantity", self.quantity(a.quantity.as_deref().unwrap_or_default())?);
        put("quality", self.quality(a.quality.as_ref())?);
        put("dispute", self.dispute(a.dispute.as_deref())?);
        put("governing_law_territory", json!(a.law));
        put("governing_language_prevails", json!(a.language));
        put("copies", self.copies(a.copies.as_deref())?);
        put("attachments", self.texts(a.attachments.as_deref().unwrap_or_default())?);
        for field in PRESENCE {
            put(field, json!(a.has.split_whitespace().any(|word| word == field)));
        }
        if let Some(unknown) = a.has.split_whitespace().find(|word| !PRESENCE.contains(word)) {
            return Err(format!("has = {unknown:?}"));
        }
        for field in a.skip.split_whitespace() {
            fields.remove(field).ok_or_else(|| format!("skip = {field:?}: no such field"))?;
        }
        let signed = fields.get("sign_date").is_some_and(Value::is_string);
        let stage = a.stage.clone().unwrap_or_else(|| if signed { "signed" } else { "draft" }.to_owned());
        Ok((stage, Value::Object(fields), absent(&a.absent)?))
    }

    /// A string with its slots filled; `None` if one of them does not stand in the text.
    fn filled(&self, text: &str) -> Result<Option<String>, String> {
        let nodes = body::inline(text)?;
        let stated = nodes.iter().all(|node| match node {
            Node::Slot { name, part, .. } => {
                // A word may stand in the title without being a slot of its own there.
                matches!(self.fillings.get(name), Some(Filling::Text(_)) if part.is_empty())
                    && self.rendered.text.contains(&self.plain(node).unwrap_or_default())
                    || self.rendered.states(&path(name, part))
            }
            _ => true,
        });
        if !stated {
            return Ok(None);
        }
        let random = &mut Random::new(0, 0);
        let sheet = Writer::new(self.fillings, Habits::default(), random).write(&nodes)?;
        Ok(Some(sheet.text))
    }

    fn plain(&self, node: &Node) -> Option<String> {
        let random = &mut Random::new(0, 0);
        let nodes = std::slice::from_ref(node);
        Writer::new(self.fillings, Habits::default(), random).write(nodes).ok().map(|sheet| sheet.text)
    }

    fn text(&self, text: &Option<String>) -> Result<Value, String> {
        let filled = text.as_deref().map(|text| self.filled(text)).transpose()?;
        Ok(json!(filled.flatten()))
    }

    fn texts(&self, texts: &[String]) -> Result<Value, String> {
        let filled = texts.iter().map(|text| self.filled(text)).collect::<Result<Vec<_>, _>>()?;
        Ok(filled.into_iter().flatten().map(Value::from).collect())
    }

    fn parties(&self, parties: &[String]) -> Result<Value, String> {
        parties.iter().map(|party| self.party(party)).collect::<Result<Vec<_>, _>>().map(Value::from)
    }

    fn party(&self, party: &str) -> Result<Value, String> {
        let words: Vec<_> = party.split_whitespace().collect();
        let &[role, slot, side] = words.as_slice() else { return Err(format!("party {party:?}")) };
        let mut entry = Map::new();
        entry.insert("role".to_owned(), json!(role));
        if side != "-" {
            entry.insert("side".to_owned(), json!(side));
        }
        let entity = match self.fillings.get(slot) {
            Some(Filling::Entity(entity)) => entity,
            _ => return Err(format!("party {party:?}: {slot} is nobody")),
        };
        entry.insert("kind".to_owned(), json!(if entity.person { "person" } else { "organisation" }));
        for (field, part) in PARTICULARS {
            let stated = self.rendered.states(&path(slot, part)).then(|| entity.part(part)).flatten();
            entry.insert(field.to_owned(), json!(stated));
        }
        Ok(Value::Object(entry))
    }

    fn amount(&self, amount: Option<&str>) -> Result<(Value, Value), String> {
        let Some(amount) = amount else { return Ok((Value::Null, Value::Null)) };
        let words: Vec<_> = amount.split_whitespace().collect();
        let &[slot, kind, tax, ref rest @ ..] = words.as_slice() else {
            return Err(format!("amount {amount:?}"));
        };
        let per = rest.first();
        if slot == "-" {
            let open = json!({"amount": null, "currency": "CNY", "kind": kind, "tax": tax, "per": per});
            return Ok((open, Value::Null));
        }
        let sum = self.money(slot)?;
        let currency = rest.get(1).copied().unwrap_or("CNY");
        let raw = self.rendered.raw(slot, false);
        let stated = self.rendered.states(slot).then(|| {
            json!({"amount": sum, "currency": currency, "kind": kind, "tax": tax, "per": per.filter(|per| **per != "-"), "raw": raw})
        });
        let capitals = self.rendered.raw(slot, true).map(|raw| json!({"amount": sum, "raw": raw}));
        Ok((json!(stated), json!(capitals)))
    }

    fn money(&self, slot: &str) -> Result<String, String> {
        match self.fillings.get(slot) {
            Some(Filling::Money(sum)) => Ok(sum.to_string()),
            _ => Err(format!("{slot} is no sum")),
        }
    }

    fn payments(&self, payments: &[String]) -> Result<Value, String> {
        payments.iter().map(|payment| self.payment(payment)).collect::<Result<Vec<_>, _>>().map(Value::from)
    }

    fn payment(&self, payment: &str) -> Result<Value, String> {
        let (what, due) = payment.split_once(' ').map_or((payment, None), |(what, due)| (what, Some(due)));
        let (share, slot) = what.split_once('=').unwrap_or_else(|| match what.ends_with('%') {
            true => (what, ""),
            false => ("", what),
        });
        let percent = self.filled(share.trim_end_matches('%'))?.filter(|percent| !percent.is_empty());
        let stated = !slot.is_empty() && slot != "-" && self.rendered.states(slot);
        let amount = if stated { Some(self.money(slot)?) } else { None };
        Ok(json!({"percent": percent, "amount": amount, "due": due}))
    }

    fn term(&self, term: Option<&str>) -> Result<Value, String> {
        let Some(term) = term else { return Ok(Value::Null) };
        let words: Vec<_> = term.split_whitespace().collect();
        let &[start, end, duration] = words.as_slice() else { return Err(format!("term {term:?}")) };
        let duration = if duration == "-" { None } else { self.filled(duration)? };
        let (start, end) = (self.day(Some(start))?, self.day(Some(end))?);
        if duration.is_none() && start.is_null() && end.is_null() {
            return Ok(Value::Null);
        }
        Ok(json!({"start": start, "end": end, "duration": duration}))
    }

    /// A day that stands in the text; `-` for none.
    fn day(&self, slot: Option<&str>) -> Result<Value, String> {
        let Some(slot) = slot.filter(|slot| *slot != "-") else { return Ok(Value::Null) };
        match self.fillings.get(slot) {
            Some(Filling::Date(day)) if self.rendered.states(slot) => Ok(json!(day.to_string())),
            Some(Filling::Date(_)) => Ok(Value::Null),
            _ => Err(format!("{slot} is no day")),
        }
    }

    fn quantity(&self, items: &[String]) -> Result<Value, String> {
        let mut list = Vec::new();
        for item in items {
            let Some(filled) = self.filled(item)? else { continue };
            let (number, unit) = filled.split_once(' ').ok_or_else(|| format!("quantity {item:?}"))?;
            list.push(json!({"number": number, "unit": unit}));
        }
        Ok(list.into())
    }

    fn quality(&self, quality: Option<&BTreeMap<String, String>>) -> Result<Value, String> {
        let Some(quality) = quality else { return Ok(Value::Null) };
        let mut entry = Map::new();
        for (key, words) in quality {
            entry.insert(key.clone(), json!(self.filled(words)?));
        }
        Ok(Value::Object(entry))
    }

    fn dispute(&self, dispute: Option<&str>) -> Result<Value, String> {
        let Some(dispute) = dispute else { return Ok(Value::Null) };
        let (kind, forum) =
            dispute.split_once(' ').map_or((dispute, None), |(kind, forum)| (kind, Some(forum)));
        let forum = forum.map(|forum| self.filled(forum)).transpose()?.flatten();
        // Of two forums side by side, how they are written as one is a matter of taste.
        Ok(if kind == "both" { json!({ "kind": kind }) } else { json!({"kind": kind, "forum": forum}) })
    }

    fn copies(&self, copies: Option<&str>) -> Result<Value, String> {
        let Some(copies) = copies else { return Ok(Value::Null) };
        let Some(filled) = self.filled(copies)? else { return Ok(Value::Null) };
        let mut words = filled.split_whitespace();
        let total = words.next().and_then(|total| total.parse::<u32>().ok());
        let holder = |word: &str| {
            let at = word.find(|c: char| c.is_ascii_digit())?;
            let (holder, number) = word.split_at_checked(at)?;
            Some(json!({"holder": holder, "number": number.parse::<u32>().ok()?}))
        };
        let by = words.map(holder).collect::<Option<Vec<_>>>();
        Ok(json!({"total": total, "by": by.ok_or_else(|| format!("copies {copies:?}"))?}))
    }
}

fn path(name: &str, part: &str) -> String {
    if part.is_empty() { name.to_owned() } else { format!("{name}.{part}") }
}

/// `sign_date blank` → `{"field": "sign_date", "reason": "blank"}`
fn absent(reasons: &[String]) -> Result<Value, String> {
    let entry = |line: &String| {
        let (field, reason) = line.split_once(' ').ok_or_else(|| format!("absent {line:?}"))?;
        Ok(json!({"field": field, "reason": reason}))
    };
    reasons.iter().map(entry).collect::<Result<Vec<_>, String>>().map(Value::from)
}
