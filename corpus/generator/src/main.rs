//! `hetong-corpus`: renders the sample contracts, and makes archives of any size out of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use hetong_corpus::archive::{self, Mix, Order};
use hetong_corpus::font::FontBook;
use hetong_corpus::golden::Golden;
#[cfg(feature = "scans")]
use hetong_corpus::scan::{
    Variant,
    pages::{self, Split},
    write_bundles,
};
use hetong_corpus::{Error, Result, plan, render, template};

/// Renders the sample contracts of hetong, and makes archives of any size out of them.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// A folder with font files, looked through before the system's. May be given again.
    #[arg(long, global = true, value_name = "DIR")]
    fonts: Vec<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Renders the files that a plan names.
    Render {
        /// The plan.
        #[arg(long, default_value = "corpus/archive.toml")]
        plan: PathBuf,
        /// The folder with the written contracts.
        #[arg(long, default_value = "corpus/golden")]
        golden: PathBuf,
        /// The folder to write to.
        #[arg(long, default_value = "corpus/archive")]
        out: PathBuf,
    },
    /// Makes an archive of different contracts, with a truth.ndjson.
    Archive {
        /// How many contracts.
        #[arg(long)]
        count: u64,
        /// Other seeds make other contracts.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The folder to write to.
        #[arg(long)]
        out: PathBuf,
        /// The folder with the written contracts.
        #[arg(long, default_value = "corpus/golden")]
        golden: PathBuf,
        /// Formats and their shares.
        #[arg(long, default_value = "pdf=6,docx=3,txt=1")]
        mix: Mix,
    },
    /// Makes scanned pages of each variant and scans of whole contracts, to tune on or to measure on, each with its
    /// truth beside it.
    #[cfg(feature = "scans")]
    Scans {
        /// `tune` or `measure`; they share no text, no typeface and no seed.
        #[arg(long, value_parser = split)]
        split: Split,
        /// The folder to write to.
        #[arg(long)]
        out: PathBuf,
        /// How many pages of each variant.
        #[arg(long, default_value_t = 20)]
        pages: usize,
        /// The folders with the written contracts.
        #[arg(long, default_values = ["corpus/golden", "corpus/scans"])]
        golden: Vec<PathBuf>,
    },
    /// Renders a set of templates, by which the reading of fields is measured, with a truth.ndjson.
    Measured {
        /// The folder to write to.
        #[arg(long)]
        out: PathBuf,
        /// The folder with the templates.
        #[arg(long, default_value = "corpus/measured/templates")]
        templates: PathBuf,
        /// How many contracts of each template.
        #[arg(long, default_value_t = template::SEEDS)]
        seeds: u64,
    },
}

#[cfg(feature = "scans")]
fn split(name: &str) -> std::result::Result<Split, String> {
    let known = [Split::Tune, Split::Measure].into_iter().find(|split| split.name() == name);
    known.ok_or_else(|| "tune or measure".to_owned())
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hetong-corpus: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<()> {
    let fonts = FontBook::system().before(cli.fonts);
    match cli.command {
        Command::Render { plan, golden, out } => render_plan(&plan, &golden, &out, &fonts),
        Command::Measured { out, templates, seeds } => {
            let summary = template::write(&templates, seeds, &fonts, &out)?;
            println!("{} files, {} bytes in {}", summary.files, summary.bytes, out.display());
            Ok(())
        }
        Command::Archive { count, seed, out, golden, mix } => {
            let goldens = Golden::load_all(&golden)?;
            let summary = archive::write(&Order { count, seed, mix }, &goldens, &fonts, &out)?;
            println!("{} files, {} bytes in {}", summary.files, summary.bytes, out.display());
            Ok(())
        }
        #[cfg(feature = "scans")]
        Command::Scans { split, out, pages, golden } => {
            let mut goldens = Vec::new();
            for folder in golden {
                goldens.extend(Golden::load_all(&folder)?);
            }
            let truths = pages::write(split, &Variant::ALL, pages, &goldens, &fonts, &out)?;
            let files = write_bundles(split, &goldens, &fonts, &out.join("files"))?;
            println!("{} pages and {} whole contracts in {}", truths.len(), files.len(), out.display());
            Ok(())
        }
    }
}

/// Renders each file of the plan and says so.
fn render_plan(plan: &Path, golden: &Path, out: &Path, fonts: &FontBook) -> Result<()> {
    let text = fs::read_to_string(plan).map_err(io(plan))?;
    let files = plan::parse(&text)?;
    let mut total = 0;
    for file in &files {
        let document = Golden::load(golden, &file.source)?.document()?;
        let bytes = render(&document, &file.rendering, fonts)?;
        let path = out.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(io(folder))?;
        }
        fs::write(&path, &bytes).map_err(io(&path))?;
        println!("{:>9}  {}", bytes.len(), file.path);
        total += bytes.len();
    }
    println!("{total:>9}  bytes in {} files", files.len());
    Ok(())
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    move |error| Error::Io { path: path.to_owned(), error }
}
