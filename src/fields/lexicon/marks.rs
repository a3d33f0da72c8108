//! Roles and labels as they stand before a colon.

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::dictionaries::{Dictionaries, DictionaryError};

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
    /// 户名: whose the account is.
    AccountName,
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
    /// Where the word alone tells who pays: `true` for the one who does.
    pub pays: Option<bool>,
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
    payers: Vec<String>,
    payees: Vec<String>,
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
    account_name: Vec<String>,
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
            (self.account_name, Label::AccountName),
            (self.signatory, Label::Signatory),
            (self.stop, Label::Stop),
        ]
        .into_iter()
        .flat_map(|(words, label)| words.into_iter().map(move |word| (word, label)))
    }
}

impl Marks {
    /// Parses `roles.toml` and `labels.toml`.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
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
            let either = |yes: &[String], no: &[String]| {
                if yes.contains(word) { Some(true) } else { no.contains(word).then_some(false) }
            };
            let government = either(&file.government, &file.counterparty);
            let pays = either(&file.payers, &file.payees);
            roles.push(Role { word: word.clone(), letter, government, pays });
        }
    }
    roles
}
