//! How the app looks, and in which language.

use super::row::{Choice, Row};
use crate::components::LanguageChoice;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::{Density, TEXT_PERCENTS, Theme};

/// Theme, density, text size and language.
#[component]
pub fn Appearance() -> impl IntoView {
    let themes = [Theme::System, Theme::Light, Theme::Dark].map(|it| (it, text::theme(it).to_owned()));
    let densities = [Density::Comfortable, Density::Compact].map(|it| (it, text::density(it).to_owned()));
    let sizes = TEXT_PERCENTS.map(|percent| (percent, text::percent(percent)));
    view! {
        <div class="box set__box">
            <Choice label=text::THEME options=themes.into() read=|it| it.theme set=|it, theme| it.theme = theme/>
            <Choice label=text::DENSITY hint=text::DENSITY_HINT options=densities.into() read=|it| it.density set=|it, density| it.density = density/>
            <Choice label=text::TEXT_SIZE hint=text::TEXT_SIZE_HINT options=sizes.into() read=|it| it.text_percent set=|it, percent| it.text_percent = percent/>
            <Row label=text::LANGUAGE hint=text::LANGUAGE_HINT><LanguageChoice/></Row>
        </div>
    }
}
