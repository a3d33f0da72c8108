//! What can go wrong with an office file.

/// Why a file could not be made or read. A file that could not be made whole is not made at all.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// A workbook or document could not be written.
    #[error("无法生成文件：{0}。请检查磁盘空间后重试")]
    Write(String),
    /// The bytes are no workbook that can be read.
    #[error("无法读取此表格文件：不是 XLSX，或文件不完整。请用 Excel 或 WPS 打开后另存为 .xlsx 再试（{0}）")]
    Unreadable(String),
    /// More cells than any list of contracts has, or a bomb.
    #[error("表格文件过大（{0}），未读取。请只保留需要的工作表和行后再试")]
    TooLarge(String),
    /// A list longer than a sheet.
    #[error("清单超过一张工作表的行数上限（1,048,576 行）。请缩小范围或改用 CSV")]
    TooManyRows,
}

impl From<rust_xlsxwriter::XlsxError> for OfficeError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        match error {
            rust_xlsxwriter::XlsxError::RowColumnLimitError => Self::TooManyRows,
            other => Self::Write(other.to_string()),
        }
    }
}
