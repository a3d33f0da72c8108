//! Where in a pack's file a mistake stands: by the keys that lead to it, since what is wrong with a rule shows only when its
//! parts are put together.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A mistake: what is wrong, and the keys that lead to it.
#[derive(Debug)]
pub struct Fault {
    path: Vec<String>,
    problem: String,
}

impl Fault {
    /// A mistake at `path`: keys, and numbers of items from 0.
    pub fn at(path: &[&str], problem: impl ToString) -> Self {
        Self { path: path.iter().map(|key| (*key).to_owned()).collect(), problem: problem.to_string() }
    }

    /// A mistake somewhere in the settings of a rule: the name of a key (`with.daily`, a name in back quotes) or an expression
    /// that does not compile tells where.
    pub fn in_settings(table: &toml::Table, problem: String, compiles: impl Fn(&str) -> bool) -> Self {
        let named = ["with.", "`"].iter().find_map(|mark| {
            let name = problem.split_once(mark)?.1;
            let end =
                name.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c)).unwrap_or(name.len());
            name.get(..end).filter(|name| !name.is_empty())
        });
        let mut path = vec!["with".to_owned()];
        match broken(&toml::Value::Table(table.clone()), &compiles) {
            Some(inner) => path.extend(inner),
            None => path.extend(named.into_iter().flat_map(|name| name.split('.')).map(str::to_owned)),
        }
        Self { path, problem }
    }

    /// The mistake with its place in the text: 第3行第8列（kind = "magic"）：….
    pub fn told(&self, text: &str) -> String {
        format!("{}{}", told(text, find(text, &self.path)), self.problem)
    }
}

/// The keys that lead to the first text in a table that is no expression.
fn broken(value: &toml::Value, compiles: &impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let within = |key: String, value: &toml::Value| {
        let inner = broken(value, compiles)?;
        Some(std::iter::once(key).chain(inner).collect())
    };
    match value {
        toml::Value::String(text) => (!compiles(text)).then(Vec::new),
        toml::Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| within(index.to_string(), item))
        }
        toml::Value::Table(table) => table.iter().find_map(|(key, value)| within(key.clone(), value)),
        _ => None,
    }
}

/// The byte at which the last key of a path that is there begins; an item of a list begins where it is written.
fn find(text: &str, path: &[String]) -> usize {
    let Ok(root) = DeTable::parse(text) else { return 0 };
    let mut at = 0;
    let mut table = Some(root.get_ref());
    let mut list: Option<&[Spanned<DeValue<'_>>]> = None;
    for key in path {
        let of_table = table.and_then(|table| table.iter().find(|(name, _)| name.get_ref() == key));
        let of_list = || list.and_then(|list| list.get(key.parse::<usize>().ok()?));
        let (start, value) = match (of_table, of_list()) {
            (Some((name, value)), _) => (name.span().start, value),
            (None, Some(value)) => (value.span().start, value),
            (None, None) => break,
        };
        at = start;
        table = value.get_ref().as_table();
        list = value.get_ref().as_array().map(|items| items.as_ref());
    }
    at
}

/// Line and column of a byte, both from 1.
pub fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

/// Line and column of a byte, and the line: 第3行第8列（kind = "magic"）：.
pub fn told(text: &str, byte: usize) -> String {
    const SHOWN: usize = 60;
    let (line, column) = line_and_column(text, byte);
    let shown: String = text.lines().nth(line - 1).unwrap_or_default().trim().chars().take(SHOWN).collect();
    format!("第{line}行第{column}列（{shown}）：")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "kind = 'computed'\nbasis = [\n    { article = 1 },\n    { article = 79 },\n]\n[with]\nwords = ['甲', '起诉(']\n";

    fn place(path: &[&str]) -> (usize, usize) {
        let path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
        line_and_column(TEXT, find(TEXT, &path))
    }

    #[test]
    fn keys_lead_to_a_place() {
        assert_eq!(place(&["kind"]), (1, 1));
        assert_eq!(place(&["basis", "1", "article"]), (4, 7));
        assert_eq!(place(&["with", "words", "1"]), (7, 15));
        assert_eq!(place(&["with", "nowhere"]), (6, 2));
    }

    #[test]
    fn settings_are_found_by_name_or_by_what_does_not_compile() {
        let table: toml::Table =
            toml::from_str("words = ['甲', '起诉(']\nplain = ['乙']").expect("well-formed");
        let fault = Fault::in_settings(&table, "表达式有误".to_owned(), |text| !text.ends_with('('));
        assert_eq!(fault.path, ["with", "words", "1"]);
        let fault = Fault::in_settings(&table, "with：unknown field `plain`, expected".to_owned(), |_| true);
        assert_eq!(fault.path, ["with", "plain"]);
        let fault = Fault::in_settings(&table, "缺少 with.daily".to_owned(), |_| true);
        assert_eq!(fault.path, ["with", "daily"]);
    }
}
