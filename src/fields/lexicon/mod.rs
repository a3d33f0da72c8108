//! The dictionaries of this stage, parsed: roles of parties, labels of their particulars, forums, territories.

mod marks;
mod types;

use crate::fields::scan::Regex;
use serde::Deserialize;

pub use marks::{Label, Mark, Marks};
pub use types::{Case, Place, Types, contract_types};

use super::scan::money::{Figures, alternatives};
use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::fields::{DisputeKind, Territory};

/// Everything that the extractors look up. Built once, shared by all threads.
#[derive(Debug)]
pub struct Lexicon {
    /// Roles and labels as they stand before a colon.
    pub marks: Marks,
    /// Who is of the government.
    pub departments: Departments,
    /// Courts and arbitral bodies.
    pub institutions: Institutions,
    /// Countries, regions, languages.
    pub jurisdictions: Jurisdictions,
    /// Sums in figures.
    pub figures: Figures,
    /// Types of contract and the cases of 第五条.
    pub types: Types,
}

impl Lexicon {
    /// Parses the dictionaries.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        Ok(Self {
            marks: Marks::new(dictionaries)?,
            departments: dictionaries.toml("departments.toml")?,
            institutions: dictionaries.toml("institutions.toml")?,
            jurisdictions: Jurisdictions::new(dictionaries)?,
            figures: Figures::new(dictionaries)?,
            types: Types::new(dictionaries)?,
        })
    }
}

/// Who is a government body.
#[derive(Debug, Deserialize)]
pub struct Departments {
    /// How the names of the home district's bodies begin.
    pub home_prefixes: Vec<String>,
    /// How names of bodies end.
    pub organ_suffixes: Vec<String>,
    /// Words that only other organisations have in their names.
    pub not_organs: Vec<String>,
    /// Full names.
    pub names: Vec<String>,
}

/// Courts and arbitral bodies.
#[derive(Debug, Deserialize)]
pub struct Institutions {
    /// Places that count as home.
    pub home_places: Vec<String>,
    /// Places that are known without 市 or 区 behind their names.
    pub bare_places: Vec<String>,
    /// The bodies.
    pub body: Vec<Body>,
}

/// A court or an arbitral body.
#[derive(Debug, Deserialize)]
pub struct Body {
    /// `court` or `arbitration`.
    pub kind: DisputeKind,
    /// Where it sits.
    pub territory: Territory,
    /// Official name.
    pub exact: String,
    /// Former official names.
    pub former: Vec<String>,
    /// What people call it.
    pub short: Vec<String>,
}

impl Body {
    /// All its names, the official one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.exact).chain(&self.former).chain(&self.short).map(String::as_str)
    }
}

/// Countries, regions and languages.
#[derive(Debug)]
pub struct Jurisdictions {
    /// Territories, in the order of the dictionary.
    pub territories: Vec<TerritoryName>,
    /// Matches any territory's name as it stands before 法律.
    pub law: Regex,
    /// Languages.
    pub languages: Vec<Language>,
    /// Matches any language's name.
    pub language: Regex,
}

/// A country or region.
#[derive(Debug, Deserialize)]
pub struct TerritoryName {
    /// ISO 3166.
    pub code: String,
    /// Names before 法律.
    pub law: Vec<String>,
    /// Names in the names of courts and bodies.
    pub places: Vec<String>,
}

/// A language.
#[derive(Debug, Deserialize)]
pub struct Language {
    /// ISO 639, or `xx` for 外文.
    pub code: String,
    /// Its names.
    pub words: Vec<String>,
}

#[derive(Deserialize)]
struct JurisdictionsFile {
    territory: Vec<TerritoryName>,
    language: Vec<Language>,
}

impl Jurisdictions {
    fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let name = "jurisdictions.toml";
        let file: JurisdictionsFile = dictionaries.toml(name)?;
        let compile =
            |source: String| Regex::new(&source).map_err(|error| DictionaryError::malformed(name, error));
        let law = compile(alternatives(file.territory.iter().flat_map(|t| &t.law).map(String::as_str)))?;
        let language =
            compile(alternatives(file.language.iter().flat_map(|l| &l.words).map(String::as_str)))?;
        Ok(Self { territories: file.territory, law, languages: file.language, language })
    }

    /// The code of a territory by its name before 法律.
    pub fn territory(&self, name: &str) -> Option<&str> {
        self.territories.iter().find(|t| t.law.iter().any(|l| l == name)).map(|t| t.code.as_str())
    }

    /// The code of a language by its name.
    pub fn language_code(&self, word: &str) -> Option<&str> {
        self.languages.iter().find(|l| l.words.iter().any(|w| w == word)).map(|l| l.code.as_str())
    }

    /// Does the text name a place outside the mainland?
    pub fn outside_mainland(&self, text: &str) -> bool {
        self.territories
            .iter()
            .filter(|t| t.code != "CN")
            .any(|t| t.places.iter().any(|p| text.contains(p.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_dictionaries_are_valid() {
        let lexicon = Lexicon::new(&Dictionaries::embedded()).expect("valid");
        assert!(lexicon.marks.role("甲方").is_some());
        assert_eq!(lexicon.jurisdictions.territory("香港特别行政区"), Some("HK"));
        let found: Vec<_> = lexicon.marks.find("联系人及电话:易小岚").collect();
        assert_eq!(found.first().map(|f| f.1), Some(Mark::Label(Label::ContactPhone)));
    }

    #[test]
    fn a_broken_dictionary_is_named() {
        let broken = Dictionaries::embedded().with_file("roles.toml", "letters = 3");
        let error = Lexicon::new(&broken).expect_err("broken");
        assert!(error.to_string().contains("roles.toml"));
    }
}
