//! `/profile/company`: going to another company (P4), leaving one, joining one (S6), and handing over first (U6).

use super::{
    api::{self, ChangeCompany, HandOver, JoinCompany, LeaveCompany, WithdrawSuccession},
    change::Changing,
    hand_over::HandingOver,
    join::Joining,
    leave::Leaving,
    losses::Lost,
};
use crate::{
    ask::forget_earlier_answers,
    forms::FormState,
    language::language,
    live,
    load::follow,
    prelude::*,
    texts::{self, profile as t},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{
    CompanyNumber,
    fields::Language,
    live::Room,
    moving::{Here, Moving},
};

const NOTICE: &str = "done";

/// What can be done here. Their actions live as long as the page, so that what one says outlives the next look.
#[derive(Clone, Copy)]
struct Deeds {
    join: ServerAction<JoinCompany>,
    change: ServerAction<ChangeCompany>,
    leave: ServerAction<LeaveCompany>,
    hand_over: ServerAction<HandOver>,
    withdraw: ServerAction<WithdrawSuccession>,
}

impl Deeds {
    fn new() -> Self {
        let deeds = Self {
            join: ServerAction::new(),
            change: ServerAction::new(),
            leave: ServerAction::new(),
            hand_over: ServerAction::new(),
            withdraw: ServerAction::new(),
        };
        forget_earlier_answers(vec![*deeds.hand_over, *deeds.withdraw]);
        deeds
    }

    fn errors(self) -> Signal<Vec<(String, String)>> {
        let forms = [
            FormState::of(self.join),
            FormState::of(self.change),
            FormState::of(self.leave),
            FormState::of(self.hand_over),
            FormState::of(self.withdraw),
        ];
        let errors = forms.map(FormState::errors);
        Signal::derive(move || errors.iter().flat_map(|errors| errors.get()).collect())
    }
}

#[component]
pub(crate) fn CompanyPage() -> impl IntoView {
    let deeds = Deeds::new();
    // Which one it is about is known once the page has been read.
    let company = RwSignal::new(CompanyNumber(0));
    let changes = live::changes(company.into(), Room::Users);
    follow(
        || (),
        move || {
            changes.track();
            deeds.hand_over.version().track();
            deeds.withdraw.version().track();
        },
        |()| api::read_moving(),
        move |moving| view! { <CompanyContent moving company deeds/> }.into_any(),
    )
}

#[component]
fn CompanyContent(moving: Signal<Moving>, company: RwSignal<CompanyNumber>, deeds: Deeds) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let from = Memo::new(move |_| query.read().get("from").and_then(|from| from.parse::<CompanyNumber>().ok()));
    let here = Memo::new(move |_| moving.with(|moving| chosen(&moving.here, from.get()).cloned()));
    let number = Memo::new(move |_| here.with(|here| here.as_ref().map(|here| here.company.number)));
    effect(move || company.set(number.get().unwrap_or(CompanyNumber(0))));
    let lead = Memo::new(move |_| lead(l, &moving.read()));
    let several = Memo::new(move |_| moving.read().here.len() > 1);
    let which = Signal::derive(move || moving.with(|moving| links(&moving.here, number.get())));
    let errors = deeds.errors();
    let heading = t::change_company(l);
    let title = move || if errors.read().is_empty() { heading.to_owned() } else { texts::error_prefix(l, heading) };
    let content = move || match number.get() {
        Some(company) => view! { <InCompany company moving here several deeds/> }.into_any(),
        None => view! { <Joining moving action=deeds.join/> }.into_any(),
    };
    view! {
        <Title text=title/>
        <PageHeader title=heading lead=Signal::derive(move || Some(lead.get()))/>
        <ErrorSummary title=texts::error_title(l) errors/>
        <DoneNotice here deeds/>
        {move || several.get().then(|| view! { <Tabs label=t::which_company(l) items=which/> })}
        {content}
    }
}

/// What ends, and the two ways out; the last administrator hands over first.
#[component]
fn InCompany(company: CompanyNumber, moving: Signal<Moving>, here: Memo<Option<Here>>, several: Memo<bool>, deeds: Deeds) -> impl IntoView {
    let l = language();
    let name = here.with_untracked(|here| here.as_ref().map(|here| here.company.name.clone()).unwrap_or_default());
    let role = Memo::new(move |_| here.with(|here| here.as_ref().map(|here| here.company.role)));
    let losses = Memo::new(move |_| here.with(|here| here.as_ref().map(|here| here.losses.clone()).unwrap_or_default()));
    let refusal = Memo::new(move |_| here.with(|here| here.as_ref().and_then(|here| here.may_leave().err())));
    let may_leave = Memo::new(move |_| refusal.read().is_none());
    let then_to = Memo::new(move |_| moving.with(|moving| moving.departments.iter().map(|one| one.name.clone()).collect::<Vec<_>>()));
    let what_ends = t::what_ends(l, &name);
    let ways_out = move || {
        let name = name.clone();
        may_leave.get().then(|| {
            view! {
                <Changing company moving action=deeds.change/>
                <Leaving company name losses several/>
            }
        })
    };
    view! {
        <HandingOver company here refusal then_to ask=deeds.hand_over withdraw=deeds.withdraw/>
        <Card id="ends" title=what_ends>
            {move || role.get().map(|role| view! { <Lost role losses=losses.get()/> })}
        </Card>
        {ways_out}
    }
}

/// What was just done, and what came of a succession while the page stood open.
#[component]
fn DoneNotice(here: Memo<Option<Here>>, deeds: Deeds) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let notice = Memo::new(move |_| query.read().get("notice").unwrap_or_default());
    let asked = Memo::new(move |_| here.with(|here| Some(here.as_ref()?.succession.as_ref()?.name.clone())));
    let may_leave = Memo::new(move |_| here.with(|here| here.as_ref().is_none_or(|here| here.may_leave().is_ok())));
    // Whether the page has waited for an answer. What was withdrawn gets none.
    let waited =
        Memo::new(move |before: Option<&bool>| notice.read().as_str() != "withdrawn" && (before == Some(&true) || asked.read().is_some()));
    let said = Memo::new(move |_| {
        let waited = waited.get();
        match (notice.read().as_str(), asked.get()) {
            ("left", _) => Some((Tone::Success, t::left(l).to_owned())),
            ("asked", Some(name)) => Some((Tone::Success, t::asked(l, &name))),
            ("withdrawn", None) => Some((Tone::Success, t::withdrawn(l).to_owned())),
            (_, None) if waited && may_leave.get() => Some((Tone::Success, t::succeeded(l).to_owned())),
            (_, None) if waited => Some((Tone::Info, t::not_succeeded(l).to_owned())),
            _ => None,
        }
    });
    // The button that was pressed is gone by then.
    let withdrawn = Memo::new(move |_| notice.read().as_str() == "withdrawn" && asked.read().is_none());
    effect(move || {
        if withdrawn.get() && deeds.withdraw.version().get_untracked() > 0 {
            request_animation_frame(|| dom::focus(NOTICE));
        }
    });
    move || {
        let (tone, text) = said.get()?;
        let has_left = notice.read().as_str() == "left";
        Some(view! { <Notice tone attr:id=NOTICE attr:tabindex="-1" attr:autofocus=has_left>{text}</Notice> })
    }
}

/// The one that the address names, else the first.
fn chosen(here: &[Here], from: Option<CompanyNumber>) -> Option<&Here> {
    here.iter().find(|one| Some(one.company.number) == from).or_else(|| here.first())
}

fn links(here: &[Here], current: Option<CompanyNumber>) -> Vec<NavItem> {
    let link = |one: &Here| {
        let number = one.company.number;
        NavItem::new(one.company.name.clone(), format!("/profile/company?from={number}")).current(Some(number) == current)
    };
    here.iter().map(link).collect()
}

fn lead(l: Language, moving: &Moving) -> String {
    let names: Vec<&str> = moving.here.iter().map(|here| here.company.name.as_str()).collect();
    if names.is_empty() { t::no_company_lead(l).to_owned() } else { t::company_lead(l, &names.join(", ")) }
}
