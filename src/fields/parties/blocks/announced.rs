//! Particulars whose party is told by a line above them (乙方收款账户如下：) or by the name of the account (户名).

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::super::lexicon::{Label, Mark};
use super::super::super::reading::Row;
use super::super::super::scan::pattern;
use super::super::{bank, name};
use super::anchor::Anchor;
use super::{Statement, Walk};

/// A line that says whose particulars follow: 乙方指定收款账户：, 甲方信息.
static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:账户|帐户|账号|帐号|开户|收款|汇入|联系方式|联系人|联络|通讯|通信|送达|信息|资料|情况|概况|名称)[^:。;]{0,16}:$|(?:信息|资料|概况|基本情况)(?:如下)?$",
    )
});
/// Bank and account stand no further above the name of their account than so many rows.
const NEAR: usize = 3;
/// A name that is found again in another place has so many characters at least.
const NAME: usize = 4;

impl Walk<'_, '_> {
    /// From here on particulars belong to the party that the line names, if it announces them and names one alone.
    pub(super) fn announce(&mut self, row: &Row) {
        let line = self.reading.row(row);
        if row.segments.len() != 1 || line.chars().count() > 60 || !ANNOUNCES.is_match(line) {
            return;
        }
        let marks = self.reading.lexicon.marks.find(line);
        let mut roles: Vec<&str> = marks
            .filter(|(_, mark)| matches!(mark, Mark::Role(_)))
            .filter_map(|(at, _)| line.get(at))
            .collect();
        roles.dedup();
        let mut parties: Vec<usize> = roles.iter().filter_map(|role| self.known(role)).collect();
        parties.dedup();
        let party = match (parties.as_slice(), roles.as_slice()) {
            ([party], _) => *party,
            // 甲方信息 over a name: the party is new.
            ([], [role]) if line.starts_with(role) => self.party(&[(*role).to_owned()]),
            _ => return,
        };
        self.idle = 0;
        self.anchors = vec![Anchor::new(0, party)];
    }

    fn known(&self, word: &str) -> Option<usize> {
        self.blocks.iter().position(|block| block.words.iter().any(|known| known == word))
    }

    /// 户名：乙有限公司: what stands around it belongs to the party of that name.
    pub(super) fn account_of(&mut self, index: usize, column: u32, value: &Range<usize>) {
        let Some(party) = self.named(self.reading.slice(value.clone())) else { return };
        self.anchors.retain(|anchor| anchor.column != column);
        self.anchors.push(Anchor::new(column, party));
        self.idle = 0;
        for (row, statement) in std::mem::take(&mut self.ownerless) {
            if row + NEAR >= index {
                self.blocks[party].statements.push(statement);
            }
        }
    }

    /// Is this the name of a party?
    pub(super) fn is_named(&self, value: &Range<usize>) -> bool {
        self.named(self.reading.slice(value.clone())).is_some()
    }

    /// The party whose name, and nobody else's, stands in an unlabelled account: 收款账户：乙有限公司，某银行，6222….
    pub(super) fn holder(&self, label: Label, value: &Range<usize>) -> Option<usize> {
        let text = self.reading.slice(value.clone());
        let whole = text.bytes().filter(u8::is_ascii_digit).count() >= 9 && text.contains([',', '、', ';']);
        (label == Label::Account && whole).then(|| self.named(text)).flatten()
    }

    /// 乙方账户：某银行，6222…: bank and account in one slot.
    pub(super) fn is_bank_account(&self, label: Label, value: &Range<usize>) -> bool {
        let text = self.reading.slice(value.clone());
        let digits = text.bytes().filter(u8::is_ascii_digit).count() >= 9;
        label == Label::Account && digits && bank::is_bank(text)
    }

    /// The party whose name is in the text.
    fn named(&self, text: &str) -> Option<usize> {
        let names = |statement: &&Statement| statement.label == Label::Name;
        let stands = |statement: &Statement| {
            let range = name::clean(self.reading, statement.value.clone());
            let name = range.map_or("", |range| self.reading.slice(range));
            name.chars().count() >= NAME && text.contains(name)
        };
        self.blocks.iter().position(|block| block.statements.iter().filter(names).any(stands))
    }

    /// Keeps a bank or an account until the name of the account says whose it is.
    pub(super) fn keep(&mut self, index: usize, statement: Statement) {
        if matches!(statement.label, Label::Bank | Label::Account | Label::BankAccount) {
            self.ownerless.retain(|(row, _)| row + NEAR >= index);
            self.ownerless.push((index, statement));
        }
    }
}
