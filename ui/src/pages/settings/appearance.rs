//! How the app looks, and in which language.

use super::row::{Choice, Row};
use crate::session::Session;
use crate::state::Part;
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
            <Row label=text::LANGUAGE hint=text::LANGUAGE_HINT>{language(Session::use_())}</Row>
        </div>
    }
}

fn language(session: Session) -> AnyView {
    let chosen = session.memo(Part::Settings, |state| state.settings.language.clone());
    let option = move |(tag, name): (&'static str, String)| {
        view! { <option value=tag selected=move || chosen.with(|chosen| chosen == tag) dir="auto">{name}</option> }
    };
    let system = ("", text::SYSTEM_LANGUAGE.to_owned());
    let languages = text::LANGUAGES.map(|(tag, name)| (tag, name.to_owned()));
    let options = std::iter::once(system).chain(languages).map(option).collect_view();
    let set = move |event| session.change_language(event_target_value(&event));
    view! { <select class="select" aria-label=text::LANGUAGE on:change=set>{options}</select> }.into_any()
}
