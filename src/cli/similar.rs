//! `hetong similar`: contracts like a given one.

use anyhow::Result;
use hetong::model::record::short_id;
use hetong::search::Index;
use hetong::store::Store;

use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, print_pretty};

/// 查找与某份合同相似的合同：内容相同或几乎相同、同一模板、相对方相同
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 记录编号（至少前 8 位）
    #[arg(value_name = "记录编号")]
    id: String,
    #[command(flatten)]
    store: StoreOption,
    /// 最多列出的合同数
    #[arg(long, value_name = "数", default_value_t = 20)]
    limit: usize,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let folder = arguments.store.folder(settings)?;
    drop(Store::open(&folder)?);
    let answer = Index::open(&folder, settings.lexicon()?)?.similar(&arguments.id, arguments.limit)?;
    if arguments.json {
        print_pretty(&answer)?;
        return Ok(Done::Well);
    }
    let title = answer.title.as_deref().unwrap_or("（未读得名称）");
    println!("与 {} {title} 相似的合同：{} 份", short_id(&answer.id, 12), answer.similar.len());
    for similar in &answer.similar {
        let title = similar.title.as_deref().unwrap_or("（未读得名称）");
        let share = (similar.likeness * 100.0).round();
        let id = short_id(&similar.id, 12);
        println!("{id}  {}（文字相同约 {share}%）  {title}\n  {}", similar.relation.label(), similar.path);
    }
    Ok(Done::Well)
}
