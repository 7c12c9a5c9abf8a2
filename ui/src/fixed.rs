//! Numbers with up to six places behind the point, as people type and read them. They never pass through a float.

/// `-9.1393` is -9139300; a comma is a point, too. `None`: no such number.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, places) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || !is_number(whole) || !is_number(places) {
        return None;
    }
    // Further places are beyond what can be told apart.
    let mut value = whole.parse::<i64>().ok()?;
    for place in 0..6 {
        let digit = places.as_bytes().get(place).map_or(0, |digit| i64::from(digit - b'0'));
        value = value * 10 + digit;
    }
    Some(if text.starts_with('-') { -value } else { value })
}

/// 4000 is `0.004`; never fewer than two places.
pub fn show(micros: u64) -> String {
    let places = format!("{:06}", micros % 1_000_000);
    let kept = places.trim_end_matches('0').len().max(2);
    format!("{}.{}", micros / 1_000_000, places.get(..kept).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_to_the_millionth_and_shown_as_short_as_it_is() {
        for (typed, value) in [
            ("38.7223", 38_722_300),
            ("-9,1393", -9_139_300),
            (" 5 ", 5_000_000),
            ("0.00080012", 800),
        ] {
            assert_eq!(parse(typed), Some(value), "{typed}");
        }
        for typed in ["", "-", ".", "1e3", "1.2.3", "four", "12345678901"] {
            assert_eq!(parse(typed), None, "{typed}");
        }
        assert_eq!(
            [0, 800, 1_500_000, 12_345_678].map(show),
            ["0.00", "0.0008", "1.50", "12.345678"]
        );
    }
}
