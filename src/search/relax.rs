//! What is relaxed when nothing is found, and how the answer says so.

use tantivy::collector::Count;

use super::SearchError;
use super::answer::Relaxed;
use super::condition::empty_conditions;
use super::correct::{Correction, corrections};
use super::fold::is_latin;
use super::plan::{Level, is_text};
use super::query::{self, Node};
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
            levels.extend([Level::Alike, Level::SubWords]);
            let words = self.wanted().len();
            levels.extend((2..words).rev().take(MOST_STEPS).map(Level::AtLeast));
            levels.push(Level::AnyWord);
        }
        levels
    }

    /// The words of which a contract may hold some only.
    pub(super) fn wanted(&self) -> Vec<String> {
        let nodes = match &self.node {
            Node::All(nodes) => nodes.as_slice(),
            node => std::slice::from_ref(node),
        };
        let texts = nodes.iter().filter(|node| is_text(node));
        texts
            .flat_map(|node| match node {
                Node::Words(text) => {
                    units(&self.index.lexicon, text).into_iter().map(|unit| unit.text).collect()
                }
                node => vec![query::understood(node)],
            })
            .collect()
    }

    /// What has to be said beside the hits: what was relaxed, and which condition no contract meets.
    pub(super) fn relaxed(&self, found: &Found) -> Result<Option<Relaxed>, SearchError> {
        let empty = empty_conditions(&self.searcher, self.planner(Level::Asked), &self.node)?;
        if found.level == Level::Asked {
            return Ok(empty.map(|message| Relaxed {
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
        let corrections = self.corrections(&nowhere)?;
        let mut message = match how(found, self.wanted().len()) {
            Some(how) => format!("0 份完全符合；放宽为{how}，有 {} 份", found.total()),
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
        let unknown_words = unknown.into_iter().map(|(word, _)| word).collect();
        Ok(Some(Relaxed { step: step(found).to_owned(), unknown_words, corrections, message }))
    }

    fn corrections(&self, words: &[String]) -> Result<Vec<Correction>, SearchError> {
        let mut all = Vec::new();
        for word in words.iter().take(MOST_CORRECTED) {
            all.extend(corrections(&self.searcher, self.index.fields, word)?);
        }
        Ok(all)
    }

    /// Units that no contract holds that meets the conditions, each with the contracts that hold it all the same.
    fn unknown_words(&self) -> Result<Vec<(String, usize)>, SearchError> {
        let conditions = conditions(&self.node);
        let mut unknown: Vec<(String, usize)> = Vec::new();
        for unit in self.sought(&self.node) {
            let known = unknown.iter().any(|(word, _)| *word == unit.text);
            if !known && self.contracts_with(&unit.text, &conditions)? == 0 {
                let contracts = self.contracts_with(&unit.text, &[])?;
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

/// Numbers of words that are tried, at most: a pasted sentence has many words.
const MOST_STEPS: usize = 12;

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
