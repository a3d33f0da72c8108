//! Tokens → question. The usual order: NOT before AND before OR.

use super::error::{Fault, QueryError};
use super::lex::{Kind, Token, lex};
use super::{Node, filter, fuzzy_word};

/// Brackets inside brackets, at most.
const DEEPEST: usize = 16;

/// Parses a question.
pub(super) fn parse(query: &str) -> Result<Node, QueryError> {
    let parsed = lex(query).and_then(|tokens| Parser { tokens, at: 0, depth: 0 }.whole());
    parsed.map_err(|fault| fault.in_query(query))
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn whole(mut self) -> Result<Node, Fault> {
        let node = self.any()?;
        if let Some(token) = self.peek() {
            return Err(Fault::new(token.at.clone(), "多出一个右括号", "请去掉它，或在前面补上左括号"));
        }
        node.ok_or_else(|| {
            let end = self.tokens.last().map_or(0, |token| token.at.end);
            Fault::new(
                0..end,
                "检索式中没有可查的文字",
                "请输入关键词，例如 物业 违约金，或条件，例如 签订:2023",
            )
        })
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, kind: &Kind) -> Option<Token> {
        let token = self.peek().filter(|token| token.kind == *kind)?.clone();
        self.at += 1;
        Some(token)
    }

    /// `a OR b`. `None` where there was nothing to search for.
    fn any(&mut self) -> Result<Option<Node>, Fault> {
        let mut nodes: Vec<Node> = self.all()?.into_iter().collect();
        let mut before = self.at > 0 && !self.last_is_open();
        while let Some(or) = self.take(&Kind::Or) {
            let from = self.at;
            nodes.extend(self.all()?);
            if !before || self.at == from {
                return Err(Fault::new(
                    or.at,
                    "“或”（OR）的一边没有内容",
                    "请在两边各写一个词，例如 保洁 OR 保安；如要查找这个字本身，请加引号",
                ));
            }
            before = true;
        }
        Ok(one_or(nodes, Node::Any))
    }

    fn last_is_open(&self) -> bool {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|t| t.kind == Kind::Open)
    }

    /// `a b`, `a AND b`.
    fn all(&mut self) -> Result<Option<Node>, Fault> {
        let mut nodes = Vec::new();
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Or | Kind::Close => break,
                Kind::And => self.at += 1,
                _ => nodes.extend(self.one()?),
            }
        }
        Ok(one_or(nodes, Node::All))
    }

    /// One part, perhaps denied.
    fn one(&mut self) -> Result<Option<Node>, Fault> {
        let mut denied = false;
        let mut last = None;
        while let Some(not) = self.take(&Kind::Not) {
            denied = !denied;
            last = Some(not.at);
        }
        let starts =
            self.peek().is_some_and(|token| !matches!(token.kind, Kind::Or | Kind::And | Kind::Close));
        if let Some(at) = last.filter(|_| !starts) {
            return Err(Fault::new(
                at,
                "“非”（NOT、-）后面没有内容",
                "请在后面写出要排除的词，例如 物业 -停车；如要查找这个字本身，请加引号",
            ));
        }
        let node = self.primary()?;
        Ok(node.map(|node| if denied { Node::Not(Box::new(node)) } else { node }))
    }

    fn primary(&mut self) -> Result<Option<Node>, Fault> {
        let Some(token) = self.peek().cloned() else { return Ok(None) };
        self.at += 1;
        Ok(match &token.kind {
            Kind::Open => self.group(token)?,
            Kind::Name(_) if self.opens_at(token.at.end) => {
                let open = self.take(&Kind::Open).unwrap_or_else(|| token.clone());
                let group = self.group(open)?;
                group.map(|group| filter::over(&token, group)).transpose()?
            }
            Kind::Name(_) => {
                let filter = filter::filter(&token, self.peek())?;
                self.at += 1;
                Some(Node::Filter(filter))
            }
            Kind::Words(text) => has_text(text).then(|| match fuzzy_word(text) {
                Some(word) => Node::Fuzzy(word.to_owned()),
                None => Node::Words(text.clone()),
            }),
            Kind::Phrase(text) => has_text(text).then(|| Node::Phrase(text.clone())),
            Kind::Near(text, slop) => {
                let parts: Vec<String> =
                    text.split_whitespace().filter(|part| has_text(part)).map(str::to_owned).collect();
                (!parts.is_empty()).then_some(Node::Near { parts, slop: *slop })
            }
            Kind::And | Kind::Or | Kind::Not | Kind::Close => None,
        })
    }

    /// Does a bracket open at once behind a name?
    fn opens_at(&self, at: usize) -> bool {
        self.peek().is_some_and(|next| next.kind == Kind::Open && next.at.start == at)
    }

    fn group(&mut self, open: Token) -> Result<Option<Node>, Fault> {
        if self.depth == DEEPEST {
            return Err(Fault::new(open.at, format!("括号超过 {DEEPEST} 层"), "请简化检索式"));
        }
        self.depth += 1;
        let node = self.any()?;
        self.depth -= 1;
        match self.take(&Kind::Close) {
            Some(_) => Ok(node),
            None => Err(Fault::new(open.at, "括号没有配对", "请补上右括号，或去掉这个左括号")),
        }
    }
}

fn one_or(mut nodes: Vec<Node>, many: impl Fn(Vec<Node>) -> Node) -> Option<Node> {
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(many(nodes)),
    }
}

/// Punctuation alone is nothing to search for.
fn has_text(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
