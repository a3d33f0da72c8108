//! Why the store cannot be used, or a change was refused. Nothing was harmed: changes are applied whole or not at all.

use std::path::PathBuf;

use rusqlite::ErrorCode;

use super::migrations::VERSION;
use crate::model::case::{FieldError, FilingState};

/// Why the store cannot be used, or a change was refused.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or a file in it.
    #[error("无法使用存储目录 {path}：{source}。请检查路径、权限和磁盘空间")]
    Folder {
        /// What could not be used.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is none.
    #[error("{0} 中没有存储库；请先运行 hetong process 归档目录 --store {0}")]
    Missing(PathBuf),
    /// Another process writes.
    #[error("另一个 hetong 进程正在写入 {0}；请等它结束后再运行")]
    Busy(PathBuf),
    /// Another process held it longer than it was waited for.
    #[error("存储库正被另一程序占用，等候后仍未让出（{0}）；未写入任何内容，请稍后再试")]
    Locked(rusqlite::Error),
    /// Made by a later version.
    #[error(
        "存储库 {path} 由更新版本的程序建立（库版本 {found}，本程序支持到 {VERSION}）；请改用新版 hetong，库未作任何改动"
    )]
    Version {
        /// Where.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// Made by an earlier version, and opened for reading only.
    #[error(
        "存储库 {0} 由较早版本的程序建立；请先备份，再运行一次 hetong process 归档目录 --store {0}，库会自动升级"
    )]
    Outdated(PathBuf),
    /// The file is damaged.
    #[error("存储库文件已损坏（{0}）；请勿继续写入，用 hetong restore 从最近的备份恢复到新目录")]
    Corrupt(rusqlite::Error),
    /// Nothing can be written there.
    #[error(
        "存储库所在的磁盘、文件夹或文件只读，或没有写权限（{0}）；未写入任何内容，请检查权限，或把存储库复制到可写的磁盘"
    )]
    ReadOnly(rusqlite::Error),
    /// The disk is full.
    #[error("磁盘空间已满（{0}），本次更改未写入，已提交的结果不受影响；请清理磁盘空间后重试")]
    Full(rusqlite::Error),
    /// SQLite says no.
    #[error("存储库出错：{0}。请检查磁盘空间；已提交的结果不受影响，处理后重新运行即可继续")]
    Database(rusqlite::Error),
    /// A row does not hold what it should.
    #[error("存储库中 {0} 的内容已损坏；请用 --reread 重新读取该文件")]
    Damaged(String),
    /// Nothing is stored under this number.
    #[error("没有记录编号为 {0} 的合同；记录编号是 hetong search 列在每份合同前的十六进制编号，可只写前几位")]
    Unknown(String),
    /// More than one is.
    #[error("记录编号 {0} 对应多份合同，请多写几位")]
    Ambiguous(String),
    /// The record was not taken for a contract.
    #[error("记录 {0} 未被识别为合同，没有案卷；确属合同的，请先运行 hetong case open")]
    NoCase(String),
    /// A path or value is not what the field takes.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// Another value stands there than the person saw.
    #[error("“{label}”在您查看之后已变为“{now}”（您看到的是“{seen}”）；未写入任何更改，请重新查看后再定")]
    Changed {
        /// The field's name.
        label: String,
        /// What the person saw.
        seen: String,
        /// What stands there.
        now: String,
    },
    /// Somebody changed the case between looking and writing.
    #[error("案卷在读取表单之后已被他人更改；未写入任何更改，请用 hetong form 重新导出，核对后再导回")]
    CaseChanged,
    /// There is no decision to take back.
    #[error("“{0}”没有可撤回的核定；未写入任何更改")]
    NoDecision(String),
    /// The state does not lead there.
    #[error("备案状态不能从“{from}”直接改为“{to}”；可改为：{next}（退回此前状态须写明理由）",
        from = .from.label(), to = .to.label(), next = labels(.from.next()))]
    Step {
        /// The present state.
        from: FilingState,
        /// The one that was asked for.
        to: FilingState,
    },
    /// A step back, or something taken back, without a reason.
    #[error("退回或撤销须写明理由（--reason）；未写入任何更改")]
    NoReason,
    /// The finding was not set aside.
    #[error("结论 {0} 未被搁置，无可撤回；未写入任何更改")]
    NotSuppressed(String),
    /// The case has no such file.
    #[error("该案卷没有序号为 {0} 的附件；未写入任何更改")]
    NoAttachment(i64),
    /// The case has no such incident.
    #[error("该案卷没有序号为 {0} 的异常或争议；未写入任何更改")]
    NoIncident(u32),
    /// A main contract would hang on what hangs on it.
    #[error("主合同不能同时是该协议的补充、变更或终止协议，也不能是它自己；未写入任何更改")]
    CircularLink,
    /// People have dealt with the case that would go.
    #[error(
        "案卷 {0} 已有人工处理（核定、登记、关联等），不能并入别的案卷；请改为把另一份并入它。两份都已处理的，请先核对再撤回其中一份的处理"
    )]
    Handled(String),
    /// Both are the same case.
    #[error("两个记录编号属于同一个案卷；未写入任何更改")]
    SameCase,
    /// The record stands for its case.
    #[error("记录 {0} 是其案卷所依据的记录，不能分出；请分出该案卷的另一份记录")]
    Standing(String),
    /// There is no such link.
    #[error("两份合同之间没有已确认的关联；未写入任何更改")]
    NoLink,
    /// There is a store already.
    #[error("{0} 中已有存储库；请恢复到另一目录，核对后再替换")]
    Exists(PathBuf),
    /// A backup that does not hold.
    #[error("备份 {path} 不能使用：{why}；未恢复任何内容，请改用另一份备份")]
    BadBackup {
        /// The backup.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// A store that does not hold.
    #[error(
        "存储库核验未通过（{0}）；未作备份，原有的备份没有改动。请用 hetong audit verify 查看全部问题，需要时从原有的备份恢复到新目录"
    )]
    Unsound(String),
    /// A kept original is not what it was.
    #[error("留存的原件 {0} 内容已变，与其哈希不符；请先用 hetong audit verify 查明")]
    ChangedOriginal(PathBuf),
    /// An export cannot be written.
    #[error("无法写出：{0}。请检查磁盘空间")]
    Export(#[source] std::io::Error),
    /// An export cannot be taken up.
    #[error("导入文件第 {line} 行有误：{why}；未建立存储库")]
    Import {
        /// From 1.
        line: u64,
        /// What is wrong.
        why: String,
    },
    /// Another contract has the number.
    #[error("备案编号 {0} 已属于另一份合同；未写入任何更改")]
    NumberTaken(String),
}

fn labels(states: &[FilingState]) -> String {
    let labels: Vec<_> = states.iter().map(|state| state.label()).collect();
    if labels.is_empty() { "（无）".to_owned() } else { labels.join("、") }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt(error),
            // Where the file is there and cannot be opened, no log can be laid down beside it.
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => Self::ReadOnly(error),
            Some(ErrorCode::DiskFull) => Self::Full(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked(error),
            _ => Self::Database(error),
        }
    }
}
