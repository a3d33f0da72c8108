//! Numbers with a check digit: credit codes of organisations, identity numbers of persons.

use crate::seed::Random;

/// The characters of a credit code and their values (GB 32100-2015: no I, O, S, V, Z).
const CODE: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Whether a unified social credit code (统一社会信用代码, GB 32100-2015) has the right check digit.
pub(crate) fn is_credit_code(code: &str) -> bool {
    code.len() == 18
        && code
            .split_at_checked(17)
            .and_then(|(body, _)| credit_check(body))
            .is_some_and(|check| code.ends_with(check))
}

/// Another valid code of the same kind of body in the same place (the first eight characters).
pub(crate) fn other_credit_code(code: &str, random: &mut Random) -> Option<String> {
    let mut body = code.get(..8)?.to_owned();
    for _ in 0..9 {
        body.push(char::from(*random.pick(CODE)?));
    }
    body.push(credit_check(&body)?);
    Some(body)
}

fn credit_check(body: &str) -> Option<char> {
    let mut sum = 0;
    let mut weight = 1;
    for byte in body.bytes() {
        sum += CODE.iter().position(|&c| c == byte)? * weight;
        weight = weight * 3 % 31;
    }
    CODE.get((31 - sum % 31) % 31).map(|&c| char::from(c))
}

/// Whether an identity number (GB 11643-1999) has the right check digit.
pub(crate) fn is_identity_number(number: &str) -> bool {
    number.len() == 18
        && number
            .split_at_checked(17)
            .and_then(|(body, _)| identity_check(body))
            .is_some_and(|check| number.ends_with(check))
}

/// Another valid number from the same place and of the same birthday (the first 14 digits).
pub(crate) fn other_identity_number(number: &str, random: &mut Random) -> Option<String> {
    let body = format!("{}{:03}", number.get(..14)?, random.below(999) + 1);
    let check = identity_check(&body)?;
    Some(format!("{body}{check}"))
}

/// ISO 7064 MOD 11-2.
fn identity_check(body: &str) -> Option<char> {
    let sum = body.chars().try_fold(0, |sum, c| Some((sum + c.to_digit(10)?) * 2 % 11))?;
    match (12 - sum) % 11 {
        10 => Some('X'),
        check => char::from_digit(check, 10),
    }
}

/// A contract's number with other digits. A year in it moves by `years`.
pub(crate) fn other_number(number: &str, years: i32, random: &mut Random) -> String {
    let mut text = String::with_capacity(number.len());
    let mut rest = number;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        text.push_str(&rest[..start]);
        let tail = &rest[start..];
        let (digits, after) = tail.split_at(tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len()));
        match digits.parse::<i32>() {
            Ok(year @ 1990..=2060) => text.push_str(&(year + years).to_string()),
            _ => text.extend(digits.chars().map(|_| char::from(b'0' + random.below(10) as u8))),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        // The examples of the standards.
        assert!(is_credit_code("91350100M000100Y43"));
        assert!(is_identity_number("11010519491231002X"));
        assert!(!is_credit_code("91350100M000100Y44"));
        assert!(!is_identity_number("110105194912310021"));
        assert!(!is_credit_code("代码代码代码"));
    }

    #[test]
    fn other_codes_are_valid() {
        let mut random = Random::new(1, 1);
        for _ in 0..50 {
            assert!(is_credit_code(&other_credit_code("91440300MA5HC3T77F", &mut random).unwrap()));
            let number = other_identity_number("440303198001010011", &mut random).unwrap();
            assert!(is_identity_number(&number));
        }
        let number = other_number("罗统委字2025-07", -1, &mut random);
        assert!(number.starts_with("罗统委字2024-") && number.len() == "罗统委字2025-07".len());
    }
}
