//! What the clauses on default say of each side.
//!
//! A sentence is read from the default on (逾期, 违约, 擅自解除), and the default is that of the party named before it; where
//! nobody is named, of the party that the line above announces (乙方有下列情形之一的：). A sentence may speak of one
//! party after the other.

use std::ops::Range;

use rust_decimal::Decimal;

use super::super::super::check::Contract;
use super::super::super::kinds::Words;
use super::super::super::reading::actors::{Actor, actor, actor_at};
use super::super::super::reading::{part_around, sentences};
use super::rate::{Rate, rate};
use crate::model::Span;
use crate::model::fields::Side;

/// What kind of default a penalty is for: only like ones are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breach {
    /// Being late.
    Late,
    /// Ending the contract without cause.
    Ending,
    /// Any default (违约的).
    Any,
    /// A certain one (转包的), which the other side cannot commit.
    Other,
}

/// A penalty of one side.
pub struct Penalty {
    /// Whose.
    pub side: Side,
    /// For what.
    pub breach: Breach,
    /// How much.
    pub rate: Rate,
}

/// What protects one side: a cap or an exemption.
pub struct Shield {
    /// Whom.
    pub side: Side,
    /// Of what a delay costs, not of the liability as a whole.
    pub of_delay: bool,
    /// Where it says so.
    pub span: Span,
}

/// What the clauses on default say of both sides.
#[derive(Default)]
pub struct Liabilities {
    /// Penalties, by the day and once.
    pub penalties: Vec<Penalty>,
    /// Who is protected by a cap.
    pub caps: Vec<Shield>,
    /// Who answers for nothing.
    pub exempt: Vec<Shield>,
    /// Does the government side answer for its default, alone or like the other side?
    pub government_answers: bool,
}

/// Reads the whole contract.
pub fn read(words: &Words, contract: &Contract<'_>) -> Liabilities {
    let money = contract.fields().amount.as_ref().map(|amount| &amount.value);
    let price = money.filter(|money| money.per.is_none()).and_then(|money| money.amount);
    let mut reader =
        Reader { words, contract, price, read: Liabilities::default(), last: None, announced: None };
    for sentence in sentences(&contract.chosen) {
        reader.sentence(sentence);
    }
    reader.read
}

struct Reader<'a> {
    words: &'a Words,
    contract: &'a Contract<'a>,
    /// In yuan, for the whole contract.
    price: Option<Decimal>,
    read: Liabilities,
    /// Whose default the sentence before is about, and where it ends.
    last: Option<(Side, usize)>,
    /// Whose defaults the line above announces, and in which article.
    announced: Option<(Side, Option<&'a str>)>,
}

impl<'a> Reader<'a> {
    fn sentence(&mut self, sentence: Range<usize>) {
        let contract = self.contract;
        let words = &contract.chosen[sentence.clone()];
        let span = || contract.text.span_of_shadow(sentence.clone());
        let segments = self.segments(&sentence);
        if let (true, Actor::One(side)) = (words.ends_with(':'), actor(contract.fields(), words)) {
            self.announced = Some((side, self.article(sentence.start)));
        }
        if segments.is_empty() {
            self.cap_alone(&sentence, words);
            let harm = self.acting("harm", &sentence, words);
            self.read.government_answers |= harm == Some(Side::Government);
        }
        // 甲方的责任不设上限: whose it is stands as its owner.
        if let Some(found) = self.words.find("uncapped", words).next() {
            let lead = words[..found.end()].replace('的', "");
            let own = self.actor(sentence.start, &lead);
            self.read.government_answers |= own == Actor::One(Side::Government);
        }
        for (acts, segment) in segments {
            self.segment(acts, segment, &span());
            self.last = if let Actor::One(side) = acts { Some((side, sentence.end)) } else { None };
        }
        let exempt = self.acting("exempt", &sentence, words);
        if let Some(side) = exempt.filter(|_| !self.words.say("exempt-unless", words)) {
            self.read.exempt.push(Shield { side, of_delay: false, span: span() });
        }
    }

    /// The stretches of a sentence from each default on, with whose it is.
    fn segments(&self, sentence: &Range<usize>) -> Vec<(Actor, Range<usize>)> {
        let words = &self.contract.chosen[sentence.clone()];
        let mut segments: Vec<(Actor, Range<usize>)> = Vec::new();
        for found in self.words.find("default", words) {
            let at = sentence.start + found.start();
            let acts = match segments.last_mut() {
                None => self.actor(sentence.start, &words[..found.start()]),
                // A further party, named right before its default; what is done about the first one's is no other's.
                Some((before, range)) => {
                    let part = part_around(&self.contract.chosen, at..at).start.max(range.start);
                    let own = actor(self.contract.fields(), &self.contract.chosen[part..at]);
                    if own == Actor::Nobody || own == *before {
                        continue;
                    }
                    // Both may stand in one part: 甲方逾期付款或者乙方逾期交货的.
                    range.end = part;
                    own
                }
            };
            segments.push((acts, at..sentence.end));
        }
        segments
    }

    fn actor(&self, at: usize, lead: &str) -> Actor {
        match (actor_at(self.contract, at, lead), self.announced) {
            (Actor::Nobody, Some((side, article))) if article == self.article(at) => Actor::One(side),
            (acts, _) => acts,
        }
    }

    fn article(&self, at: usize) -> Option<&'a str> {
        self.contract.text.article_at(at).map(|clause| clause.label.as_str())
    }

    /// One party's default with what it costs.
    fn segment(&mut self, acts: Actor, segment: Range<usize>, span: &Span) {
        let Some(words) = self.contract.chosen.get(segment.clone()) else { return };
        let answers = self.words.say("answers", words) && !self.words.say("exempt", words);
        self.read.government_answers |= answers && matches!(acts, Actor::One(Side::Government) | Actor::All);
        let Actor::One(side) = acts else { return };
        let rate = rate(self.words, words, self.price, span)
            .filter(|rate| rate.runs || self.words.say("answers", words));
        let runs = rate.as_ref().is_some_and(|rate| rate.runs);
        if let Some(rate) = rate.filter(|_| !self.words.say("each", words)) {
            self.read.penalties.push(Penalty { side, breach: self.breach(&segment), rate });
        }
        if self.words.say("cap", words) && !self.words.say("cap-unless", words) {
            self.read.caps.push(Shield { side, of_delay: runs, span: span.clone() });
        }
    }

    /// What kind of default a segment begins with.
    fn breach(&self, segment: &Range<usize>) -> Breach {
        let body = &self.contract.chosen;
        let first = body[segment.start..].chars().next().map_or(0, char::len_utf8);
        let part = &body[part_around(body, segment.start..segment.start + first)];
        match () {
            () if self.words.say("ending", part) => Breach::Ending,
            () if self.words.say("late", part) => Breach::Late,
            () if self.words.say("any", part) => Breach::Any,
            () => Breach::Other,
        }
    }

    /// A sentence that only caps: it is about who it names, else goes on from the sentence before.
    fn cap_alone(&mut self, sentence: &Range<usize>, words: &str) {
        let Some(found) =
            self.words.find("cap", words).next().filter(|_| !self.words.say("cap-unless", words))
        else {
            return;
        };
        // 供方的全部赔偿责任: whose liability it is stands as its owner.
        let lead = words[..found.start()].replace('的', "");
        let goes_on = self.last.filter(|(_, end)| !self.contract.chosen[*end..sentence.start].contains('\n'));
        let side = match (self.actor(sentence.start, &lead), goes_on) {
            (Actor::One(side), _) => Some((side, false)),
            (Actor::Nobody, Some((side, _))) => Some((side, true)),
            _ => None,
        };
        if let Some((side, of_delay)) = side {
            let span = self.contract.text.span_of_shadow(sentence.clone());
            self.read.caps.push(Shield { side, of_delay, span });
        }
    }

    /// Who acts before the words of that name.
    fn acting(&self, key: &str, sentence: &Range<usize>, words: &str) -> Option<Side> {
        let found = self.words.find(key, words).next()?;
        match self.actor(sentence.start, &words[..found.start()]) {
            Actor::One(side) => Some(side),
            _ => None,
        }
    }
}
