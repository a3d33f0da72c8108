//! What is due of contracts in their several states.

use jiff::civil::{Date, date};

use super::*;
use crate::dictionaries::Dictionaries;
use crate::duties::Amendment;
use crate::duties::node::END;
use crate::duties::sample;
use crate::model::case::{Case, FilingState, LinkKind, Particulars};
use crate::model::fields::Direction;
use crate::model::node::{MarkKind, NodeMark};
use crate::model::record::{Kind, Stage};

fn deadlines() -> Deadlines {
    Deadlines::new(&Dictionaries::embedded()).expect("well-formed dictionaries")
}

fn agenda(case: &Case, particulars: &Particulars, marks: &[NodeMark], as_of: Date) -> Agenda {
    let (deadlines, window) = (deadlines(), Window::new(as_of, 30));
    let contract = Contract { case, particulars, marks, amendments: &[], incidents: &[] };
    let (items, untold) = deadlines.due(contract, window);
    Agenda::new(&deadlines, window, 1, items, untold)
}

/// `date what` of each item.
fn told(agenda: &Agenda) -> Vec<String> {
    agenda.items.iter().map(|due| format!("{} {}", due.deadline.date, due.what)).collect()
}

#[test]
fn a_signed_contract_is_to_be_filed_until_it_is() {
    let (mut case, contract) = (sample::case(), sample::contract());
    let day = date(2023, 5, 10);
    assert_eq!(told(&agenda(&case, &contract, &[], day)), ["2023-05-04 备案登记"]);
    case.registered = Some(date(2023, 5, 4));
    assert_eq!(told(&agenda(&case, &contract, &[], day)), ["2023-05-10 提交纸质原件"]);
    case.paper_received = Some(date(2023, 5, 9));
    assert_eq!(told(&agenda(&case, &contract, &[], day)), Vec::<String>::new());
}

#[test]
fn what_is_exempt_is_not_to_be_filed() {
    let (case, mut contract) = (sample::case(), sample::contract());
    contract.classifications = vec!["luohu-2018/filing-exempt".to_owned()];
    assert_eq!(told(&agenda(&case, &contract, &[], date(2023, 5, 10))), Vec::<String>::new());
    // The rule judged by the price that was read.
    contract.price_corrected = true;
    let agenda = agenda(&case, &contract, &[], date(2023, 5, 10));
    let filing = &agenda.items[0].deadline;
    assert_eq!(filing.kind, DeadlineKind::Filing);
    assert!(filing.assumption.as_deref().is_some_and(|told| told.contains("是否仍可不备案")));
}

#[test]
fn drafts_owe_nothing_and_a_missing_day_is_said() {
    let (mut case, mut contract) = (sample::case(), sample::contract());
    contract.sign_date = None;
    let untold = agenda(&case, &contract, &[], date(2023, 5, 10)).untold;
    assert_eq!(untold.iter().map(|u| u.why.as_str()).collect::<Vec<_>>(), ["未读到签订日期，无法推算期限"]);
    case.state = FilingState::Draft;
    let draft = agenda(&case, &contract, &[], date(2023, 5, 10));
    assert_eq!((draft.items.len(), draft.untold.len()), (0, 0));
}

#[test]
fn a_day_of_signing_speaks_for_a_signature_that_is_not_seen() {
    let (mut case, mut contract) = (sample::case(), sample::contract());
    (case.state, contract.stage) = (FilingState::Draft, Stage::Unknown);
    let due = agenda(&case, &contract, &[], date(2023, 5, 10));
    assert!(due.items[0].deadline.assumption.as_deref().expect("said").contains("看不出是否已签署"));
    case.state_set = true;
    assert_eq!(agenda(&case, &contract, &[], date(2023, 5, 10)).items.len(), 0);
}

#[test]
fn a_node_is_due_until_it_is_done_and_then_to_be_reported() {
    let (mut case, mut contract) = (sample::case(), sample::contract());
    case.registered = Some(date(2023, 5, 4));
    case.paper_received = case.registered;
    contract.payments = vec![sample::instalment("30", "合同签订后", "P30D")];
    let day = date(2023, 5, 20);
    let first = agenda(&case, &contract, &[], day);
    assert_eq!(told(&first), ["2023-05-18 30%：合同签订后30日内"]);
    assert_eq!((first.overdue(), first.items[0].days_left), (1, -2));
    let key = first.items[0].node.clone().expect("a node");
    let done = sample::mark(&key, MarkKind::Done, date(2023, 5, 19));
    let second = agenda(&case, &contract, std::slice::from_ref(&done), day);
    assert_eq!(told(&second), ["2023-05-24 节点填报：30%：合同签订后30日内"]);
    let reported = sample::mark(&key, MarkKind::Reported, date(2023, 5, 22));
    assert_eq!(agenda(&case, &contract, &[done, reported], day).items.len(), 0);
}

#[test]
fn missed_days_that_come_round_stand_as_one() {
    let (mut case, mut contract) = (sample::case(), sample::contract());
    case.registered = Some(date(2023, 5, 4));
    case.paper_received = case.registered;
    contract.direction = Some(Direction::Receives);
    contract.term = sample::term(Some(date(2023, 5, 1)), Some(date(2024, 12, 31)));
    let mut rent = sample::instalment("", "", "");
    (rent.payment.every, rent.quote) = (Some("月".to_owned()), "每月5日前缴纳租金".to_owned());
    contract.payments = vec![rent];
    let day = date(2023, 8, 10);
    let first = agenda(&case, &contract, &[], day);
    assert_eq!(told(&first), ["2023-05-05 按月", "2023-09-05 按月"]);
    assert!(first.items[0].deadline.arithmetic.ends_with("其后至今另有3期未记完成"));
    let key = first.items[0].node.clone().expect("a node");
    assert!(key.ends_with("@2023-05-05"));
    let marks = [
        sample::mark(&key, MarkKind::Done, date(2023, 5, 4)),
        sample::mark(&key, MarkKind::Reported, date(2023, 5, 5)),
    ];
    assert_eq!(told(&agenda(&case, &contract, &marks, day)), ["2023-06-05 按月", "2023-09-05 按月"]);
}

#[test]
fn renewal_comes_up_half_a_year_ahead_and_the_end_on_its_day() {
    let (mut case, contract) = (sample::case(), sample::contract());
    case.registered = Some(date(2023, 5, 4));
    case.paper_received = case.registered;
    assert_eq!(told(&agenda(&case, &contract, &[], date(2024, 6, 3))), ["2024-06-30 提出续签（如需）"]);
    assert_eq!(
        told(&agenda(&case, &contract, &[], date(2024, 12, 10))),
        ["2024-06-30 提出续签（如需）", "2024-12-31 期限届满：全部履行完毕"]
    );
    let done = sample::mark(END, MarkKind::Done, date(2024, 12, 20));
    assert_eq!(
        told(&agenda(&case, &contract, &[done], date(2024, 12, 22))),
        ["2024-12-25 节点填报：期限届满：全部履行完毕"]
    );
}

#[test]
fn the_limitation_comes_up_three_months_before_its_end_and_goes_with_it() {
    let (mut case, contract) = (sample::case(), sample::contract());
    case.registered = Some(date(2023, 5, 4));
    case.paper_received = case.registered;
    let comes = |day| told(&agenda(&case, &contract, &[], day)).len() > 1;
    assert!(!comes(date(2027, 8, 1)));
    assert!(comes(date(2027, 9, 10)));
    assert!(!comes(date(2028, 1, 1)));
    case.state = FilingState::Ended;
    assert_eq!(agenda(&case, &contract, &[], date(2027, 9, 10)).items.len(), 0);
}

/// What is due of a contract with one agreement that hangs on it.
fn amended(contract: &Particulars, kind: LinkKind, agreement: &Particulars, as_of: Date) -> Agenda {
    let (deadlines, window, mut case) = (deadlines(), Window::new(as_of, 30), sample::case());
    case.registered = Some(date(2023, 5, 4));
    case.paper_received = case.registered;
    let amendments = [Amendment { kind, record: "cdcdcdcdcd", particulars: agreement }];
    let contract =
        Contract { case: &case, particulars: contract, marks: &[], amendments: &amendments, incidents: &[] };
    let (items, untold) = deadlines.due(contract, window);
    Agenda::new(&deadlines, window, 1, items, untold)
}

/// A supplement of 2024-06-01 with a price and a last day.
fn supplement() -> Particulars {
    Particulars {
        kind: Kind::Supplement,
        title: Some("急救设备采购合同补充协议".to_owned()),
        sign_date: Some(date(2024, 6, 1)),
        amount: Some(sample::total("100000.00")),
        term: sample::term(None, Some(date(2025, 12, 31))),
        ..sample::contract()
    }
}

#[test]
fn a_supplement_moves_the_last_day_and_both_sources_are_told() {
    let contract = sample::contract();
    let before = amended(&contract, LinkKind::Supplement, &supplement(), date(2024, 12, 10));
    assert_eq!(told(&before), Vec::<String>::new());
    let due = amended(&contract, LinkKind::Supplement, &supplement(), date(2025, 12, 10));
    assert_eq!(told(&due)[1], "2025-12-31 期限届满：全部履行完毕");
    let deadline = &due.items[1].deadline;
    assert_eq!(
        deadline.arithmetic,
        "主合同届满日：2024-12-31 合同载明；《急救设备采购合同补充协议》（2024-06-01签订，记录cdcdcdcd）载明届满日 2025-12-31"
    );
    assert!(deadline.assumption.as_deref().expect("said").contains("请核对"));
    assert!(due.items[0].deadline.arithmetic.ends_with("2025-12-31 期限届满 - 6个月 = 2025-06-30"));
    let draft = Particulars { stage: Stage::Draft, ..supplement() };
    let undisturbed = amended(&contract, LinkKind::Supplement, &draft, date(2024, 12, 10));
    assert_eq!(told(&undisturbed).len(), 2);
}

#[test]
fn a_price_that_a_supplement_states_unsettles_shares_of_the_old_one() {
    let mut contract = sample::contract();
    contract.payments = vec![sample::instalment("30", "合同签订后", "P30D")];
    let due = amended(&contract, LinkKind::Supplement, &supplement(), date(2024, 6, 10));
    assert_eq!(due.items[0].amount, None);
    let said = due.items[0].deadline.assumption.as_deref().expect("said");
    assert!(said.contains("本期为266580.00元") && said.contains("总价，本期为30000.00元"), "{said}");
    assert!(said.contains("增加额，本期为296580.00元"), "{said}");
}

#[test]
fn a_termination_ends_the_term_on_its_day() {
    let ending = Particulars { title: Some("终止协议".to_owned()), ..supplement() };
    let due = amended(&sample::contract(), LinkKind::Termination, &ending, date(2024, 5, 20));
    assert_eq!(told(&due).last().map(String::as_str), Some("2024-06-01 期限届满：全部履行完毕"));
    let undated = Particulars { sign_date: None, ..ending };
    let due = amended(&sample::contract(), LinkKind::Termination, &undated, date(2024, 12, 10));
    let said = due.items[1].deadline.assumption.as_deref().expect("said");
    assert!(said.contains("未读到终止日期"), "{said}");
}

fn sample_agenda() -> Agenda {
    let (mut case, mut contract) = (sample::case(), sample::contract());
    case.filing_number = Some("罗教合〔2026〕0007号".to_owned());
    case.registered = Some(date(2026, 12, 18));
    contract.sign_date = Some(date(2026, 12, 10));
    contract.payments = vec![sample::instalment("30", "合同签订后", "P10WD")];
    contract.term = sample::term(Some(date(2026, 12, 10)), Some(date(2027, 7, 10)));
    agenda(&case, &contract, &[], date(2026, 12, 22))
}

#[test]
fn an_agenda_as_people_read_it() {
    insta::assert_snapshot!(sample_agenda().to_text(10));
}

#[test]
fn an_agenda_as_calendars_read_it() {
    let ics = sample_agenda().to_ics("a1b2c3d4e5f6");
    insta::assert_snapshot!(ics.replace("\r\n", "\n"));
    assert!(ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
}

#[test]
fn an_agenda_as_a_workbook_reads_back() {
    let agenda = sample_agenda();
    let made = date(2026, 12, 20).at(8, 0, 0, 0);
    let bytes = agenda.to_xlsx(made).expect("made");
    assert_eq!(bytes, agenda.to_xlsx(made).expect("made"));
    let sheets = crate::office::read_workbook(&bytes).expect("read");
    let row = sheets[0].find_headings(&["到期日", "事项", "推算"]).expect("headings");
    let cell = |row, column| sheets[0].content(row, column).typed().unwrap_or_default();
    assert_eq!(cell(row + 1, 0), agenda.items[0].deadline.date.to_string());
    assert_eq!(cell(row + 1, 2), agenda.items[0].what);
}
