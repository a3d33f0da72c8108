//! The dictionaries of this stage, parsed: roles of parties, labels of their particulars, forums, territories.

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use serde::Deserialize;

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
        })
    }
}

/// A label of the block in which a party's particulars stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// 名称
    Name,
    /// 统一社会信用代码
    Uscc,
    /// 身份证号码
    IdNumber,
    /// 法定代表人、负责人
    LegalRepresentative,
    /// 地址、住所
    Address,
    /// 联系人
    Contact,
    /// 联系人及电话
    ContactPhone,
    /// 电话
    Phone,
    /// 开户银行
    Bank,
    /// 账号
    Account,
    /// 开户行及账号
    BankAccount,
    /// Whoever signs, perhaps not the legal representative.
    Signatory,
    /// Anything else that ends the value before it.
    Stop,
}

/// What a word before a colon says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A role: index into [`Marks::roles`].
    Role(usize),
    /// A label.
    Label(Label),
}

/// One name by which a party goes.
#[derive(Debug)]
pub struct Role {
    /// 甲方, 采购人 …
    pub word: String,
    /// Is it a stand-in letter (甲方) rather than a description?
    pub letter: bool,
    /// Where the word alone tells the side: `true` for the government's.
    pub government: Option<bool>,
}

/// All roles and labels, matched together.
#[derive(Debug)]
pub struct Marks {
    /// The roles.
    pub roles: Vec<Role>,
    automaton: AhoCorasick,
    kinds: Vec<Mark>,
}

#[derive(Deserialize)]
struct RolesFile {
    letters: Vec<String>,
    pairs: Vec<[String; 2]>,
    government: Vec<String>,
    counterparty: Vec<String>,
}

#[derive(Deserialize)]
struct LabelsFile {
    name: Vec<String>,
    uscc: Vec<String>,
    id_number: Vec<String>,
    legal_representative: Vec<String>,
    address: Vec<String>,
    contact: Vec<String>,
    contact_phone: Vec<String>,
    phone: Vec<String>,
    bank: Vec<String>,
    account: Vec<String>,
    bank_account: Vec<String>,
    signatory: Vec<String>,
    stop: Vec<String>,
}

impl LabelsFile {
    fn into_words(self) -> impl Iterator<Item = (String, Label)> {
        [
            (self.name, Label::Name),
            (self.uscc, Label::Uscc),
            (self.id_number, Label::IdNumber),
            (self.legal_representative, Label::LegalRepresentative),
            (self.address, Label::Address),
            (self.contact, Label::Contact),
            (self.contact_phone, Label::ContactPhone),
            (self.phone, Label::Phone),
            (self.bank, Label::Bank),
            (self.account, Label::Account),
            (self.bank_account, Label::BankAccount),
            (self.signatory, Label::Signatory),
            (self.stop, Label::Stop),
        ]
        .into_iter()
        .flat_map(|(words, label)| words.into_iter().map(move |word| (word, label)))
    }
}

impl Marks {
    fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let roles = roles(dictionaries.toml("roles.toml")?);
        let mut words: Vec<String> = roles.iter().map(|role| role.word.clone()).collect();
        let mut kinds: Vec<Mark> = (0..roles.len()).map(Mark::Role).collect();
        for (word, label) in dictionaries.toml::<LabelsFile>("labels.toml")?.into_words() {
            words.push(word);
            kinds.push(Mark::Label(label));
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&words)
            .map_err(|error| DictionaryError::malformed("labels.toml", error))?;
        Ok(Self { roles, automaton, kinds })
    }

    /// Roles and labels in a stretch, longest first at each place.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (std::ops::Range<usize>, Mark)> + 'a {
        self.automaton
            .find_iter(text)
            .filter_map(|hit| Some((hit.start()..hit.end(), *self.kinds.get(hit.pattern().as_usize())?)))
    }

    /// The role that is written exactly so.
    pub fn role(&self, word: &str) -> Option<usize> {
        self.roles.iter().position(|role| role.word == word)
    }
}

fn roles(file: RolesFile) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::new();
    let words = file.letters.iter().map(|w| (w, true)).chain(file.pairs.iter().flatten().map(|w| (w, false)));
    for (word, letter) in words {
        if roles.iter().all(|role| role.word != *word) {
            let government = if file.government.contains(word) {
                Some(true)
            } else {
                file.counterparty.contains(word).then_some(false)
            };
            roles.push(Role { word: word.clone(), letter, government });
        }
    }
    roles
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
        let law = compile(alternatives(file.territory.iter().flat_map(|t| &t.law)))?;
        let language = compile(alternatives(file.language.iter().flat_map(|l| &l.words)))?;
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
