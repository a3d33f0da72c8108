//! Check digits of codes: GB 32100-2015 统一社会信用代码, GB 11643-1999 公民身份号码.

/// Characters of a unified social credit code: digits and capitals without I, O, S, V, Z (GB 32100, 4.2).
const USCC_ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Weights of its first 17 characters (GB 32100, 4.3.2): powers of 3 modulo 31.
const USCC_WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// Weights of an identity number's first 17 digits (GB 11643, 4.2.4).
const ID_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Check characters of an identity number by the remainder of 11.
const ID_CHECKS: &[u8; 11] = b"10X98765432";

/// Does the check character of a unified social credit code hold? Small letters count as capitals.
pub fn uscc_is_valid(code: &str) -> bool {
    let code = code.to_ascii_uppercase();
    let Some((check, body)) = code.as_bytes().split_last() else { return false };
    code.len() == 18 && uscc_check(body).is_some_and(|expected| expected == *check)
}

/// The check character for the first 17 characters of a unified social credit code.
pub fn uscc_check(body: &[u8]) -> Option<u8> {
    if body.len() != USCC_WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (byte, weight) in body.iter().zip(USCC_WEIGHTS) {
        sum += u32::try_from(USCC_ALPHABET.iter().position(|a| a == byte)?).ok()? * weight;
    }
    USCC_ALPHABET.get(((31 - sum % 31) % 31) as usize).copied()
}

/// Does the check character of an identity number hold? Masked numbers do not.
pub fn id_is_valid(number: &str) -> bool {
    let number = number.to_ascii_uppercase();
    let Some((check, body)) = number.as_bytes().split_last() else { return false };
    number.len() == 18 && id_check(body).is_some_and(|expected| expected == *check)
}

/// The check character for the first 17 digits of an identity number.
pub fn id_check(body: &[u8]) -> Option<u8> {
    if body.len() != ID_WEIGHTS.len() || !body.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum: u32 = body.iter().zip(ID_WEIGHTS).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    ID_CHECKS.get((sum % 11) as usize).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_with_its_check_is_valid(body in "[0-9ABCDEFGHJKLMNPQRTUWXY]{17}", digits in "[0-9]{17}") {
            let check = uscc_check(body.as_bytes()).expect("of the alphabet") as char;
            let code = format!("{body}{check}");
            prop_assert!(uscc_is_valid(&code));
            let check = id_check(digits.as_bytes()).expect("digits") as char;
            let number = format!("{digits}{check}");
            prop_assert!(id_is_valid(&number));
        }

        #[test]
        fn one_wrong_character_is_noticed(body in "[0-9ABCDEFGHJKLMNPQRTUWXY]{17}", at in 0usize..17) {
            let check = uscc_check(body.as_bytes()).expect("of the alphabet") as char;
            let mut wrong = body.clone().into_bytes();
            wrong[at] = if wrong[at] == b'7' { b'8' } else { b'7' };
            let wrong = String::from_utf8(wrong).expect("ascii");
            let text = format!("{wrong}{check}");
            prop_assert!(!uscc_is_valid(&text));
        }
    }
}
