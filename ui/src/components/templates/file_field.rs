//! The file above a template.

use crate::session::Session;
use crate::text;
use leptos::html::Input;
use leptos::prelude::*;
use twinbox_protocol::FileToSend;

/// Counts what was chosen: a large file may be there after a smaller one that was chosen later.
#[derive(Clone, Copy)]
struct Picks(StoredValue<u32>);

impl Picks {
    fn new() -> Self {
        Self(StoredValue::new(0))
    }

    fn next(self) -> u32 {
        self.0.update_value(|pick| *pick += 1);
        self.0.get_value()
    }

    /// Not either when the form is gone.
    fn is_last(self, pick: u32) -> bool {
        self.0.try_get_value() == Some(pick)
    }
}

/// The engine has the file as soon as it is chosen.
#[component]
pub fn FileField(file: RwSignal<Option<FileToSend>>, problem: RwSignal<Option<String>>) -> impl IntoView {
    let session = Session::use_();
    let field = NodeRef::<Input>::new();
    let picks = Picks::new();
    let choose = move |_| {
        let pick = picks.next();
        file.set(None);
        let Some(picked) = field.get_untracked().and_then(|field| field.files()?.get(0)) else {
            return;
        };
        let name = picked.name();
        session.hand_over_file(picked, move |answer| match answer {
            _ if !picks.is_last(pick) => {}
            Ok(uploaded) => {
                problem.set(uploaded.problem.map(|problem| text::said(problem.sentence())));
                file.set(Some(FileToSend {
                    hash: uploaded.hash,
                    name,
                    as_document: false,
                }));
            }
            Err(why) => problem.set(Some(why)),
        });
    };
    view! {
        <label class="templates__field">
            <span class="sm">{text::TEMPLATE_FILE}</span>
            <input class="sm" type="file" node_ref=field on:change=choose/>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_file_that_was_chosen_last_is_taken() {
        let form = Owner::new();
        form.with(|| {
            let picks = Picks::new();
            let (large, small) = (picks.next(), picks.next());
            assert!(picks.is_last(small) && !picks.is_last(large));
            form.cleanup();
            assert!(!picks.is_last(small));
        });
    }
}
