//! One file for each subcommand; here they are named, and their errors shown.
//!
//! Help is Chinese, because its readers are clerks.

mod annotated;
mod audit;
mod backup;
mod baseline;
mod case;
mod checkup;
mod decide;
mod doctor;
mod due;
mod explain;
mod export;
mod extract;
mod filter;
mod findings;
mod form;
mod import_ledger;
mod incident;
mod index;
mod inputs;
mod ledger;
mod mask;
mod node;
mod number;
mod output;
mod pages;
mod party;
mod path;
mod person;
mod process;
mod report;
mod review;
mod rules;
mod schema;
mod search;
mod settings;
mod show;
mod similar;
mod store_option;
mod stored;
mod suppress;
mod watch;
mod workdays;
mod worker;

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};

use settings::Common;

/// 政府合同文本智能处理：读取、要素提取、风险审查、检索、备案表预填。全程离线。
#[derive(Debug, Parser)]
#[command(name = "hetong", version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
示例：
  hetong process 归档目录 --store 库          处理整个归档目录，可随时中断，再次运行即续办
  hetong search --store 库 '履约保证金 罗湖'  检索已处理的合同
  hetong review 合同.docx                     审查一份合同，列出依据、位置和修改建议
  hetong pages --store 库 --unsure            列出需要人工核对的页（未读、识别可信度低）
  hetong form --store 库 3f9a --kind filing   预填备案登记表（3f9a 为检索结果中记录编号的前几位）

配置文件 hetong.toml（TOML，各项均可省略；路径以该文件所在目录为准）：
  store = \"库\"   dictionaries = \"词典目录\"   jobs = 4   memory_mb = 2048（每个读取进程的内存上限）

退出码：0 完成；1 完成，但有文件未能完整读取（已列出）；2 无法运行。";

#[derive(Debug, Subcommand)]
enum Command {
    Process(process::Arguments),
    Extract(extract::Arguments),
    Review(review::Arguments),
    Findings(findings::Arguments),
    Suppress(suppress::Arguments),
    Baseline(baseline::Arguments),
    Checkup(checkup::Arguments),
    Search(search::Arguments),
    Similar(similar::Arguments),
    Index(index::Arguments),
    Show(show::Arguments),
    Pages(pages::Arguments),
    Form(form::Arguments),
    Ledger(ledger::Arguments),
    Report(report::Arguments),
    Confirm(decide::Confirm),
    Correct(decide::Correct),
    Case(case::Arguments),
    Audit(audit::Arguments),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Export(export::Export),
    ImportNdjson(export::Import),
    Rules(rules::Arguments),
    Filter(filter::Arguments),
    Schema(schema::Arguments),
    Doctor(doctor::Arguments),
    Due(due::Arguments),
    Node(node::Arguments),
    Incident(incident::Arguments),
    Number(number::Arguments),
    Party(party::Arguments),
    ImportLedger(import_ledger::Arguments),
    Path(path::Arguments),
    Workdays(workdays::Arguments),
    #[command(hide = true)]
    Worker(worker::Arguments),
}

/// How a command ended that could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// Everything is well.
    Well,
    /// Some documents failed or are partial; they were listed.
    WithFailures,
}

impl Done {
    fn failing(failures: bool) -> Self {
        if failures { Self::WithFailures } else { Self::Well }
    }
}

/// Runs the program on its arguments.
pub fn run() -> ExitCode {
    let arguments = match in_chinese(Arguments::command()).try_get_matches() {
        Ok(matches) => Arguments::from_arg_matches(&matches),
        Err(error) => Err(error),
    };
    let arguments = match arguments {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    match dispatch(&arguments) {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::WithFailures) => ExitCode::from(1),
        // Whoever reads the output has closed it: `hetong … | head`. Nothing is left to say.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "错误：{}", told_once(&error));
            ExitCode::from(2)
        }
    }
}

/// Shows help and version as asked for; says in Chinese what is wrong with the arguments otherwise.
fn refuse(error: &clap::Error) -> ExitCode {
    use clap::error::{ContextKind, ErrorKind};
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
    }
    let of = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let problem = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::UnknownArgument if argument.is_ascii() => format!("没有参数 {argument}"),
        ErrorKind::UnknownArgument => {
            format!("没有参数 {argument}；检索式中要排除的词请与检索式一起加引号，如 '仲裁 -深圳'")
        }
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", of(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => format!("参数 {argument} 重复或互相冲突"),
        ErrorKind::InvalidValue if value.is_empty() => format!("参数 {argument} 缺少取值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = of(ContextKind::ValidValue);
            let hint = if valid.is_empty() { valid } else { format!("，可用：{valid}") };
            format!("参数 {argument} 不接受“{value}”{hint}")
        }
        _ => error.to_string(),
    };
    let _ = writeln!(io::stderr(), "错误：{problem}\n用 hetong --help 或 hetong 命令 --help 查看用法");
    ExitCode::from(2)
}

/// The same command with the headings and standing entries of its help in Chinese.
fn in_chinese(command: clap::Command) -> clap::Command {
    let name = command.get_name().to_owned();
    let mut command = command
        .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("命令")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(clap::Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助"));
    if name == "hetong" {
        command = command.disable_version_flag(true).arg(
            clap::Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本"),
        );
    }
    command = command.mut_args(|argument| {
        let heading = if argument.is_positional() { "参数" } else { "选项" };
        argument.help_heading(heading)
    });
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, in_chinese))
}

fn dispatch(arguments: &Arguments) -> Result<Done> {
    // The reading process takes no settings and must start fast.
    if let Command::Worker(worker) = &arguments.command {
        return worker::run(worker);
    }
    let settings = arguments.common.resolve()?;
    match &arguments.command {
        Command::Process(a) => process::run(a, &settings),
        Command::Extract(a) => extract::run(a, &settings),
        Command::Review(a) => review::run(a, &settings),
        Command::Findings(a) => findings::run(a, &settings),
        Command::Suppress(a) => suppress::run(a, &settings),
        Command::Baseline(a) => baseline::run(a, &settings),
        Command::Checkup(a) => checkup::run(a, &settings),
        Command::Search(a) => search::run(a, &settings),
        Command::Similar(a) => similar::run(a, &settings),
        Command::Index(a) => index::run(a, &settings),
        Command::Show(a) => show::run(a, &settings),
        Command::Pages(a) => pages::run(a, &settings),
        Command::Form(a) => form::run(a, &settings),
        Command::Ledger(a) => ledger::run(a, &settings),
        Command::Report(a) => report::run(a, &settings),
        Command::Confirm(a) => decide::confirm(a, &settings),
        Command::Correct(a) => decide::correct(a, &settings),
        Command::Case(a) => case::run(a, &settings),
        Command::Audit(a) => audit::run(a, &settings),
        Command::Backup(a) => backup::backup(a, &settings),
        Command::Restore(a) => backup::restore(a, &settings),
        Command::Export(a) => export::export(a, &settings),
        Command::ImportNdjson(a) => export::import(a, &settings),
        Command::Rules(a) => rules::run(a, &settings),
        Command::Filter(a) => filter::run(a, &settings),
        Command::Schema(a) => schema::run(a),
        Command::Doctor(a) => doctor::run(a, &settings),
        Command::Due(a) => due::run(a, &settings),
        Command::Node(a) => node::run(a, &settings),
        Command::Incident(a) => incident::run(a, &settings),
        Command::Number(a) => number::run(a, &settings),
        Command::Party(a) => party::run(a, &settings),
        Command::ImportLedger(a) => import_ledger::run(a, &settings),
        Command::Path(a) => path::run(a, &settings),
        Command::Workdays(a) => workdays::run(a, &settings),
        Command::Worker(a) => worker::run(a),
    }
}

/// The error with its causes, each said once: many messages hold their cause already.
fn told_once(error: &anyhow::Error) -> String {
    error.chain().fold(String::new(), |told, cause| match cause.to_string() {
        cause if told.is_empty() => cause,
        cause if told.contains(&cause) => told,
        cause => format!("{told}：{cause}"),
    })
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Tells a person something in a line.
fn told(line: &str) -> Result<()> {
    Ok(writeln!(io::stdout().lock(), "{line}")?)
}

/// Prints one JSON value on a line.
fn print_line(value: &impl serde::Serialize) -> Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Prints one JSON value over many lines. Not line by line: of a hundred thousand contracts there are millions.
fn print_pretty(value: &impl serde::Serialize) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_fit_together() {
        in_chinese(Arguments::command()).debug_assert();
    }

    #[test]
    fn every_command_says_what_it_does() {
        for command in Arguments::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
        }
    }
}
