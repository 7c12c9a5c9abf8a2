//! Coordinates for people.

/// Millionths of a degree as degrees with 5 decimals, which is about a meter.
pub fn degrees(e6: i64) -> String {
    let e5 = e6.unsigned_abs().saturating_add(5) / 10;
    let sign = if e6 < 0 && e5 > 0 { "-" } else { "" };
    format!("{sign}{}.{:05}", e5 / 100_000, e5 % 100_000)
}

/// A map with a mark at the place.
pub fn map_link(latitude_e6: i64, longitude_e6: i64) -> String {
    let (latitude, longitude) = (degrees(latitude_e6), degrees(longitude_e6));
    format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_rounded_to_five_decimals() {
        let written = [0, 38_722_252, 13_404_954, 999_999, 5, 4].map(degrees);
        assert_eq!(
            written,
            ["0.00000", "38.72225", "13.40495", "1.00000", "0.00001", "0.00000"]
        );
    }

    #[test]
    fn south_and_west_are_negative_and_zero_never_is() {
        let written = [-9_139_337, -70_000, -4, -180_000_000].map(degrees);
        assert_eq!(written, ["-9.13934", "-0.07000", "0.00000", "-180.00000"]);
    }

    #[test]
    fn no_number_is_too_large() {
        assert_eq!(degrees(i64::MIN), "-9223372036854.77581");
        assert_eq!(degrees(i64::MAX), "9223372036854.77581");
    }

    #[test]
    fn the_map_has_a_mark_at_the_place() {
        assert_eq!(
            map_link(38_722_252, -9_139_337),
            "https://www.openstreetmap.org/?mlat=38.72225&mlon=-9.13934"
        );
    }
}
