//! A document.

use super::caption::Caption;
use super::doc_line;
use super::file_note::FileNote;
use super::save_button::SaveButton;
use crate::components::{Icon, IconName};
use crate::file_kind::{badge, plain_mime};
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{Media, MessageId, may_be_opened, may_run};
use twinbox_protocol::{FileState, FileView};

/// Its kind and name, and the way to it.
#[component]
pub fn Document(
    message: MessageId,
    file: Option<FileView>,
    media: Media,
    save_as: String,
    filename: String,
    meta: AnyView,
) -> impl IntoView {
    let kind = badge(&filename, &media.mime_type);
    // The badge says the type already.
    let mime_type = match kind {
        Some(_) => "",
        None => plain_mime(&media.mime_type),
    };
    let mime_type = doc_line("xs muted", mime_type.to_owned());
    let name = if filename.trim().is_empty() {
        text::DOCUMENT.to_owned()
    } else {
        filename
    };
    let size = match &file {
        Some(FileView {
            state: FileState::Here { size_bytes, .. },
            ..
        }) => Some(*size_bytes),
        _ => None,
    };
    let note = match size {
        Some(size) => view! { <span class="xs muted num">{text::size(size)}</span> }.into_any(),
        None => view! { <FileNote message file here=text::CANNOT_SHOW_FILE/> }.into_any(),
    };
    let session = Session::use_();
    let can_open = may_be_opened(&save_as) && session.peek(|state| state.is_desktop());
    let warns = RwSignal::new(false);
    let actions = match may_run(&save_as) {
        true => view! { <WarnButton warns/> }.into_any(),
        false => {
            let open = can_open.then(|| {
                view! {
                    <button class="icon-btn icon-btn--sm" type="button" aria-label=text::OPEN_FILE title=text::OPEN_FILE on:click=move |_| session.open_file(message)>
                        <Icon name=IconName::Outside/>
                    </button>
                }
            });
            let save_as = save_as.clone();
            view! { {open}<SaveButton message save_as/> }.into_any()
        }
    };
    let warning = move || {
        let save_as = save_as.clone();
        warns.get().then(|| view! { <Warning message save_as/> })
    };
    view! {
        <div class="doc">
            <span class="doc__kind">{kind.unwrap_or_else(|| text::FILE.to_owned())}</span>
            <span class="doc__words">
                <span class="doc__name doc__name--file" dir="auto" title=name.clone()>{name.clone()}</span>
                {note}
                {mime_type}
            </span>
            {size.map(|_| actions)}
        </div>
        {warning}
        <Caption caption=media.caption meta/>
    }
}

/// In the place of saving a file that may run something.
#[component]
fn WarnButton(warns: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            class="icon-btn icon-btn--sm"
            type="button"
            aria-label=text::RISKY_FILE
            title=text::RISKY_FILE
            aria-expanded=move || warns.get().to_string()
            on:click=move |_| warns.update(|warns| *warns = !*warns)
        >
            <Icon name=IconName::Warning/>
        </button>
    }
}

/// What may come of it, and the way to save it all the same.
#[component]
fn Warning(message: MessageId, save_as: String) -> impl IntoView {
    let session = Session::use_();
    view! {
        <p class="doc__risk sm" role="alert">
            {text::RISK}" "
            <button class="link" type="button" on:click=move |_| session.save_file(message, save_as.clone())>{text::SAVE_ANYWAY}</button>
        </p>
    }
}
