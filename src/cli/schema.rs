//! `hetong schema`: JSON Schemas, generated from the types.

use anyhow::Result;
use clap::ValueEnum;
use schemars::schema_for;

use super::{Done, print_pretty};

/// 输出 JSON Schema（由程序中的类型生成）
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 哪一种数据
    #[arg(value_enum, default_value = "record", value_name = "种类")]
    what: What,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// 合同记录
    Record,
    /// 检索结果
    Search,
    /// 表单
    Form,
    /// 到期事项
    Due,
    /// 处理过程中的事件
    Event,
}

pub fn run(arguments: &Arguments) -> Result<Done> {
    let schema = match arguments.what {
        What::Record => schema_for!(hetong::model::Record),
        What::Search => schema_for!(hetong::search::SearchAnswer),
        What::Form => schema_for!(hetong::forms::Form),
        What::Due => schema_for!(hetong::duties::Agenda),
        What::Event => schema_for!(hetong::pipeline::Event),
    };
    print_pretty(&schema)?;
    Ok(Done::Well)
}
