//! The particulars of a party, each with the form that its value must have.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::lexicon::Label;
use super::super::phrase;
use super::super::reading::{Part, Reading};
use super::super::resolve::{Witness, resolve};
use super::super::scan::{blank, code, pattern};
use super::bank::{account, bank, is_bank};
use super::blocks::{Block, Statement};
use super::name;
use super::telephone::{before_phone, behind_phone, beside_phone, is_phone, phone};
use crate::model::Value;

/// 望江西路860号, and not 快速通道受理中心8号.
static STREET: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{Han}]{2,}(?:路|街|大道|巷)[\p{Han}]{0,4}\d"));
static LATIN_NAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[A-Z][A-Za-z.'\-]*(?: [A-Za-z.'\-]+){1,4}$"));
static LEADING_NAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[\p{Han}·]{2,6}"));
/// Words behind a name that are no part of it: 秦霞担任, 秦霞女士.
static BEHIND_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^.(?P<more>.{1,3}?)(?:担任|负责|同志|先生|女士|主任|总经理|董事长|经理|科长|处长|局长|院长|校长|馆长|所长|律师|老师|教授|医生|工程师|会计师|队长|站长|书记|专员|秘书|会计)",
    )
});

/// The values that a block states for a particular; the header before the signature.
pub fn particular(reading: &Reading<'_>, block: &Block, label: Label) -> Option<Value<String>> {
    let witnesses = block.statements.iter().filter_map(|s| witness(reading, s, label)).collect();
    resolve(reading, witnesses)
}

/// The blank slot of a particular, where there is one.
pub fn blank_slot(reading: &Reading<'_>, block: &Block, label: Label) -> Option<Range<usize>> {
    let coded = |label| matches!(label, Label::Uscc | Label::IdNumber);
    let double = |s: &Statement| matches!(s.label, Label::ContactPhone | Label::BankAccount);
    let own = |s: &&Statement| s.label == label || double(s) && !coded(label);
    let blank = |s: &&Statement| blank::is_blank(reading.slice(s.value.clone()));
    block
        .statements
        .iter()
        .filter(|s| answers(s.label, label))
        .filter(own)
        .find(blank)
        .map(|s| s.slot.clone())
}

/// Does a statement under `stated` answer for `wanted`?
///
/// One slot serves for the code of an organisation and the number of a person (统一社会信用代码/身份证号); which of them
/// it holds is told by its check character.
fn answers(stated: Label, wanted: Label) -> bool {
    match stated {
        Label::Uscc | Label::IdNumber => matches!(wanted, Label::Uscc | Label::IdNumber),
        Label::ContactPhone => matches!(wanted, Label::Contact | Label::Phone | Label::Address),
        // 联系人：易小岚（0755-25666132）, 联系方式：易小岚 0755-25666132: the form of the value tells.
        Label::Contact => matches!(wanted, Label::Contact | Label::Phone),
        // 地址、电话：…路860号，0551-65318820 is read as a telephone slot.
        Label::Phone => matches!(wanted, Label::Phone | Label::Contact | Label::Address),
        Label::BankAccount => matches!(wanted, Label::Bank | Label::Account),
        _ => stated == wanted,
    }
}

fn witness(reading: &Reading<'_>, statement: &Statement, wanted: Label) -> Option<Witness<String>> {
    if !answers(statement.label, wanted) {
        return None;
    }
    let text = reading.slice(statement.value.clone());
    // ******街道1号: hidden on purpose, not left open; (签字)____雷振: guidance before the slot.
    let shown = if text.starts_with("*****") { text.trim_start_matches('*') } else { behind_guidance(text) };
    // A code may have XX in it.
    let coded = matches!(wanted, Label::Uscc) && code::uscc_like(shown).is_some();
    if blank::is_blank(shown) || blank::has_placeholder(shown) && !coded {
        return None;
    }
    if wanted != statement.label && !is_other_code(text, wanted) || is_swapped(text, wanted) {
        return None;
    }
    let (range, sure) = match wanted {
        Label::Uscc => uscc(text, &statement.value)?,
        Label::IdNumber => id(text, &statement.value)?,
        Label::Contact if statement.label == Label::Phone => beside_phone(text, &statement.value)?,
        Label::LegalRepresentative | Label::Contact => person(reading, statement)?,
        Label::Phone => phone(text, &statement.value)?,
        Label::Account => account(text, &statement.value)?,
        Label::Bank => bank(reading, statement)?,
        Label::Address if statement.label == Label::Phone => before_phone(text, &statement.value)?,
        Label::Address if statement.label == Label::ContactPhone => behind_phone(text, &statement.value)?,
        Label::Address => address(reading, statement)?,
        _ => return None,
    };
    // 经办人 handles the matter, 收件人 takes the mail; a 联系人 beside them is the one to write to.
    let label = phrase::tail(reading.slice(reading.line(range.start).start..range.start), 8);
    let handler = wanted == Label::Contact && (label.contains("经办") || label.contains("收件"));
    let sure = if handler { sure - 0.12 } else { sure };
    let confidence = if statement.part == Part::Opening { sure } else { sure - 0.06 };
    let value = match wanted {
        Label::Uscc | Label::IdNumber => reading.slice(range.clone()).to_ascii_uppercase(),
        Label::Account => reading.slice(range.clone()).replace(['-', ' '], ""),
        Label::Phone => reading.slice(range.clone()).to_owned(),
        _ => reading.written(range.clone()),
    };
    Some(Witness::new(value, range, confidence, method(wanted)))
}

/// What fills a slot, without the word that says how: (签字)____雷振.
fn behind_guidance(text: &str) -> &str {
    let rest = ["(签字)", "(签名)", "(签章)", "(盖章)", "(签字或盖章)", "(签字/盖章)", "(签字、盖章)"]
        .iter()
        .find_map(|guidance| text.strip_prefix(guidance));
    rest.map_or(text, |rest| rest.trim_matches(['_', ' ']))
}

/// Does a line look like the value of such a label? Asked where no colon says that it is one.
pub fn has_form(label: Label, text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match label {
        Label::Name => name::look(text) == Some(name::Look::Organisation),
        Label::Uscc => code::uscc_like(text).is_some(),
        Label::IdNumber => code::id_like(text).is_some(),
        Label::LegalRepresentative | Label::Contact => name::is_person(text),
        Label::Phone => is_phone(text),
        Label::Account => digits >= 9 && digits * 3 >= text.len() * 2,
        Label::Bank => is_bank(text) && text.chars().count() <= 40,
        Label::Address => {
            text.chars().count() >= 6
                && !text.contains(['。', ';', ':'])
                && (text.contains(['市', '区', '县']) && text.contains(['路', '号', '街', '村', '楼', '道'])
                    || STREET.is_match(text) && text.ends_with(['号', '楼', '室', '层', '座']))
        }
        _ => false,
    }
}

/// Does a slot of the other kind hold a code of the wanted kind?
fn is_other_code(text: &str, wanted: Label) -> bool {
    match wanted {
        Label::Uscc => code::uscc_like(text)
            .is_some_and(|at| code::uscc_is_valid(&text[at.clone()]) && !code::id_is_valid(&text[at])),
        Label::IdNumber => code::id_like(text).is_some_and(|at| code::id_is_valid(&text[at])),
        _ => true,
    }
}

/// Does a slot of the wanted kind hold a code of the other kind?
fn is_swapped(text: &str, wanted: Label) -> bool {
    match wanted {
        Label::Uscc => is_other_code(text, Label::IdNumber),
        Label::IdNumber => !is_other_code(text, Label::IdNumber) && is_other_code(text, Label::Uscc),
        _ => false,
    }
}

fn method(label: Label) -> &'static str {
    match label {
        Label::Uscc => "party/uscc",
        Label::IdNumber => "party/id-number",
        Label::LegalRepresentative => "party/legal-representative",
        Label::Contact => "party/contact",
        Label::Phone => "party/phone",
        Label::Account => "party/account",
        Label::Bank => "party/bank",
        _ => "party/address",
    }
}

/// A place within a value, among the bytes of the body.
pub(super) fn shifted(found: Range<usize>, base: &Range<usize>) -> Range<usize> {
    base.start + found.start..base.start + found.end
}

/// A code whose check character fails is kept: the rules speak about it, and the reader sees it.
fn uscc(text: &str, base: &Range<usize>) -> Option<(Range<usize>, f64)> {
    let found = code::uscc_like(text)?;
    let sure = if code::uscc_is_valid(&text[found.clone()]) { 0.98 } else { 0.8 };
    Some((shifted(found, base), sure))
}

fn id(text: &str, base: &Range<usize>) -> Option<(Range<usize>, f64)> {
    let found = code::id_like(text)?;
    let sure = if code::id_is_valid(&text[found.clone()]) { 0.98 } else { 0.8 };
    Some((shifted(found, base), sure))
}

/// A person's name at the beginning of the slot; a title behind it (局长) and a number end it.
fn person(reading: &Reading<'_>, statement: &Statement) -> Option<(Range<usize>, f64)> {
    let range = name::clean(reading, statement.value.clone())?;
    if LATIN_NAME.is_match(reading.slice(range.clone())) {
        return Some((range, 0.8));
    }
    let found = LEADING_NAME.find(reading.slice(range.clone()))?;
    let mut end = range.start + found.end();
    if let Some(gap) =
        (range.start + 6..end).find(|&at| reading.body.is_char_boundary(at) && reading.gap_before(at))
    {
        // 谢琳 月: a name that is spaced out; 谢琳 女 is not.
        let rest = reading.slice(gap..range.end);
        let spaced = rest.chars().count() == 1 && !rest.starts_with(['男', '女']) && end == range.end;
        end = if spaced { end } else { gap };
    }
    if let Some(more) =
        BEHIND_NAME.captures(reading.slice(range.start..end)).and_then(|found| found.name("more"))
    {
        end = range.start + more.end();
    }
    let whole = range.start..end;
    let text = reading.slice(whole.clone());
    if name::is_person(text) {
        return Some((whole, 0.94));
    }
    let rest = reading.slice(whole.end..range.end);
    let alone = rest.chars().all(|c| c.is_ascii_digit() || "-()/,+ ".contains(c));
    if alone && name::may_be_person(text) {
        return Some((whole, 0.85));
    }
    text.contains('·').then_some((range, 0.75))
}

fn address(reading: &Reading<'_>, statement: &Statement) -> Option<(Range<usize>, f64)> {
    let text = reading.slice(statement.value.clone());
    let end = text.find(['。', '?']).unwrap_or(text.len());
    let range = reading.trim(statement.value.start..statement.value.start + end, &[',', ';']);
    let text = reading.slice(range.clone());
    if is_foreign_address(text) {
        return Some((range, 0.85));
    }
    let length = text.chars().count();
    let placed = text
        .contains(['省', '市', '区', '县', '路', '街', '号', '镇', '村', '道', '楼', '厦', '室', '座', '园']);
    let plain = !text.contains([':', ';']) && length <= 80;
    (plain && placed && length >= 4).then_some((range, 0.94))
}

/// 12 Queen's Road, Central, Hong Kong: Latin letters with a number or a comma.
fn is_foreign_address(text: &str) -> bool {
    let (letters, words) =
        (text.bytes().filter(u8::is_ascii_alphabetic).count(), text.split_whitespace().count());
    let plain =
        !text.contains([':', ';', '@']) && text.chars().all(|c| !matches!(c, '\u{4e00}'..='\u{9fff}'));
    plain
        && letters >= 8
        && words >= 2
        && text.contains(|c: char| c.is_ascii_digit() || c == ',')
        && text.len() <= 160
}
