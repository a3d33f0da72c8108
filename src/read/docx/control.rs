//! Content controls (内容控件): what a form of Word 2007 and later is filled in with.

use super::symbols::checkbox;
use super::xml::{Malformed, Xml};

/// What stands for the content of a control that nobody filled in.
///
/// The prompt that Word shows there (单击此处输入文字) is not part of the contract, and as a value it would be
/// wrong; a person who signs sees an open blank.
const BLANK: &str = "____";

/// A content control that is being read.
#[derive(Debug, Default)]
pub(super) struct Control {
    /// What is shown once in place of the content.
    instead: Option<&'static str>,
    used: bool,
}

impl Control {
    /// Reads the `w:sdtPr` that began last.
    pub fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let depth = xml.depth();
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:showingPlcHdr" if element.is_on() => self.instead = self.instead.or(Some(BLANK)),
                "w14:checkbox" => self.instead = Some(checkbox(false)),
                "w14:checked" => self.instead = Some(checkbox(element.is_on())),
                _ => {}
            }
        }
        Ok(())
    }

    /// Is the control still to be filled in?
    pub fn is_blank(&self) -> bool {
        self.instead == Some(BLANK)
    }

    /// Is something else shown in place of the content?
    pub fn replaces(&self) -> bool {
        self.instead.is_some()
    }

    /// What is shown where content would be: the content itself when `None`, else this, which is empty after
    /// the first time.
    pub fn replace(&mut self) -> Option<&'static str> {
        let instead = self.instead?;
        Some(if std::mem::replace(&mut self.used, true) { "" } else { instead })
    }

    /// What the control shows at its end, when there was no content to show it in place of: a box to tick.
    pub fn left_over(&mut self) -> Option<&'static str> {
        if self.is_blank() { None } else { self.replace() }
    }
}
