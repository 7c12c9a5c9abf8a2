//! Which country a number is from, and whether Meta takes it.
//!
//! Both lists are data. `countries.csv` has the calling codes of ITU-T E.164 and, where they tell countries apart, the
//! first digits after them, each with its regions of ISO 3166-1; the longest code that a number begins with wins.
//! `refused.csv` has what Meta did not take, with the page, the last month in which it said so, and the day on which it no
//! longer did.

const COUNTRIES: &str = include_str!("countries.csv");
const REFUSED: &str = include_str!("refused.csv");

/// What a calling code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// Its region of ISO 3166-1, for example `GB`; of two that share the code, both with a space between them.
    pub regions: &'static str,
    /// Its English name.
    pub name: &'static str,
}

/// A country whose numbers Meta did not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedCountry {
    /// Its calling code.
    pub code: &'static str,
    /// Which it is.
    pub country: Country,
    /// The last month in which Meta's page said so, for example `2026-03`.
    pub last_listed: &'static str,
    /// The day on which it was looked at again and did not say so any more, for example `2026-06-26`.
    pub not_listed_on: &'static str,
    /// Whose page it is, and its title.
    pub source: &'static str,
}

/// The country that a number, digits only, is from; `None` when no country has its code.
pub(super) fn country(digits: &str) -> Option<Country> {
    let known = rows(COUNTRIES).filter_map(|row| row.split_once(','));
    let fitting = known.filter(|(code, _)| digits.starts_with(code));
    let (_, rest) = fitting.max_by_key(|(code, _)| code.len())?;
    let (regions, name) = rest.split_once(',')?;
    Some(Country { regions, name })
}

/// The entry about a number's country, when there is one.
pub(super) fn refused(digits: &str) -> Option<RefusedCountry> {
    rows(REFUSED)
        .filter_map(read)
        .find(|entry| digits.starts_with(entry.code))
}

fn read(row: &'static str) -> Option<RefusedCountry> {
    let mut fields = row.splitn(4, ',');
    let code = fields.next()?;
    Some(RefusedCountry {
        code,
        country: country(code)?,
        last_listed: fields.next()?,
        not_listed_on: fields.next()?,
        source: fields.next()?,
    })
}

fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_code_once_its_regions_and_a_name() {
        let mut codes: Vec<&str> = Vec::new();
        for row in rows(COUNTRIES) {
            let fields: Vec<&str> = row.split(',').collect();
            let &[code, regions, name] = fields.as_slice() else {
                panic!("{row}");
            };
            let is_region = |region: &str| region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase());
            assert!(
                code.bytes().all(|byte| byte.is_ascii_digit()) && !name.trim().is_empty(),
                "{row}"
            );
            assert!(regions.split(' ').all(is_region), "{row}");
            assert!(!codes.contains(&code), "{row}");
            codes.push(code);
        }
        assert!(codes.len() > 200);
    }

    #[test]
    fn every_refused_country_says_since_when_and_where() {
        let entries: Vec<RefusedCountry> = rows(REFUSED).filter_map(read).collect();
        assert_eq!(entries.len(), 2);
        for entry in entries {
            assert_eq!((entry.last_listed, entry.not_listed_on), ("2026-03", "2026-06-26"));
            assert!(entry.source.starts_with("Meta"));
        }
    }
}
