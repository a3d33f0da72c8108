//! Engines as processes that live as long as the bench: a path goes in, a [`Reading`] comes out. One thread each, on
//! a core of their own choice; CPU time and memory as the system counts them.

use std::io::{BufRead, BufReader, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::{env, fs, io};

use hetong_corpus::scan::truth::Quad;
use hetong_ocr::{Judge, PageReading, Picture, Reader, Runtime, Settings};

use hetong_corpus::scan::align::{ReadLine, ReadSeal, Reading};

/// The longer side of what the detector sees, in pixels; the same for both engines.
pub const SIDE: &str = "960";
/// The version of the baseline.
const RAPIDOCR: [&str; 2] = ["rapidocr==3.10.0", "onnxruntime==1.31.1"];

/// A process that reads pictures.
pub struct Engine {
    pub name: String,
    child: Child,
    paths: ChildStdin,
    readings: BufReader<ChildStdout>,
}

impl Engine {
    /// This bench once more, as a server, on a core, with its models run one way.
    pub fn ours(core: usize, runtime: Runtime) -> Self {
        let program = env::current_exe().expect("this program");
        Self::start(core, &program, &["--serve", runtime.name()]).expect("it starts")
    }

    /// RapidOCR, on a core.
    pub fn theirs(core: usize) -> Result<Self, String> {
        let python = python()?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/ocr/baseline.py");
        Self::start(core, &python, &[script.to_str().expect("UTF-8"), SIDE])
            .map_err(|error| error.to_string())
    }

    fn start(core: usize, program: &Path, arguments: &[&str]) -> io::Result<Self> {
        let mut child = Command::new("taskset")
            .args(["-c", &core.to_string()])
            .arg(program)
            .args(arguments)
            .env("OMP_NUM_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(paths), Some(readings)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("no pipes"));
        };
        let mut engine = Self { name: String::new(), child, paths, readings: BufReader::new(readings) };
        let greeting: serde_json::Value = serde_json::from_str(&engine.answer()?)?;
        engine.name = greeting["engine"].as_str().unwrap_or_default().to_owned();
        Ok(engine)
    }

    /// Reads a picture; also the CPU seconds (user and system) that this took.
    pub fn read(&mut self, path: &Path) -> (Reading, f64) {
        let before = self.cpu();
        self.ask(path);
        let reading = self.answer().expect("an answer");
        (serde_json::from_str(&reading).expect("a reading"), self.cpu() - before)
    }

    /// Sends a path; [`Engine::answer`] waits.
    pub fn ask(&mut self, path: &Path) {
        writeln!(self.paths, "{}", path.display()).expect("it listens");
    }

    /// The next line it prints.
    pub fn answer(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.readings.read_line(&mut line)? {
            0 => Err(io::Error::other("the engine ended")),
            _ => Ok(line),
        }
    }

    /// CPU seconds since it started, to hundredths.
    pub fn cpu(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // The name in parentheses may hold spaces; fields are counted after it. 11 and 12 are utime, stime.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
        (ticks(11) + ticks(12)) / 100.0
    }

    /// The most memory it had resident, in bytes.
    pub fn peak(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
        line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) * 1024
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A Python with the baseline in it: that of `HETONG_RAPIDOCR_PYTHON`, or a virtual environment below `target`,
/// made by pip the first time.
fn python() -> Result<PathBuf, String> {
    if let Some(python) = env::var_os("HETONG_RAPIDOCR_PYTHON") {
        return Ok(python.into());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rapidocr");
    let python = folder.join("bin/python");
    let finished = folder.join("finished");
    if !finished.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        run(Command::new(&python).args(["-m", "pip", "install", "-q"]).args(RAPIDOCR))?;
        fs::write(&finished, "").map_err(|error| error.to_string())?;
    }
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?}: {status}")),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}

/// A judge to whom every figure matters that stands among a few others, as in amounts, dates, codes and accounts.
struct Figures;

impl Judge for Figures {
    fn matters(&self, text: &str) -> Vec<Range<usize>> {
        const FEWEST: usize = 4;
        let is_figure =
            |c: char| c.is_ascii_alphanumeric() || "零壹贰叁肆伍陆柒捌玖拾佰仟万亿￥¥".contains(c);
        let characters = text.chars().enumerate();
        let figures: Vec<usize> = characters.filter(|(_, c)| is_figure(*c)).map(|(at, _)| at).collect();
        let enough = figures.len() >= FEWEST;
        figures.into_iter().filter(|_| enough).map(|at| at..at + 1).collect()
    }
}

/// The server: reads the pictures whose paths come in.
pub fn serve(runtime: Option<Runtime>) {
    let settings = Settings { runtime: runtime.unwrap_or_else(Runtime::best), ..Settings::default() };
    let mut reader = Reader::new(settings).expect("the models");
    println!("{}", serde_json::json!({ "engine": format!("hetong, {}", reader.runtime()) }));
    for path in io::stdin().lines().map_while(Result::ok) {
        let reading = reader.read(picture(Path::new(&path)), &Figures).expect("a reading");
        println!("{}", serde_json::to_string(&told(&reading)).expect("JSON"));
    }
}

fn picture(path: &Path) -> Picture {
    let pixels = image::open(path).expect("a picture").into_rgb8();
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    Picture::from_rgb(width, height, pixels.into_raw()).expect("a size")
}

fn told(reading: &PageReading) -> Reading {
    let quad = |quad: &hetong_ocr::Quad| -> Quad { quad.map(|corner| [corner.x, corner.y]) };
    let lines = reading.lines.iter().map(|line| ReadLine { text: line.text(), quad: quad(&line.quad) });
    let seals = reading.seals.iter().map(|seal| ReadSeal {
        bounds: seal.bounds,
        text: seal.text.clone(),
        purpose: seal.purpose.clone(),
    });
    Reading { lines: lines.collect(), seals: seals.collect(), turn: reading.turn.degrees() }
}
