use super::*;
use twinbox_domain::{NumberId, PreflightAnswers};
use twinbox_protocol::{
    BusinessDetails, Candidate, ConnectionView, MetaAppView, Role, SecretsView, SignupProblem, SignupStep, SignupView,
    SyncRequest, SyncView,
};

const HOUR: i64 = 60 * 60 * 1000;

fn signup(step: SignupStep) -> SignupView {
    SignupView {
        step,
        answers: PreflightAnswers::default(),
        waiting_until: None,
        problem: None,
        candidates: Vec::new(),
        number: None,
        business: BusinessDetails::default(),
    }
}

fn view(signup: Option<SignupView>) -> Box<ConnectionView> {
    Box::new(ConnectionView {
        app: MetaAppView::default(),
        secrets: SecretsView::Keychain,
        signup,
    })
}

fn told(state: &mut State, signup: Option<SignupView>) -> Touched {
    connect(state, ConnectAction::Asked);
    let asked = state.connecting.asked;
    let view = view(signup);
    connect(state, ConnectAction::Told { asked, view })
}

fn connect(state: &mut State, action: ConnectAction) -> Touched {
    state.reduce(Action::Connect(action))
}

fn page(state: &State) -> ConnectPage {
    state.connecting.page()
}

fn version(app_version: &str) -> PreflightAnswers {
    PreflightAnswers {
        app_version: app_version.to_owned(),
        ..PreflightAnswers::default()
    }
}

fn sync() -> SyncView {
    SyncView {
        number: NumberId::from("106540352242922"),
        connected_at: Millis(0),
        deadline: Millis(24 * HOUR),
        contacts: SyncRequest::Made { at: Millis(0) },
        history: SyncRequest::Made { at: Millis(0) },
        contact_count: 0,
        conversation_count: 0,
        message_count: 0,
        phases: [None; 3],
        percent: None,
        refused: None,
        files_here: 0,
        files: 0,
        last_piece_at: None,
        is_holding: true,
        waiting: 0,
    }
}

#[test]
fn before_the_first_number_whoever_sets_up_connects_one() {
    let place = |role, conversations| {
        let mut state = State::default();
        let mut greeting = greeting(10);
        greeting.you.role = role;
        greeting.overview.conversations = conversations;
        state.reduce(Action::Greeted(greeting));
        state.place
    };
    assert_eq!(place(Role::Admin, 0), Some(Place::Connect));
    assert_eq!(place(Role::Admin, 7), Some(Place::Inbox));
    assert_eq!(place(Role::Agent, 0), Some(Place::Inbox));
}

#[test]
fn whoever_went_elsewhere_stays_there_when_the_engine_is_greeted_again() {
    let mut state = State::default();
    let mut greeting = greeting(10);
    greeting.you.role = Role::Admin;
    state.reduce(Action::Greeted(greeting.clone()));
    let touched = state.reduce(Action::GoTo(Place::Inbox));
    assert!(touched.contains(Part::Place));
    state.reduce(Action::Greeted(greeting));
    assert_eq!(state.place, Some(Place::Inbox));
}

#[test]
fn counters_told_again_may_be_about_the_signup() {
    let mut state = greeted();
    let overview = state.overview.clone().unwrap();
    let touched = happen(&mut state, vec![ChangeView::Overview(overview)]);
    assert!(touched.contains(Part::OverviewTold) && !touched.contains(Part::Overview));
}

#[test]
fn the_page_is_the_one_that_is_due() {
    let mut state = greeted();
    assert_eq!(page(&state), ConnectPage::Loading);
    told(&mut state, None);
    assert_eq!(page(&state), ConnectPage::Check);
    let waiting = SignupView {
        waiting_until: Some(Millis(600_000)),
        problem: Some(SignupProblem::Closed),
        ..signup(SignupStep::SignUp)
    };
    let closed = SignupView {
        problem: Some(SignupProblem::Closed),
        ..signup(SignupStep::SignUp)
    };
    let unreachable = SignupView {
        problem: Some(SignupProblem::Unreachable),
        ..signup(SignupStep::Sync)
    };
    for (signup, due) in [
        (signup(SignupStep::Check), ConnectPage::Check),
        (signup(SignupStep::SignUp), ConnectPage::SignUp),
        (waiting, ConnectPage::Waiting),
        (closed, ConnectPage::Problem),
        (signup(SignupStep::Choose), ConnectPage::Choose),
        (signup(SignupStep::Details), ConnectPage::Details),
        (signup(SignupStep::Confirm), ConnectPage::Confirm),
        (signup(SignupStep::Sync), ConnectPage::Sync),
        (unreachable, ConnectPage::Sync),
    ] {
        told(&mut state, Some(signup));
        assert_eq!(page(&state), due);
    }
}

#[test]
fn a_page_looked_at_makes_way_for_what_happens() {
    let mut state = greeted();
    told(&mut state, Some(signup(SignupStep::SignUp)));
    connect(&mut state, ConnectAction::Look(Some(ConnectPage::Settings)));
    told(&mut state, Some(signup(SignupStep::SignUp)));
    assert_eq!(page(&state), ConnectPage::Settings);
    told(&mut state, Some(signup(SignupStep::Details)));
    assert_eq!(page(&state), ConnectPage::Details);
}

#[test]
fn the_first_answers_that_are_kept_leave_the_page_where_it_is() {
    let mut state = greeted();
    told(&mut state, None);
    connect(&mut state, ConnectAction::Look(Some(ConnectPage::SignUp)));
    told(&mut state, Some(signup(SignupStep::Check)));
    assert_eq!(page(&state), ConnectPage::SignUp);
}

#[test]
fn what_is_typed_is_not_replaced_by_what_was_kept_before() {
    let mut state = greeted();
    told(&mut state, Some(signup(SignupStep::Check)));
    connect(&mut state, ConnectAction::Answered(version("2.2")));
    let first = state.connecting.answers_changed;
    connect(&mut state, ConnectAction::Answered(version("2.26")));
    let kept = SignupView {
        answers: version("2.2"),
        ..signup(SignupStep::Check)
    };
    connect(&mut state, ConnectAction::AnswersKept(first, view(Some(kept))));
    assert_eq!(state.connecting.answers.app_version, "2.26");
    let all = state.connecting.answers_changed;
    let kept = SignupView {
        answers: version("2.26"),
        ..signup(SignupStep::Check)
    };
    connect(&mut state, ConnectAction::AnswersKept(all, view(Some(kept))));
    // From here on another window's answers count.
    let theirs = SignupView {
        answers: version("2.27"),
        ..signup(SignupStep::Check)
    };
    assert!(told(&mut state, Some(theirs)).contains(Part::Answers));
    assert_eq!(state.connecting.answers.app_version, "2.27");
}

#[test]
fn an_answer_to_an_older_question_does_not_undo_a_step() {
    let mut state = greeted();
    connect(&mut state, ConnectAction::Asked);
    let asked = state.connecting.asked;
    connect(&mut state, ConnectAction::Stepping);
    let old = || view(Some(signup(SignupStep::Details)));
    connect(&mut state, ConnectAction::Told { asked, view: old() });
    assert_eq!(page(&state), ConnectPage::Loading);
    connect(
        &mut state,
        ConnectAction::Stepped(view(Some(signup(SignupStep::Confirm)))),
    );
    connect(&mut state, ConnectAction::Told { asked, view: old() });
    assert_eq!(page(&state), ConnectPage::Confirm);
    assert!(!state.connecting.is_busy);
}

#[test]
fn a_step_that_is_not_taken_says_why_until_the_next_one() {
    let mut state = greeted();
    told(&mut state, Some(signup(SignupStep::Details)));
    connect(&mut state, ConnectAction::Stepping);
    let error = ApiError::new(ErrorCode::Invalid, "The website is written like https://example.com.");
    connect(&mut state, ConnectAction::NotStepped(error.clone()));
    assert_eq!(state.connecting.error, Some(error.message));
    told(&mut state, Some(signup(SignupStep::Details)));
    assert!(state.connecting.error.is_some());
    connect(&mut state, ConnectAction::Stepping);
    assert_eq!(state.connecting.error, None);
}

#[test]
fn settings_that_are_kept_leave_their_page_open() {
    let mut state = greeted();
    told(&mut state, None);
    connect(&mut state, ConnectAction::Look(Some(ConnectPage::Settings)));
    connect(&mut state, ConnectAction::Stepping);
    connect(&mut state, ConnectAction::Kept(view(None)));
    assert_eq!(page(&state), ConnectPage::Settings);
}

#[test]
fn whoever_comes_back_sees_what_is_due() {
    let mut state = greeted();
    state.reduce(Action::GoTo(Place::Connect));
    told(&mut state, Some(signup(SignupStep::Sync)));
    connect(&mut state, ConnectAction::Look(Some(ConnectPage::Settings)));
    connect(&mut state, ConnectAction::VerifyToken("secret".to_owned()));
    let touched = state.reduce(Action::GoTo(Place::Inbox));
    assert!(touched.contains(Part::Connecting));
    assert_eq!(state.connecting.verify_token, None);
    state.reduce(Action::GoTo(Place::Connect));
    assert_eq!(page(&state), ConnectPage::Sync);
}

#[test]
fn the_settings_lead_to_the_check_before_metas_page() {
    let mut state = greeted();
    let set = |state: &mut State, step| {
        let mut view = view(step);
        view.app.is_complete = true;
        connect(state, ConnectAction::Asked);
        let asked = state.connecting.asked;
        connect(state, ConnectAction::Told { asked, view });
    };
    set(&mut state, None);
    assert_eq!(state.connecting.after_settings(), Some(ConnectPage::Check));
    let answers = |phone: &str| PreflightAnswers {
        phone: phone.to_owned(),
        app_version: "2.26.31".to_owned(),
        days_in_use: Some(30),
        is_admin: Some(true),
        has_phone_at_hand: true,
        accepts_unlinking: true,
    };
    connect(&mut state, ConnectAction::Answered(answers("2348031234567")));
    assert_eq!(state.connecting.after_settings(), Some(ConnectPage::Check));
    connect(&mut state, ConnectAction::Answered(answers("15550783881")));
    assert_eq!(state.connecting.after_settings(), Some(ConnectPage::SignUp));
    // Chats come over: that is what is due.
    set(&mut state, Some(signup(SignupStep::Sync)));
    assert_eq!(
        (state.connecting.after_settings(), state.connecting.after_check()),
        (None, None)
    );
}

#[test]
fn a_verify_token_does_not_stay_when_its_page_is_left() {
    let mut state = greeted();
    told(&mut state, None);
    connect(&mut state, ConnectAction::VerifyToken("secret".to_owned()));
    connect(&mut state, ConnectAction::Look(None));
    assert_eq!(state.connecting.verify_token, None);
}

#[test]
fn the_number_that_is_connected_is_one_of_those_that_meta_named() {
    let mut state = greeted();
    let candidate = Candidate {
        id: NumberId::from("2"),
        waba: "1".to_owned(),
        display_phone_number: "441174960208".to_owned(),
        verified_name: String::new(),
        is_coexistence: true,
        is_expected: true,
    };
    let mut connected = signup(SignupStep::Confirm);
    connected.candidates = vec![candidate.clone()];
    connected.number = Some(NumberId::from("3"));
    told(&mut state, Some(connected.clone()));
    assert_eq!(state.connecting.chosen(), None);
    connected.number = Some(candidate.id.clone());
    told(&mut state, Some(connected));
    assert_eq!(state.connecting.chosen(), Some(&candidate));
}

#[test]
fn every_way_a_history_can_go_has_its_own_standing() {
    let at = Millis(0);
    let made = SyncRequest::Made { at };
    let refused = |code| SyncRequest::Refused { at, code };
    let standing = |history, percent, refused, message_count| {
        let told = SyncView {
            history,
            percent,
            refused,
            message_count,
            ..sync()
        };
        HistoryStanding::at(Millis(60_000), &told)
    };
    assert_eq!(
        standing(SyncRequest::NotMade, None, None, 0),
        HistoryStanding::NotAsked { is_in_time: true }
    );
    assert_eq!(standing(made, None, None, 0), HistoryStanding::Coming);
    assert_eq!(standing(made, Some(42), None, 7), HistoryStanding::Coming);
    assert_eq!(standing(made, Some(100), None, 7), HistoryStanding::Complete);
    assert_eq!(standing(made, Some(100), None, 0), HistoryStanding::Nothing);
    assert_eq!(standing(made, None, Some(2_593_109), 0), HistoryStanding::Declined);
    assert_eq!(
        standing(refused(2_593_107), None, None, 0),
        HistoryStanding::AskedBefore
    );
    // It was made before, and what was asked for then comes.
    assert_eq!(standing(refused(2_593_107), Some(3), None, 1), HistoryStanding::Coming);
    assert_eq!(standing(refused(2_593_108), None, None, 0), HistoryStanding::TooLate);
    assert_eq!(standing(refused(10), None, None, 0), HistoryStanding::Refused(10));
    assert_eq!(
        standing(SyncRequest::MaybeMade { at }, None, None, 0),
        HistoryStanding::MayCome
    );
    assert_eq!(
        standing(SyncRequest::MaybeMade { at }, Some(1), None, 1),
        HistoryStanding::Coming
    );
}

#[test]
fn the_phone_can_be_asked_again_while_the_answer_was_lost_and_nothing_has_come() {
    let (at, now) = (Millis(0), Millis(60_000));
    let lost = SyncRequest::MaybeMade { at };
    let made = SyncRequest::Made { at };
    let told = |contacts, history| SyncView {
        contacts,
        history,
        contact_count: 0,
        percent: None,
        refused: None,
        ..sync()
    };
    let asks = |sync: &SyncView, now| (Ask::for_contacts(now, sync), Ask::for_history(now, sync));
    let not_made = told(SyncRequest::NotMade, SyncRequest::NotMade);
    assert_eq!(asks(&not_made, now), (None, Some(Ask::First)), "one button for both");
    assert_eq!(asks(&told(lost, lost), now), (None, Some(Ask::Again)));
    assert_eq!(asks(&told(lost, made), now), (Some(Ask::Again), None));
    assert_eq!(asks(&told(made, made), now), (None, None));
    assert_eq!(asks(&told(lost, lost), sync().deadline), (None, None));
    let some_came = SyncView {
        contact_count: 1,
        percent: Some(3),
        ..told(lost, lost)
    };
    assert_eq!(asks(&some_came, now), (None, None));
}

#[test]
fn five_minutes_without_a_piece_are_quiet() {
    let told = SyncView {
        percent: Some(42),
        last_piece_at: Some(Millis(HOUR)),
        ..sync()
    };
    let after = |minutes: i64| HistoryStanding::at(Millis(HOUR + minutes * 60_000), &told);
    assert_eq!(after(4), HistoryStanding::Coming);
    assert_eq!(after(5), HistoryStanding::Quiet(5 * 60_000));
    assert!(!after(5).is_over());
    assert!(!after(24 * 60 - 1).is_over());
    assert!(after(24 * 60).is_over());
}

#[test]
fn a_quiet_phone_keeps_nobody_on_the_page_once_new_messages_are_shown() {
    let (soon, quiet) = (Millis(60_000), Millis(5 * 60_000));
    let shown = SyncView {
        is_holding: false,
        ..sync()
    };
    assert!(!may_be_put_away(quiet, &sync()) && may_be_put_away(quiet, &shown));
    assert!(!may_be_put_away(soon, &shown), "it is on its way");
    let declined = SyncView {
        refused: Some(2_593_109),
        ..shown
    };
    assert!(may_be_put_away(soon, &declined));
}

#[test]
fn a_phone_that_can_still_be_asked_is_not_left() {
    let (at, now) = (Millis(0), Millis(20 * 60_000));
    let lost = SyncRequest::MaybeMade { at };
    let shown = SyncView {
        is_holding: false,
        ..sync()
    };
    let history_lost = SyncView {
        history: lost,
        ..shown.clone()
    };
    let contacts_lost = SyncView {
        contacts: lost,
        percent: Some(100),
        message_count: 7,
        ..shown
    };
    for told in [history_lost, contacts_lost] {
        assert!(!may_be_put_away(now, &told));
        assert!(may_be_put_away(Millis(24 * HOUR), &told), "nobody can any more");
    }
}

#[test]
fn another_number_does_not_take_the_place_of_a_signup_with_something_left_to_do() {
    let now = Millis(60_000);
    let mut state = greeted();
    assert!(!state.connecting.may_begin_anew(now, "2"), "it is not known yet");
    told(&mut state, None);
    assert!(state.connecting.may_begin_anew(now, "2"));
    told(&mut state, Some(signup(SignupStep::Details)));
    assert!(!state.connecting.may_begin_anew(now, "2"));

    let candidate = Candidate {
        id: sync().number,
        waba: "1".to_owned(),
        display_phone_number: "15550783881".to_owned(),
        verified_name: String::new(),
        is_coexistence: true,
        is_expected: true,
    };
    let connected = SignupView {
        number: Some(candidate.id.clone()),
        candidates: vec![candidate],
        ..signup(SignupStep::Sync)
    };
    told(&mut state, Some(connected.clone()));
    assert!(
        !state.connecting.may_begin_anew(now, "2"),
        "how far it is, nobody knows"
    );
    connect(&mut state, ConnectAction::Synced(Box::new(sync())));
    assert!(!state.connecting.may_begin_anew(now, "2"), "it is on its way");
    assert!(
        state.connecting.may_begin_anew(now, "15550783881"),
        "it is the same number"
    );
    let complete = SyncView {
        percent: Some(100),
        message_count: 7,
        ..sync()
    };
    connect(&mut state, ConnectAction::Synced(Box::new(complete)));
    assert!(state.connecting.may_begin_anew(now, "2"));
    let unsubscribed = SignupView {
        problem: Some(SignupProblem::Unreachable),
        ..connected
    };
    told(&mut state, Some(unsubscribed));
    assert!(!state.connecting.may_begin_anew(now, "2"), "its webhooks go elsewhere");
}

#[test]
fn a_history_that_was_not_asked_for_in_time_is_over() {
    let told = SyncView {
        history: SyncRequest::NotMade,
        ..sync()
    };
    let standing = |hours: i64| HistoryStanding::at(Millis(hours * HOUR), &told);
    assert!(!standing(23).is_over());
    assert_eq!(standing(24), HistoryStanding::NotAsked { is_in_time: false });
    assert!(standing(24).is_over());
}

#[test]
fn a_phase_that_is_over_is_full_and_one_that_has_begun_shows_it() {
    let bars = |phases, percent| {
        phase_bars(&SyncView {
            phases,
            percent,
            ..sync()
        })
    };
    assert_eq!(bars([None; 3], None), [0, 0, 0]);
    assert_eq!(bars([Some(1), None, None], Some(1)), [5, 0, 0]);
    assert_eq!(bars([Some(5), Some(42), None], Some(42)), [100, 55, 0]);
    assert_eq!(bars([Some(5), Some(6), None], Some(6)), [100, 4, 0]);
    // Pieces may come in any order: what has not begun is not full.
    assert_eq!(bars([None, None, Some(80)], Some(80)), [0, 0, 50]);
    assert_eq!(bars([None, None, Some(100)], Some(100)), [100, 100, 100]);
}

#[test]
fn each_problem_has_one_way_on() {
    assert_eq!(remedy(&SignupProblem::Cancelled), Remedy::BeginAgain);
    assert_eq!(remedy(&SignupProblem::AppRefused), Remedy::Settings);
    assert_eq!(remedy(&SignupProblem::Unreachable), Remedy::Resume);
}

#[test]
fn a_website_has_a_host_with_a_dot() {
    for (text, is_one) in [
        ("https://example.com", true),
        ("example.com/shop", true),
        (" example.com ", true),
        ("HTTP://example.com?x=1", true),
        ("", false),
        ("example", false),
        ("https://", false),
        (".com", false),
        ("ftp://example.com", false),
        ("javascript://example.com", false),
        ("not a site.com", false),
    ] {
        assert_eq!(is_web_address(text), is_one, "{text}");
    }
}
