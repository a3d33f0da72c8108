//! Messages with `{placeholders}`.

/// A message, parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Words(String),
    Slot(String),
}

impl Template {
    /// Parses a message; `Err` tells of a brace that is not closed or an empty placeholder.
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = source;
        while let Some((words, tail)) = rest.split_once('{') {
            let (slot, tail) = tail.split_once('}').ok_or_else(|| format!("花括号未闭合：{source}"))?;
            if slot.is_empty() || slot.contains('{') {
                return Err(format!("占位符有误：{source}"));
            }
            parts.extend([Part::Words(words.to_owned()), Part::Slot(slot.to_owned())]);
            rest = tail;
        }
        parts.push(Part::Words(rest.to_owned()));
        Ok(Self(parts))
    }

    /// The placeholders that it names.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Slot(slot) => Some(slot.as_str()),
            Part::Words(_) => None,
        })
    }

    /// The message with its placeholders filled. An empty citation leaves no empty brackets behind.
    pub fn render(&self, fill: impl Fn(&str) -> String) -> String {
        let filled: String = self
            .0
            .iter()
            .map(|part| match part {
                Part::Words(words) => words.clone(),
                Part::Slot(slot) => fill(slot),
            })
            .collect();
        filled.replace("（）", "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled() {
        let template = Template::parse("{clause}期限{term}（{basis}）。").expect("well-formed");
        assert_eq!(template.slots().collect::<Vec<_>>(), ["clause", "term", "basis"]);
        let filled = template.render(|slot| if slot == "basis" { String::new() } else { slot.to_owned() });
        assert_eq!(filled, "clause期限term。");
    }

    #[test]
    fn a_broken_message_is_refused() {
        for source in ["{", "{a", "{}", "{a{b}}"] {
            assert!(Template::parse(source).is_err(), "{source}");
        }
    }
}
