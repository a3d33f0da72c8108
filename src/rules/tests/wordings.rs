//! The wordings that are met most, each with the answer of the rules that speak of it; no other rule may hit.

use crate::model::Outcome;
use crate::model::fields::Side;

use super::Bench;

/// Wording of the dispute clause, the rules that hit, and those that cannot tell.
type Wording = (&'static str, &'static [&'static str], &'static [&'static str]);

const NAME: &str = "forum-name-inexact";
const OUTSIDE: &str = "forum-outside-district";

const DISPUTES: &[Wording] = &[
    ("向甲方所在地人民法院起诉。", &[NAME], &[]),
    ("向乙方所在地人民法院起诉。", &[OUTSIDE, NAME], &[]),
    ("可仲裁，也可起诉。", &["dual-forum"], &[]),
    ("通过仲裁或诉讼解决。", &["dual-forum"], &[]),
    ("先仲裁，不服再起诉。", &["dual-forum"], &[]),
    ("提交深圳国际仲裁院仲裁，裁决终局。", &[], &[]),
    ("提交深圳仲裁委员会仲裁。", &[], &[]),
    ("提交深圳市仲裁委员会仲裁。", &[NAME], &[]),
    ("提交甲方所在地仲裁委员会仲裁。", &[NAME], &[]),
    ("提交贸仲华南分会仲裁。", &[NAME], &[OUTSIDE]),
    ("提交中国国际经济贸易仲裁委员会仲裁。", &[OUTSIDE], &[]),
    ("提交香港国际仲裁中心仲裁。", &["foreign-forum"], &[]),
    ("按下列第____种方式解决：（1）仲裁；（2）诉讼。", &["blank-unfilled", "forum-option-unselected"], &[]),
    ("按第2种：①深圳国际仲裁院仲裁②向深圳市罗湖区人民法院起诉。", &[], &[]),
    ("按第2种：①仲裁②罗湖法院诉讼。", &[], &[]),
    ("由原告所在地人民法院管辖。", &[NAME], &[]),
    ("由守约方所在地人民法院管辖。", &[NAME], &[]),
    ("由合同签订地人民法院管辖。", &[NAME], &[OUTSIDE]),
    ("由上级主管部门裁决。", &[NAME], &[]),
    ("提交深圳国际仲裁院仲裁，裁决后可申请法院强制执行。", &[], &[]),
    ("向深圳市罗湖区人民法院起诉。乙方与其员工的劳动争议，先劳动仲裁，不服再起诉。", &[], &[]),
    ("由工程所在地人民法院管辖。", &[], &[]),
    ("提交深圳国际仲裁院，适用中国法律（不含港澳台法律）。", &[], &[]),
    ("本合同适用香港法律，向深圳市罗湖区人民法院起诉。", &["foreign-governing-law"], &[]),
    ("向深圳市罗湖区人民法院起诉。本合同适用双方所在地法律。", &["foreign-governing-law"], &[]),
    ("向深圳市罗湖区人民法院起诉。中英文本具有同等效力，歧义时以中文为准。", &[], &[]),
    ("向深圳市罗湖区人民法院起诉。中英文本具有同等效力。", &["chinese-not-prevailing"], &[]),
    ("向深圳市罗湖区人民法院起诉。中英文本不一致的，以英文为准。", &["foreign-language-prevails"], &[]),
    ("由香港路人民法庭所属的青岛市市南区人民法院管辖。", &[OUTSIDE], &[]),
    ("向深圳市罗湖区人民法院起诉。提交仲裁或者提起诉讼的，不影响其他条款的履行。", &[], &[]),
    ("友好协商解决。", &["dispute-clause-missing"], &[]),
];

/// Wording of the clause on the term, and the rules that hit.
const TERMS: &[(&str, &[&str])] = &[
    ("服务期限为三年。期满无异议的，自动顺延。", &["term-over-five-years", "renewal-notice-short"]),
    ("服务期限为三年，设备质保期为八年。", &[]),
    ("服务期限为三年。需要续签的，一方应在期满前六个月书面提出。", &[]),
];

/// What an excerpt cannot have: rules on clauses and particulars that are not there.
fn is_about_absence(rule: &str) -> bool {
    let absent = rule.ends_with("-missing") || rule.ends_with("-incomplete");
    absent && rule != "dispute-clause-missing"
}

/// The rules that answer so, in the order of their names.
fn answers(bench: &Bench, source: &str, outcome: Outcome) -> Vec<String> {
    let review = bench.review(&bench.text(source), |extracted| {
        let sides: Vec<_> = extracted.fields.parties.iter().map(|party| party.side).collect();
        assert_eq!(sides, [Side::Government, Side::Counterparty], "{source}");
    });
    let answered = review.findings.into_iter().filter(|finding| finding.outcome == outcome);
    let mut rules: Vec<_> =
        answered.map(|finding| finding.rule).filter(|rule| !is_about_absence(rule)).collect();
    rules.sort();
    rules
}

const PARTIES: &str = "甲方：深圳市罗湖区教育局
地址：深圳市罗湖区文锦中路1008号
乙方：广州远帆物业有限公司
地址：广州市天河区珠江东路1号
第一条　服务内容
乙方为甲方的办公楼提供保洁服务。";

fn sorted(rules: &[&str]) -> Vec<String> {
    let mut rules: Vec<_> = rules.iter().map(|rule| (*rule).to_owned()).collect();
    rules.sort();
    rules
}

#[test]
fn the_usual_wordings_get_their_answers() {
    let bench = Bench::new();
    let mut wrong = Vec::new();
    for (wording, hits, doubts) in DISPUTES {
        let source = format!(
            "保洁服务合同\n{PARTIES}\n第二条　争议解决\n双方发生争议的，协商解决；协商不成的，{wording}"
        );
        for (outcome, wanted) in [(Outcome::Hit, hits), (Outcome::CannotTell, doubts)] {
            let answers = answers(&bench, &source, outcome);
            if answers != sorted(wanted) {
                wrong.push(format!("{wording} → {outcome:?} {answers:?}"));
            }
        }
    }
    for (wording, wanted) in TERMS {
        let source = format!(
            "保洁服务合同\n{PARTIES}\n第二条　服务期限\n{wording}\n第三条　争议解决\n协商不成的，向深圳市罗湖区人民法院起诉。"
        );
        let answers = answers(&bench, &source, Outcome::Hit);
        if answers != sorted(wanted) {
            wrong.push(format!("{wording} → {answers:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
