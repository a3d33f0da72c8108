//! Which part of the contract a row stands in: before the clauses, among them, in the block of signatures,
//! in an attachment.

use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::lexicon::Mark;
use super::super::scan::pattern;
use super::{Part, Reading};

static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:第[一二三四五六七八九十百零〇\d]{1,4}[条章]|[一二三四五六七八九十]{1,3}[、.]|[壹贰叁肆伍陆柒捌玖拾]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}(?:\.\d{1,2})+[.、]?\D|\d{1,2}[.、]\D)",
    )
});
/// A line of the table of contents (目录).
static CONTENTS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:…+|[.·]{3,}|\t)[\d\-]{0,4}$"));
static ATTACHMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^《?附(?:件|表|录|图)(?:[一二三四五六七八九十\d]{1,2}|[A-F])?[:、.]?[^,。;]{0,40}$|^附:[^,。;:]{0,16}(?:清单|登记|登记表|名单|明细|明细表|一览表|样表|样式|表|样本)(?:\([^()]{1,16}\))?$",
    )
});
static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:盖章|公章|签章|签字|签名|签署|印章|捺印|手印)[^。;,]{0,8}$|(?:盖章|公章|签章|签字|签名|盖公章|加盖印章)[^()。;,]{0,6}\)?[^。;,:]{0,4}[:\t]|\((?:单位)?章\)[^。;,]{0,8}$|\((?:单位)?章\)[:\t]|\((?:(?:合同|业务|公司)?专用章|亲签|印|手印|按印)\)|(?i:\((?:seal|signature|stamp)\)) ?:|^(?:[甲乙丙丁]方|[\p{Han}]{2,5}[方人])\((?:盖章|公章|签章|签字盖章|盖单位章)\)[\p{Han}]{4,40}(?:\t|$)|^\(?以下无正文|^\(?此页无正文|^\(?本页无正文|签署页",
    )
});

/// A day on a line of its own, below the last clause: that of signing.
static LONE_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:签订|签署|签约|签字)?(?:日期|时间)(?:[ /]*[A-Za-z][A-Za-z ]{0,24})?:?)?_*(?:\d{4}年\d{1,2}月\d{1,2}[日曰]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|[二〇○零oO0一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日曰]|[零壹贰叁肆伍陆柒捌玖]{4}年[零壹贰叁肆伍陆柒捌玖拾]{1,3}月[零壹贰叁肆伍陆柒捌玖拾]{1,3}[日曰])_*$|^(?:Date|Signed on|Date of [A-Za-z]{4,12}):? ?(?:[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th)?,? [A-Za-z]{3,9},? \d{4})$",
    )
});

/// The part of each row.
pub fn assign(reading: &Reading<'_>) -> Vec<Part> {
    Parts::new(reading).collect()
}

/// Anything but a colon or the end of a phrase: what may stand between a role and its colon.
fn in_brackets(c: char) -> bool {
    !matches!(c, ':' | ',' | '。' | ';' | '、')
}

/// A sentence that introduces a party (甲方为深圳市甲局，地址在…。) is no clause yet.
fn introduces(reading: &Reading<'_>, line: &str) -> bool {
    let Some((range, Mark::Role(_))) = reading.lexicon.marks.find(line).next() else { return false };
    range.start == 0 && line[range.end..].starts_with(['为', '是', '系', ':'])
}

/// Walks over the rows and says in which part each stands.
struct Parts<'r, 't> {
    reading: &'r Reading<'t>,
    index: usize,
    first: usize,
    /// From here on lines for signatures are such: below the first clause, or in the lower half of a form without one.
    signable: usize,
    signature: usize,
    signed: bool,
    attachment: bool,
}

impl<'r, 't> Parts<'r, 't> {
    fn new(reading: &'r Reading<'t>) -> Self {
        let position =
            |begins: &dyn Fn(&str) -> bool| reading.rows.iter().position(|row| begins(reading.row(row)));
        let numbered = position(&|line| starts_clause(line) && !CONTENTS.is_match(line));
        // A contract without numbers begins with its first sentence.
        let prose = || position(&|line| line.contains('。') && !introduces(reading, line));
        let first = numbered.or_else(prose).unwrap_or(usize::MAX);
        let signable = if first == usize::MAX { reading.rows.len() / 2 } else { first };
        Self { reading, index: 0, first, signable, signature: 0, signed: false, attachment: false }
    }

    fn opens_signature(&self, line: &str) -> bool {
        line.chars().count() <= 120
            && !starts_clause(line)
            && !line.starts_with(['•', '●', '·', '◆', '■', '➢'])
            && !line.contains(['。', ';'])
            && !line.contains("生效")
            && (SIGNATURE.is_match(line)
                || starts_with_role(self.reading, line)
                || !self.attachment && LONE_DAY.is_match(line))
    }
}

impl Iterator for Parts<'_, '_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let row = self.reading.rows.get(self.index)?;
        let line = self.reading.row(row);
        let after = self.index > self.signable;
        self.index += 1;
        self.signature = self.signature.saturating_sub(1);
        if after && ATTACHMENT.is_match(line) && (self.signed || row.centred) {
            (self.attachment, self.signature) = (true, 0);
        } else if after && self.opens_signature(line) {
            (self.signed, self.signature) = (true, SIGNATURE_ROWS);
        } else if starts_clause(line) || line.contains('。') {
            self.signature = 0;
        }
        Some(match () {
            () if self.signature > 0 => Part::Signature,
            () if self.index <= self.first => Part::Opening,
            () if self.attachment => Part::Attachment,
            () => Part::Clauses,
        })
    }
}

/// How many rows after a line for a signature still belong to it.
const SIGNATURE_ROWS: usize = 14;

/// Does the line begin a numbered clause?
pub fn starts_clause(line: &str) -> bool {
    CLAUSE.is_match(line)
}

/// 甲方委托乙方提供下列服务：, 甲方权利义务：, 乙方账户：: what begins with a role and is no slot for it.
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"委托|向|将|应|提供|负责|同意|按|对|就|有权|权利|义务|责任|职责|保证|承诺|如下|以下|下列|要求|确认|支付|购买|采购[^人方单]|租[^方人赁]|聘请|指定|账户|帐户|收款|开户|信息|通知|送达",
    )
});

/// Does the line begin with a role and a colon: `甲方（采购人）：`?
fn starts_with_role(reading: &Reading<'_>, line: &str) -> bool {
    let mut marks = reading.lexicon.marks.find(line);
    let Some((range, Mark::Role(_))) = marks.next() else { return false };
    let rest = &line[range.end..];
    // Party A shall pay as follows: is a clause, Party A (Seal): is not.
    let next = rest.trim_start().chars().next();
    let said = line[range.clone()].is_ascii() && next.is_some_and(|c| c.is_ascii_alphabetic());
    let colon = rest.trim_start_matches(in_brackets);
    let between = &rest[..rest.len() - colon.len()];
    range.start == 0 && !said && colon.starts_with(':') && !SPOKEN.is_match(between)
}
