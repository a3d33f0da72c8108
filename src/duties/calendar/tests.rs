//! Against the notices: counts of days a year, the odd days, and what counting says.

use jiff::ToSpan;
use jiff::civil::date;

use super::*;

fn calendar() -> Calendar {
    Calendar::new(&Dictionaries::embedded()).expect("the calendar is well formed")
}

/// Working days, days off by notice, and exchanged weekend days that fall in each calendar year.
#[test]
fn every_year_has_its_number_of_days() {
    let calendar = calendar();
    let count = |year: i16, wanted: fn(Day<'_>) -> bool| {
        let days = date(year, 1, 1).series(1.day()).take_while(|day| day.year() == year);
        days.filter(|day| wanted(calendar.day(*day))).count()
    };
    let expected = [
        (2018, 250, 25, 7),
        (2019, 250, 22, 6),
        (2020, 249, 30, 6),
        (2021, 250, 31, 7),
        (2022, 249, 32, 7),
        (2023, 249, 26, 7),
        (2024, 251, 28, 8),
        (2025, 248, 28, 5),
        (2026, 248, 33, 6),
    ];
    for (year, working, off, exchanged) in expected {
        let counted = (
            count(year, |day| day.is_working()),
            count(year, |day| matches!(day, Day::Holiday(_))),
            count(year, |day| day == Day::Exchanged),
        );
        assert_eq!(counted, (working, off, exchanged), "{year}");
    }
}

#[test]
fn the_odd_days_are_as_the_notices_say() {
    let calendar = calendar();
    let off = [
        (date(2020, 1, 31), "春节"),
        (date(2020, 2, 1), "春节"),
        (date(2020, 2, 2), "春节"),
        (date(2019, 5, 3), "劳动节"),
        (date(2018, 12, 31), "元旦"),
        (date(2022, 12, 31), "元旦"),
        (date(2024, 2, 17), "春节"),
        (date(2025, 1, 28), "春节"),
        (date(2026, 2, 23), "春节"),
    ];
    for (day, holiday) in off {
        assert_eq!(calendar.day(day), Day::Holiday(holiday), "{day}");
    }
    for day in [date(2018, 12, 29), date(2019, 4, 28), date(2020, 1, 19), date(2024, 2, 4), date(2026, 1, 4)]
    {
        assert_eq!(calendar.day(day), Day::Exchanged, "{day}");
    }
    // New Year's Eve of 2024 was a working Friday; the working days after the holidays are plain ones.
    for day in [date(2024, 2, 9), date(2020, 2, 3), date(2023, 1, 3)] {
        assert_eq!(calendar.day(day), Day::Working, "{day}");
    }
}

#[test]
fn every_year_names_its_notice() {
    let calendar = calendar();
    let first = |year: i16| calendar.notices(year).first().map(|notice| notice.number.as_str());
    assert_eq!(first(2018), Some("国办发明电〔2017〕12号"));
    assert_eq!(calendar.notices(2020).last().map(|n| n.number.as_str()), Some("国办发明电〔2020〕1号"));
    assert_eq!(first(2026), Some("国办发明电〔2025〕7号"));
    assert_eq!(first(2027), None);
}

#[test]
fn counting_says_what_it_passed_over() {
    let calendar = calendar();
    let told = |from, days| {
        let counted = calendar.after(from, days).expect("a deadline");
        format!("{counted} = {}", counted.date)
    };
    assert_eq!(told(date(2024, 3, 5), 10), "（跳过周末4天） = 2024-03-19");
    assert_eq!(told(date(2024, 4, 1), 5), "（跳过清明节3天，计入调休上班日2024-04-07） = 2024-04-09");
    assert_eq!(
        told(date(2020, 1, 17), 10),
        "（跳过周末1天、春节10天，计入调休上班日2020-01-19） = 2020-02-07"
    );
    assert_eq!(told(date(2024, 3, 5), 0), " = 2024-03-05");
    assert_eq!(calendar.after(date(2024, 3, 5), u32::MAX), None);
    assert_eq!(calendar.after(Date::MAX, 1), None);
}

#[test]
fn past_the_last_notice_a_count_is_provisional() {
    let calendar = calendar();
    let doubt = |from, days| calendar.after(from, days).expect("a deadline").doubt;
    assert_eq!(doubt(date(2026, 12, 1), 10), None);
    assert!(doubt(date(2026, 12, 15), 10).expect("a doubt").contains("2026-12-24之后"));
    assert!(doubt(date(2017, 12, 25), 1).expect("a doubt").contains("自2018-01-01起"));
}

#[test]
fn a_free_day_is_moved_back_to_a_worked_one() {
    let calendar = calendar();
    assert_eq!(calendar.worked_by(date(2025, 7, 20)), date(2025, 7, 18));
    assert_eq!(calendar.worked_by(date(2024, 2, 16)), date(2024, 2, 9));
    assert_eq!(calendar.worked_by(date(2024, 2, 18)), date(2024, 2, 18));
}

#[test]
fn a_slip_in_the_file_is_named() {
    let year = |off: &str, worked: &str| {
        format!(
            "unsettled_days = 7\n[[year]]\nyear = 2024\nnotices = [{{ number = \"甲\", published = \"2023-10-25\" }}]\noff = [{off}]\nworked = [{worked}]"
        )
    };
    let problem = |text: &str| {
        let dictionaries = Dictionaries::embedded().with_file(FILE, text);
        Calendar::new(&dictionaries).expect_err("a slip").to_string()
    };
    let backwards = r#"{ from = "2024-05-05", to = "2024-05-01", holiday = "劳动节" }"#;
    assert!(problem(&year(backwards, "")).contains("2024 年劳动节的起止日期有误"));
    assert!(problem(&year("", r#""2024-05-08""#)).contains("2024-05-08 列为调休上班"));
    assert!(problem("unsettled_days = 7\nyear = []").contains("没有任何年份"));
}
