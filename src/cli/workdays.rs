//! `hetong workdays`: what a day is, and the day so many working days later.

use std::io::{self, Write};

use anyhow::{Result, bail};
use hetong::duties::Calendar;
use hetong::duties::calendar::{Day, Notice};
use jiff::civil::Date;

use super::Done;
use super::settings::Settings;

/// 查询某日是否工作日，或自该日起第几个工作日是哪一天（按国务院办公厅历年放假调休通知，当日不计）
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 日期，如 2024-03-05
    #[arg(value_name = "日期")]
    date: Date,
    /// 其后第几个工作日
    #[arg(long, value_name = "天数")]
    plus: Option<u32>,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let calendar = Calendar::new(&settings.dictionaries)?;
    let date = arguments.date;
    let mut out = io::stdout().lock();
    writeln!(out, "{date} {}（{}）", told(calendar.day(date)), rests_on(&calendar, date))?;
    if let Some(days) = arguments.plus {
        let Some(counted) = calendar.after(date, days) else {
            bail!("{days}个工作日超出可推算的范围；请核对天数");
        };
        writeln!(out, "{date} + {days}个工作日{counted} = {}", counted.date)?;
        counted.doubt.iter().try_for_each(|doubt| writeln!(out, "{doubt}"))?;
    }
    Ok(Done::Well)
}

fn told(day: Day<'_>) -> String {
    match day {
        Day::Working => "工作日".to_owned(),
        Day::Exchanged => "周末调休上班，是工作日".to_owned(),
        Day::Weekend => "周末休息".to_owned(),
        Day::Holiday(name) => format!("{name}放假"),
    }
}

fn rests_on(calendar: &Calendar, date: Date) -> String {
    let notices: Vec<&str> = calendar.notices(date.year()).iter().map(number).collect();
    match calendar.doubt(date, date) {
        Some(doubt) => doubt,
        None => notices.join("、"),
    }
}

fn number(notice: &Notice) -> &str {
    &notice.number
}
