//! Definitions that a person got wrong are refused with the place.

use super::super::*;
use super::SMALL;

/// A definition with these entries in one section, and the complaint about it.
fn complaint(section: &str) -> String {
    let text = format!("{SMALL}[[section]]\nheading = \"丙\"\n{section}");
    let dictionaries = Dictionaries::embedded().with_file("forms/a.toml", &text);
    let complaint = Forms::new(&dictionaries).map(drop).expect_err(section).to_string();
    assert!(complaint.contains("forms/a.toml"), "{complaint}");
    complaint
}

const HEAD: &str = "[[section.entry]]\nlabel = \"丁\"\nrequired = true\n";

#[test]
fn a_definition_that_cannot_be_used_is_refused_by_file_and_entry() {
    let cases = [
        (format!("{HEAD}key = \"k\"\nsource = \"titel\""), "k：没有名为“titel”的 source"),
        (format!("{HEAD}key = \"k\"\nsource = \"party-name\""), "只用于 each"),
        (format!("each = \"party\"\n{HEAD}key = \"k\"\nsource = \"title\""), "不能用于 each"),
        (format!("{HEAD}key = \"k\""), "k：source 与 by"),
        (format!("{HEAD}key = \"k\"\nsource = \"title\"\nby = \"person\""), "k：source 与 by"),
        (
            format!("{HEAD}key = \"k\"\nby = \"person\"\n{HEAD}key = \"k\"\nby = \"person\""),
            "k：此 key 已用过",
        ),
        (format!("{HEAD}key = \"k\"\nby = \"person\"\nlable = \"x\""), "lable"),
    ];
    for (section, expected) in cases {
        assert!(complaint(&section).contains(expected), "{}", complaint(&section));
    }
}

#[test]
fn one_name_is_one_form() {
    let again = include_str!("../../../dictionaries/forms/filing.toml");
    let dictionaries = Dictionaries::embedded().with_file("forms/other.toml", again);
    assert!(Forms::new(&dictionaries).expect_err("twice").to_string().contains("filing"));
}

#[test]
fn a_lawyer_finds_every_source_in_the_head_of_the_form() {
    let head: String = include_str!("../../../dictionaries/forms/filing.toml")
        .lines()
        .take_while(|line| line.starts_with('#'))
        .flat_map(|line| [line, "\n"])
        .collect();
    let told: Vec<_> = head.split([' ', '\n', '：']).collect();
    let names =
        source::CONTRACT.iter().map(|(name, ..)| name).chain(source::PARTY.iter().map(|(name, ..)| name));
    for name in names {
        assert!(told.contains(name), "{name}");
    }
}
