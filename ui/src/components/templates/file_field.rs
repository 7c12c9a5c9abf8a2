//! The file above a template.

use crate::session::Session;
use crate::text;
use leptos::html::Input;
use leptos::prelude::*;
use twinbox_protocol::FileToSend;

/// The engine has the file as soon as it is chosen.
#[component]
pub fn FileField(file: RwSignal<Option<FileToSend>>, problem: RwSignal<Option<String>>) -> impl IntoView {
    let session = Session::use_();
    let field = NodeRef::<Input>::new();
    let choose = move |_| {
        file.set(None);
        let Some(picked) = field.get_untracked().and_then(|field| field.files()?.get(0)) else {
            return;
        };
        let name = picked.name();
        session.hand_over_file(picked, move |answer| match answer {
            Ok(uploaded) => {
                problem.try_set(uploaded.problem.map(|problem| text::said(problem.sentence())));
                file.try_set(Some(FileToSend {
                    hash: uploaded.hash,
                    name,
                    as_document: false,
                }));
            }
            Err(why) => drop(problem.try_set(Some(why))),
        });
    };
    view! {
        <label class="templates__field">
            <span class="sm">{text::TEMPLATE_FILE}</span>
            <input class="sm" type="file" node_ref=field on:change=choose/>
        </label>
    }
}
