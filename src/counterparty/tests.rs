//! Names that are one party and names that are not; sums.

use jiff::civil::date;

use super::*;
use crate::dictionaries::Dictionaries;
use crate::duties::{Deadlines, sample};
use crate::model::case::PartyParticulars;
use crate::model::fields::{PartyKind, Side};
use crate::model::node::MarkKind;

const ONE: &str = "91440300MA5EXAMP3X";

fn party(name: &str, uscc: Option<&str>) -> PartyParticulars {
    PartyParticulars {
        role: "乙方".to_owned(),
        side: Side::Counterparty,
        kind: PartyKind::Organisation,
        name: Some(name.to_owned()),
        uscc: uscc.map(str::to_owned),
    }
}

/// A code whose check character holds, from its first 17 characters.
fn code(body: &str) -> String {
    let check = crate::model::code::uscc_check(body.as_bytes()).expect("a code");
    format!("{body}{}", char::from(check))
}

fn names(parties: &[PartyParticulars]) -> Names {
    let mut names = Names::default();
    parties.iter().for_each(|party| names.see(party));
    names
}

fn spelt(spellings: &[Spelling]) -> Vec<&str> {
    spellings.iter().map(|spelling| spelling.name.as_str()).collect()
}

#[test]
fn width_brackets_and_spaces_make_no_other_party() {
    let names = names(&[
        party("深圳市样例（集团）有限公司", None),
        party("深圳市样例(集团)有限公司", None),
        party("深圳市样例 （集团） 有限公司", None),
        party("深圳市样例有限公司", None),
    ]);
    let known = names.find("深圳市样例(集团)有限公司").expect("a party");
    assert_eq!(names.spellings(&known).len(), 3);
}

#[test]
fn names_that_are_alike_are_shown_and_not_merged() {
    let names = names(&[party("深圳市样例有限公司", None), party("深圳市样例有限责任公司", None)]);
    let known = names.find("深圳市样例有限公司").expect("a party");
    assert_eq!(spelt(&names.spellings(&known)), ["深圳市样例有限公司"]);
    assert_eq!(spelt(&names.similar(&known)), ["深圳市样例有限责任公司"]);
}

#[test]
fn a_valid_code_joins_a_former_name_and_a_misread_one_does_not() {
    let code = code("91440300MA5EXAMP3");
    assert_ne!(code, ONE);
    let names = names(&[
        party("深圳市样例有限公司", Some(&code)),
        party("深圳市旧名有限公司", Some(&code.to_ascii_lowercase())),
        party("深圳市误读有限公司", Some(ONE)),
    ]);
    let known = names.find("深圳市旧名有限公司").expect("a party");
    assert_eq!(spelt(&names.spellings(&known)), ["深圳市旧名有限公司", "深圳市样例有限公司"]);
    assert!(names.doubts(&known)[0].contains("曾用名"));
    assert_eq!(names.find(&code).ok(), Some(known));
    assert_eq!(names.find(ONE), Err(Vec::new()));
}

#[test]
fn a_part_of_a_name_finds_one_party_or_tells_those_that_fit() {
    let names = names(&[party("深圳市甲科技有限公司", None), party("深圳市乙科技有限公司", None)]);
    assert!(names.find("甲科技").is_ok());
    assert_eq!(names.find("科技").expect_err("two").len(), 2);
    assert_eq!(names.find("不存在"), Err(Vec::new()));
    assert_eq!(names.find(" "), Err(Vec::new()));
}

#[test]
fn paid_is_what_was_noted_and_open_is_the_rest() {
    let deadlines = Deadlines::new(&Dictionaries::embedded()).expect("dictionaries");
    let (case, mut contract) = (sample::case(), sample::contract());
    let mut stated = sample::instalment("30", "签订后", "");
    stated.payment.amount = Some(266_580.into());
    contract.payments = vec![stated, sample::instalment("70", "验收后", "")];
    let nodes = deadlines.nodes(&contract, &[]);
    let done = |index: usize| sample::mark(&nodes[index].key, MarkKind::Done, date(2023, 5, 1));
    let deal = |marks: &[_]| Deal::of(Subject { case: &case, particulars: &contract, marks }, &deadlines);
    let one = deal(&[done(0)]);
    assert_eq!((one.paid, one.open), (266_580.into(), Some(622_020.into())));
    // The second instalment states no sum, and nobody noted one.
    let both = deal(&[done(0), done(1)]);
    assert_eq!((both.unknown_payments, both.open), (1, None));
    let mut noted = done(1);
    noted.amount = Some(622_020.into());
    assert_eq!(deal(&[done(0), noted]).open, Some(0.into()));
}

#[test]
fn a_look_as_people_read_it() {
    let deadlines = Deadlines::new(&Dictionaries::embedded()).expect("dictionaries");
    let (case, contract) = (sample::case(), sample::contract());
    let names = names(&contract.parties);
    let known = names.find("样例科技").expect("a party");
    let mut deal = Deal::of(Subject { case: &case, particulars: &contract, marks: &[] }, &deadlines);
    deal.told = vec!["【风险】服务期七年，超过五年。".to_owned()];
    let mut supplement = deal.clone();
    (supplement.supplement, supplement.open) = (true, None);
    let look = Counterparty::new("样例科技", &names, &known, vec![deal, supplement], date(2024, 1, 1));
    insta::assert_snapshot!(look.to_text());
}
