//! Particulars whose party is told by a line above them (乙方收款账户如下：) or by the name of the account (户名).

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::super::lexicon::{Label, Mark};
use super::super::super::reading::{Part, Row, Segment};
use super::super::super::scan::pattern;
use super::super::tokens::Token;
use super::super::{bank, name, particulars};
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
/// Characters of a unified social credit code (统一社会信用代码).
const CODE: usize = 18;
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

    /// An address on the line below the name of a party, as on a letterhead: without a label, and alone on its line.
    pub(super) fn letterhead(&mut self, row: &Row) -> bool {
        let ([anchor], [segment]) = (self.anchors.as_slice(), row.segments.as_slice()) else { return false };
        let text = self.reading.segment(segment);
        let prose = text.contains(['将', '于', '在', '由']) || text.chars().count() > 40;
        // 市政道路绿化养护合同 is no place: that of somebody has a number in it.
        let numbered = text.contains(|c: char| c.is_ascii_digit())
            && text.ends_with(|c: char| c.is_ascii_digit() || "号楼室层座厦铺栋院房单元".contains(c));
        let fits = self.idle == 0
            && !prose
            && numbered
            && matches!(row.part, Part::Opening | Part::Signature)
            && particulars::has_form(Label::Address, text);
        let named = self.blocks[anchor.party].statements.last().is_some_and(|last| last.label == Label::Name);
        if fits && named {
            let value = segment.range.clone();
            let (label, slot, part) = (Label::Address, value.clone(), row.part);
            let statement = Statement { label, value, slot, part, signature: false, parted: true };
            self.blocks[anchor.party].statements.push(statement);
        }
        fits && named
    }

    /// 供方 | 甲有限公司 | 9144… | 临江市中山路2号: cells behind the name whose form says what they state.
    pub(super) fn trailing(&mut self, row: &Row, cut: &[(&Segment, Vec<Token>)]) {
        let [anchor] = self.anchors.as_slice() else { return };
        let party = anchor.party;
        if cut.len() < 3 || cut.first().is_none_or(|(_, tokens)| tokens.is_empty()) {
            return;
        }
        let code = |segment: &Segment| {
            let text = self.reading.segment(segment);
            text.len() == CODE && particulars::has_form(Label::Uscc, text)
        };
        let rest: Vec<&Segment> =
            cut.iter().skip(2).filter(|(_, tokens)| tokens.is_empty()).map(|(segment, _)| *segment).collect();
        if !rest.iter().any(|segment| code(segment)) {
            return;
        }
        for segment in rest {
            let text = self.reading.segment(segment);
            let label = match () {
                () if code(segment) => Label::Uscc,
                () if particulars::has_form(Label::Address, text) => Label::Address,
                () => continue,
            };
            let (value, part) = (segment.range.clone(), row.part);
            let statement =
                Statement { label, slot: value.clone(), value, part, signature: false, parted: true };
            self.blocks[party].statements.push(statement);
        }
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
