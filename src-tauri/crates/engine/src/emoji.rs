//! The list of emoji, for those who choose one.

use emojis::{Emoji, EmojiVersion, Group, SkinTone};
use twinbox_protocol::EmojiView;

/// Newer ones are not in the fonts of the systems this runs on: Debian 12 and Windows 11 draw those of Unicode 15.
const NEWEST: EmojiVersion = EmojiVersion::new(15, 0);

const GROUPS: [Group; 9] = [
    Group::SmileysAndEmotion,
    Group::PeopleAndBody,
    Group::AnimalsAndNature,
    Group::FoodAndDrink,
    Group::TravelAndPlaces,
    Group::Activities,
    Group::Objects,
    Group::Symbols,
    Group::Flags,
];

const TONES: [SkinTone; 5] = [
    SkinTone::Light,
    SkinTone::MediumLight,
    SkinTone::Medium,
    SkinTone::MediumDark,
    SkinTone::Dark,
];

/// Each group in Unicode's order.
pub(crate) fn all() -> Vec<Vec<EmojiView>> {
    let of = |group: Group| group.emojis().filter(|emoji| emoji.emoji_version() <= NEWEST);
    GROUPS.map(|group| of(group).map(view).collect()).into()
}

fn view(emoji: &Emoji) -> EmojiView {
    let words: Vec<_> = emoji.shortcodes().collect();
    let tones = TONES.iter().filter_map(|tone| emoji.with_skin_tone(*tone));
    EmojiView {
        emoji: emoji.as_str().to_owned(),
        name: emoji.name().to_owned(),
        words: words.join(" ").replace('_', " "),
        tones: tones.map(|toned| toned.as_str().to_owned()).collect(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use twinbox_domain::{Payload, Wamid};

    #[test]
    fn every_emoji_can_be_put_on_a_message() {
        let list = all().concat();
        let offered = list.iter().flat_map(|it| it.tones.iter().chain([&it.emoji]));
        let refused: Vec<_> = offered
            .filter(|emoji| {
                let reaction = Payload::Reaction {
                    to: Wamid::from("wamid.A"),
                    emoji: (*emoji).clone(),
                };
                reaction.check(false).is_err()
            })
            .collect();
        assert!(refused.is_empty(), "{refused:?}");
    }

    #[test]
    fn every_emoji_is_in_one_group_and_can_be_found_by_its_name() {
        let groups = all();
        assert_eq!(groups.len(), 9);
        let list: Vec<_> = groups.concat();
        assert!(list.len() > 1800 && list.iter().all(|it| !it.name.is_empty() && !it.emoji.is_empty()));
        let mut seen: Vec<_> = list.iter().map(|it| &it.emoji).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), list.len());
        let rocket = list.iter().find(|it| it.emoji == "🚀").unwrap();
        assert_eq!((rocket.name.as_str(), rocket.words.as_str()), ("rocket", "rocket"));
    }

    #[test]
    fn a_hand_has_five_tones_and_what_has_no_skin_has_none() {
        let list = all().concat();
        let of = |emoji: &str| &list.iter().find(|it| it.emoji == emoji).unwrap().tones;
        assert_eq!(of("👍").concat(), "👍🏻👍🏼👍🏽👍🏾👍🏿");
        assert!(of("🚀").is_empty());
        assert!(list.iter().all(|it| matches!(it.tones.len(), 0 | 5)));
    }

    #[test]
    fn what_the_fonts_do_not_have_yet_is_not_offered() {
        // Unicode 16: face with bags under eyes.
        let newest = "\u{1FAE9}";
        assert!(emojis::get(newest).is_some());
        assert!(all().concat().iter().all(|it| it.emoji != newest));
    }
}
