//! Tokens → question. The usual order: NOT before AND before OR.

use super::error::{Fault, QueryError};
use super::lex::{Kind, Token, lex};
use super::{Node, filter};

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
            Kind::Name(_) => {
                let filter = filter::filter(&token, self.peek())?;
                self.at += 1;
                Some(Node::Filter(filter))
            }
            Kind::Words(text) => has_text(text).then(|| Node::Words(text.clone())),
            Kind::Phrase(text) => has_text(text).then(|| Node::Phrase(text.clone())),
            Kind::And | Kind::Or | Kind::Not | Kind::Close => None,
        })
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

#[cfg(test)]
mod tests {
    use super::super::{Exact, Filter, NumberField, Range, TextField};
    use super::*;

    fn words(text: &str) -> Node {
        Node::Words(text.to_owned())
    }

    fn not(node: Node) -> Node {
        Node::Not(Box::new(node))
    }

    fn ask(query: &str) -> Node {
        parse(query).expect(query)
    }

    #[test]
    fn words_operators_and_brackets() {
        assert_eq!(ask("物业 违约金"), Node::All(vec![words("物业"), words("违约金")]));
        assert_eq!(ask("物业 -停车"), Node::All(vec![words("物业"), not(words("停车"))]));
        assert_eq!(ask("物业 NOT 停车"), ask("物业 非 停车"));
        let either = Node::Any(vec![words("保洁"), words("保安")]);
        assert_eq!(ask("(保洁 OR 保安) 违约金"), Node::All(vec![either.clone(), words("违约金")]));
        assert_eq!(ask("保洁 或 保安"), either);
        assert_eq!(ask("（保洁 或 保安） 违约金"), ask("(保洁 OR 保安) 违约金"));
    }

    #[test]
    fn operator_words_inside_words_are_words() {
        assert_eq!(ask("非机动车"), words("非机动车"));
        assert_eq!(ask("HT-2024"), words("HT-2024"));
        assert_eq!(ask("上午9:30"), words("上午9:30"));
        assert_eq!(ask("“地址：深圳”"), Node::Phrase("地址：深圳".to_owned()));
    }

    #[test]
    fn quotation_marks_of_any_kind() {
        let phrase = Node::Phrase("不可抗力".to_owned());
        for query in ["\"不可抗力\"", "“不可抗力”", "“不可抗力“", "＂不可抗力＂", "「不可抗力」"]
        {
            assert_eq!(ask(query), phrase, "{query}");
        }
    }

    #[test]
    fn conditions_in_two_languages() {
        let million = Filter::Range(NumberField::Amount, Range { from: Some(100_000_001), to: None });
        assert_eq!(ask("amount:>1000000"), Node::Filter(million));
        assert_eq!(ask("金额：＞１００万"), ask("amount:>1000000"));
        let title = Filter::Text { field: TextField::Title, text: "物业".to_owned(), quoted: false };
        assert_eq!(ask("标题:物业"), Node::Filter(title));
        assert_eq!(ask("级别:违规"), Node::Filter(Filter::Exact(Exact::Severity, "violation".to_owned())));
        assert_eq!(ask("term_end:2025"), ask("到期:2025"));
    }

    #[test]
    fn a_wrong_question_is_shown_with_its_place() {
        for (query, start, part) in [
            ("物业 \"违约", 3, "引号"),
            ("(物业", 0, "括号"),
            ("物业)", 2, "右括号"),
            ("物业 OR", 3, "一边没有"),
            ("OR 物业", 0, "一边没有"),
            ("物业 NOT", 3, "没有内容"),
            ("owner:张三", 0, "没有名为"),
            ("金额:很多", 3, "不是可以比较"),
            ("金额: 5", 0, "没有值"),
            ("状态:好", 3, "不是可选"),
            ("签订:2025..2023", 3, "起点大于终点"),
            ("", 0, "没有可查的文字"),
            ("，。", 0, "没有可查的文字"),
            ("()", 0, "没有可查的文字"),
        ] {
            let error = parse(query).expect_err(query);
            assert_eq!(error.start, start, "{query}: {error}");
            assert!(error.message.contains(part), "{query}: {error}");
        }
    }

    #[test]
    fn what_is_no_condition_is_no_word_either() {
        for (query, nearest) in [
            ("类型:服务", "类别:"),
            ("合同类型：服务", "类别:"),
            ("期限:5年", "到期:"),
            ("部门:教育局", "路径:"),
            ("物业 乙方:周砚秋", "当事人:"),
            ("地址：深圳", "可用的条件"),
        ] {
            let error = parse(query).expect_err(query);
            assert!(error.message.contains("没有名为"), "{query}: {error}");
            assert!(error.suggestion.contains(nearest), "{query}: {error}");
            assert!(error.suggestion.contains("引号"), "{query}: {error}");
        }
    }

    #[test]
    fn the_caret_stands_under_the_place() {
        let error = parse("物业 金额:很多").expect_err("no amount");
        let shown = error.to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines.get(1..3), Some(["  物业 金额:很多", "            ^^^^"].as_slice()));
    }

    #[test]
    fn deep_brackets_are_refused() {
        let query = "(".repeat(40) + "物业";
        assert!(parse(&query).expect_err("too deep").message.contains("层"));
    }

    proptest::proptest! {
        #[test]
        fn nothing_typed_panics(query in "[\\PC()（）\"“”:：\\-非或 ]{0,40}") {
            if let Err(error) = parse(&query) {
                proptest::prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
