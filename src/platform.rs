//! What only Unix has, in one place: other systems get a version that does less, and says so in `doctor`.

use std::path::Path;
use std::process::Command;

/// Bounds that the operating system keeps on a process.
#[derive(Debug, Clone, Copy)]
pub struct ProcessLimits {
    /// Bytes of address space.
    pub memory: u64,
}

/// Does this system keep the limits?
pub const LIMITS_ARE_KEPT: bool = cfg!(unix);

#[cfg(unix)]
mod system {
    use super::{Command, Path, ProcessLimits};
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use std::fs::{DirBuilder, OpenOptions};
    use std::io;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
    use std::os::unix::process::{CommandExt, ExitStatusExt};

    pub fn confine_this_process(limits: ProcessLimits) {
        let bound = |value: u64| Rlimit { current: Some(value), maximum: Some(value) };
        // A limit that cannot be set leaves the watch over wall time; nothing better can be done here.
        let _ = setrlimit(Resource::As, bound(limits.memory));
        let _ = setrlimit(Resource::Core, bound(0));
        let _ = setrlimit(Resource::Nofile, bound(64));
        // Without a parent there is nobody to read the answer.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    }

    pub fn allow_cpu_seconds(seconds: u64) {
        let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec.max(0) as u64;
        let maximum = getrlimit(Resource::Cpu).maximum;
        let wanted = used.saturating_add(seconds).saturating_add(1);
        let current = maximum.map_or(wanted, |bound| bound.min(wanted));
        let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(current), maximum });
    }

    #[cfg(test)]
    pub fn thread_seconds() -> f64 {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    }

    pub fn own_process_group(command: &mut Command) {
        command.process_group(0);
    }

    pub fn show_as(command: &mut Command, name: &str) {
        command.arg0(name);
    }

    pub fn signal(status: std::process::ExitStatus) -> Option<i32> {
        status.signal()
    }

    pub fn path_bytes(path: &Path) -> Vec<u8> {
        path.as_os_str().as_bytes().to_owned()
    }

    pub fn make_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    pub fn make_file(path: &Path) -> io::Result<()> {
        OpenOptions::new().create(true).append(true).mode(0o600).open(path).map(drop)
    }

    pub fn close_to_others(path: &Path) -> io::Result<()> {
        let mut permissions = std::fs::metadata(path)?.permissions();
        let mode = permissions.mode();
        if mode & 0o077 == 0 {
            return Ok(());
        }
        permissions.set_mode(mode & !0o077);
        std::fs::set_permissions(path, permissions)
    }
}

#[cfg(not(unix))]
mod system {
    use super::{Command, Path, ProcessLimits};

    pub fn confine_this_process(_limits: ProcessLimits) {}

    pub fn allow_cpu_seconds(_seconds: u64) {}

    #[cfg(test)]
    pub fn thread_seconds() -> f64 {
        use std::{sync::LazyLock, time::Instant};
        static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
        BEGUN.elapsed().as_secs_f64()
    }

    pub fn own_process_group(_command: &mut Command) {}

    pub fn show_as(_command: &mut Command, _name: &str) {}

    pub fn signal(_status: std::process::ExitStatus) -> Option<i32> {
        None
    }

    pub fn path_bytes(path: &Path) -> Vec<u8> {
        path.to_string_lossy().replace('\\', "/").into_bytes()
    }

    pub fn make_folder(path: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(path)
    }

    pub fn make_file(path: &Path) -> std::io::Result<()> {
        std::fs::OpenOptions::new().create(true).append(true).open(path).map(drop)
    }

    pub fn close_to_others(_path: &Path) -> std::io::Result<()> {
        Ok(())
    }
}

/// Puts limits on this process, for good; it also ends when the process that started it ends.
pub fn confine_this_process(limits: ProcessLimits) {
    system::confine_this_process(limits);
}

/// Lets this process use so many more CPU seconds; past them the system kills it.
pub fn allow_cpu_seconds(seconds: u64) {
    system::allow_cpu_seconds(seconds);
}

/// CPU seconds that this thread has used: what tests bound must not hang on what else the machine does. Elsewhere
/// than on Unix, seconds that have passed.
#[cfg(test)]
pub fn thread_seconds() -> f64 {
    system::thread_seconds()
}

/// Has the command run in a process group of its own, so that Ctrl-C reaches the main program first.
pub fn own_process_group(command: &mut Command) {
    system::own_process_group(command);
}

/// Has lists of processes show the command under a name of its own.
pub fn show_as(command: &mut Command, name: &str) {
    system::show_as(command, name);
}

/// The program that runs, to be started once more. On Linux by a name that holds after the file on disk was
/// replaced or removed: both processes must speak the same protocol.
///
/// # Errors
///
/// The system does not say.
pub fn this_program() -> std::io::Result<std::path::PathBuf> {
    let running = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() {
        return Ok(running.to_owned());
    }
    std::env::current_exe()
}

/// The bytes of a path, by which the store knows it: names on disk need not be UTF-8.
pub fn path_bytes(path: &Path) -> Vec<u8> {
    system::path_bytes(path)
}

/// Makes a folder that only its owner may enter; one that is there is closed to others.
///
/// # Errors
///
/// It cannot be made, or is open to others and belongs to somebody else.
pub fn owners_folder(path: &Path) -> std::io::Result<()> {
    system::make_folder(path)?;
    system::close_to_others(path)
}

/// Makes an empty file that only its owner may read; one that is there is kept and closed to others.
///
/// # Errors
///
/// It cannot be made or opened for writing, or is open to others and belongs to somebody else.
pub fn owners_file(path: &Path) -> std::io::Result<()> {
    system::make_file(path)?;
    system::close_to_others(path)
}

/// Why a child process ended, for people.
pub fn describe_end(status: std::process::ExitStatus) -> String {
    const ABORT: i32 = 6;
    const KILL: i32 = 9;
    const SEGMENT: i32 = 11;
    const CPU: i32 = 24;
    match system::signal(status) {
        Some(ABORT) => "读取进程中止，多为内存超出上限".to_owned(),
        Some(KILL) => "读取进程被系统终止，多为内存不足".to_owned(),
        Some(SEGMENT) => "读取进程崩溃，多为文件结构嵌套过深".to_owned(),
        Some(CPU) => "读取所用处理器时间超出上限".to_owned(),
        Some(other) => format!("读取进程被信号 {other} 终止"),
        None => format!("读取进程异常退出（{status}）"),
    }
}
