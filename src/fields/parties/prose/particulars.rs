//! Particulars in a sentence, one behind the other from the word or name of their party on.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::super::lexicon::{Label, Mark};
use super::super::super::reading::{Part, Reading};
use super::super::super::scan::pattern;
use super::super::bank::is_bank;
use super::super::blocks::Block;
use super::super::name::{self, Look};
use super::super::particulars::has_form;
use super::{Stretch, statement};
use crate::text::script::is_hanzi;

/// No more than so many bytes between a party, or the last of its particulars, and the next: four characters that
/// join them. What stands further off is said of something else.
const REACH: usize = 13;

/// What may stand between a label and its value.
static JOINT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:号码|证号)?(?:\([\p{Han}/、]{1,12}\))?(?::|为:?|是|系|即|位于|在|由)?"));
/// The name of an organisation right behind the word for the party: 甲方深圳市甲局与….
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<name>[\p{Han}A-Za-z]{2,30}?(?:\([\p{Han}]{2,8}\)[\p{Han}]{0,20}?)?(?:公司|局|委员会|办公室|办事处|政府|中心|学校|中学|小学|幼儿园|大学|学院|医院|保健院|研究院|事务所|协会|学会|基金会|馆|署|工作站|分行|支行|合作社))(?:[(,。;]|与|和|及|就|于|委托|经|在|为|根据|依|本着|达成|双方|共同|签|订|以|因|同意|向|现|$)",
    )
});
/// 乙方在某银行开立的账户: the bank before the account.
static OPENED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[^,。;:方]{0,8}?(?:在|于)(?P<bank>[^,。;:]{2,30}(?:银行|支行|分行|信用社|营业部|金库|支库|分理处))(?:开立|开设|设立)的?[^,。;:]{0,8}?(?:账户|帐户)?",
    )
});
/// 甲方指定易小岚为本项目联系人: the contact before the word for one.
static APPOINTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:现|特)?(?:指定|指派|委派|安排|确定|授权)(?:其)?(?P<name>[\p{Han}·]{2,4}?)(?:\([^()\n]{0,40}\))?(?:同志|先生|女士)?(?:作为|为|担任|任)[^,。;:\n]{0,16}?(?:联系人|联络人|对接人|联络员|经办人)|^(?:指定|指派|委派|安排)(?P<other>[\p{Han}·]{2,4}?)(?:\([^()\n]{0,40}\))?负责[^,。;:\n(]{0,8}?(?:联系|联络|对接)",
    )
});
/// 乙公司系依法设立的公司，住所地…: what a party is stands between its name and its particulars.
static OF_KIND: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\)?,?(?:系|是|为)[^。;:\n]{2,30},(?:其)?$"));
/// Labels of somebody who is not the party: what follows is theirs.
static ANOTHER: LazyLock<Regex> = LazyLock::new(|| pattern(r"项目|招标|采购|工程"));

/// Something in the stretch that a particular may belong to, or a particular.
enum Event {
    Name { party: usize, end: usize, until: usize },
    Mark(Mark),
}

/// Adds the particulars of one stretch.
pub fn add(reading: &Reading<'_>, blocks: &mut Vec<Block>, stretch: &Stretch<'_>) {
    let text = reading.segment(stretch.segment);
    let events = events(reading, blocks, stretch);
    let mut walk = Walk { reading, blocks, stretch, text, owner: None, named: false, reach: 0, until: 0 };
    for (index, (range, event)) in events.iter().enumerate() {
        let next = events.get(index + 1).map_or(text.len(), |(next, _)| next.start.max(range.end));
        match event {
            Event::Name { party, end, until } => {
                (walk.owner, walk.named, walk.reach, walk.until) = (Some(*party), true, *end, *until);
            }
            Event::Mark(Mark::Role(_)) => walk.role(range, next),
            Event::Mark(Mark::Label(Label::Stop)) if ANOTHER.is_match(&text[range.clone()]) => {
                walk.owner = None
            }
            Event::Mark(Mark::Label(Label::AccountName)) => walk.account_name(range, next),
            Event::Mark(Mark::Label(label)) => walk.label(*label, range, next),
        }
    }
}

/// On the way through a stretch; all places are bytes of its text.
struct Walk<'a, 'r, 't> {
    reading: &'r Reading<'t>,
    blocks: &'a mut Vec<Block>,
    stretch: &'a Stretch<'a>,
    text: &'a str,
    /// The party that is spoken of.
    owner: Option<usize>,
    /// Is it spoken of by its name, or with a particular beside its word?
    named: bool,
    /// Where it, or the last of its particulars, ends.
    reach: usize,
    /// Up to here what follows is surely its own.
    until: usize,
}

impl Walk<'_, '_, '_> {
    /// Does a place stand so close to the party, or to the last of its particulars, that it is said of it?
    fn is_near(&self, range: &Range<usize>) -> bool {
        let between = self.text.get(self.reach..range.start);
        range.start <= (self.reach + REACH).max(self.until) && range.start >= self.reach.saturating_sub(3)
            || between.is_some_and(|between| OF_KIND.is_match(between))
    }

    /// Takes a particular of the owner down.
    fn state(&mut self, label: Label, value: Range<usize>) {
        let base = self.stretch.segment.range.start;
        if let Some(block) = self.owner.and_then(|party| self.blocks.get_mut(party)) {
            let value = base + value.start..base + value.end;
            block.statements.push(statement(label, value, self.stretch.part));
        }
    }

    fn party_called(&self, word: &str) -> Option<usize> {
        self.blocks.iter().position(|block| block.words.iter().any(|known| known == word))
    }

    /// A party's word: what stands right behind it is its own, though no label says so.
    fn role(&mut self, range: &Range<usize>, next: usize) {
        let text = self.text;
        let (word, behind) = (&text[range.clone()], &text[range.end..]);
        let shifted = |within: &Range<usize>| range.end + within.start..range.end + within.end;
        let owner = self.party_called(word);
        self.named &= self.owner == owner;
        (self.owner, self.reach) = (owner, range.end);
        if self.owner.is_some() {
            if let Some((bank, end)) = opened(behind) {
                self.state(Label::Bank, shifted(&bank));
                (self.reach, self.named) = (self.reach + end, true);
            }
            if let Some((person, end)) = appointed(behind) {
                self.state(Label::Contact, shifted(&person));
                (self.reach, self.until) = (range.end + person.end, range.end + end + REACH);
                self.named = true;
            }
            if let Some(place) = addressed(text, range.end) {
                self.state(Label::Address, place);
            }
            if let Some((person, phone)) = reachable(behind) {
                self.state(Label::Contact, shifted(&person));
                self.state(Label::Phone, shifted(&phone));
            }
        }
        let whole = !text[..range.start].ends_with(is_hanzi);
        let name = glued(&text[range.end..next], whole).filter(|_| self.stretch.part == Part::Opening);
        if let Some(name) = name {
            let base = self.stretch.segment.range.start;
            self.reach = range.end + name.end;
            super::name(self.blocks, word, base + range.end + name.start..base + self.reach);
            self.owner = self.party_called(word);
        }
    }

    /// The name of an account: what follows is its holder's.
    fn account_name(&mut self, range: &Range<usize>, next: usize) {
        let value = value(self.text, range.end, next);
        if let Some(party) = holder(self.reading, self.blocks, &self.text[value.clone()]) {
            (self.owner, self.named, self.reach) = (Some(party), true, value.end);
        }
    }

    /// A label with what stands behind it. Among the clauses a sentence may speak of 地址 and 联系人 without giving them.
    fn label(&mut self, label: Label, range: &Range<usize>, next: usize) {
        if self.owner.is_none() || !self.is_near(range) {
            return;
        }
        let value = value(self.text, range.end, next);
        self.reach = value.end;
        let written = &self.text[value.clone()];
        let stated = self.named
            || self.stretch.part == Part::Opening
            || value.start > range.end
            || has_form(label, written);
        if !stated || matches!(label, Label::Stop | Label::Name | Label::AccountName) {
            return;
        }
        if label == Label::Account && is_bank(written) {
            self.state(Label::BankAccount, with_account(self.text, value, next));
        } else {
            self.state(label, value);
        }
    }
}

fn events(reading: &Reading<'_>, blocks: &[Block], stretch: &Stretch<'_>) -> Vec<(Range<usize>, Event)> {
    let base = stretch.segment.range.start;
    let party = |word: &String| blocks.iter().position(|block| block.words.contains(word));
    let names = stretch.names.iter().filter_map(|found| {
        let range = found.name.start - base..found.name.end - base;
        Some((
            range.clone(),
            Event::Name {
                party: party(&found.word)?,
                end: range.end,
                until: found.until.saturating_sub(base),
            },
        ))
    });
    let text = reading.segment(stretch.segment);
    // English words are labels on lines of their own, and words like others in a sentence or an address.
    let marks = reading.lexicon.marks.find(text).filter(|(range, _)| !text[range.clone()].is_ascii());
    let mut events: Vec<_> = names.chain(marks.map(|(range, mark)| (range, Event::Mark(mark)))).collect();
    events.extend(coined(reading, blocks, stretch));
    events.sort_by_key(|(range, _)| range.start);
    events
}

/// The words of this contract alone for its parties, before somebody who is to be reached: elsewhere such a word may be
/// a part of an address or a name.
fn coined<'b>(
    reading: &'b Reading<'_>,
    blocks: &'b [Block],
    stretch: &'b Stretch<'_>,
) -> impl Iterator<Item = (Range<usize>, Event)> + 'b {
    let text = reading.segment(stretch.segment);
    let words = blocks.iter().flat_map(|block| &block.words);
    let words = words.filter(|word| reading.lexicon.marks.role(word).is_none());
    let found = words.flat_map(move |word| text.match_indices(word.as_str()));
    let paid = |behind: &str| {
        ["账户", "帐户", "账号", "帐号", "收款", "开户"].iter().any(|word| behind.starts_with(word))
    };
    let found = found.filter(move |(at, word)| {
        let behind = &text[at + word.len()..];
        paid(behind) || reachable(behind).is_some()
    });
    found.map(|(at, word)| (at..at + word.len(), Event::Mark(Mark::Role(0))))
}

/// The name with which a text begins; behind a whole word, after a colon or none.
fn glued(text: &str, whole: bool) -> Option<Range<usize>> {
    let bare = if whole {
        text.trim_start_matches([')', ':']).trim_start_matches(['为', '是', '系'])
    } else {
        text
    };
    let name = GLUED.captures(bare)?.name("name")?;
    let lead = text.len() - bare.len();
    (name.as_str().chars().count() >= 5 && name::look(name.as_str()) == Some(Look::Organisation))
        .then_some(lead + name.start()..lead + name.end())
}

/// The bank at which an account is said to be, and where that is said.
fn opened(text: &str) -> Option<(Range<usize>, usize)> {
    let found = OPENED.captures(text)?;
    Some((found.name("bank")?.range(), found.get(0)?.end()))
}

/// The contact whom a party appoints, and where that is said.
fn appointed(text: &str) -> Option<(Range<usize>, usize)> {
    let found = APPOINTS.captures(text)?;
    let name = found.name("name").or(found.name("other"))?;
    name::is_person(name.as_str()).then(|| Some((name.range(), found.get(0)?.end()))).flatten()
}

/// The person and the telephone number that stand right behind the word for a party: 联系方式：甲方秦霞25666132.
fn reachable(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    static REACHABLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[:为]?(?P<name>[\p{Han}·]{2,4}?)(?:先生|女士|老师|同志)?[,、(:/]{0,2}(?:(?:联系)?电话|手机)?:?(?P<phone>1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{7})(?:\D|$)",
        )
    });
    let found = REACHABLE.captures(text)?;
    let (person, phone) = (found.name("name")?, found.name("phone")?);
    let named = name::is_person(person.as_str()) || name::may_be_person(person.as_str());
    named.then(|| (person.range(), phone.range()))
}

/// 函件按下列地点送达：甲方，深圳市…号；乙方，…: the address right behind the word for the party.
fn addressed(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?.strip_prefix([',', ':'])?;
    let lead = text.get(text.floor_char_boundary(from.saturating_sub(NOTICE))..from)?;
    let told = ["送达", "地址", "地点", "邮寄", "寄往", "寄至"].iter().any(|word| lead.contains(word));
    let near = rest.get(..rest.floor_char_boundary(NOTICE.min(rest.len())))?;
    let end = near.find([',', ';', '。', '\n', '\t']).unwrap_or(near.len());
    let place = near.get(..end)?;
    (told && place.chars().count() <= 60 && has_form(Label::Address, place)).then(|| {
        let start = text.len() - rest.len();
        start..start + end
    })
}

/// So many bytes before an address the clause says that notices go there.
const NOTICE: usize = 400;

/// 账户为：某银行，6222…: the account behind the comma belongs to the slot.
fn with_account(text: &str, bank: Range<usize>, next: usize) -> Range<usize> {
    let behind = text.get(bank.end..next).and_then(|rest| rest.strip_prefix(','));
    let digits = behind.map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if digits >= ACCOUNT { bank.start..bank.end + 1 + digits } else { bank }
}

/// No account has fewer digits.
const ACCOUNT: usize = 9;

/// The party whose name is that of an account.
fn holder(reading: &Reading<'_>, blocks: &[Block], account: &str) -> Option<usize> {
    let named = |block: &Block| {
        block.statements.iter().filter(|s| s.label == Label::Name).any(|s| {
            let name = name::clean(reading, s.value.clone());
            name.is_some_and(|name| name.len() >= 12 && reading.slice(name) == account)
        })
    };
    blocks.iter().position(named)
}

/// The value behind a label: to the end of its phrase, or to the next label.
fn value(text: &str, from: usize, next: usize) -> Range<usize> {
    // 丙方账户（某银行，6222…）: what the bracket holds.
    let inner =
        text[from..next].strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(inner, _)| inner);
    if let Some(inner) = inner.filter(|inner| inner.bytes().filter(u8::is_ascii_digit).count() >= 7) {
        return from + 1..from + 1 + inner.len();
    }
    let start = from + JOINT.find(&text[from..next]).map_or(0, |joint| joint.end());
    let mut depth = 0;
    let end = text[start..next].char_indices().find(|(_, c)| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth < 0 || matches!(c, ',' | ';' | '。' | '\n' | '\t')
    });
    start..end.map_or(next, |(at, _)| start + at)
}
