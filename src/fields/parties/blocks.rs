//! Walks over the rows and gathers, for each party, the places where its name and particulars stand.

mod anchor;
mod announced;
mod ledger;
mod matrix;
mod turns;
mod value;
mod vertical;

use std::ops::Range;

use super::super::lexicon::{Label, Mark};
use super::super::reading::{Part, Reading, Row, Segment, starts_clause};
use super::name;
use super::tokens::{Kind, Token, tokens};
use anchor::Anchor;

/// One statement about a party.
#[derive(Debug, Clone)]
pub struct Statement {
    /// What is stated.
    pub label: Label,
    /// Shadow bytes of the value; empty where the slot is blank.
    pub value: Range<usize>,
    /// The whole slot, for evidence of a blank.
    pub slot: Range<usize>,
    /// Where in the contract.
    pub part: Part,
    /// Beside a word for seal or signature?
    pub signature: bool,
    /// Does a colon, or the border of a table cell, part label and value?
    pub parted: bool,
}

/// A party with everything that is stated about it.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Its names, in the order in which they appear.
    pub words: Vec<String>,
    /// The statements, in order.
    pub statements: Vec<Statement>,
}

/// Gathers the blocks of all parties, in the order in which the parties are first named.
pub fn gather(reading: &Reading<'_>) -> Vec<Block> {
    let mut walk = Walk {
        reading,
        blocks: Vec::new(),
        anchors: Vec::new(),
        idle: 0,
        ledger: None,
        ownerless: Vec::new(),
        stacked: Vec::new(),
    };
    for (index, row) in reading.rows.iter().enumerate() {
        walk.row(index, row);
    }
    walk.blocks
}

struct Walk<'r, 't> {
    reading: &'r Reading<'t>,
    blocks: Vec<Block>,
    anchors: Vec<Anchor>,
    /// Rows since the last token.
    idle: usize,
    /// The head of a table with a row for each party.
    ledger: Option<ledger::Head>,
    /// Bank and account whose party is not known yet, with the number of their row.
    ownerless: Vec<(usize, Statement)>,
    /// Parties whose lines stand right above one another: what follows stands in the same order, twice each.
    stacked: Vec<(usize, usize)>,
}

/// After so many rows without a role or label a block is over.
const PATIENCE: usize = 3;

/// A row with more columns than this is no block of parties beyond them.
const COLUMNS: usize = 50;

impl Walk<'_, '_> {
    fn row(&mut self, index: usize, row: &Row) {
        let line = self.reading.row(row);
        if self.ledger(row) || self.matrix(index, row) {
            return;
        }
        let segments = row.segments.iter().take(COLUMNS);
        let cut: Vec<(&Segment, Vec<Token>)> =
            segments.map(|segment| (segment, tokens(self.reading, segment))).collect();
        let roles = cut.iter().flat_map(|(_, t)| t).filter(|t| matches!(t.kind, Kind::Role { .. })).count();
        if cut.iter().all(|(_, tokens)| tokens.is_empty()) {
            if !self.letterhead(row) {
                self.rest(line);
                self.announce(row);
            }
            return;
        }
        // 开户行：某银行。 ends with a full stop and is no prose.
        let prose =
            line.trim_end_matches('。').contains('。') || line.contains('。') && line.chars().count() > 40;
        if roles == 0 && (starts_clause(line) && row.part == Part::Clauses || prose) {
            self.anchors.clear();
        }
        self.idle = 0;
        if roles > 0 {
            self.anchors.clear();
        } else if !self.vertical(row) {
            self.announce(row);
        }
        let mut turns = self.turns(row, &cut);
        turns.extend(self.stacked_turn(index, row, &cut));
        for (position, (segment, tokens)) in cut.iter().enumerate() {
            for token in tokens {
                let turn = turns.iter().find(|(at, _)| *at == token.mark.start).map(|(_, party)| *party);
                self.token(index, row, position, segment, token, turn);
            }
        }
        if roles == 1 {
            self.trailing(row, &cut);
        }
    }

    /// A row without tokens: prose ends the block, a stray line may stand in it.
    fn rest(&mut self, line: &str) {
        self.idle += 1;
        // The name in English under that in Chinese is twice as long.
        let most = if line.is_ascii() { 160 } else { 80 };
        if line.contains('。') || line.chars().count() > most || starts_clause(line) || self.idle > PATIENCE
        {
            self.anchors.clear();
        }
    }

    fn token(
        &mut self,
        index: usize,
        row: &Row,
        position: usize,
        segment: &Segment,
        token: &Token,
        turn: Option<usize>,
    ) {
        let (value, parted) = self.value(index, row, position, segment, token);
        let slot = if value.is_empty() { token.mark.start..token.slot.end } else { value.clone() };
        match &token.kind {
            Kind::Role { words, signature } => {
                let party = self.party(&self.with_aliases(words, &value));
                self.stack(index, row, party);
                self.anchors.retain(|anchor| anchor.column != segment.column);
                self.anchors
                    .push(Anchor { left: self.left(row, segment), ..Anchor::new(segment.column, party) });
                // 甲方：秦霞，0755-25666132 in a clause on contacts.
                let contact = row.part != Part::Opening
                    && super::telephone::is_contact_and_phone(self.reading.slice(value.clone()));
                let reached = row.part == Part::Clauses && self.is_reached(party, segment, &value);
                let label = match (contact, reached) {
                    (true, _) => Label::ContactPhone,
                    (false, true) => Label::Contact,
                    (false, false) => Label::Name,
                };
                let statement =
                    Statement { label, value, slot, part: row.part, signature: *signature, parted };
                self.blocks[party].statements.push(statement);
            }
            Kind::Label { label: Label::AccountName, .. } => self.account_of(index, segment.column, &value),
            // 发票信息如下：名称：甲局: what follows belongs to the party of that name.
            Kind::Label { label: Label::Name, owner: None }
                if row.part == Part::Clauses && self.is_named(&value) =>
            {
                self.account_of(index, segment.column, &value);
            }
            Kind::Label { label, owner } => {
                let party = owner
                    .as_ref()
                    .filter(|_| *label != Label::Stop)
                    .and_then(|word| self.owned(word))
                    .or(turn.filter(|_| owner.is_none()))
                    .or_else(|| self.owner(row, segment).filter(|_| owner.is_none()));
                if let (Some(party), Some(_)) = (party, owner) {
                    // 甲方联系人：秦霞 联系电话：…: what follows is theirs, too.
                    self.anchors.retain(|anchor| anchor.column != segment.column);
                    self.anchors.push(Anchor::new(segment.column, party));
                }
                let holder = self.holder(*label, &value);
                let both = holder.is_some() || self.is_bank_account(*label, &value);
                let label = if both { Label::BankAccount } else { *label };
                let statement = Statement { label, value, slot, part: row.part, signature: false, parted };
                match holder.or(party) {
                    Some(party) if label != Label::Stop => self.blocks[party].statements.push(statement),
                    None if owner.is_none() => self.keep(index, statement),
                    _ => {}
                }
            }
        }
    }

    /// 甲方：秦霞，职务：科长，电话：25666132 among the clauses: of an organisation, the person to be reached.
    fn is_reached(&self, party: usize, segment: &Segment, value: &Range<usize>) -> bool {
        let phone = |token: &Token| {
            matches!(token.kind, Kind::Label { label: Label::Phone | Label::ContactPhone, .. })
        };
        let organisation = |statement: &Statement| {
            let name = self.reading.slice(statement.value.clone());
            statement.label == Label::Name && name::look(name) == Some(name::Look::Organisation)
        };
        name::is_person(self.reading.slice(value.clone()))
            && self.blocks[party].statements.iter().any(organisation)
            && tokens(self.reading, segment).iter().any(phone)
    }

    /// The party before a label (乙方账户); one that sentences name elsewhere may not be known yet.
    fn owned(&mut self, word: &String) -> Option<usize> {
        let known = self.blocks.iter().position(|block| block.words.contains(word));
        let role = self.reading.lexicon.marks.role(word).is_some();
        known.or_else(|| role.then(|| self.party(std::slice::from_ref(word))))
    }

    /// 出租方：甲局（以下简称“甲方”）: the name behind the role gives the party another word.
    fn with_aliases(&self, words: &[String], value: &Range<usize>) -> Vec<String> {
        let text = self.reading.slice(value.clone());
        // 出租方：甲馆与承租方（以下简称乙方）: from here on the other party is spoken of.
        let other = self.reading.lexicon.marks.find(text).find(|(at, mark)| {
            let joined = text[..at.start].trim_end().ends_with(['与', '和', '及']);
            matches!(mark, Mark::Role(_)) && joined
        });
        let text = other.and_then(|(at, _)| text.get(..at.start)).unwrap_or(text);
        let aliases =
            super::prose::aliases(text).filter(|word| self.reading.lexicon.marks.role(word).is_some());
        words.iter().cloned().chain(aliases.map(str::to_owned)).collect()
    }

    /// The party that goes by one of these names, made if it is new.
    fn party(&mut self, words: &[String]) -> usize {
        let known = words.iter().find_map(|word| self.blocks.iter().position(|b| b.words.contains(word)));
        let index = known.unwrap_or_else(|| {
            self.blocks.push(Block::default());
            self.blocks.len() - 1
        });
        for word in words {
            let taken = self.blocks.iter().any(|block| block.words.contains(word));
            if !taken {
                self.blocks[index].words.push(word.clone());
            }
        }
        index
    }
}
