//! `/profile/sessions` (A7).

use super::api::{self, EndOtherSessions, EndSession};
use crate::{
    forms::FormState,
    language::language,
    load::follow,
    prelude::*,
    texts::{self, profile as t},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{LocalTime, fields::Language, profile::SessionShown};

const NOTICE: &str = "done";

#[component]
pub(crate) fn SessionsPage() -> impl IntoView {
    let end = ServerAction::<EndSession>::new();
    let end_others = ServerAction::<EndOtherSessions>::new();
    follow(
        || (),
        move || {
            end.version().track();
            end_others.version().track();
        },
        |()| api::list_sessions(),
        move |sessions| view! { <SessionsContent sessions end end_others/> }.into_any(),
    )
}

#[component]
fn SessionsContent(
    sessions: Signal<Vec<SessionShown>>,
    end: ServerAction<EndSession>,
    end_others: ServerAction<EndOtherSessions>,
) -> impl IntoView {
    let l = language();
    let (ending, ending_others) = (FormState::of(end), FormState::of(end_others));
    let errors = Signal::derive(move || [ending.errors().get(), ending_others.errors().get()].concat());
    let others = Memo::new(move |_| sessions.with(|sessions| sessions.iter().any(|session| !session.is_this)));
    let lines = move || sessions.get().into_iter().map(|session| view! { <SessionLine session end/> }).collect_view();
    let head = move || {
        view! {
            <Header label=t::browser(l)/>
            <Header label=t::address(l)/>
            <Header label=t::since(l)/>
            <Header label=t::last_seen(l)/>
            <Header label=t::end_session(l) hidden=true/>
        }
    };
    let end_others_form = move || {
        view! {
            <ActionForm action=end_others attr:class="stack">
                <p class="muted small">{t::end_others_text(l)}</p>
                <div><Button kind=Kind::Secondary glyph=Glyph::Logout pending=ending_others.pending>{t::end_others(l)}</Button></div>
            </ActionForm>
        }
    };
    let title = move || if errors.read().is_empty() { t::sessions(l).to_owned() } else { texts::error_prefix(l, t::sessions(l)) };
    view! {
        <Title text=title/>
        <PageHeader title=t::sessions(l) lead=t::sessions_lead(l)/>
        <ErrorSummary title=texts::error_title(l) errors/>
        <EndedNotice end end_others/>
        <Card flush=true><DataTable label=t::sessions(l) head>{lines}</DataTable></Card>
        {move || others.get().then(end_others_form)}
    }
}

#[component]
fn SessionLine(session: SessionShown, end: ServerAction<EndSession>) -> impl IntoView {
    let l = language();
    let id = session.id;
    let title_id = format!("session-{id}");
    let described_by = title_id.clone();
    let pending = Signal::derive(move || end.is_sending("id", &id.to_string()));
    let button = (!session.is_this).then(|| {
        view! {
            <ActionForm action=end>
                <input type="hidden" name="id" value=id.to_string()/>
                <Button kind=Kind::Secondary small=true pending attr:aria-describedby=described_by>{t::end_session(l)}</Button>
            </ActionForm>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <span id=title_id>{browser(l, &session)}</span>
                {session.is_this.then(|| view! { " " <Badge label=t::this_session(l) tone=Tone::Success/> })}
            </th>
            <Cell label=t::address(l) breaks=true>{session.address}</Cell>
            <Cell label=t::since(l)>{moment(l, session.began)}</Cell>
            <Cell label=t::last_seen(l)>{moment(l, session.seen)}</Cell>
            <Cell label=t::end_session(l) actions=true>{button}</Cell>
        </tr>
    }
}

fn browser(l: Language, session: &SessionShown) -> String {
    let browser = session.browser.clone().unwrap_or_else(|| t::unknown_browser(l).to_owned());
    match &session.system {
        Some(system) => t::browser_on(l, &browser, system),
        None => browser,
    }
}

fn moment(l: Language, moment: LocalTime) -> impl IntoView {
    view! { <time datetime=moment.machine()>{moment.date_and_time(l)}</time> }
}

/// What was just done. The row with the button is gone by then, so it also takes the focus.
#[component]
fn EndedNotice(end: ServerAction<EndSession>, end_others: ServerAction<EndOtherSessions>) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let text = move || match query.read().get("notice").as_deref() {
        Some("ended") => Some(t::ended(l)),
        Some("others-ended") => Some(t::others_ended(l)),
        _ => None,
    };
    let done = Memo::new(move |_| end.version().get() + end_others.version().get());
    effect(move || {
        if done.get() > 0 {
            request_animation_frame(|| dom::focus(NOTICE));
        }
    });
    move || text().map(|text| view! { <Notice tone=Tone::Success attr:id=NOTICE attr:tabindex="-1">{text}</Notice> })
}
