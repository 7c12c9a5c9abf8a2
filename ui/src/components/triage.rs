//! What a team does with chats: the controls of the open one, and of those that were selected.

use super::later::{Purpose, times};
use super::menu::{MenuButton, MenuItem, menu};
use super::roving::Toolbar;
use super::{Icon, IconName};
use crate::clock::{self, HOUR_MS};
use crate::commands::{Command, titled};
use crate::keyboard;
use crate::screen::{Screen, Section};
use crate::session::Session;
use crate::state::{Action, Part, Place, State, TeamAction};
use crate::text;
use leptos::ev::FocusEvent;
use leptos::html::Span;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, ConversationState, LabelId};

/// Whom the open or the selected chats are assigned to.
pub fn assign_menu(session: Session, id: Option<&'static str>, class: &'static str, face: AnyView) -> AnyView {
    let button = MenuButton {
        id,
        class,
        label: titled(session, &text::ASSIGN, Command::Assign),
        face,
    };
    menu(button, move || {
        let (team, me, now) = session.peek(|state| {
            (
                state.team.teammates.clone(),
                state.me().to_owned(),
                common_assignee(state),
            )
        });
        let item = |words: String, who: String| {
            let is_on = now.as_deref() == Some(&who);
            MenuItem::new(words, is_on, move || session.assign(who.clone()))
        };
        let others = team.into_iter().filter(|name| *name != me);
        let mut items = vec![
            item(text::to_me(&me), me.clone()),
            item(text::NOBODY.to_owned(), String::new()),
        ];
        items.extend(others.map(|name| item(name.clone(), name)));
        items
    })
}

/// When the open or the selected chats come back.
pub fn snooze_menu(session: Session, id: Option<&'static str>, class: &'static str) -> AnyView {
    let button = MenuButton {
        id,
        class,
        label: titled(session, &text::SNOOZE, Command::Snooze),
        face: view! { <Icon name=IconName::Alarm size=18/> }.into_any(),
    };
    let is_picking = RwSignal::new(false);
    let root = NodeRef::<Span>::new();
    let focus = move |find: &'static str| {
        let found = root
            .get_untracked()
            .and_then(|root| root.query_selector(find).ok().flatten());
        keyboard::focus_on(found);
    };
    let close = Callback::new(move |()| {
        is_picking.set(false);
        focus("button");
    });
    let choose = Callback::new(move |until| {
        close.run(());
        session.set_state(ConversationState::Snoozed { until });
    });
    let picked = NodeRef::<Span>::new();
    let on_leave = move |event: FocusEvent| {
        let picked = picked.try_get_untracked().flatten();
        if keyboard::leaves(picked, &event) {
            is_picking.try_set(false);
        }
    };
    let picker = move || {
        is_picking.get().then(|| {
            // A press between its fields stays in it.
            view! {
                <span class="menu__pop menu__pop--times" tabindex="-1" node_ref=picked on:focusout=on_leave>
                    {times(Purpose::Snooze, choose, close)}
                </span>
            }
        })
    };
    let menu = menu(button, move || {
        let until = |words: text::Words, until| {
            let words = text::snooze_until(&words, &clock::day_and_time_in_sentence(until, clock::now()));
            MenuItem::new(words, false, move || {
                session.set_state(ConversationState::Snoozed { until })
            })
        };
        let mut items = vec![
            until(text::IN_AN_HOUR, clock::now().plus_ms(HOUR_MS)),
            until(text::IN_FOUR_HOURS, clock::now().plus_ms(4 * HOUR_MS)),
            until(text::IN_THE_MORNING, clock::ahead_at(1, 9)),
            until(text::IN_A_WEEK, clock::ahead_at(7, 9)),
        ];
        items.push(MenuItem::new(text::PICK_TIME, false, move || {
            is_picking.set(true);
            request_animation_frame(move || focus("input"));
        }));
        items.push(MenuItem::new(text::WAITS_FOR_OTHERS, false, move || {
            session.set_state(ConversationState::Pending);
        }));
        items
    });
    view! { <span class="menu" node_ref=root>{menu}{picker}</span> }.into_any()
}

/// Which labels the open or the selected chats have.
pub fn label_menu(session: Session, id: Option<&'static str>, class: &'static str, face: AnyView) -> AnyView {
    let screen = Screen::use_();
    let button = MenuButton {
        id,
        class,
        label: titled(session, &text::LABELS, Command::Label),
        face,
    };
    menu(button, move || {
        let (labels, rows) = session.peek(|state| (state.team.labels.clone(), state.targets(None)));
        let mut items: Vec<MenuItem> = labels
            .into_iter()
            .map(|label| {
                let is_on = session.peek(|state| {
                    let has = |id| state.rows.get(id).is_some_and(|row| row.labels.contains(&label.id));
                    !rows.is_empty() && rows.iter().all(has)
                });
                let id = label.id;
                MenuItem {
                    color: Some(label.color),
                    ..MenuItem::new(label.name, is_on, move || session.label(id, !is_on))
                }
            })
            .collect();
        let edit = move || {
            screen.section.set(Section::Team);
            session.enter(Place::Settings);
        };
        items.push(MenuItem::new(text::EDIT_LABELS, false, edit));
        items
    })
}

/// Resolves the open chat, or opens it again.
pub fn resolve_button(session: Session, conversation: Memo<ConversationId>) -> AnyView {
    let row = session.row(conversation);
    let is_active = Memo::new(move |_| row.with(|row| row.as_ref().is_none_or(|row| row.state.is_active())));
    let words = move || if is_active.get() { text::RESOLVE } else { text::REOPEN };
    view! {
        <button
            class="btn btn--soft"
            type="button"
            aria-label=words
            title=move || titled(session, &words(), Command::Resolve)
            on:click=move |_| session.resolve_or_reopen()
        >
            <Icon name=IconName::Tick size=16/>
            <span class="btn__words">{words}</span>
        </button>
    }
    .into_any()
}

/// In the head of the open chat: that its controls and the keys act on the selected chats, and the way out of that.
pub fn selected_acts(session: Session, count: Memo<usize>) -> AnyView {
    view! {
        <button class="btn btn--soft" type="button" aria-label=text::RESOLVE title=move || titled(session, &text::RESOLVE, Command::Resolve) on:click=move |_| session.set_state(ConversationState::Resolved)>
            <Icon name=IconName::Tick size=16/>
            <span class="btn__words">{text::RESOLVE}</span>
        </button>
        <span class="thread__many" role="status">{move || text::chats_selected(count.get())}</span>
        <button class="icon-btn icon-btn--sm" type="button" aria-label=text::SELECT_NONE title=text::SELECT_NONE on:click=move |_| session.dispatch(Action::Team(TeamAction::NoneSelected))>
            <Icon name=IconName::Close/>
        </button>
    }
    .into_any()
}

/// How many are selected, and what can be done with them; nothing while none is.
pub fn bulk_bar(session: Session) -> impl IntoView {
    let count = session.memo(Part::Selected, |state| state.selected.len());
    let is_on = Memo::new(move |_| count.get() > 0);
    // Its last button takes itself away.
    Effect::new(move |was_on: Option<bool>| {
        if was_on == Some(true) && !is_on.get() {
            keyboard::focus_list_if_lost();
        }
        is_on.get()
    });
    let plain = "icon-btn icon-btn--sm";
    move || {
        is_on.get().then(|| {
            let bar = Toolbar::new();
            view! {
                <div class="bulk" role="toolbar" aria-label=text::SELECTED node_ref=bar.0 on:keydown=move |event| bar.on_key(&event) on:focusin=move |event| bar.on_focus(&event)>
                    <button class=plain type="button" aria-label=text::SELECT_NONE title=text::SELECT_NONE on:click=move |_| session.dispatch(Action::Team(TeamAction::NoneSelected))>
                        <Icon name=IconName::Close/>
                    </button>
                    <span class="bulk__count" role="status">{move || text::selected(count.get())}</span>
                    <button class="link sm" type="button" on:click=move |_| session.dispatch(Action::Team(TeamAction::AllSelected))>{text::SELECT_ALL}</button>
                    <span class="grow"></span>
                    {assign_menu(session, Some(keyboard::ASSIGN_MANY_ID), plain, view! { <Icon name=IconName::UserPlus size=18/> }.into_any())}
                    {label_menu(session, Some(keyboard::LABEL_MANY_ID), plain, view! { <Icon name=IconName::Tag size=18/> }.into_any())}
                    {snooze_menu(session, Some(keyboard::SNOOZE_MANY_ID), plain)}
                    <button class=plain type="button" aria-label=text::RESOLVE title=text::RESOLVE on:click=move |_| session.set_state(ConversationState::Resolved)>
                        <Icon name=IconName::Tick size=18/>
                    </button>
                </div>
            }
        })
    }
}

/// Whom all targets are assigned to; `None` when they differ.
fn common_assignee(state: &State) -> Option<String> {
    let targets = state.targets(None);
    let mut all = targets
        .iter()
        .filter_map(|id| state.rows.get(id))
        .map(|row| &row.assignee);
    let first = all.next()?;
    all.all(|other| other == first).then(|| first.clone())
}

/// Labels as chips.
pub fn label_chips(session: Session, labels: &[LabelId]) -> Vec<AnyView> {
    session.read(Part::Team, |state| {
        let known = labels
            .iter()
            .filter_map(|id| state.team.labels.iter().find(|label| label.id == *id));
        known
            .map(|label| {
                view! {
                    <span class="chip chip--line lab">
                        <i class="lab__dot" data-color=label.color></i>
                        <span class="truncate" dir="auto">{label.name.clone()}</span>
                    </span>
                }
                .into_any()
            })
            .collect()
    })
}
