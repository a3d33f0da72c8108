//! The fields of the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Version of the fields and of the terms in them: a change of either is a new number, and the index is
/// built anew.
pub(super) const VERSION: u32 = 7;

/// Name under which the tokenizer is registered.
pub(super) const TOKENIZER: &str = "every-word";

/// Name under which the tokenizer of the text's characters is registered.
pub(super) const CHARACTERS: &str = "characters";

/// Name under which the tokenizer of neighbours and longer words is registered.
pub(super) const GRAMS: &str = "grams";

/// Name under which the tokenizer of pinyin is registered.
pub(super) const PINYIN: &str = "pinyin";

/// Handles of all fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The record's id, whole.
    pub id: Field,
    /// The id as a number, in the order of ids as far as it goes.
    pub order: Field,
    /// Title, as words.
    pub title: Field,
    /// Names of the parties, as words.
    pub parties: Field,
    /// Contract number and codes of the parties, as words.
    pub number: Field,
    /// Path, as words.
    pub path: Field,
    /// The text, as characters, numbers and codes; stored for highlighting.
    pub body: Field,
    /// The text, as pairs of neighbouring characters and words of three and more; without places.
    pub grams: Field,
    /// Code and name of the contract type, as words: `service 服务合同`.
    pub types: Field,
    /// Names of the parties of the government's side, as words.
    pub departments: Field,
    /// Names of the other parties, as words.
    pub counterparties: Field,
    /// Who decides disputes, as words.
    pub forums: Field,
    /// The law that governs, as words.
    pub law: Field,
    /// Title and names by their pinyin: readings and first letters.
    pub pinyin: Field,
    /// What the findings say, as words.
    pub findings: Field,
    /// Names of the parties, whole: for counting.
    pub party: Field,
    /// The government's side, whole.
    pub department: Field,
    /// The other side, whole.
    pub counterparty: Field,
    /// Name of the contract type: 服务合同.
    pub kind_of_contract: Field,
    /// Who decides disputes, whole.
    pub forum: Field,
    /// `contract`, `supplement`, `not-a-contract`.
    pub kind: Field,
    /// `complete`, `partial`, `failed`, `skipped`.
    pub status: Field,
    /// `draft`, `signed`, `unknown`.
    pub stage: Field,
    /// Rules that hit: `dual-forum`.
    pub rule: Field,
    /// The same with the pack: `luohu-2018/dual-forum`. Kept apart so that counts name each rule once.
    pub pack_rule: Field,
    /// Rules that could not tell.
    pub undecided: Field,
    /// Severities of the rules that hit.
    pub severity: Field,
    /// Price in fen (分): CNY, total or ceiling. Other prices cannot be compared and are left out.
    pub amount: Field,
    /// Currency of a price that can be added up: ISO 4217.
    pub currency: Field,
    /// That price in ten-thousandths of the currency's unit; one with more places is left out.
    pub sum: Field,
    /// Day of signing as a number: 20240305.
    pub signed: Field,
    /// Last day of the term as a number.
    pub term_end: Field,
    /// Year of signing.
    pub year: Field,
    /// Number of the contract that this is a version of.
    pub group: Field,
    /// By which contracts that are alike are told: the numbers of a sketch, in order.
    pub sketch: Field,
    /// JSON of what a hit shows.
    pub card: Field,
}

/// Names of the fields that are counted or sorted by.
pub(super) mod name {
    pub const ID: &str = "id";
    pub const ORDER: &str = "order";
    pub const PARTY: &str = "party";
    pub const DEPARTMENT: &str = "dept";
    pub const COUNTERPARTY: &str = "counterparty";
    pub const TYPE: &str = "type";
    pub const FORUM: &str = "forum";
    pub const KIND: &str = "kind";
    pub const STATUS: &str = "status";
    pub const STAGE: &str = "stage";
    pub const CURRENCY: &str = "currency";
    pub const AMOUNT: &str = "amount";
    pub const SUM: &str = "sum";
    pub const SIGNED: &str = "signed";
    pub const GROUP: &str = "group";
    pub const SKETCH: &str = "sketch";
    pub const RULE: &str = "rule";
    pub const SEVERITY: &str = "severity";
    pub const YEAR: &str = "year";
}

/// The schema with its handles.
pub(super) fn schema() -> (Schema, Fields) {
    use IndexRecordOption::{WithFreqs, WithFreqsAndPositions};
    let words = terms(TOKENIZER, WithFreqsAndPositions);
    let counted = STRING | FAST;
    let number = INDEXED | FAST;
    let mut builder = Schema::builder();
    let fields = Fields {
        id: builder.add_text_field(name::ID, counted.clone()),
        order: builder.add_u64_field(name::ORDER, FAST),
        title: builder.add_text_field("title", words.clone()),
        parties: builder.add_text_field("parties", words.clone()),
        number: builder.add_text_field("number", words.clone()),
        path: builder.add_text_field("path", words.clone()),
        types: builder.add_text_field("types", words.clone()),
        departments: builder.add_text_field("departments", words.clone()),
        counterparties: builder.add_text_field("counterparties", words.clone()),
        forums: builder.add_text_field("forums", words.clone()),
        law: builder.add_text_field("law", words.clone()),
        pinyin: builder.add_text_field("pinyin", terms(PINYIN, WithFreqsAndPositions)),
        findings: builder.add_text_field("findings", words),
        body: builder.add_text_field("body", terms(CHARACTERS, WithFreqsAndPositions).set_stored()),
        grams: builder.add_text_field("grams", terms(GRAMS, WithFreqs)),
        party: builder.add_text_field(name::PARTY, counted.clone()),
        department: builder.add_text_field(name::DEPARTMENT, counted.clone()),
        counterparty: builder.add_text_field(name::COUNTERPARTY, counted.clone()),
        kind_of_contract: builder.add_text_field(name::TYPE, counted.clone()),
        forum: builder.add_text_field(name::FORUM, counted.clone()),
        stage: builder.add_text_field(name::STAGE, counted.clone()),
        currency: builder.add_text_field(name::CURRENCY, counted.clone()),
        kind: builder.add_text_field(name::KIND, counted.clone()),
        status: builder.add_text_field(name::STATUS, counted.clone()),
        rule: builder.add_text_field(name::RULE, counted.clone()),
        pack_rule: builder.add_text_field("pack_rule", STRING),
        undecided: builder.add_text_field("undecided", STRING),
        severity: builder.add_text_field(name::SEVERITY, counted),
        amount: builder.add_i64_field(name::AMOUNT, number.clone()),
        sum: builder.add_i64_field(name::SUM, FAST),
        signed: builder.add_i64_field(name::SIGNED, number.clone()),
        term_end: builder.add_i64_field("term_end", number.clone()),
        year: builder.add_i64_field(name::YEAR, number),
        group: builder.add_u64_field(name::GROUP, INDEXED | FAST),
        sketch: builder.add_u64_field(name::SKETCH, FAST),
        card: builder.add_text_field("card", STORED),
    };
    (builder.build(), fields)
}

/// What is kept of the terms that a tokenizer makes.
fn terms(tokenizer: &str, kept: IndexRecordOption) -> TextOptions {
    let terms = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(kept);
    TextOptions::default().set_indexing_options(terms)
}
