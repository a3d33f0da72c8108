//! The wordings that are met most, each with the answer of the rules that speak of it; no other rule may hit.

use crate::model::Outcome;

use super::Bench;

/// Wording of the dispute clause, and the rules that hit.
const DISPUTES: &[(&str, &[&str])] = &[
    ("向甲方所在地人民法院起诉。", &[]),
    ("向乙方所在地人民法院起诉。", &[]),
    ("可仲裁，也可起诉。", &["dual-forum"]),
    ("通过仲裁或诉讼解决。", &["dual-forum"]),
    ("先仲裁，不服再起诉。", &["dual-forum"]),
    ("提交深圳国际仲裁院仲裁，裁决终局。", &[]),
    ("提交深圳仲裁委员会仲裁。", &[]),
    ("提交深圳市仲裁委员会仲裁。", &[]),
    ("提交甲方所在地仲裁委员会仲裁。", &[]),
    ("提交贸仲华南分会仲裁。", &[]),
    ("提交中国国际经济贸易仲裁委员会仲裁。", &[]),
    ("提交香港国际仲裁中心仲裁。", &["foreign-forum"]),
    ("按下列第____种方式解决：（1）仲裁；（2）诉讼。", &["blank-unfilled"]),
    ("按第2种：①深圳国际仲裁院仲裁②向深圳市罗湖区人民法院起诉。", &[]),
    ("由原告所在地人民法院管辖。", &[]),
    ("由守约方所在地人民法院管辖。", &[]),
    ("由合同签订地人民法院管辖。", &[]),
    ("由上级主管部门裁决。", &[]),
    ("提交深圳国际仲裁院仲裁，裁决后可申请法院强制执行。", &[]),
    ("乙方与其员工的劳动争议，先劳动仲裁，不服再起诉。", &[]),
    ("由工程所在地人民法院管辖。", &[]),
    ("提交深圳国际仲裁院，适用中国法律（不含港澳台法律）。", &[]),
    ("本合同适用香港法律，向深圳市罗湖区人民法院起诉。", &["foreign-governing-law"]),
    ("本合同适用双方所在地法律。", &["foreign-governing-law"]),
    ("中英文本具有同等效力，歧义时以中文为准。", &[]),
    ("中英文本不一致的，以英文为准。", &["foreign-language-prevails"]),
    ("由香港路人民法庭所属的青岛市市南区人民法院管辖。", &[]),
    ("提交仲裁或者提起诉讼的，不影响其他条款的履行。", &[]),
];

#[test]
fn the_usual_wordings_get_their_answers() {
    let bench = Bench::new();
    let mut wrong = Vec::new();
    for (wording, wanted) in DISPUTES {
        let source = format!(
            "保洁服务合同\n第一条　服务内容\n乙方提供保洁服务。\n第二条　争议解决\n双方发生争议的，协商解决；协商不成的，{wording}"
        );
        let review = bench.review(&bench.text(&source), |_| {});
        let hits: Vec<_> = review
            .findings
            .iter()
            .filter(|finding| finding.outcome == Outcome::Hit)
            .map(|finding| finding.rule.as_str())
            .collect();
        if hits != *wanted {
            wrong.push(format!("{wording} → {hits:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
