//! The way a contract takes (办理路径): under key supervision or not and why (第六条), district review (第四十二条), exempt
//! from filing (第四十九条第四款). Rests on the rules' findings; nothing is judged anew here.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::fields::Money;
use crate::model::{Outcome, Record, Value};

/// An answer with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answer {
    /// What.
    pub verdict: Verdict,
    /// Why, in Chinese, with the article.
    pub why: String,
}

/// Yes, no, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// 是.
    Yes,
    /// 否.
    No,
    /// 无法判断.
    CannotTell,
    /// 不适用.
    NotApplicable,
}

impl Verdict {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Yes => "是",
            Self::No => "否",
            Self::CannotTell => "无法判断",
            Self::NotApplicable => "不适用",
        }
    }
}

/// The way of one contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Path {
    /// Under key supervision, or signed by the district's government itself.
    pub key_regulated: Answer,
    /// To be reviewed by the district's legal office.
    pub district_review: Answer,
    /// Need not be filed.
    pub filing_exempt: Answer,
}

impl Path {
    /// The way of a contract. `main` is the contract that it adds to or changes, where a person linked one: what is
    /// derived from a contract under key supervision is under it too (第六条第二款).
    pub fn of(record: &Record, main: Option<&Record>) -> Self {
        let own = answer(record, "key-regulated", "未见第六条所列情形");
        let own = by_corrected_price(record, own, Verdict::No, "第六条第一款第（一）项");
        let exempt = answer(record, "filing-exempt", "不属于政府一方付款不超过五万元的采购");
        let exempt = [Verdict::Yes, Verdict::No]
            .into_iter()
            .fold(exempt, |own, verdict| by_corrected_price(record, own, verdict, "第四十九条第四款"));
        let inherited = main.map(|main| answer(main, "key-regulated", ""));
        let key_regulated = match inherited {
            Some(main) if main.verdict == Verdict::Yes && own.verdict != Verdict::Yes => Answer {
                verdict: Verdict::Yes,
                why: format!("所属主合同：{}衍生协议视为重点监管合同（《办法》第六条第二款）。", main.why),
            },
            Some(main) if main.verdict == Verdict::CannotTell && own.verdict == Verdict::No => {
                Answer { verdict: Verdict::CannotTell, why: format!("所属主合同：{}", main.why) }
            }
            _ => own,
        };
        Self { district_review: district_review(&key_regulated), key_regulated, filing_exempt: exempt }
    }

    /// The three answers with their names, in the order of the articles.
    pub fn answers(&self) -> [(&'static str, &Answer); 3] {
        [
            ("重点监管合同或区政府签订的合同", &self.key_regulated),
            ("须送区法制机构审查", &self.district_review),
            ("可以不备案", &self.filing_exempt),
        ]
    }

    /// The same as people read them, each with why: `须送区法制机构审查：是。…`.
    pub fn lines(&self) -> [String; 3] {
        self.answers().map(|(name, answer)| format!("{name}：{}。{}", answer.verdict.label(), answer.why))
    }
}

/// Rules judge by the price that was read: where a person gave another, their word says nothing any more; but what is under
/// key supervision may be so for another reason, and stays.
fn by_corrected_price(record: &Record, own: Answer, rests_on_price: Verdict, basis: &str) -> Answer {
    let corrected = |amount: &Value<Money>| amount.method == "person/corrected";
    if own.verdict != rests_on_price || !record.fields.amount.as_ref().is_some_and(corrected) {
        return own;
    }
    let why = format!("合同价款已由人更正，请按更正后的价款判断是否达到标准（《办法》{basis}）");
    Answer { verdict: Verdict::CannotTell, why }
}

fn district_review(key_regulated: &Answer) -> Answer {
    let why = match key_regulated.verdict {
        Verdict::Yes => {
            "重点监管合同和区政府签订的合同，部门审查后送区法制机构；使用示范文本且未作实质变更的除外，是否如此由人核对（《办法》第四十二条）"
        }
        Verdict::No => "不属于第四十二条所列合同；部门内部合法性审查照常（第四十一条）",
        Verdict::CannotTell | Verdict::NotApplicable => {
            "取决于是否属重点监管合同或区政府签订的合同（第四十二条）"
        }
    };
    Answer { verdict: key_regulated.verdict, why: format!("{why}；依据：{}", key_regulated.why) }
}

/// What a classifying rule said, whatever pack it stands in.
fn answer(record: &Record, rule: &str, none: &str) -> Answer {
    let is = |name: &str| name.rsplit_once('/').is_some_and(|(_, slug)| slug == rule);
    if let Some(finding) = record.findings.iter().find(|finding| finding.rule == rule) {
        let verdict = if finding.outcome == Outcome::Hit { Verdict::Yes } else { Verdict::CannotTell };
        return Answer { verdict, why: finding.message.clone() };
    }
    if record.passed.iter().any(|name| is(name)) {
        return Answer { verdict: Verdict::No, why: none.to_owned() };
    }
    match record.not_applicable.iter().find(|rule| is(&rule.rule)) {
        Some(rule) => Answer { verdict: Verdict::NotApplicable, why: rule.why.clone() },
        None => Answer { verdict: Verdict::CannotTell, why: "没有运行这一规则".to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duties::sample;

    /// The verdicts of a record, with or without a main contract.
    fn verdicts(record: &Record, main: Option<&Record>) -> [Verdict; 3] {
        Path::of(record, main).answers().map(|(_, answer)| answer.verdict)
    }

    #[test]
    fn the_way_follows_the_findings() {
        let mut record = sample::record();
        assert_eq!(verdicts(&record, None), [Verdict::CannotTell; 3]);
        record.passed = vec!["luohu-2018/key-regulated".to_owned(), "luohu-2018/filing-exempt".to_owned()];
        assert_eq!(verdicts(&record, None), [Verdict::No; 3]);
        record.passed.pop();
        record.findings = vec![sample::finding("filing-exempt", Outcome::Hit)];
        assert_eq!(verdicts(&record, None), [Verdict::No, Verdict::No, Verdict::Yes]);
    }

    #[test]
    fn a_price_that_a_person_corrected_is_judged_anew() {
        let mut record = sample::record();
        record.passed = vec!["luohu-2018/key-regulated".to_owned()];
        record.fields.amount =
            Some(Value::new(sample::total("12000000.00"), 1.0, "person/corrected", Vec::new()));
        assert_eq!(verdicts(&record, None)[..2], [Verdict::CannotTell; 2]);
        assert!(Path::of(&record, None).lines()[1].contains("合同价款已由人更正"));
        record.passed.push("luohu-2018/filing-exempt".to_owned());
        assert_eq!(verdicts(&record, None)[2], Verdict::CannotTell);
    }

    #[test]
    fn what_is_derived_goes_the_way_of_its_main_contract() {
        let (mut main, mut supplement) = (sample::record(), sample::record());
        supplement.passed = vec!["luohu-2018/key-regulated".to_owned()];
        main.findings = vec![sample::finding("key-regulated", Outcome::Hit)];
        let path = Path::of(&supplement, Some(&main));
        assert_eq!(path.key_regulated.verdict, Verdict::Yes);
        assert!(path.key_regulated.why.contains("第六条第二款"), "{}", path.key_regulated.why);
        assert_eq!(path.district_review.verdict, Verdict::Yes);
        main.findings = vec![sample::finding("key-regulated", Outcome::CannotTell)];
        assert_eq!(verdicts(&supplement, Some(&main))[0], Verdict::CannotTell);
    }
}
