//! What is due as a workbook, to be worked down and ticked off.

use jiff::civil::DateTime;

use super::text::left;
use super::{Agenda, Due};
use crate::model::record::short_id;
use crate::office::workbook::{Face, Layout, Sheet, Value, Workbook};
use crate::office::{OfficeError, Properties};

const HEADINGS: [&str; 13] = [
    "到期日",
    "剩余",
    "事项",
    "记录编号",
    "合同名称",
    "合同编号",
    "对方当事人",
    "承办部门",
    "承办人",
    "金额",
    "推算",
    "依据",
    "说明",
];
const WIDTHS: [u16; 13] = [12, 10, 28, 10, 32, 18, 26, 16, 10, 16, 44, 24, 30];

impl Agenda {
    /// Writes the list as XLSX. `made_at` is what the file says of itself.
    ///
    /// # Errors
    ///
    /// When there is no room for it.
    pub fn to_xlsx(&self, made_at: DateTime) -> Result<Vec<u8>, OfficeError> {
        let title = format!("到期事项（{}至{}）", self.as_of, self.until);
        let mut book = Workbook::new(&Properties::new(title.clone(), made_at));
        let layout = Layout { name: "到期事项", columns: &WIDTHS, landscape: true, streamed: true };
        let mut sheet = book.sheet(&layout)?;
        sheet.title(&title)?;
        sheet.note(&self.summary())?;
        sheet.headings(&HEADINGS)?;
        for due in &self.items {
            row(&mut sheet, due)?;
        }
        sheet.end_list()?;
        self.untold_sheet(&mut book)?;
        book.to_bytes()
    }

    fn summary(&self) -> String {
        let reports: Vec<String> =
            self.reports.iter().map(|report| format!("{}；{}", report.arithmetic, report.cited)).collect();
        let reports = if reports.is_empty() {
            String::new()
        } else {
            format!("。定期报告：{}", reports.join("；"))
        };
        format!(
            "{}份合同，共{}项，其中逾期{}项，另有{}份无法推算（见“无法推算”）{reports}",
            self.contracts,
            self.items.len(),
            self.overdue(),
            self.untold.len()
        )
    }

    fn untold_sheet(&self, book: &mut Workbook) -> Result<(), OfficeError> {
        let layout =
            Layout { name: "无法推算", columns: &[10, 40, 16, 50], landscape: false, streamed: true };
        let mut sheet = book.sheet(&layout)?;
        sheet.headings(&["记录编号", "合同名称", "事项", "原因"])?;
        for untold in &self.untold {
            sheet.put(0, Value::Text(&short_id(&untold.record, 8)), Face::Text)?;
            sheet.put(1, Value::text(untold.title.as_deref()), Face::Text)?;
            sheet.put(2, Value::Text(untold.kind.label()), Face::Text)?;
            sheet.put(3, Value::Text(&untold.why), Face::Text)?;
            sheet.next_row();
        }
        sheet.end_list()
    }
}

fn row(sheet: &mut Sheet<'_>, due: &Due) -> Result<(), OfficeError> {
    let deadline = &due.deadline;
    let doubts: Vec<&str> =
        [&deadline.provisional, &deadline.assumption].into_iter().flatten().map(String::as_str).collect();
    let (left, doubts, record) = (left(due.days_left), doubts.join("；"), short_id(&due.record, 8));
    let face = if due.days_left < 0 { Face::Alert } else { Face::Text };
    let cells = [
        (Value::Date(deadline.date), Face::Date),
        (Value::Text(&left), face),
        (Value::Text(&due.what), Face::Text),
        (Value::Text(&record), Face::Text),
        (Value::text(due.title.as_deref()), Face::Text),
        (Value::text(due.number.as_deref()), Face::Text),
        (Value::text(due.counterparty.as_deref()), Face::Text),
        (Value::text(due.department.as_deref()), Face::Text),
        (Value::text(due.undertaker.as_deref()), Face::Text),
        (Value::sum(due.amount), Face::Sum),
        (Value::Text(&deadline.arithmetic), Face::Text),
        (Value::Text(&deadline.cited), Face::Text),
        (Value::Text(&doubts), Face::Faint),
    ];
    sheet.line(&cells)
}
