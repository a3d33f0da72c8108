//! Charts over cells of a sheet.

use rust_xlsxwriter::{ChartDataLabel, ChartFont, ChartType};

/// A chart: one value for each name.
#[derive(Debug, Clone, Copy)]
pub struct Chart<'a> {
    /// Title.
    pub title: &'a str,
    /// Bars, columns or slices.
    pub kind: ChartKind,
    /// Name of the sheet that holds names and values.
    pub sheet: &'a str,
    /// First and last row, from 0.
    pub rows: (u32, u32),
    /// Column of the names, from 0.
    pub names: u16,
    /// Column of the values, from 0.
    pub values: u16,
}

/// What a chart looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Lying bars, for long names.
    Bar,
    /// Standing columns, for an order.
    Column,
    /// Slices, for parts of a whole.
    Pie,
}

impl Chart<'_> {
    pub(super) fn render(&self) -> rust_xlsxwriter::Chart {
        let (first, last) = self.rows;
        let mut font = ChartFont::new();
        font.set_name("宋体").set_size(9);
        let mut label = ChartDataLabel::new();
        label.show_value().set_font(&font);
        let mut chart = rust_xlsxwriter::Chart::new(match self.kind {
            ChartKind::Bar => ChartType::Bar,
            ChartKind::Column => ChartType::Column,
            ChartKind::Pie => ChartType::Pie,
        });
        chart
            .add_series()
            .set_categories((self.sheet, first, self.names, last, self.names))
            .set_values((self.sheet, first, self.values, last, self.values))
            .set_data_label(&label);
        let mut heading = ChartFont::new();
        heading.set_name("黑体").set_size(12);
        chart.title().set_name(self.title).set_font(&heading);
        match self.kind {
            ChartKind::Pie => {
                chart.legend().set_font(&font);
            }
            ChartKind::Bar => {
                // Bars are drawn from below; the list reads from above. The names stand on the upright axis.
                chart.y_axis().set_reverse().set_font(&font);
                // The figures stand on the bars: an axis would count contracts in halves.
                chart.x_axis().set_hidden(true).set_major_gridlines(false);
                chart.legend().set_hidden();
            }
            ChartKind::Column => {
                chart.x_axis().set_font(&font);
                chart.y_axis().set_font(&font);
                chart.legend().set_hidden();
            }
        }
        chart.set_width(620).set_height(300);
        chart
    }
}
