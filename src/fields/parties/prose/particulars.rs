//! Particulars in a sentence, one behind the other from the word or name of their party on.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::super::lexicon::{Label, Mark};
use super::super::super::reading::{Part, Reading};
use super::super::super::scan::pattern;
use super::super::bank::is_bank;
use super::super::blocks::Block;
use super::super::name;
use super::super::particulars::has_form;
use super::beside::{addressed, appointed, glued, opened, reachable};
use super::{Stretch, statement};
use crate::text::script::is_hanzi;

/// No more than so many bytes between a party, or the last of its particulars, and the next: four characters that
/// join them. What stands further off is said of something else.
const REACH: usize = 13;

/// What may stand between a label and its value.
static JOINT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:号码|证号)?(?:\([\p{Han}/、]{1,12}\))?(?::|为:?|是|系|即|位于|在|由)?"));
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
