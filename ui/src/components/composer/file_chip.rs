//! One file that waits to be sent: what it looks like, how far it is, what is in its way.

use crate::components::{Icon, IconName};
use crate::file_kind::badge;
use crate::keyboard;
use crate::session::Session;
use crate::state::{Action, Attached, FileAction, Part, Upload};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::ConversationId;
use uuid::Uuid;
use web_sys::Url;

/// A chip with a button that takes it out, and those that help with a problem.
#[component]
pub fn FileChip(conversation: ConversationId, file: Uuid) -> impl IntoView {
    let session = Session::use_();
    let attached = session.memo(Part::Files(conversation), move |state| {
        let files = state.attached(conversation);
        files.iter().find(|attached| attached.key == file).cloned()
    });
    let name = attached.with_untracked(|attached| attached.as_ref().map(|a| a.name.clone()).unwrap_or_default());
    let remove = move |_| {
        session.detach(conversation, file);
        keyboard::focus_composer();
    };
    let is_stuck = move || attached.with(|attached| attached.as_ref().is_some_and(|a| trouble(a).is_some()));
    let note = move || attached.get().map(|attached| note(session, conversation, &attached));
    let label = text::remove(&name);
    view! {
        <li class="chipfile" class:is-stuck=is_stuck>
            <Thumb file name=name.clone()/>
            <span class="chipfile__words">
                <span class="chipfile__name" dir="auto" title=name.clone()>{name.clone()}</span>
                {note}
            </span>
            <button class="icon-btn icon-btn--xs" type="button" aria-label=label.clone() title=label on:click=remove>
                <Icon name=IconName::Close size=14/>
            </button>
        </li>
    }
}

/// The picture itself, or the kind of file.
#[component]
fn Thumb(file: Uuid, name: String) -> impl IntoView {
    let bytes = Session::use_().attached_file(file);
    let mime_type = bytes.as_ref().map(|bytes| bytes.type_()).unwrap_or_default();
    let picture = bytes.filter(|_| mime_type.starts_with("image/"));
    let src = picture.and_then(|picture| Url::create_object_url_with_blob(&picture).ok());
    if let Some(src) = src.clone() {
        // An address that is not one any more holds nothing either.
        on_cleanup(move || drop(Url::revoke_object_url(&src)));
    }
    // What the window cannot draw has its kind instead.
    let shown = RwSignal::new(src.is_some());
    let kind = badge(&name, &mime_type).unwrap_or_else(|| text::FILE.to_owned());
    move || match src.clone().filter(|_| shown.get()) {
        Some(src) => {
            view! { <img class="chipfile__thumb" src=src alt="" on:error=move |_| shown.set(false)/> }.into_any()
        }
        None => view! { <span class="doc__kind" aria-hidden="true">{kind.clone()}</span> }.into_any(),
    }
}

/// What keeps it from being sent.
fn trouble(attached: &Attached) -> Option<String> {
    match &attached.upload {
        Upload::Failed(sentence, _) => Some(sentence.clone()),
        Upload::Coming | Upload::Here(_) => attached.problem().map(|problem| text::said(problem.sentence())),
    }
}

fn note(session: Session, conversation: ConversationId, attached: &Attached) -> AnyView {
    let key = attached.key;
    let size = text::size(attached.size_bytes);
    if let Some(sentence) = trouble(attached) {
        let can_be_document = attached.problem().is_some_and(|problem| problem.can_be_document());
        let as_document = can_be_document.then(|| {
            let act = move || session.dispatch(Action::File(conversation, FileAction::AsDocument(key)));
            button(text::SEND_AS_DOCUMENT, act)
        });
        let can_retry = matches!(attached.upload, Upload::Failed(_, true));
        let again = can_retry.then(|| button(text::TRY_AGAIN, move || session.upload(conversation, key)));
        return view! { <span class="chipfile__why" role="alert">{sentence}" "{as_document}{again}</span> }.into_any();
    }
    match attached.upload {
        Upload::Here(_) => {
            let words = text::separated(&[&text::kind(attached.kind()), &size]);
            view! { <span class="xs muted num">{words}</span> }.into_any()
        }
        Upload::Coming | Upload::Failed(..) => {
            view! { <span class="xs muted num filewait" role="status">{text::UPLOADING}<i aria-hidden="true"></i></span> }
                .into_any()
        }
    }
}

/// Whoever has decided goes on writing: the button is about to go.
fn button(words: text::Words, act: impl Fn() + 'static) -> impl IntoView {
    let press = move |_| {
        act();
        keyboard::focus_composer();
    };
    view! { <button class="link" type="button" on:click=press>{words}</button> }
}
