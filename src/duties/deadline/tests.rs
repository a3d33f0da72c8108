//! Deadlines with their arithmetic.

use jiff::civil::date;

use super::*;

fn deadlines() -> Deadlines {
    Deadlines::new(&Dictionaries::embedded()).expect("well-formed dictionaries")
}

#[test]
fn filing_counts_ten_working_days() {
    let filing = deadlines().filing(date(2024, 3, 29)).expect("a deadline");
    assert_eq!(filing.date, date(2024, 4, 15));
    assert_eq!(
        filing.arithmetic,
        "2024-03-29 最后一方签署 + 10个工作日（跳过周末4天、清明节3天，计入调休上班日2024-04-07） = 2024-04-15"
    );
    assert_eq!(filing.cited, "参照原《办法》第四十九条第二款");
    assert_eq!(filing.provisional, None);
}

#[test]
fn the_regulation_reaches_as_far_as_it_was_in_force() {
    let cited = |day| deadlines().filing(day).map(|deadline| deadline.cited);
    assert_eq!(cited(date(2018, 12, 3)), None);
    assert_eq!(cited(date(2018, 12, 4)).as_deref(), Some("《办法》第四十九条第二款"));
    assert_eq!(cited(date(2023, 12, 3)).as_deref(), Some("《办法》第四十九条第二款"));
    assert_eq!(cited(date(2023, 12, 4)).as_deref(), Some("参照原《办法》第四十九条第二款"));
}

#[test]
fn the_paper_original_and_node_reports_follow_their_events() {
    let deadlines = deadlines();
    let paper = deadlines.paper_original(date(2023, 9, 27), None).expect("a deadline");
    // 29 September to 6 October off; the weekend of 7 and 8 October worked.
    assert_eq!(paper.date, date(2023, 10, 10));
    let report = deadlines.node_report(date(2023, 6, 21), None).expect("a deadline");
    assert_eq!(report.date, date(2023, 6, 27));
}

#[test]
fn renewal_is_asked_for_six_months_before_the_end() {
    let renewal = |end| deadlines().renewal(end, Some(date(2022, 1, 1))).expect("a deadline");
    assert_eq!(renewal(date(2024, 12, 31)).date, date(2024, 6, 30));
    assert!(renewal(date(2024, 12, 31)).arithmetic.contains("此前最后一个工作日2024-06-28办妥"));
    assert_eq!(renewal(date(2024, 8, 31)).date, date(2024, 2, 29));
}

#[test]
fn an_action_is_brought_three_months_before_the_limitation() {
    let limit = deadlines().limitation(date(2021, 5, 31), Some(date(2020, 6, 1))).expect("a limit");
    assert_eq!(limit.expiry, date(2024, 5, 31));
    let limit = limit.deadline;
    assert_eq!(limit.date, date(2024, 2, 29));
    assert_eq!(
        limit.arithmetic,
        "2021-05-31 履行期限届满 + 3年（《民法典》第一百八十八条第一款）= 2024-05-31 时效届满，- 3个月 = 2024-02-29"
    );
    assert!(limit.assumption.expect("an assumption").starts_with("假定"));
}

#[test]
fn reports_come_round_each_year() {
    let told = |day| {
        let reports = deadlines().reports(day);
        reports.into_iter().map(|report| report.arithmetic).collect::<Vec<_>>()
    };
    assert_eq!(
        told(date(2025, 7, 20)),
        [
            "2025年上半年合同签订、履行情况报告：2025-07-20之前（当日休息，宜在此前最后一个工作日2025-07-18办妥）",
            "2025年度合同签订、履行及制度实施情况报告：2026-01-20之前"
        ]
    );
    assert!(told(date(2025, 7, 21))[0].starts_with("2025年度"));
}
