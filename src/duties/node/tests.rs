//! Nodes out of what contracts say.

use jiff::civil::{Date, date};

use super::*;
use crate::dictionaries::Dictionaries;
use crate::duties::sample;
use crate::model::fields::Term;

fn deadlines() -> Deadlines {
    Deadlines::new(&Dictionaries::embedded()).expect("well-formed dictionaries")
}

fn told(when: &When) -> String {
    match when {
        When::On(planned) => planned.arithmetic.clone(),
        When::Recurs(days) => days.iter().map(Date::to_string).collect::<Vec<_>>().join(" "),
        When::Awaits(event) => format!("待 {event}"),
        When::Untold(why) => format!("？ {why}"),
    }
}

fn payment(trigger: &str, due: &str) -> String {
    let mut contract = sample::contract();
    contract.payments = vec![sample::instalment("30", trigger, due)];
    told(&deadlines().nodes(&contract, &[])[0].when)
}

#[test]
fn an_event_that_is_a_day_of_the_contract_is_reckoned() {
    assert_eq!(
        payment("本合同生效后", "P10WD"),
        "2023-04-18 生效 + 10个工作日（跳过周末1天、劳动节5天，计入调休上班日2023-04-23） = 2023-05-04"
    );
    for trigger in ["合同签订后", "自本合同签订之日起", "合同经双方签字盖章之日", "协议书签署后"]
    {
        assert_eq!(payment(trigger, "P30D"), "2023-04-18 签订 + 30日 = 2023-05-18", "{trigger}");
    }
    assert_eq!(payment("合同签订生效后", "P7D"), "2023-04-18 生效 + 7日 = 2023-04-25");
    assert_eq!(payment("服务期满后", "P1M"), "2024-12-31 期限届满 + 1个月 = 2025-01-31");
}

#[test]
fn an_event_that_says_more_waits_for_a_person() {
    for trigger in [
        "本合同生效且乙方提交履约担保后",
        "终验合格后",
        "合同签订后收到发票",
        "质保期满后",
        "服务期满且履约评价合格后",
        "补充协议签订后",
    ] {
        assert_eq!(payment(trigger, "P15WD"), format!("待 {trigger}"));
    }
}

#[test]
fn a_term_of_payment_that_is_not_stated_is_not_guessed() {
    assert_eq!(payment("合同签订后", ""), "？ 2023-04-18 签订后支付，未约定期限");
    assert_eq!(payment("", ""), "？ 合同未写明支付时间");
}

#[test]
fn the_day_that_a_person_noted_is_reckoned_from() {
    let mut contract = sample::contract();
    contract.payments = vec![sample::instalment("65", "终验合格后", "P15WD")];
    let key = deadlines().nodes(&contract, &[])[0].key.clone();
    let marks = [sample::mark(&key, MarkKind::Occurred, date(2023, 9, 20))];
    let node = &deadlines().nodes(&contract, &marks)[0];
    assert_eq!(
        told(&node.when),
        "2023-09-20 条件成就（人工记录） + 15个工作日（跳过周末4天、中秋节、国庆节8天，计入调休上班日2023-10-07、2023-10-08） = 2023-10-17"
    );
}

#[test]
fn what_comes_round_has_its_days() {
    let mut contract = sample::contract();
    let mut rent = sample::instalment("", "", "");
    rent.payment.every = Some("月".to_owned());
    rent.quote = "乙方应于每月10日前将当月租金缴入".to_owned();
    contract.payments = vec![rent.clone()];
    contract.term = sample::term(Some(date(2024, 1, 1)), Some(date(2024, 3, 31)));
    assert_eq!(told(&deadlines().nodes(&contract, &[])[0].when), "2024-01-10 2024-02-10 2024-03-10");
    rent.quote = "服务费按月支付".to_owned();
    contract.payments = vec![rent];
    assert_eq!(told(&deadlines().nodes(&contract, &[])[0].when), "？ 按期支付，合同未写明日子");
}

#[test]
fn the_end_is_stated_or_reckoned() {
    let end = |start: Option<Date>, end: Option<Date>, duration: &str, text: &str| {
        let mut contract = sample::contract();
        let duration = duration.parse().ok();
        contract.term = Some(Term { start, end, duration, text: text.to_owned() });
        let nodes = deadlines().nodes(&contract, &[]);
        nodes.iter().find(|node| node.key == END).map(|node| told(&node.when))
    };
    assert_eq!(end(None, Some(date(2024, 12, 31)), "", "至").as_deref(), Some("2024-12-31 合同载明"));
    assert_eq!(
        end(Some(date(2022, 1, 1)), None, "P3Y", "自2022年1月1日起三年").as_deref(),
        Some("2022-01-01 期限起始 + 3年 = 2025-01-01，首日计入，末日为 2024-12-31")
    );
    assert_eq!(
        end(None, None, "P1Y", "自合同签订之日起一年").as_deref(),
        Some("2023-04-18 签订 + 1年 = 2024-04-18")
    );
    assert_eq!(end(None, None, "P1Y", "一年").as_deref(), Some("待 一年"));
    assert_eq!(end(None, None, "", "长期有效"), None);
}

#[test]
fn a_share_of_a_total_is_reckoned_and_says_so() {
    let mut contract = sample::contract();
    let mut stated = sample::instalment("65", "终验合格后", "");
    stated.payment.amount = Some(Decimal::new(57_759_000, 2));
    let mut up_to = sample::instalment("85", "竣工后", "");
    up_to.payment.cumulative = true;
    contract.payments = vec![sample::instalment("30", "生效后", ""), stated, up_to];
    let nodes = deadlines().nodes(&contract, &[]);
    let sums: Vec<_> = nodes
        .iter()
        .map(|node| node.sum.as_ref().map(|sum| (sum.amount.to_string(), sum.reckoned)))
        .collect();
    let expected = [Some(("266580.00".to_owned(), true)), Some(("577590.00".to_owned(), false)), None, None];
    assert_eq!(sums, expected);
}

#[test]
fn keys_stay_with_the_wording_and_tell_equal_instalments_apart() {
    let mut contract = sample::contract();
    let [one, two] = [sample::instalment("30", "验收合格后", "P5WD"), sample::instalment("40", "决算后", "")];
    contract.payments = vec![one.clone(), two.clone(), one.clone()];
    let keys = |contract: &Particulars| -> Vec<String> {
        deadlines().nodes(contract, &[]).into_iter().map(|node| node.key).collect()
    };
    let first = keys(&contract);
    assert_eq!(first[2], format!("{}-2", first[0]));
    assert_eq!(first[0].len(), 8);
    contract.payments = vec![two, one];
    let second = keys(&contract);
    assert_eq!((&second[0], &second[1]), (&first[1], &first[0]));
}
