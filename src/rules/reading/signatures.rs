//! The slots for signatures and seals at a contract's end, and what stands in them.
//!
//! A name printed beside 签字 counts as a signature where only text is known. A seal is seen on a page's picture or
//! not at all: without a picture nothing is said about it.

mod page;

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use crate::fields::scan::{blank, pattern};
use crate::model::fields::Party;
use crate::model::text::Paragraph;
use crate::model::{Region, Seal, Span, Text};

/// `甲方（盖章）：`, `单位：（公章）`, `（签字）`: a word in brackets says what is wanted.
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<head>[^:。;()]{0,40}|[^:。;()]{1,6}:)\((?P<what>[^()]{0,20}(?:章|签字|签名|签署|捺印|手印|指模)[^()]{0,10})\)(?P<rest>[^。;]*)$",
    )
});
/// `法定代表人签字：`, `单位公章：`, `出租方（甲方）签章：`
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<head>(?:[^:。;()]|:_*|\([^()]{1,8}\)){0,24}?)(?P<what>签字盖章|签字|签名|签署|签章|盖章|公章)处?:(?P<rest>[^。;]*)$",
    )
});
/// `授权代表：`, in a block of signatures only: among a party's particulars it is no slot.
static REPRESENTATIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<what>(?:法定代表人|(?:单位|主要)?负责人|授权代表|授权代理人|委托代理人|代表人?)(?:或[^:。;()]{2,10})?):(?P<rest>[^。;]*)$",
    )
});
static SEAL: LazyLock<Regex> = LazyLock::new(|| pattern("章"));
static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| pattern("签|捺印|手印|指模|代表|代理人|负责人"));
/// （未签）, 空缺: the copy itself says that nothing stands there.
static UNSIGNED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\(?(?:未签(?:字|名|署|章)?|未盖章?|空缺|空白|缺)\)?$"));
/// What stands beside slots and ends no block: particulars, dates, places.
static PROSE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[。;]|^第[一二三四五六七八九十百\d]{1,4}[条章节]|^附[件表]"));

/// What a slot asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// A signature.
    pub signature: bool,
    /// A seal.
    pub seal: bool,
}

/// What stands in a slot.
#[derive(Debug, Clone, PartialEq)]
pub enum Filling {
    /// Something does.
    Filled,
    /// Nothing does.
    Empty,
    /// What would be seen on a picture only, and there is none.
    Unseen,
}

/// One slot.
#[derive(Debug, Clone)]
pub struct Slot {
    /// What it asks for.
    pub wanted: Wanted,
    /// Index of the party in the record; `None` where it is not told.
    pub party: Option<usize>,
    /// Where it stands.
    pub span: Span,
    /// The signature in it.
    pub signature: Filling,
    /// The seals on it.
    pub seals: Vec<Seal>,
    /// Whether a seal would be seen.
    pub is_pictured: bool,
}

impl Slot {
    /// The page it stands on, from 1; `None` for formats without pages.
    pub fn page(&self) -> Option<u32> {
        page::place(&self.span).map(|(page, _)| page)
    }

    /// Is there a seal on it?
    pub fn seal(&self) -> Filling {
        match (self.seals.is_empty(), self.is_pictured) {
            (false, _) => Filling::Filled,
            (true, true) => Filling::Empty,
            (true, false) => Filling::Unseen,
        }
    }
}

/// The slots of the body, in text order.
pub fn slots(text: &Text, parties: &[Party]) -> Vec<Slot> {
    let mut walk = Walk { text, parties, columns: Vec::new(), block: 0, found: Vec::new() };
    let body: Vec<&Paragraph> =
        text.paragraphs.iter().filter(|paragraph| paragraph.region == Region::Body).collect();
    for (index, paragraph) in body.iter().enumerate() {
        let beside = body.get(index + 1).filter(|next| is_next_cell(paragraph, next));
        walk.paragraph(paragraph, beside.map_or("", |next| text.folded_paragraph(next)));
    }
    let mut slots = walk.found;
    page::place_seals(text, parties, &mut slots);
    slots
}

/// Does a cell follow another in its row?
fn is_next_cell(one: &Paragraph, next: &Paragraph) -> bool {
    match (one.table, next.table) {
        (Some((table, cell)), Some((other, beside))) => {
            table == other && cell.row == beside.row && beside.column > cell.column
        }
        _ => false,
    }
}

/// Lines after a slot that still belong to its block.
const BLOCK: usize = 10;

struct Walk<'a> {
    text: &'a Text,
    parties: &'a [Party],
    /// Which party each column belongs to.
    columns: Vec<(u32, usize)>,
    /// Lines that are left of the block.
    block: usize,
    found: Vec<Slot>,
}

impl Walk<'_> {
    /// A paragraph, and what stands in the cell beside it; the cells of a table on a page are columns of one line.
    fn paragraph(&mut self, paragraph: &Paragraph, beside: &str) {
        let line = self.text.folded_paragraph(paragraph);
        self.block = if PROSE.is_match(line) { 0 } else { self.block.saturating_sub(1) };
        let mut at = paragraph.shadow.start;
        let mut columns = line.split('\t').enumerate().peekable();
        while let Some((number, column)) = columns.next() {
            let index = paragraph.table.map_or(0, |(_, cell)| cell.column) + number as u32;
            let beside = columns.peek().map_or(beside, |(_, next)| *next);
            self.column(index, column, beside, at..at + column.len());
            at += column.len() + 1;
        }
    }

    fn column(&mut self, index: u32, column: &str, beside: &str, range: Range<usize>) {
        if let Some(party) = self.named_in(column) {
            self.columns.retain(|(other, _)| *other != index);
            self.columns.push((index, party));
        }
        let captures = BRACKETED.captures(column).or_else(|| LABELLED.captures(column));
        let representative = || REPRESENTATIVE.captures(column).filter(|_| self.block > 0);
        let Some(captures) = captures.or_else(representative) else { return };
        let (what, rest) = (captures.name("what").map_or("", |m| m.as_str()), captures.name("rest"));
        let head = captures.name("head").map_or("", |m| m.as_str());
        let is_person = SIGNATURE.is_match(head);
        let wanted = Wanted {
            signature: is_person || SIGNATURE.is_match(what),
            seal: !is_person && SEAL.is_match(what),
        };
        let value = rest.map_or("", |m| m.as_str()).trim_start_matches([':', ' ']);
        let value = if value.is_empty() && !is_label(beside) { beside } else { value };
        let value = if UNSIGNED.is_match(value) { "" } else { value };
        self.block = BLOCK;
        let span = self.text.span_of_shadow(range);
        let signature = page::signature(self.text, &span, value, is_name(value, wanted));
        let is_pictured = page::is_pictured(self.text, &span);
        let party = self.party_of(index);
        self.found.push(Slot { wanted, party, span, signature, seals: Vec::new(), is_pictured });
    }

    /// The party that a column names, by its role or its name.
    fn named_in(&self, column: &str) -> Option<usize> {
        let named = |party: &Party| {
            let name = party.name.as_ref().map(|name| folded_name(&name.value));
            let by_name = name.is_some_and(|name| !name.is_empty() && column.contains(&name));
            by_name || roles(&party.role).any(|role| column.starts_with(role))
        };
        self.parties.iter().position(named)
    }

    /// The party of the nearest column at or to the left.
    fn party_of(&self, index: u32) -> Option<usize> {
        let left =
            self.columns.iter().filter(|(column, _)| *column <= index).max_by_key(|(column, _)| *column);
        left.map(|(_, party)| *party)
    }
}

/// Does a cell ask for something itself?
fn is_label(cell: &str) -> bool {
    BRACKETED.is_match(cell) || LABELLED.is_match(cell) || REPRESENTATIVE.is_match(cell)
}

/// `甲方(采购人)` goes by two names.
fn roles(role: &str) -> impl Iterator<Item = &str> {
    role.split(['(', ')', '（', '）', '、', '/']).map(str::trim).filter(|role| !role.is_empty())
}

fn folded_name(name: &str) -> String {
    name.replace('（', "(").replace('）', ")").split_whitespace().collect()
}

/// Does what is printed behind a label say who signed? Behind 盖章 stands the party's name, which is no signature.
fn is_name(value: &str, wanted: Wanted) -> bool {
    wanted.signature && !wanted.seal && !blank::is_blank(value) && !blank::has_placeholder(value)
}
