//! Answers on a form → decisions on a case: checked one and all before any is taken.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::answers::{AnswerError, Answers, Given};
use super::form::{Answer, Entry, Form};
use crate::model::case::{ContractTypes, Effective, FieldPath, Ruling, Seen, Word};

/// What answers on a form come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rulings {
    /// Decisions on fields and on entries of the form.
    pub decisions: Vec<Ruling>,
    /// Department in charge.
    pub department: Option<String>,
    /// Person in charge.
    pub undertaker: Option<String>,
    /// Number given by the filing system.
    pub filing_number: Option<String>,
    /// Day of registration.
    pub registered: Option<Date>,
    /// Day on which the paper original was handed in.
    pub paper_received: Option<Date>,
    /// One line for each answer: `合同名称：确认“…”`.
    pub told: Vec<String>,
}

impl Rulings {
    /// What the answers come to on the form as it stands now; `types` are the contract types to choose from.
    ///
    /// # Errors
    ///
    /// [`AnswerError::Refused`] with every answer that cannot be taken: about something that has changed, of another
    /// type, to an entry that the form has not.
    pub fn new(
        answers: &Answers,
        form: &Form,
        effective: &Effective,
        types: &ContractTypes,
    ) -> Result<Self, AnswerError> {
        let mut desk = Desk { rulings: Self::default(), values: BTreeMap::new(), effective, types };
        let mut wrong = check_form(answers, form);
        if wrong.is_empty() {
            wrong.extend(answers.given.iter().filter_map(|given| desk.take(given, form).err()));
        }
        if wrong.is_empty() { Ok(desk.finish()) } else { Err(AnswerError::Refused(wrong)) }
    }
}

/// Is it this form of this contract?
fn check_form(answers: &Answers, form: &Form) -> Vec<String> {
    if answers.masked {
        return vec!["此表是脱敏件（--mask），号码已隐去，不能导回；请导出未脱敏的表填写".to_owned()];
    }
    if answers.kind != form.kind || answers.version != form.version {
        let made = format!("{}第{}版", answers.kind, answers.version);
        return vec![format!("此表按{made}导出，现用{}第{}版；请重新导出后再填", form.kind, form.version)];
    }
    if answers.record != form.record {
        return vec![format!(
            "此表属于合同记录 {}，该合同现为 {}；请重新导出后再填",
            answers.record, form.record
        )];
    }
    Vec::new()
}

/// Answers being taken: parts of one field are put together before they are decided on.
struct Desk<'a> {
    rulings: Rulings,
    /// Corrected fields with what they come to.
    values: BTreeMap<FieldPath, Json>,
    effective: &'a Effective,
    types: &'a ContractTypes,
}

impl Desk<'_> {
    fn take(&mut self, given: &Given, form: &Form) -> Result<(), String> {
        let at = |problem: String| format!("{}：{problem}", given.place);
        let Some(entry) = form.entry(&given.key) else {
            return Err(at(format!("没有代号为 {} 的栏目；请重新导出后再填", given.key)));
        };
        if entry.seen != given.seen {
            let now = entry.value.as_deref().unwrap_or("空白");
            return Err(at(format!("“{}”在导出之后已变为“{now}”；请重新导出后再填", entry.label)));
        }
        self.answer(entry, &given.answer).map_err(at)?;
        self.rulings.told.push(told(entry, &given.answer));
        Ok(())
    }

    fn answer(&mut self, entry: &Entry, answer: &Answer) -> Result<(), String> {
        let Some(path) = &entry.path else {
            return Err(format!("“{}”是文件信息，不能在此更改", entry.label));
        };
        let path: FieldPath = path.parse().map_err(|error| format!("“{}”：{error}", entry.label))?;
        match answer {
            Answer::Confirm => self.confirm(entry, path),
            Answer::Correct(text) => self.correct(entry, path, text.trim()),
            Answer::None => self.correct(entry, path, ""),
        }
    }

    /// Confirms the field where the entry shows the whole of it; else what the entry shows, and no more.
    fn confirm(&mut self, entry: &Entry, path: FieldPath) -> Result<(), String> {
        let Some(value) = &entry.value else {
            return Err(format!("“{}”没有值可以确认；请填写或选“无此项”", entry.label));
        };
        let whole = path.part().is_none() && path.slot().is_none() && entry.normalised.is_some();
        if whole {
            let seen = Seen::Value(self.effective.value(&path));
            self.rulings.decisions.push(Ruling { path, word: Word::Confirm, seen });
            return Ok(());
        }
        // What was worked out stands nowhere in the record: to confirm it is to give it.
        let given = path.part().is_none() && path.slot().is_none();
        match given.then(|| self.set(&path, value)) {
            Some(Ok(())) => Ok(()),
            _ => self.slot(entry, json!(value)),
        }
    }

    fn correct(&mut self, entry: &Entry, path: FieldPath, text: &str) -> Result<(), String> {
        match entry.key.as_str() {
            "department" if entry.by_person => self.rulings.department = Some(text.to_owned()),
            "undertaker" if entry.by_person => self.rulings.undertaker = Some(text.to_owned()),
            "filing_number" if entry.by_person => {
                self.rulings.filing_number = Some(given(&entry.label, text)?)
            }
            "registered_on" if entry.by_person => self.rulings.registered = Some(day(&entry.label, text)?),
            "paper_on" if entry.by_person => self.rulings.paper_received = Some(day(&entry.label, text)?),
            _ if path.slot().is_some() => {
                return self.slot(entry, if text.is_empty() { Json::Null } else { json!(text) });
            }
            _ => return self.set(&path, text),
        }
        Ok(())
    }

    /// Corrects a field, or a part of one.
    fn set(&mut self, path: &FieldPath, text: &str) -> Result<(), String> {
        let whole = path.whole();
        let current = self.values.get(&whole).cloned().unwrap_or_else(|| self.effective.value(&whole));
        let value = path.value_of(text, &current, self.types).map_err(|error| error.to_string())?;
        self.values.insert(whole, value);
        Ok(())
    }

    /// Keeps a word on the entry itself.
    fn slot(&mut self, entry: &Entry, value: Json) -> Result<(), String> {
        let path: FieldPath =
            format!("slot.{}", entry.key).parse().map_err(|error| format!("“{}”：{error}", entry.label))?;
        let seen = Seen::Value(self.effective.value(&path));
        self.rulings.decisions.push(Ruling { path, word: Word::Correct(value), seen });
        Ok(())
    }

    fn finish(mut self) -> Rulings {
        for (path, value) in self.values {
            let seen = Seen::Value(self.effective.value(&path));
            self.rulings.decisions.push(Ruling { path, word: Word::Correct(value), seen });
        }
        self.rulings
    }
}

/// A number that filing gave is never taken away again by leaving it out.
fn given(label: &str, text: &str) -> Result<String, String> {
    let missing = || format!("“{label}”不能清空；尚未取得的，此栏不填即可");
    Some(text).filter(|text| !text.is_empty()).map(str::to_owned).ok_or_else(missing)
}

/// A day in any of the usual ways of writing it.
fn day(label: &str, text: &str) -> Result<Date, String> {
    let as_day = || {
        let path: FieldPath = "sign_date".parse().ok()?;
        path.value_of(text, &Json::Null, &ContractTypes::default()).ok()?.as_str()?.parse().ok()
    };
    as_day().ok_or_else(|| format!("“{label}”的“{text}”不是日期；请写成 2024-03-05"))
}

fn told(entry: &Entry, answer: &Answer) -> String {
    let now = entry.value.as_deref().unwrap_or("空白");
    match answer {
        Answer::Confirm => format!("{}：确认“{now}”", entry.label),
        Answer::Correct(text) => format!("{}：“{now}”→“{}”", entry.label, text.trim()),
        Answer::None => format!("{}：“{now}”→无此项", entry.label),
    }
}
