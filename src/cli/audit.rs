//! `hetong audit`: the trail of who did what.

use anyhow::Result;
use clap::Subcommand;
use hetong::store::Store;
use std::io::{self, Write};

use super::case::{Stopped, event_line};
use super::settings::Settings;
use super::store_option::Place;
use super::{Done, print_pretty};

/// 留痕：谁在何时作了什么更改；逐条以哈希相连，改动、抽去或插入都能查出
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 核验留痕的哈希链、人工核定与留痕是否相符，以及保存的原件
    Verify(Place),
    /// 列出全部留痕
    List(Place),
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let (Command::Verify(place) | Command::List(place)) = &arguments.command;
    let store = place.store.open(settings)?;
    match &arguments.command {
        Command::Verify(_) => verify(&store, place.json),
        Command::List(_) => list(&store, place.json),
    }
}

fn verify(store: &Store, json: bool) -> Result<Done> {
    let report = store.verify()?;
    if json {
        print_pretty(&report)?;
    } else {
        let mut out = io::stdout().lock();
        for problem in &report.problems {
            writeln!(out, "不符：{problem}")?;
        }
        let verdict = if report.problems.is_empty() { "核验通过" } else { "核验未通过" };
        writeln!(out, "{verdict}：留痕 {} 条，保存的原件 {} 份", report.trail.events, report.originals)?;
        writeln!(out, "末条哈希：{}（抄存此值，可查出末尾被截去的留痕）", report.trail.head)?;
    }
    Ok(Done::failing(!report.problems.is_empty()))
}

fn list(store: &Store, json: bool) -> Result<Done> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    store.for_each_event::<Stopped>(None, |event| {
        if json {
            serde_json::to_writer(&mut out, &event).map_err(io::Error::from)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", event_line(&event))?;
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(Done::Well)
}
