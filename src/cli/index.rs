//! `hetong index`: is the index whole, and build it anew.

use anyhow::Result;
use hetong::model::record::short_id;
use hetong::pipeline::rebuild_index;
use hetong::search::Index;
use hetong::store::Store;

use super::settings::Settings;
use super::store_option::{Place, StoreOption};
use super::{Done, print_pretty};

/// 检查或重建检索索引；索引由存储库生成，重建不影响已入库的结果
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// 检查索引文件是否完好、与存储库是否一致
    Verify(Place),
    /// 在旁边重建索引，建成后替换；其间仍可检索
    Rebuild(Rebuild),
}

#[derive(Debug, clap::Args)]
struct Rebuild {
    #[command(flatten)]
    store: StoreOption,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    match &arguments.what {
        What::Verify(place) => verify(place, settings),
        What::Rebuild(rebuild) => self::rebuild(rebuild, settings),
    }
}

fn verify(arguments: &Place, settings: &Settings) -> Result<Done> {
    let folder = arguments.store.folder(settings)?;
    let store = Store::open(&folder)?;
    let index = Index::open(&folder, settings.lexicon()?)?;
    let check = index.verify(&store.record_ids()?)?;
    if arguments.json {
        print_pretty(&check)?;
    } else if check.is_sound() {
        println!("索引完好：{} 份记录，与存储库一致", check.records);
    } else {
        let told =
            [("文件损坏", &check.damaged_files), ("缺少记录", &check.missing), ("多出记录", &check.surplus)];
        for (what, which) in told.into_iter().filter(|(_, which)| !which.is_empty()) {
            let shown: Vec<String> = which.iter().take(5).map(|id| short_id(id, 12)).collect();
            let more = if which.len() > shown.len() { " …" } else { "" };
            println!("{what} {} 项：{}{more}", which.len(), shown.join("、"));
        }
        println!("请运行 hetong index rebuild --store {} 重建索引", folder.display());
    }
    Ok(if check.is_sound() { Done::Well } else { Done::WithFailures })
}

fn rebuild(arguments: &Rebuild, settings: &Settings) -> Result<Done> {
    let folder = arguments.store.folder(settings)?;
    // A mistyped folder must not become a store.
    drop(Store::open(&folder)?);
    let records = rebuild_index(&folder, &settings.engine()?, settings.lexicon()?)?;
    println!("已重建索引：{records} 份记录");
    Ok(Done::Well)
}
