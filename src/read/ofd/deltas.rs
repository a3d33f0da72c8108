//! Steps between characters: `3.2 3.2 g 5 1.6` (GB/T 33190-2016, 11.3).

/// The first `count` steps of a DeltaX or DeltaY. `g n v` stands for `n` times `v`; no more is ever unfolded
/// than asked for, whatever `n` says. What is no number ends the list.
pub(super) fn unfold(text: &str, count: usize) -> Vec<f64> {
    let mut words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let mut steps = Vec::new();
    while steps.len() < count {
        let Some(word) = words.next() else { break };
        let (times, value) = if word.eq_ignore_ascii_case("g") {
            (words.next().and_then(times), words.next().and_then(step))
        } else {
            (Some(1), step(word))
        };
        let (Some(times), Some(value)) = (times, value) else { break };
        steps.extend(std::iter::repeat_n(value, times.min(count - steps.len())));
    }
    steps
}

fn times(word: &str) -> Option<usize> {
    // More than fits is as good as endless.
    word.bytes().all(|b| b.is_ascii_digit()).then(|| word.parse().unwrap_or(usize::MAX))
}

fn step(word: &str) -> Option<f64> {
    word.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::unfold;

    #[test]
    fn repeats_are_unfolded() {
        assert_eq!(unfold("1.5 g 3 2 4", 9), [1.5, 2.0, 2.0, 2.0, 4.0]);
        assert_eq!(unfold("g 2 1 g 2 -3", 9), [1.0, 1.0, -3.0, -3.0]);
    }

    #[test]
    fn no_more_than_asked_for() {
        assert_eq!(unfold("g 99999999999999999999999 1", 3), [1.0; 3]);
        assert_eq!(unfold("1 2 3", 2), [1.0, 2.0]);
        assert!(unfold("g 3", 5).is_empty());
        assert!(unfold("x 1", 5).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_at_most_count(text in "[g0-9. ,-]{0,40}", count in 0_usize..50) {
            proptest::prop_assert!(unfold(&text, count).len() <= count);
        }
    }
}
