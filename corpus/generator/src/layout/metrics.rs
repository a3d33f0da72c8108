//! How wide characters are.

/// The widths of a typeface.
pub trait Metrics {
    /// The advance of `c`, in em.
    fn advance(&self, c: char) -> f32;

    /// The advance of a text set on one line, in em.
    fn width(&self, text: &str) -> f32 {
        text.chars().map(|c| self.advance(c)).sum()
    }
}

/// The widths of SimSun and its kin: ASCII takes half an em, everything else a whole one.
#[derive(Debug, Clone, Copy, Default)]
pub struct HalfWidth;

impl Metrics for HalfWidth {
    fn advance(&self, c: char) -> f32 {
        if c.is_ascii() { 0.5 } else { 1.0 }
    }
}
