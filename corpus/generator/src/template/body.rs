//! The text of a template: source markup (see [`crate::source`]) with slots, alternatives and branches.
//!
//! | markup                          | meaning                                                       |
//! |---------------------------------|---------------------------------------------------------------|
//! | `{{slot}}`, `{{slot.part}}`     | a slot, or a part of an organisation, in any manner           |
//! | `{{slot\|manner}}`              | in a manner: `fig`, `caps`, `wan`, `iso`, `han` …             |
//! | `{{~word}}`                     | a label in one of its spellings ([`super::label`])            |
//! | `[[a\|\|b\|\|c]]`               | one of these, by chance; may hold slots and further ones      |
//! | `%if slot=word` `%else` `%end`  | lines that stand only if the slot holds the word              |

/// A piece of a template's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// As it stands.
    Text(String),
    /// A slot in a manner.
    Slot {
        /// Its name.
        name: String,
        /// The part of an organisation; empty for other slots.
        part: String,
        /// The manner; empty for any.
        manner: String,
    },
    /// A label, by its key.
    Label(String),
    /// Alternatives.
    Choice(Vec<Vec<Node>>),
    /// A branch.
    If {
        /// The slot that decides.
        slot: String,
        /// What it has to hold.
        word: String,
        /// What stands then.
        then: Vec<Node>,
        /// What stands else.
        otherwise: Vec<Node>,
    },
}

/// Reads the text of a template.
pub(super) fn parse(text: &str) -> Result<Vec<Node>, String> {
    let mut lines = text.lines();
    let (nodes, end) = block(&mut lines)?;
    match end {
        None => Ok(nodes),
        Some(line) => Err(format!("{line} without %if")),
    }
}

/// Lines up to the end or to the `%else` or `%end` that closes them, which is handed back.
fn block<'t>(lines: &mut std::str::Lines<'t>) -> Result<(Vec<Node>, Option<&'t str>), String> {
    let mut nodes = Vec::new();
    while let Some(line) = lines.next() {
        if line == "%else" || line == "%end" {
            return Ok((nodes, Some(line)));
        }
        match line.strip_prefix("%if ") {
            Some(condition) => nodes.push(branch(condition, lines)?),
            None => {
                nodes.extend(inline(line)?);
                nodes.push(Node::Text("\n".to_owned()));
            }
        }
    }
    Ok((nodes, None))
}

fn branch(condition: &str, lines: &mut std::str::Lines<'_>) -> Result<Node, String> {
    let (slot, word) = condition.split_once('=').ok_or_else(|| format!("%if {condition}"))?;
    let (then, mut end) = block(lines)?;
    let mut otherwise = Vec::new();
    if end == Some("%else") {
        (otherwise, end) = block(lines)?;
    }
    match end {
        Some("%end") => Ok(Node::If { slot: slot.to_owned(), word: word.to_owned(), then, otherwise }),
        _ => Err(format!("%if {condition} without %end")),
    }
}

/// Reads one line, or a string of the truth.
pub(super) fn inline(line: &str) -> Result<Vec<Node>, String> {
    let mut rest = line;
    let nodes = sequence(&mut rest, false)?;
    if rest.is_empty() { Ok(nodes) } else { Err(format!("brackets do not match: {line}")) }
}

/// Nodes up to the end, or within a choice up to `||` or `]]`, which stay.
fn sequence(rest: &mut &str, within: bool) -> Result<Vec<Node>, String> {
    let mut nodes = Vec::new();
    loop {
        let marks: &[&str] = if within { &["{{", "[[", "||", "]]"] } else { &["{{", "[["] };
        let at = marks.iter().filter_map(|mark| rest.find(mark)).min().unwrap_or(rest.len());
        let (text, tail) = rest.split_at(at);
        if !text.is_empty() {
            nodes.push(Node::Text(text.to_owned()));
        }
        *rest = tail;
        if let Some(tail) = rest.strip_prefix("{{") {
            let (inner, tail) = tail.split_once("}}").ok_or_else(|| format!("no }}}} behind {tail}"))?;
            nodes.push(slot(inner));
            *rest = tail;
        } else if let Some(tail) = rest.strip_prefix("[[") {
            *rest = tail;
            nodes.push(choice(rest)?);
        } else {
            return Ok(nodes);
        }
    }
}

fn choice(rest: &mut &str) -> Result<Node, String> {
    let mut ways = Vec::new();
    loop {
        ways.push(sequence(rest, true)?);
        if let Some(tail) = rest.strip_prefix("||") {
            *rest = tail;
        } else if let Some(tail) = rest.strip_prefix("]]") {
            *rest = tail;
            return Ok(Node::Choice(ways));
        } else {
            return Err("[[ without ]]".to_owned());
        }
    }
}

fn slot(inner: &str) -> Node {
    if let Some(label) = inner.strip_prefix('~') {
        return Node::Label(label.to_owned());
    }
    let (path, manner) = inner.split_once('|').unwrap_or((inner, ""));
    let (name, part) = path.split_once('.').unwrap_or((path, ""));
    Node::Slot { name: name.to_owned(), part: part.to_owned(), manner: manner.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_choices_and_branches() {
        let nodes =
            parse("甲方：{{g.name}}[[（{{a|fig}}||[[x||y]]）]]\n%if v=有\n是\n%else\n否\n%end").unwrap();
        assert_eq!(nodes.len(), 5);
        assert!(matches!(&nodes[1], Node::Slot { name, part, .. } if name == "g" && part == "name"));
        assert!(matches!(&nodes[2], Node::Choice(ways) if ways.len() == 2));
        assert!(
            matches!(&nodes[4], Node::If { then, otherwise, .. } if then.len() == 2 && otherwise.len() == 2)
        );
    }

    #[test]
    fn what_does_not_close_is_refused() {
        for wrong in ["{{a", "[[a||b", "%if a=b\nc", "%end", "%if a\n%end"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn columns_are_no_choice() {
        assert_eq!(inline("<< 甲方 || 乙方 >>"), Ok(vec![Node::Text("<< 甲方 || 乙方 >>".to_owned())]));
    }
}
