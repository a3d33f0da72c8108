//! The way that a contract takes (办理路径), as entries of a form: worked out of the rules' classifications, for a person to
//! confirm.

use super::reader::Reader;
use super::reading::Reading;
use crate::duties::Path;
use crate::duties::path::{Answer, Verdict};

/// To be reviewed by the district's legal office or not, and why (《办法》第四十二条).
pub(super) fn district_review(reader: &Reader<'_>) -> Reading {
    told(&Path::of(reader.record, reader.main).district_review)
}

/// Need it not be filed (第四十九条第四款)?
pub(super) fn filing_exempt(reader: &Reader<'_>) -> Reading {
    told(&Path::of(reader.record, reader.main).filing_exempt)
}

/// A verdict that a person confirms; open where there is none.
fn told(answer: &Answer) -> Reading {
    match answer.verdict {
        Verdict::Yes | Verdict::No => Reading::computed(answer.verdict.label().to_owned(), &answer.why, &[]),
        Verdict::CannotTell | Verdict::NotApplicable => {
            Reading::open(format!("{}：{}", answer.verdict.label(), answer.why))
        }
    }
}
