//! The templates of the number.

use crate::text;
use leptos::html::Input;
use leptos::prelude::*;
use twinbox_protocol::{TemplateView, TemplatesView};

/// A field that searches names and texts, and what it leaves. Those that cannot be sent say why.
#[component]
pub fn List(
    templates: Memo<Option<TemplatesView>>,
    is_busy: RwSignal<bool>,
    chosen: RwSignal<Option<TemplateView>>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Without the focus it is typed into all the same, after a click.
            let _ = field.focus();
        }
    });
    let found = Memo::new(move |_| {
        let typed = typed.with(|typed| typed.trim().to_lowercase());
        let is_found = |template: &TemplateView| {
            template.name.replace('_', " ").contains(&typed.replace('_', " "))
                || template.parts.body.to_lowercase().contains(&typed)
        };
        templates.with(|list| {
            let all = list.iter().flat_map(|list| &list.templates);
            let found = all.filter(|template| is_found(template)).cloned();
            let (mut first, others): (Vec<_>, Vec<_>) = found.partition(|template| template.blocked.is_none());
            first.extend(others);
            first
        })
    });
    let empty = move || {
        let is_none = found.with(Vec::is_empty);
        let words = match (is_busy.get(), typed.with(String::is_empty)) {
            (true, _) => text::TEMPLATES_COMING,
            (false, true) => text::NO_TEMPLATES,
            (false, false) => text::NO_TEMPLATE_FOUND,
        };
        is_none.then(|| view! { <p class="templates__empty sm muted">{words}</p> })
    };
    let row = move |template: TemplateView| {
        let blocked = template.blocked.clone();
        let choose = template.clone();
        view! {
            <li>
                <button
                    class="templates__row"
                    type="button"
                    prop:disabled=template.blocked.is_some()
                    on:click=move |_| chosen.set(Some(choose.clone()))
                >
                    <span class="templates__name">
                        <bdi>{template.name.clone()}</bdi>
                        <span class="xs muted">{text::template_kind(&template.language, &template.category)}</span>
                    </span>
                    <span class="templates__text sm muted" dir="auto">{template.parts.body.clone()}</span>
                    {blocked.map(|why| view! { <span class="templates__why xs">{text::said(&why)}</span> })}
                </button>
            </li>
        }
    };
    view! {
        <div class="field templates__search"><input type="search"
            node_ref=field
            aria-label=text::SEARCH_TEMPLATES
            placeholder=text::SEARCH_TEMPLATES
            prop:value=move || typed.get()
            on:input=move |event| typed.set(event_target_value(&event))
        /></div>
        {empty}
        <ul class="templates__list scroll">{move || found.get().into_iter().map(row).collect_view()}</ul>
    }
}
