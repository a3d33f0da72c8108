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

/// A stretch of a row, cut into its tokens.
struct Stretch<'a> {
    /// Number of the row.
    index: usize,
    row: &'a Row,
    /// Number of the segment in the row.
    position: usize,
    segment: &'a Segment,
    tokens: &'a [Token],
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
    /// Parties whose lines stand right above one another: what follows stands in the same order, once for each party.
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
            let stretch = Stretch { index, row, position, segment, tokens };
            for token in tokens {
                let turn = turns.iter().find(|(at, _)| *at == token.mark.start).map(|(_, party)| *party);
                self.token(&stretch, token, turn);
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

    /// Takes a token down; `turn` is the party whose turn it is among those of the row.
    fn token(&mut self, stretch: &Stretch<'_>, token: &Token, turn: Option<usize>) {
        let (value, parted) = self.value(stretch, token);
        let slot = if value.is_empty() { token.mark.start..token.slot.end } else { value.clone() };
        let part = stretch.row.part;
        let statement = |label| Statement { label, value, slot, part, signature: false, parted };
        match &token.kind {
            Kind::Role { words, signature } => {
                let named = Statement { signature: *signature, ..statement(Label::Name) };
                self.role(stretch, words, named);
            }
            Kind::Label { label, owner } => {
                self.label(stretch, owner.as_ref(), turn, statement(*label));
            }
        }
    }

    /// A party's word with what stands behind it: from here on its column is that party's.
    fn role(&mut self, stretch: &Stretch<'_>, words: &[String], mut statement: Statement) {
        let (row, segment) = (stretch.row, stretch.segment);
        let party = self.party(&self.with_aliases(words, &statement.value));
        self.stack(stretch.index, row, party);
        self.anchors.retain(|anchor| anchor.column != segment.column);
        self.anchors.push(Anchor { left: self.left(row, segment), ..Anchor::new(segment.column, party) });
        let value = self.reading.slice(statement.value.clone());
        if row.part != Part::Opening && super::telephone::is_contact_and_phone(value) {
            // 甲方：秦霞，0755-25666132 in a clause on contacts.
            statement.label = Label::ContactPhone;
        } else if row.part == Part::Clauses && self.is_reached(party, stretch.tokens, value) {
            statement.label = Label::Contact;
        }
        self.blocks[party].statements.push(statement);
    }

    /// A label with what stands behind it: it is kept with the party that it speaks of.
    fn label(
        &mut self,
        stretch: &Stretch<'_>,
        owner: Option<&String>,
        turn: Option<usize>,
        mut statement: Statement,
    ) {
        let Stretch { index, row, segment, .. } = *stretch;
        let value = statement.value.clone();
        // 发票信息如下：名称：甲局: what follows belongs to the party of that name.
        let heads_account = statement.label == Label::Name
            && owner.is_none()
            && row.part == Part::Clauses
            && self.is_named(&value);
        if statement.label == Label::AccountName || heads_account {
            self.account_of(index, segment.column, &value);
            return;
        }
        let party = match owner {
            Some(_) if statement.label == Label::Stop => None,
            Some(word) => self.owned(word),
            None => turn.or_else(|| self.owner(row, segment)),
        };
        if let (Some(party), Some(_)) = (party, owner) {
            // 甲方联系人：秦霞 联系电话：…: what follows is theirs, too.
            self.anchors.retain(|anchor| anchor.column != segment.column);
            self.anchors.push(Anchor::new(segment.column, party));
        }
        let holder = self.holder(statement.label, &value);
        if holder.is_some() || self.is_bank_account(statement.label, &value) {
            statement.label = Label::BankAccount;
        }
        match holder.or(party) {
            Some(party) if statement.label != Label::Stop => self.blocks[party].statements.push(statement),
            None if owner.is_none() => self.keep(index, statement),
            _ => {}
        }
    }

    /// 甲方：秦霞，职务：科长，电话：25666132 among the clauses: of an organisation, the person to be reached.
    fn is_reached(&self, party: usize, beside: &[Token], value: &str) -> bool {
        let phone = |token: &Token| {
            matches!(token.kind, Kind::Label { label: Label::Phone | Label::ContactPhone, .. })
        };
        let organisation = |statement: &Statement| {
            let name = self.reading.slice(statement.value.clone());
            statement.label == Label::Name && name::look(name) == Some(name::Look::Organisation)
        };
        name::is_person(value)
            && beside.iter().any(phone)
            && self.blocks[party].statements.iter().any(organisation)
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
