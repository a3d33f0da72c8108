//! Names that a sentence introduces together with the word by which the party is to go.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::super::super::lexicon::Mark;
use super::super::super::reading::{Part, Reading};
use super::super::super::scan::pattern;
use super::super::name::{self, Look};

/// A name and what the party is called.
#[derive(Debug)]
pub struct Introduced {
    /// Shadow bytes of the name.
    pub name: Range<usize>,
    /// 甲方
    pub word: String,
    /// What stands up to here is said of this party.
    pub until: usize,
}

/// A name and the bracket behind it; a short bracket may be a part of the name: 甲（深圳）有限公司.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?P<name>[^,。;、:\n\t()"“”]{2,50}(?:\([^()称方人\n]{1,12}\)[^,。;、:\n\t()"“”]{1,20})?)\((?P<inner>[^()\n]{2,200}(?:\((?:\d{3,4}|[\p{Han}]{2,8})\)[^()\n]{0,100})?)\)"#,
    )
});
/// The word in the bracket: 以下简称“甲方”, or nothing but 甲方.
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?:以下|下)?(?:统一)?(?:简称|称)(?:为|作)?[:"“”'「『]*(?P<a>[\p{Han}]{2,6}?)["“”'」』]*(?:或[^()]{0,12})?(?:$|[,;、(])|^["“「『]?(?P<b>[\p{Han}]{2,6})["”」』]?$|^["“「『]?(?P<c>[\p{Han}]{2,4}方)["”」』]?[,;、]"#,
    )
});
/// 深圳市甲局，住所位于…，法定代表人为…（以下称“委托方”）: a line that begins with the name and ends with the word.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?m)^(?:\(?[一二三四\d]{1,2}[)、.])?(?P<name>[^,。;:\n\t()]{4,40}(?:\([^()称方人\n]{1,12}\)[^,。;:\n\t()]{1,20})?),[^。\n]{4,240}\((?:以下|下)?(?:统一)?(?:简称|称)(?:为)?[:"“'「]*(?P<word>[\p{Han}]{2,6})["”'」]*\)[,。;]?$"#,
    )
});
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:本|此)(?:合同|协议)(?:书)?(?:由|系)?|由|与|和|及|以及|系由|受|兹有|现有|兹由|兹?(?:特|现)?(?:委托|聘请|聘用|邀请|特聘)|同意委托|甲方为|乙方为|(?:另)?一方(?:为|是|系)|(?:甲|乙|丙|丁)方)",
    )
});
static ALIAS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"\((?:以下|下)?(?:统一)?(?:简称|称)(?:为)?[:"“”'「]*([\p{Han}]{2,6})["“”'」]*(?:或[^()]{0,12})?\)|\(["“]?([甲乙丙丁戊]方)["”]?[,;、][^()]{0,30}\)"#,
    )
});

/// The words by which a party is to go from here on: 甲方 in （以下简称“甲方”）.
pub fn aliases(text: &str) -> impl Iterator<Item = &str> {
    ALIAS.captures_iter(text).filter_map(|found| found.get(1).or(found.get(2))).map(|alias| alias.as_str())
}

/// All of them, outside attachments.
pub fn find(reading: &Reading<'_>) -> Vec<Introduced> {
    let introduced = |found: Captures<'_>| {
        let (whole, inner) = (found.name("name")?, found.name("inner")?);
        let word = WORD.captures_iter(inner.as_str()).find_map(|word| {
            // (供书方,代码…,住所…): beside its particulars any word of that form is one for a party.
            let coined = word.name("c").filter(|_| inner.as_str().contains("代码"));
            let word = word.name("a").or(word.name("b")).or(word.name("c"))?.as_str();
            let known =
                reading.lexicon.marks.role(word).is_some() || coined.is_some() && !word.contains('双');
            known.then(|| word.to_owned())
        })?;
        let name = without_title(reading, without_lead(reading, whole.range()), inner.as_str());
        let look = name::look(reading.slice(name.clone()));
        // 与汤鹏（以下称“承租人”）: a person is introduced with these words.
        let person = look == Some(Look::Person) && inner.as_str().contains('称');
        let organisation = look == Some(Look::Organisation);
        // What the bracket holds is said of this party.
        let until = found.get(0)?.end();
        ((organisation || person && reading.part_at(name.start) == Part::Opening)
            && reading.part_at(name.start) != Part::Attachment)
            .then_some(Introduced { name, word, until })
    };
    let mut found: Vec<Introduced> = reading.captures_all(&NAMED).filter_map(introduced).collect();
    found.extend(reading.captures_all(&LINE).filter_map(|line| {
        let (name, word) = (line.name("name")?.range(), line.name("word")?.as_str());
        let called = reading.lexicon.marks.role(word).is_some() || word.ends_with(['方', '人', '位']);
        let organisation = name::look(reading.slice(name.clone())) == Some(Look::Organisation);
        let here = organisation && called && reading.part_at(name.start) != Part::Attachment;
        let until = line.get(0)?.end();
        here.then(|| Introduced { name, word: word.to_owned(), until })
    }));
    found
}

/// 用地方乙有限公司（下称乙方（用地方））: the word that the bracket repeats is no part of the name.
fn without_title(reading: &Reading<'_>, name: Range<usize>, inner: &str) -> Range<usize> {
    let word = inner.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(word, _)| word);
    let repeated = !word.is_empty() && reading.slice(name.clone()).starts_with(word);
    if repeated { name.start + word.len()..name.end } else { name }
}

fn without_lead(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let text = reading.slice(range.clone());
    // 甲大学(采购方,…)同乙公司(供书方,…): 同 joins two parties, and begins the name of 同济大学.
    let joined = text.starts_with('同') && reading.slice(0..range.start).ends_with(')');
    let joined = joined.then_some('同'.len_utf8());
    let lead = joined.or_else(|| LEAD.find(text).map(|lead| lead.end())).unwrap_or(0);
    // 发包人深圳市甲局（以下简称甲方）: the role before the name.
    let role = reading.lexicon.marks.find(&text[lead..]).next().filter(|(at, mark)| {
        let name = text.get(lead + at.end..).map(|rest| rest.trim_start_matches([':', '为']));
        at.start == 0
            && matches!(mark, Mark::Role(_))
            && name.and_then(name::look) == Some(Look::Organisation)
    });
    let start = range.start + lead + role.map_or(0, |(at, _)| at.end);
    reading.trim(start..range.end, &[':'])
}
