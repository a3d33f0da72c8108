//! Labour disputes (劳动争议) of others: a clause between two bodies may add what the supplier's staff must
//! do. Such a sentence chooses nothing for the parties.

use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::Reading;
use super::super::scan::pattern;
use super::forum::Forum;

static LABOUR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"劳动(?:人事)?(?:争议|纠纷|仲裁)|劳资(?:争议|纠纷)|人事争议"));
/// A suit after a labour award belongs to the labour dispute.
static APPEAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"不服|裁决后|仲裁后"));
/// Staff of a party; 劳动者 and 乙方 themselves are the parties to a contract of employment.
static STAFF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:人员|员工|雇员|职工|工人|保安员?|队员|司机)[^。;\n]{0,20}(?:与|和|同|跟|发生|产生|之间)[^。;\n]{0,20}劳[动资]|与(?:其|所聘|所雇|派驻|驻场)[^。;\n]{0,16}(?:人员|员工|雇员|职工|工人)[^。;\n]{0,16}劳[动资]",
    )
});

/// The forums without those for the labour disputes of others: of staff, or named after the parties' own.
pub fn without_others(reading: &Reading<'_>, forums: Vec<Forum>) -> Vec<Forum> {
    let mut kept: Vec<Forum> = Vec::new();
    let (mut own, mut foreign) = (false, false);
    for forum in forums {
        let sentence = reading.slice(reading.sentence(forum.range.start));
        let labour = LABOUR.is_match(sentence);
        let appeal = APPEAL.is_match(sentence);
        foreign = labour && (own || STAFF.is_match(sentence)) || foreign && (appeal || labour);
        own |= !labour && !appeal;
        if !foreign {
            kept.push(forum);
        }
    }
    kept
}
