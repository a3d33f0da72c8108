//! Terms in their sentences.

use super::super::reading::tests::with_reading;
use super::*;

fn term(source: &str) -> Option<(Option<String>, Option<String>, Option<String>)> {
    with_reading(source, |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        let term = draft.fields.term?.value;
        Some((
            term.start.map(|d| d.to_string()),
            term.end.map(|d| d.to_string()),
            term.duration.map(|p| p.to_string()),
        ))
    })
}

#[test]
fn terms_are_found() {
    let cases = [
        (
            "第六条 期限\n本合同的履行期限自2023年4月18日起至2024年12月31日止。质保期为八年。",
            (Some("2023-04-18"), Some("2024-12-31"), None),
        ),
        (
            "第五条 服务期限为三年，自2022年1月1日起至2024年12月31日止。",
            (Some("2022-01-01"), Some("2024-12-31"), Some("P3Y")),
        ),
        (
            "第八条 合作期限\n合作期限为两年，自本协议签订之日起计算。期满前六个月协商。",
            (None, None, Some("P2Y")),
        ),
        (
            "二、合同工期\n合同工期为120日历天。计划开工日期为2022年3月15日，计划竣工日期为2022年7月12日。",
            (Some("2022-03-15"), Some("2022-07-12"), Some("P120D")),
        ),
        ("二、履行期限\n履行期限为180个工作日。", (None, None, Some("P180WD"))),
        (
            "四、履行期限的变更\n原合同第五条约定的履行期限变更为：自2021年11月1日起至2022年9月30日止。",
            (Some("2021-11-01"), Some("2022-09-30"), None),
        ),
        (
            "三、服务期限\n（一）服务期限为一年，自____年____月____日起至____年____月____日止。",
            (None, None, Some("P1Y")),
        ),
        (
            "第一条 本合同为固定期限劳动合同，自2026年7月1日起至2029年6月30日止，共计3年。试用期为6个月，自2026年7月1日起至2026年12月31日止。",
            (Some("2026-07-01"), Some("2029-06-30"), Some("P3Y")),
        ),
        ("2. 合作期限：1年", (None, None, Some("P1Y"))),
        (
            "一、聘用期一年，2024年1月1日至2024年12月31日。",
            (Some("2024-01-01"), Some("2024-12-31"), Some("P1Y")),
        ),
        (
            "第二条　养护期贰年，自2024-01-01至2025-12-31止。",
            (Some("2024-01-01"), Some("2025-12-31"), Some("P2Y")),
        ),
        (
            "有效期\t2024年1月1日至2024年12月31日\n收费\t据实结算",
            (Some("2024-01-01"), Some("2024-12-31"), None),
        ),
        ("一、期限 Term：6个月 / 6 months from the signing date.", (None, None, Some("P6M"))),
        ("一、乙方為甲方提供服務，為期六個月。", (None, None, Some("P6M"))),
        (
            "2. 合同工期\n2.1 开工日期：2024年3月1日\n2.2 竣工日期：2024年5月29日\n2.3 总日历天数：90天",
            (Some("2024-03-01"), Some("2024-05-29"), Some("P90D")),
        ),
        (
            "二、计划于2024年3月1日开工，2024年5月29日竣工，总工期90天。",
            (Some("2024-03-01"), Some("2024-05-29"), Some("P90D")),
        ),
        ("一、本合同于2024.1.1生效，于2024.12.31终止。", (Some("2024-01-01"), Some("2024-12-31"), None)),
        (
            "一、乙方在2024年1月1日至2024年12月31日为甲方供餐。",
            (Some("2024-01-01"), Some("2024-12-31"), None),
        ),
    ];
    for (source, (start, end, duration)) in cases {
        let expected = (start.map(str::to_owned), end.map(str::to_owned), duration.map(str::to_owned));
        assert_eq!(term(source), Some(expected), "{source}");
    }
}

#[test]
fn other_durations_are_no_term() {
    for source in [
        "第五条 质保\n质保期为36个月，自验收合格之日起计算。",
        "第六条 保密\n保密期限为本合同终止后三年。",
        "第五条 交货\n乙方应于合同签订后90日内交货。",
        "服务期限届满前六个月书面提出。",
        "试用期为三个月。",
        "一、会议于2024年3月1日至2024年3月3日召开。",
        "一、双方曾于2023年1月1日至2023年12月31日合作。",
        "第一条 租赁期限自____年__月__日起至____年__月__日止。",
    ] {
        assert_eq!(term(source), None, "{source}");
    }
}
