//! [`Record`] → pre-filled form: form definitions out of `dictionaries/forms/*.toml`, sources of values in code.
//!
//! A form only says what the record says. What contradicts itself stays empty with both readings beside
//! it, what was computed is marked as such, and what no text can tell is left to a person.

mod answers;
mod clause;
mod contract;
mod decided;
mod definition;
mod fill;
mod form;
mod heads;
mod masked;
mod obstacle;
mod party;
mod price;
mod print;
mod reader;
mod reading;
mod remarks;
mod ruling;
#[cfg(test)]
mod sample;
mod source;
mod substance;
mod text;
mod way;
mod wording;

pub use answers::{AnswerError, Answers, Given, read_answers};
pub use form::{Answer, Decided, Entry, Form, Group, Head, SCHEMA, Section, State, Task};
pub use print::{to_document, to_workbook};
pub use ruling::Rulings;
pub use text::render_text;

use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::Record;
use crate::model::case::{Case, Effective};
use definition::Definition;

/// Folder of the form definitions.
const FOLDER: &str = "forms";

/// All form definitions, parsed and checked. Built once, shared by all threads.
#[derive(Debug)]
pub struct Forms {
    definitions: Vec<Definition>,
}

impl Forms {
    /// Parses and checks every definition in `dictionaries/forms`.
    ///
    /// # Errors
    ///
    /// The first definition that cannot be used, by file and entry: an unknown source, a key given twice,
    /// an entry with neither source nor person, two forms of one name.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let mut definitions: Vec<Definition> = Vec::new();
        for (file, text) in dictionaries.folder(FOLDER).filter(|(file, _)| file.ends_with(".toml")) {
            let definition = Definition::parse(file, text)?;
            if definitions.iter().any(|other| other.id == definition.id) {
                let problem = format!("表格 {} 已在另一文件中定义；请改用别的 id", definition.id);
                return Err(DictionaryError::malformed(file, problem));
            }
            definitions.push(definition);
        }
        Ok(Self { definitions })
    }

    /// The forms there are, with their titles: `("filing", "政府合同备案登记表")`, in the order of their files.
    pub fn kinds(&self) -> impl Iterator<Item = (&str, &str)> {
        self.definitions.iter().map(|definition| (definition.id.as_str(), definition.title.as_str()))
    }

    /// The form `kind`, filled from a record as far as the record goes; `None` where there is no such form.
    pub fn fill(&self, kind: &str, record: &Record) -> Option<Form> {
        self.filled(kind, record, None)
    }

    fn filled(&self, kind: &str, record: &Record, main: Option<&Record>) -> Option<Form> {
        let definition = self.definitions.iter().find(|definition| definition.id == kind)?;
        Some(fill::fill(definition, record, main))
    }

    /// The form `kind` of a case: what people decided laid over what was read. `main` is the contract that it adds to,
    /// changes or ends, where a person linked one.
    pub fn fill_case(
        &self,
        kind: &str,
        case: &Case,
        effective: &Effective,
        main: Option<&Record>,
    ) -> Option<Form> {
        let form = self.filled(kind, effective.record(), main)?;
        let read = self.filled(kind, effective.reading(), main)?;
        Some(decided::lay_over(form, &read, case, effective))
    }
}

#[cfg(test)]
mod tests;
