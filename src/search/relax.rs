//! What is relaxed when nothing is found, and how the answer says so.

use std::sync::Arc;

use tantivy::collector::Count;

use super::SearchError;
use super::answer::Relaxed;
use super::condition::{empty_conditions, met_apart};
use super::correct::{Correction, corrections};
use super::facets::Rows;
use super::fold::is_latin;
use super::hint::hint;
use super::plan::{Boxed, Level, is_text};
use super::query::{self, Node, QueryError};
use super::run::{Found, Search};
use super::unit::{Unit, units};

/// Words looked at for corrections, at most.
const MOST_CORRECTED: usize = 4;

impl Search<'_> {
    /// The levels to try, strictest first.
    pub(super) fn levels(&self) -> Vec<Level> {
        let mut levels = vec![Level::Asked];
        if has_text(&self.node) {
            levels.extend(has_code(&self.node).then_some(Level::Inside));
        }
        if has_text(&self.node) && !self.is_long() {
            let words = self.wanted().len();
            levels.extend((words <= MOST_ALIKE).then_some(Level::Alike));
            levels.push(Level::SubWords);
            // How many is found out when it is tried.
            levels.extend((words > 2).then_some(Level::AtLeast(2)));
            levels.push(Level::AnyWord);
        }
        levels
    }

    /// The most words of the question that one contract holds which meets the conditions.
    pub(super) fn most_words(&self) -> Result<usize, SearchError> {
        let table = self.index.table(&self.searcher)?;
        let rows = |query: &Boxed| self.searcher.search(query, &Rows(Some(Arc::clone(&table))));
        let planner = self.planner(Level::Asked);
        let mut counts = vec![0_usize; table.rows()];
        for word in self.text_nodes().flat_map(|node| planner.each_word(node)) {
            for row in rows(&word)? {
                if let Some(count) = counts.get_mut(row as usize) {
                    *count += 1;
                }
            }
        }
        let conditions = conditions(&self.node);
        if conditions.is_empty() {
            return Ok(counts.into_iter().max().unwrap_or_default());
        }
        let meeting = rows(&planner.query(&Node::All(conditions)))?.into_iter();
        Ok(meeting.filter_map(|row| counts.get(row as usize).copied()).max().unwrap_or_default())
    }

    /// The words of which a contract may hold some only.
    pub(super) fn wanted(&self) -> Vec<String> {
        let words = |node: &Node| match node {
            Node::Words(text) => units(&self.index.lexicon, text).into_iter().map(|unit| unit.text).collect(),
            node => vec![query::understood(node)],
        };
        self.text_nodes().flat_map(words).collect()
    }

    /// The parts of the question that are words alone.
    fn text_nodes(&self) -> impl Iterator<Item = &Node> {
        let nodes = match &self.node {
            Node::All(nodes) => nodes.as_slice(),
            node => std::slice::from_ref(node),
        };
        nodes.iter().filter(|node| is_text(node))
    }

    /// What has to be said beside the hits: what was relaxed, and which condition no contract meets.
    pub(super) fn relaxed(&self, found: &Found) -> Result<Option<Relaxed>, SearchError> {
        let empty = empty_conditions(&self.searcher, self.planner(Level::Asked), &self.node)?;
        if found.level == Level::Asked {
            let told = match empty {
                None if found.total() == 0 => {
                    met_apart(&self.searcher, self.planner(Level::Asked), &self.node)?
                }
                empty => empty,
            };
            return Ok(told.map(|message| Relaxed {
                step: "empty-condition".to_owned(),
                unknown_words: Vec::new(),
                corrections: Vec::new(),
                message,
            }));
        }
        let unknown = self.unknown_words()?;
        let (nowhere, elsewhere): (Vec<_>, Vec<_>) =
            unknown.iter().partition(|(_, contracts)| *contracts == 0);
        let nowhere: Vec<String> = nowhere.into_iter().map(|(word, _)| word.clone()).collect();
        let doubtful = nowhere.get(..MOST_CORRECTED.min(nowhere.len())).unwrap_or_default();
        let mut corrections = corrections(&self.searcher, self.index.fields, &self.index.lexicon, doubtful)?;
        for correction in &mut corrections {
            correction.contracts = self.contracts_with(&correction.instead, &[])? as u64;
        }
        corrections.retain(|correction| correction.contracts > 0);
        let mut message = match how(found, self.wanted().len()) {
            Some(how) => format!("0 份完全符合；放宽为{how}，有 {} 份", found.total()),
            None if self.is_long() => "没有逐字找到；文字较长，未作放宽，请只保留关键词".to_owned(),
            None if self.wanted().len() > MOST_ALIKE => "没有找到；已试过把词拆开和只含任一词".to_owned(),
            None => "没有找到；已试过形近字、把词拆开和只含任一词".to_owned(),
        };
        if !nowhere.is_empty() {
            message += &format!("；没有合同含“{}”", nowhere.join("”“"));
        }
        for (word, contracts) in &elsewhere {
            message += &format!("；含“{word}”的 {contracts} 份合同都不符合其余条件");
        }
        message += &corrections.iter().map(offer).collect::<String>();
        message += &empty.map(|empty| format!("；{empty}")).unwrap_or_default();
        message += hint(&self.wanted());
        let unknown_words = unknown.into_iter().map(|(word, _)| word).collect();
        Ok(Some(Relaxed { step: step(found).to_owned(), unknown_words, corrections, message }))
    }

    /// Units that no contract holds that meets the conditions, each with the contracts that hold it all the same.
    fn unknown_words(&self) -> Result<Vec<(String, usize)>, SearchError> {
        let conditions = conditions(&self.node);
        let mut unknown: Vec<(String, usize)> = Vec::new();
        if self.is_long() {
            return Ok(unknown);
        }
        for unit in self.sought(&self.node) {
            let known = unknown.iter().any(|(word, _)| *word == unit.text);
            if !known && self.contracts_with(&unit.text, &conditions)? == 0 {
                let contracts = match conditions.is_empty() {
                    true => 0,
                    false => self.contracts_with(&unit.text, &[])?,
                };
                unknown.push((unit.text, contracts));
            }
        }
        Ok(unknown)
    }

    fn contracts_with(&self, word: &str, conditions: &[Node]) -> Result<usize, SearchError> {
        let mut nodes = conditions.to_vec();
        nodes.push(Node::Phrase(word.to_owned()));
        let query = self.planner(Level::Asked).query(&Node::All(nodes));
        Ok(self.searcher.search(&query, &Count)?)
    }

    /// Has the question more words than can be relaxed? Only quoted text may: see [`Search::check`].
    fn is_long(&self) -> bool {
        self.sought(&self.node).len() > MOST_WORDS
    }

    /// Refuses a question with too many words that are not quoted.
    pub(super) fn check(&self, question: &str) -> Result<(), QueryError> {
        let words = self.unquoted(&self.node);
        if words <= MOST_WORDS {
            return Ok(());
        }
        Err(QueryError {
            query: question.to_owned(),
            start: 0,
            end: question.chars().count(),
            message: format!("检索式有 {words} 个词，最多 {MOST_WORDS} 个"),
            suggestion: "请只保留关键词；要逐字查找一段文字，请加引号".to_owned(),
        })
    }

    fn unquoted(&self, node: &Node) -> usize {
        match node {
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().map(|node| self.unquoted(node)).sum(),
            Node::Not(node) => self.unquoted(node),
            Node::Words(_) | Node::Near { .. } => self.sought(node).len(),
            Node::Fuzzy(_) | Node::Filter(_) => 1,
            Node::Phrase(_) => 0,
        }
    }

    /// The units that a question seeks.
    fn sought(&self, node: &Node) -> Vec<Unit> {
        match node {
            Node::Words(text) | Node::Phrase(text) => units(&self.index.lexicon, text),
            Node::Near { parts, .. } => units(&self.index.lexicon, &parts.join(" ")),
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().flat_map(|node| self.sought(node)).collect(),
            Node::Fuzzy(_) | Node::Filter(_) | Node::Not(_) => Vec::new(),
        }
    }

    /// The question as it was understood and, where it was relaxed, answered: what is counted must not be
    /// taken for the question's own count.
    pub(super) fn understood(&self, found: &Found) -> String {
        let asked = query::understood(&self.node);
        match how(found, self.wanted().len()) {
            Some(how) => format!("{asked}（0 份完全符合，放宽为{how}）"),
            None => asked,
        }
    }
}

/// Words of a question, at most: with more of them it is a text pasted by mistake.
const MOST_WORDS: usize = 64;

/// Words of a question in which look-alikes are tried, at most: a pasted sentence has many words.
const MOST_ALIKE: usize = 12;

fn offer(correction: &Correction) -> String {
    let Correction { word, instead, contracts } = correction;
    format!("；“{word}”是否为“{instead}”（{contracts} 份）")
}

/// The name of the step in the answer.
fn step(found: &Found) -> &'static str {
    match found.level {
        _ if found.total() == 0 => "nothing",
        Level::Inside => "inside",
        Level::Alike => "look-alikes",
        Level::SubWords => "sub-words",
        Level::AtLeast(_) => "most-words",
        Level::AnyWord | Level::Asked | Level::Literal => "any-word",
    }
}

/// How a question was relaxed, with success.
fn how(found: &Found, words: usize) -> Option<String> {
    let how = match found.level {
        _ if found.total() == 0 => return None,
        Level::Inside => "出现在更长的数字或代码之中".to_owned(),
        Level::Alike => "其中一字换作形近字（如 未/末），请核对原件".to_owned(),
        Level::SubWords => "含有拆开后的全部词语".to_owned(),
        Level::AtLeast(some) => format!("含有全部 {words} 个词中的 {some} 个"),
        Level::AnyWord => "至少含有其中一个词语".to_owned(),
        Level::Asked | Level::Literal => return None,
    };
    Some(how)
}

/// Are there words that can be relaxed?
fn has_text(node: &Node) -> bool {
    match node {
        Node::Words(_) | Node::Phrase(_) | Node::Near { .. } | Node::Fuzzy(_) => true,
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(has_text),
        Node::Filter(_) | Node::Not(_) => false,
    }
}

/// Is there quoted text or a word that may be a part of a longer number or code?
fn has_code(node: &Node) -> bool {
    match node {
        Node::Words(text) | Node::Phrase(text) => text.contains(is_latin),
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(has_code),
        _ => false,
    }
}

/// What a question demands beside words.
fn conditions(node: &Node) -> Vec<Node> {
    match node {
        Node::All(nodes) => nodes.iter().filter(|node| !is_text(node)).cloned().collect(),
        node if is_text(node) => Vec::new(),
        node => vec![node.clone()],
    }
}
