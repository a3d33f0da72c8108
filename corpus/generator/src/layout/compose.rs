//! Places the blocks of a document one below the other, page after page.

use super::style::Style;
use super::{A4_HEIGHT, A4_WIDTH, Cell, Mark, Metrics, Page, Run, table, wrap};
use crate::source::{Block, Document, PAGE, PAGES};

/// How far the middle of a hanzi stands above the baseline, in em.
const MIDDLE: f32 = 0.38;

/// The state of a layout: the pages so far and the height at which the next line starts.
pub(super) struct Composer<'a> {
    pub(super) metrics: &'a dyn Metrics,
    pub(super) style: &'a Style,
    pages: Vec<Page>,
    /// Upper edge of the next line on the last page.
    y: f32,
    /// The block that is being placed.
    block: Option<usize>,
    /// The cell that is being filled.
    pub(super) cell: Option<Cell>,
}

impl<'a> Composer<'a> {
    pub(super) fn new(metrics: &'a dyn Metrics, style: &'a Style) -> Self {
        Self { metrics, style, pages: vec![Page::default()], y: style.top(), block: None, cell: None }
    }

    pub(super) fn compose(mut self, document: &Document) -> Vec<Page> {
        for (index, block) in document.blocks.iter().enumerate() {
            self.block = Some(index);
            match block {
                Block::Title(text) => self.centred(text, self.style.title),
                Block::Heading(text) => self.centred(text, self.style.heading),
                Block::Paragraph(text) => self.paragraph(text),
                Block::Table(table) => table::place(&mut self, table),
                Block::Columns(left, right) => self.columns(left, right),
                Block::PageBreak => self.new_page(),
            }
        }
        self.furnish(document);
        self.pages
    }

    /// The height of a line of em `size`.
    pub(super) fn pitch(&self, size: f32) -> f32 {
        size * self.style.leading
    }

    /// How much height is left on the page.
    pub(super) fn room(&self) -> f32 {
        self.y - self.style.bottom()
    }

    /// Takes `height` from the page, or from a new one if it does not fit; gives its upper edge.
    pub(super) fn take(&mut self, height: f32) -> f32 {
        if height > self.room() && self.y < self.style.top() {
            self.new_page();
        }
        let top = self.y;
        self.y -= height;
        top
    }

    pub(super) fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.y = self.style.top();
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.marks.push(mark);
        }
    }

    /// Sets one line whose upper edge is `top`.
    pub(super) fn line(&mut self, text: &str, x: f32, top: f32, size: f32, bold: bool) {
        if !text.is_empty() {
            let y = top - self.pitch(size) / 2.0 - size * MIDDLE;
            let (block, cell) = (self.block, self.cell);
            self.mark(Mark::Text(Run { x, y, size, bold, text: text.to_owned(), block, cell }));
        }
    }

    fn centred(&mut self, text: &str, size: f32) {
        let measure = self.style.measure() / size;
        for line in wrap(text, self.metrics, measure, measure) {
            let top = self.take(self.pitch(size));
            let x = (A4_WIDTH - self.metrics.width(line) * size) / 2.0;
            self.line(line, x, top, size, true);
        }
    }

    fn paragraph(&mut self, text: &str) {
        let size = self.style.body;
        let indent = if is_entry(text) { 0.0 } else { 2.0 };
        let measure = self.style.measure() / size;
        for (i, line) in wrap(text, self.metrics, measure - indent, measure).iter().enumerate() {
            let top = self.take(self.pitch(size));
            let x = self.style.left() + if i == 0 { indent * size } else { 0.0 };
            self.line(line, x, top, size, false);
        }
    }

    fn columns(&mut self, left: &str, right: &str) {
        let size = self.style.body;
        let gutter = 2.0;
        let measure = (self.style.measure() / size - gutter) / 2.0;
        let left = wrap(left, self.metrics, measure, measure);
        let right = wrap(right, self.metrics, measure, measure);
        let second = self.style.left() + (measure + gutter) * size;
        for i in 0..left.len().max(right.len()) {
            let top = self.take(self.pitch(size));
            self.line(left.get(i).copied().unwrap_or(""), self.style.left(), top, size, false);
            self.line(right.get(i).copied().unwrap_or(""), second, top, size, false);
        }
    }

    /// Adds the running header and footer, now that the number of pages is known.
    fn furnish(&mut self, document: &Document) {
        let size = self.style.running;
        let pages = self.pages.len().to_string();
        let centred = |text: String, y: f32| {
            let x = (A4_WIDTH - self.metrics.width(&text) * size) / 2.0;
            Mark::Text(Run { x, y, size, bold: false, text, block: None, cell: None })
        };
        let head = A4_HEIGHT - self.style.end_margin / 1.6;
        let foot = self.style.end_margin / 2.0;
        for (i, page) in self.pages.iter_mut().enumerate() {
            if let Some(header) = &document.header {
                page.marks.push(centred(header.clone(), head));
                let rule = head - size * 0.6;
                page.marks.push(Mark::Rule {
                    from: (self.style.side_margin, rule),
                    to: (A4_WIDTH - self.style.side_margin, rule),
                });
            }
            if let Some(footer) = &document.footer {
                let number = (i + 1).to_string();
                let text = footer.replace(PAGES, &pages).replace(PAGE, &number);
                page.marks.push(centred(text, foot));
            }
        }
    }
}

/// Whether a paragraph is an entry such as 甲方（采购人）：某局, which starts at the margin.
fn is_entry(text: &str) -> bool {
    let label = text.chars().take(14).position(|c| c == '：');
    label.is_some() && !text.contains(['，', '。', '；']) && !text.starts_with('第')
}

#[cfg(test)]
mod tests {
    use super::super::{HalfWidth, lay_out};
    use super::*;
    use crate::source::parse;

    fn pages(text: &str) -> Vec<Page> {
        lay_out(&parse(text).unwrap(), &HalfWidth, &Style::default())
    }

    fn runs(page: &Page) -> Vec<&Run> {
        let text = page.marks.iter().filter_map(|mark| match mark {
            Mark::Text(run) => Some(run),
            Mark::Rule { .. } => None,
        });
        text.collect()
    }

    #[test]
    fn a_title_is_centred_and_a_paragraph_indented() {
        let pages = pages("# 采购合同\n双方协商一致，签订本合同。\n甲方：某局");
        let [title, body, entry] = runs(&pages[0])[..] else { panic!("three lines") };
        assert!((title.x + 2.0 * title.size - A4_WIDTH / 2.0).abs() < 0.01);
        assert_eq!(body.x, Style::default().left() + 24.0);
        assert_eq!(entry.x, Style::default().left());
        assert!(title.bold && !body.bold && title.y > body.y && body.y > entry.y);
    }

    #[test]
    fn a_footer_counts_the_pages() {
        let pages = pages("%footer 第 {page} 页 共 {pages} 页\n甲\n=== page ===\n乙");
        assert_eq!(runs(&pages[1]).last().unwrap().text, "第 2 页 共 2 页");
    }

    #[test]
    fn long_text_runs_on_and_stays_inside_the_margins() {
        let style = Style::default();
        let pages = pages(&"甲方应当在收到发票后十个工作日内付款，逾期的按日支付违约金。\n".repeat(80));
        assert!(pages.len() > 1);
        for run in pages.iter().flat_map(runs) {
            assert!(run.x + HalfWidth.width(&run.text) * run.size <= A4_WIDTH - style.side_margin + 0.1);
            assert!(run.y > style.bottom());
        }
    }
}
