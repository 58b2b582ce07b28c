//! What the lists of requests have in common: whose list it is, and the cells of a row.

use super::lines::Line;
use crate::{
    prelude::*,
    texts::{self, requests as t},
    ui::*,
};
use shared::{
    CompanyNumber, FieldName, LocalTime, RequestId,
    fields::Language,
    requests::{Applicant, Choice as Standard, Outcome, Queue, RequestRow, Subject},
};

/// Where a list stands.
#[derive(Clone)]
pub(crate) struct Place {
    pub company: CompanyNumber,
    /// Whether the reader decides.
    pub administers: bool,
    /// What its forms say about the way back.
    pub back: String,
}

/// Forms don't nest, and a row has several: so its buttons name these, which stand beside the table once.
pub(super) const ACCEPT_FORM: &str = "accept-form";
pub(super) const UNDO_FORM: &str = "undo-form";
pub(super) const WITHDRAW_FORM: &str = "withdraw-form";

/// As keys and the focus find a row and its buttons.
pub(super) fn row_id(id: RequestId) -> String {
    format!("request-{id}")
}

pub(super) fn accept_id(id: &str) -> String {
    format!("accept-{id}")
}

pub(super) fn decline_id(id: &str) -> String {
    format!("decline-{id}")
}

/// A document is accepted by a form of its own: each has a choice.
pub(super) fn answer_form_id(id: RequestId) -> String {
    format!("answer-form-{id}")
}

pub(super) fn decline_dialog_id(id: RequestId) -> String {
    format!("decline-dialog-{id}")
}

/// What is asked for, in words.
pub(super) fn name_of(subject: &Subject) -> String {
    match subject {
        Subject::Licence { product, .. } => product.clone(),
        Subject::Document { number, .. } => number.clone(),
    }
}

pub(super) fn subject(place: &Place, subject: Subject) -> AnyView {
    let company = place.company;
    match subject {
        Subject::Licence { id, product } if place.administers => {
            view! { <a href=format!("/company/{company}/licences/{id}")>{product}</a> }.into_any()
        }
        Subject::Licence { product, .. } => product.into_any(),
        Subject::Document { id, number, title } => view! {
            <a href=format!("/company/{company}/documents/{id}")>{number}</a>
            <div class="small muted">{title}</div>
        }
        .into_any(),
    }
}

/// A link to their page, while they have one.
pub(super) fn who(l: Language, company: CompanyNumber, applicant: Applicant) -> AnyView {
    let name = texts::person_name(l, &applicant.name).to_owned();
    let name = if applicant.inside {
        view! { <a href=format!("/company/{company}/users/{}", applicant.id)>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    view! {
        <div>
            {name}
            <div class="small muted">{mail_address(applicant.username)}</div>
        </div>
    }
    .into_any()
}

/// As it was written, line by line.
pub(super) fn reason(l: Language, reason: Option<&str>) -> AnyView {
    match reason {
        Some(reason) => view! { <div>{by_line(reason)}</div> }.into_any(),
        None => view! { <span class="muted">{t::no_reason(l)}</span> }.into_any(),
    }
}

pub(super) fn by_line(text: &str) -> Vec<AnyView> {
    let line = |(place, line): (usize, &str)| view! { {(place > 0).then(|| view! { <br/> })} {line.to_owned()} }.into_any();
    text.lines().enumerate().map(line).collect()
}

pub(super) fn moment(l: Language, moment: LocalTime) -> impl IntoView {
    view! { <time datetime=moment.machine()>{moment.date_and_time(l)}</time> }
}

/// Colour is never alone: the words say it.
pub(super) fn outcome(l: Language, outcome: Outcome) -> AnyView {
    let tone = match outcome {
        Outcome::Open => Tone::Neutral,
        Outcome::Forwarded => Tone::Info,
        Outcome::Accepted | Outcome::Granted => Tone::Success,
        Outcome::Declined => Tone::Danger,
        Outcome::Withdrawn | Outcome::Lapsed => Tone::Warning,
    };
    view! { <Badge label=t::outcome_name(l, outcome) tone/> }.into_any()
}

/// R8: an administrator has answered, and staff have not yet.
pub(super) fn waits(l: Language, what: Outcome) -> Option<AnyView> {
    (what == Outcome::Forwarded).then(|| outcome(l, what))
}

pub(super) fn undo_button(l: Language, id: RequestId, pending: Signal<bool>) -> AnyView {
    view! {
        <Button kind=Kind::Secondary small=true name="id" value=id.to_string() pending attr:form=UNDO_FORM>{t::undo(l)}</Button>
    }
    .into_any()
}

/// What can be done with a row, or what happened to it. A button that the rule forbids is its reason instead.
pub(super) fn deeds(l: Language, line: &Line, answer: impl FnOnce(&RequestRow) -> AnyView, pending: Signal<bool>) -> AnyView {
    let row = &line.row;
    if line.gone && row.outcome == Outcome::Open {
        return view! { <Badge label=t::gone(l)/> }.into_any();
    }
    if line.gone || row.outcome != Outcome::Open {
        let undo = row.may_undo.then(|| undo_button(l, row.id, pending));
        return view! { {outcome(l, row.outcome)} {undo} {withdraw_button(l, row, pending)} }.into_any();
    }
    // An administrator, or one who could be one: nobody else is given a reason why not.
    let deciding = row.applicant.is_some().then(|| view! { {accept(l, row, answer, pending)} {decline(l, row)} });
    let own = (row.own && row.applicant.is_none()).then(|| view! { <Badge label=t::yours(l) tone=Tone::Accent/> });
    view! { {deciding} {own} {withdraw_button(l, row, pending)} }.into_any()
}

fn accept(l: Language, row: &RequestRow, answer: impl FnOnce(&RequestRow) -> AnyView, pending: Signal<bool>) -> AnyView {
    let (id, name) = (row.id.to_string(), row_id(row.id));
    match (&row.may_accept, &row.subject) {
        (Err(why), _) => view! { <span class="small muted">{texts::of_refusal(l, why)}</span> }.into_any(),
        (Ok(()), Subject::Licence { .. }) => view! {
            <Button
                kind=Kind::Secondary
                small=true
                glyph=Glyph::Check
                name="ids[]"
                value=id.clone()
                pending
                attr:id=accept_id(&id)
                attr:form=ACCEPT_FORM
                attr:aria-describedby=format!("{name}-what")
            >
                {t::accept(l)}
            </Button>
        }
        .into_any(),
        (Ok(()), Subject::Document { .. }) => answer(row),
    }
}

fn decline(l: Language, row: &RequestRow) -> AnyView {
    let id = row.id.to_string();
    match &row.may_decline {
        Ok(()) => view! {
            <DialogButton
                dialog=decline_dialog_id(row.id)
                small=true
                attr:id=decline_id(&id)
                attr:aria-describedby=format!("{}-what", row_id(row.id))
            >
                {t::decline(l)}
            </DialogButton>
        }
        .into_any(),
        // Once is enough.
        Err(why) if row.may_accept.as_ref() == Err(why) => ().into_any(),
        Err(why) => view! { <span class="small muted">{texts::of_refusal(l, why)}</span> }.into_any(),
    }
}

fn withdraw_button(l: Language, row: &RequestRow, pending: Signal<bool>) -> Option<AnyView> {
    let id = row.id.to_string();
    row.may_withdraw.then(|| {
        view! { <Button kind=Kind::Secondary small=true name="id" value=id pending attr:form=WITHDRAW_FORM>{t::withdraw(l)}</Button> }
            .into_any()
    })
}

/// R8: which licence, or which collection.
pub(super) fn options(l: Language, choices: &[Standard]) -> Vec<Choice> {
    let entry = |choice: &Standard| match choice {
        Standard::Licence { product, .. } => (choice.key(), t::give_licence(l, product)),
        Standard::Collection { product, .. } => (choice.key(), t::add_to_collection(l, product)),
    };
    choices.iter().map(entry).collect()
}

pub(super) fn choice_field(l: Language, row: &RequestRow) -> AnyView {
    let options = options(l, &row.choices);
    let form = answer_form_id(row.id);
    view! { <Select name=FieldName::Choice.html() id=format!("choice-{}", row.id) label=t::choice(l) options form/> }.into_any()
}

/// The queue that a row is decided in.
pub(super) const fn queue_of(subject: &Subject) -> Queue {
    match subject {
        Subject::Licence { .. } => Queue::Licences,
        Subject::Document { .. } => Queue::Documents,
    }
}
