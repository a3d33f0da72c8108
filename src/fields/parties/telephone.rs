//! Telephone numbers (电话), and who or what stands beside them in one slot.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::lexicon::Label;
use super::super::scan::pattern;
use super::name;
use super::particulars::{has_form, shifted};

static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|400-?\d{3,4}-?\d{3,4}|(?:\+\d{1,3}[-\s]?)?(?:\(0\d{2,3}\)|0\d{2,3}[-—]?)?\d{7,8}(?:[-转]\d{1,6})?|\+\d{1,3}[-\s]?\d{3,4}[-\s]?\d{4,8}",
    )
});
/// Is it a number and nothing else?
pub(super) fn is_phone(text: &str) -> bool {
    PHONE.find(text).is_some_and(|found| found.len() == text.len())
}

/// The number itself.
pub(super) fn phone(text: &str, base: &Range<usize>) -> Option<(Range<usize>, f64)> {
    PHONE.find(text).map(|found| (shifted(found.range(), base), 0.94))
}

/// The person named before or behind a telephone number: 易小岚0755-25666132, 0755-25666132(易小岚).
pub(super) fn beside_phone(text: &str, base: &Range<usize>) -> Option<(Range<usize>, f64)> {
    static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<before>[\p{Han}·]{2,4})[,:/( ]?\(?[01]\d|\d{4}[,/ ]?\(?(?P<behind>[\p{Han}·]{2,4})\)?$",
        )
    });
    let found = BESIDE.captures(text)?;
    let name = found.name("before").or(found.name("behind"))?;
    name::is_person(name.as_str()).then(|| (shifted(name.range(), base), 0.88))
}

/// The address before a telephone number: 望江西路860号B座，0551-65318820.
pub(super) fn before_phone(text: &str, base: &Range<usize>) -> Option<(Range<usize>, f64)> {
    let phone = PHONE.find_iter(text).last().filter(|phone| phone.end() == text.len())?;
    let place = text.get(..phone.start())?.trim_end_matches([',', ';', '、', ' ', '/', '(']);
    has_form(Label::Address, place).then(|| (base.start..base.start + place.len(), 0.85))
}

/// The address behind person and telephone number: 秦霞，0755-25666132，临江市中山路2号.
pub(super) fn behind_phone(text: &str, base: &Range<usize>) -> Option<(Range<usize>, f64)> {
    let (lead, place) = text.rsplit_once([',', ';', '、'])?;
    let last = PHONE.find_iter(lead).last().is_some_and(|phone| phone.end() == lead.len());
    (last && has_form(Label::Address, place)).then(|| (base.end - place.len()..base.end, 0.88))
}

/// 秦霞，0755-25666132: a person's name, and nothing but a telephone number behind it, or an address behind that.
pub fn is_contact_and_phone(text: &str) -> bool {
    let place = text.rsplit_once([',', ';', '、']).filter(|(_, place)| has_form(Label::Address, place));
    let text = place.map_or(text, |(lead, _)| lead);
    static BOTH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<name>[\p{Han}·]{2,4})[,、(:/ ]{0,2}(?:(?:联系)?电话|手机)?:?(?P<phone>[+(]?[\d()\-— ]{7,20})\)?$",
        )
    });
    BOTH.captures(text).is_some_and(|found| {
        let phone = found.name("phone").is_some_and(|phone| PHONE.is_match(phone.as_str()));
        phone && found.name("name").is_some_and(|name| name::is_person(name.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_are_read() {
        for (text, number) in [
            ("0755-25531076", "0755-25531076"),
            ("13500602917", "13500602917"),
            ("(0755)25531076", "(0755)25531076"),
            ("易小岚0755-25666132", "0755-25666132"),
            ("0755-25531076转801", "0755-25531076转801"),
        ] {
            let found = phone(text, &(0..text.len())).map(|(range, _)| &text[range]);
            assert_eq!(found, Some(number), "{text}");
        }
        assert!(phone("12345", &(0..5)).is_none());
    }
}
