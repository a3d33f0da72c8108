//! Files named on the command line.

use std::fs::File;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use hetong::engine::{Analysis, Engine, Options};
use hetong::model::record::Stage;
use hetong::pipeline::{explain, process_all, process_unreadable, show_path};
use hetong::platform::path_bytes;
use hetong::read::worker::{ReaderPool, read_bounded};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// How a contract shall be looked at.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum As {
    /// 拟稿：要素栏位应当齐备
    Draft,
    /// 已签：要素栏位应当填妥
    Signed,
}

/// What `--as` makes of the options.
pub fn options(stage: Option<As>) -> Options {
    Options {
        stage: stage.map(|stage| match stage {
            As::Draft => Stage::Draft,
            As::Signed => Stage::Signed,
        }),
    }
}

/// Files in parallel, a chunk at a time, so that results come in the order of the arguments and memory
/// does not grow with their number. A container gives several.
pub fn each_analysis(
    files: &[PathBuf],
    engine: &Engine,
    readers: &ReaderPool,
    options: Options,
    mut then: impl FnMut(&Path, Analysis) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let chunk = rayon::current_num_threads().max(1) * 4;
    for files in files.chunks(chunk) {
        let analyses: Vec<_> =
            files.par_iter().map(|path| analyse_file(path, engine, readers, options)).collect();
        for (path, analyses) in files.iter().zip(analyses) {
            analyses.into_iter().try_for_each(|analysis| then(path, analysis))?;
        }
    }
    Ok(())
}

/// One file, and before it what it holds. A file that cannot be opened gives a failed record that says why.
pub fn analyse_file(path: &Path, engine: &Engine, readers: &ReaderPool, options: Options) -> Vec<Analysis> {
    let shown = show_path(&path_bytes(path));
    let most = readers.limits().file_bytes;
    match File::open(path).and_then(|mut file| read_bounded(&mut file, most)) {
        Ok(Ok(bytes)) => process_all(&bytes, &shown, engine, readers, options),
        Ok(Err(limit)) => {
            vec![process_unreadable(limit.code(), limit.to_string(), &shown, engine, options)]
        }
        Err(error) => vec![process_unreadable("unreadable-file", explain(&error), &shown, engine, options)],
    }
}
