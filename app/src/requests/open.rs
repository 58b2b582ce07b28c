//! The open requests (R1, R2, R6): administrators decide them here, everybody else reads them.

use super::{
    api::Verdict,
    chosen::ChosenBar,
    deeds::{Deeds, ONLY, reason_id},
    lines::Lines,
    row::{self, ACCEPT_FORM, Place, UNDO_FORM, WITHDRAW_FORM},
    several::Several,
};
use crate::{
    forms::{FormState, Question},
    language::language,
    prelude::*,
    texts::{self, requests as t},
    ui::*,
};
use leptos::children::ViewFnOnce;
use shared::{
    CompanyNumber, FieldName, RequestId,
    fields::Language,
    requests::{Choice as Standard, Queue, RequestRow, Subject},
};

/// `several`: more than one can be decided at once. `choices`: documents with one of these answers (R8).
#[component]
pub(crate) fn OpenRequests(
    place: Place,
    lines: RwSignal<Lines>,
    /// How many are open, on all pages.
    found: Memo<u32>,
    deeds: Deeds,
    #[prop(optional)] several: Option<Several>,
    #[prop(optional_no_strip)] choices: Option<Memo<Vec<Standard>>>,
    /// Where nothing is open.
    #[prop(into)]
    empty: Text,
    /// Below the rows, such as a link to all of them.
    #[prop(into, optional)]
    foot: ViewFnOnce,
) -> impl IntoView {
    let l = language();
    let is_empty = Memo::new(move |_| lines.with(|lines| lines.ids().is_empty()));
    let table = {
        let place = place.clone();
        move || {
            if is_empty.get() {
                return view! { <EmptyState title=t::none_title(l) text=empty.to_string() glyph=Glyph::Inbox/> }.into_any();
            }
            open_table(l, place.clone(), lines, deeds, several.map(|several| several.selection))
        }
    };
    let title = move || t::waiting_count(l, found.get());
    let card = view! {
        <Card id="open" title=Signal::derive(title) flush=true actions=move || view! { <News lines/> }>
            {table}
            {foot.run()}
        </Card>
    };
    let card = match several {
        Some(several) => view! { <SeveralForm place=place.clone() lines found deeds several choices>{card}</SeveralForm> }.into_any(),
        None => card.into_any(),
    };
    let beside = place.administers.then(|| {
        let (dialogs, answers) = (decline_dialogs(l, place.clone(), lines, deeds), answer_forms(place.company, lines, deeds));
        view! { {dialogs} {answers} }
    });
    view! {
        {card}
        {beside}
        <RowForms place deeds/>
    }
}

/// R6: what happened meanwhile comes into the list when it is called. The place is always there, so that its button moves nothing.
#[component]
fn News(lines: RwSignal<Lines>) -> impl IntoView {
    let l = language();
    let news = Memo::new(move |_| lines.with(Lines::news));
    let renew = move |_| lines.update(Lines::renew);
    let words = move || match news.get() {
        (0, 0) => None,
        (0, _) => Some((t::clear_decided(l).to_owned(), Kind::Quiet)),
        (1, _) => Some((t::one_new(l).to_owned(), Kind::Secondary)),
        (count, _) => Some((t::several_new(l, count), Kind::Secondary)),
    };
    view! {
        <div class="requests-news" role="status">
            {move || words().map(|(words, kind)| view! { <Button kind small=true button_type="button" on:click=renew>{words}</Button> })}
        </div>
    }
}

/// The form around a table whose rows can be ticked.
#[component]
fn SeveralForm(
    place: Place,
    lines: RwSignal<Lines>,
    found: Memo<u32>,
    deeds: Deeds,
    several: Several,
    choices: Option<Memo<Vec<Standard>>>,
    children: Children,
) -> impl IntoView {
    several.follow(place.back.clone(), lines, found);
    view! {
        <ActionForm action=deeds.decide_chosen attr:class="stack">
            // The Enter key in a box presses the first button of its form: this one does nothing.
            <button type="submit" disabled hidden></button>
            <DecisionFields place queue=several.queue/>
            {several.fields()}
            {children()}
            <ChosenBar several choices action=deeds.decide_chosen lines found/>
        </ActionForm>
    }
}

/// What every decision says besides.
#[component]
fn DecisionFields(place: Place, queue: Queue) -> impl IntoView {
    view! {
        <WayBack place/>
        <input type="hidden" name="queue" value=queue.key()/>
    }
}

/// What every form says of where it stands.
#[component]
fn WayBack(place: Place) -> impl IntoView {
    view! {
        <input type="hidden" name="company" value=place.company.0/>
        <input type="hidden" name="back" value=place.back/>
    }
}

#[component]
fn RowForms(place: Place, deeds: Deeds) -> impl IntoView {
    let (undo, decide) = (place.clone(), place.clone());
    let decide = place.administers.then(|| {
        view! {
            <ActionForm action=deeds.undo attr:id=UNDO_FORM><WayBack place=undo/></ActionForm>
            <ActionForm action=deeds.decide attr:id=ACCEPT_FORM>
                // A document has a form of its own.
                <DecisionFields place=decide queue=Queue::Licences/>
                <input type="hidden" name="what" value=Verdict::Accept.key()/>
            </ActionForm>
        }
    });
    view! { <div hidden><ActionForm action=deeds.withdraw attr:id=WITHDRAW_FORM><WayBack place/></ActionForm> {decide}</div> }
}

fn open_table(l: Language, place: Place, lines: RwSignal<Lines>, deeds: Deeds, selection: Option<Selection>) -> AnyView {
    let administers = place.administers;
    let head = move || {
        view! {
            {selection.map(|selection| view! { <SelectHeader selection label=t::select_page(l)/> })}
            <Header label=t::what(l)/>
            {administers.then(|| view! { <Header label=t::who(l)/> })}
            <Header label=t::reason(l)/>
            <Header label=t::when(l)/>
            <Header label=t::deeds(l) hidden=true/>
        }
    };
    view! {
        <DataTable label=t::waiting(l) head>
            <For each=move || lines.with(Lines::ids) key=|id| *id let:id>{open_row(l, id, &place, lines, deeds, selection)}</For>
        </DataTable>
    }
    .into_any()
}

/// Who asked for what and why never changes; what can be done is drawn anew when that does.
fn open_row(l: Language, id: RequestId, place: &Place, lines: RwSignal<Lines>, deeds: Deeds, selection: Option<Selection>) -> AnyView {
    let line = Memo::new(move |_| lines.with(|lines| lines.find(id)));
    let Some(RequestRow { subject, applicant, reason, asked, .. }) = line.with_untracked(|line| line.clone().map(|line| line.row)) else {
        return ().into_any();
    };
    let key = id.to_string();
    let pending = Signal::derive(move || {
        deeds.decide.is_sending("ids%5B%5D", &key)
            || deeds.undo.is_sending("id", &key)
            || deeds.answer.is_sending("id", &key)
            || deeds.withdraw.is_sending("id", &key)
    });
    let select = selection.map(|selection| {
        let can_be_chosen = Memo::new(move |_| line.with(|line| line.as_ref().is_some_and(super::lines::Line::can_be_chosen)));
        let who = applicant.as_ref().map(|applicant| applicant.name.clone()).unwrap_or_default();
        let label = t::select(l, &row::name_of(&subject), &who);
        move || {
            if can_be_chosen.try_get() == Some(true) {
                view! { <SelectCell selection id=id.to_string() name="ids[]" label=label.clone()/> }.into_any()
            } else {
                view! { <td class="select-cell"></td> }.into_any()
            }
        }
    });
    let company = place.company;
    let deeds_cell = move || {
        let line = line.try_get().flatten()?;
        Some(row::deeds(l, &line, |row| answer_fields(l, row, pending), pending))
    };
    let name = row::row_id(id);
    let what = format!("{name}-what");
    let subject = row::subject(place, subject);
    let reason = row::reason(l, reason.as_deref());
    view! {
        <tr id=name class="request-row" tabindex="-1">
            {select}
            <th scope="row" id=what>{subject}</th>
            {applicant.map(|applicant| view! { <Cell label=t::who(l) breaks=true>{row::who(l, company, applicant)}</Cell> })}
            <Cell label=t::reason(l)>{reason}</Cell>
            <Cell label=t::when(l)>{row::moment(l, asked)}</Cell>
            <Cell label=t::deeds(l) actions=true>{deeds_cell}</Cell>
        </tr>
    }
    .into_any()
}

/// R8: a document is accepted by choosing what is given for it.
fn answer_fields(l: Language, row: &RequestRow, pending: Signal<bool>) -> AnyView {
    let (button, described_by) = (row::accept_id(&row.id.to_string()), format!("{}-what", row::row_id(row.id)));
    let form = row::answer_form_id(row.id);
    let choice = row::choice_field(l, row);
    view! {
        <div class="request-choice">
            {choice}
            <Button
                kind=Kind::Secondary
                small=true
                glyph=Glyph::Check
                pending
                attr:id=button
                attr:form=form
                attr:aria-describedby=described_by
            >
                {t::accept(l)}
            </Button>
        </div>
    }
    .into_any()
}

/// The forms of those fields: each row has a choice, and so a form.
fn answer_forms(company: CompanyNumber, lines: RwSignal<Lines>, deeds: Deeds) -> AnyView {
    let of_documents = move || {
        let is_document = |id: &RequestId| {
            let line = lines.with(|lines| lines.find(*id));
            line.is_some_and(|line| matches!(line.row.subject, Subject::Document { .. }))
        };
        lines.with(Lines::ids).into_iter().filter(is_document).collect::<Vec<_>>()
    };
    let form = move |id: RequestId| {
        view! {
            <ActionForm action=deeds.answer attr:id=row::answer_form_id(id)>
                <input type="hidden" name="company" value=company.0/>
                <input type="hidden" name="id" value=id.to_string()/>
            </ActionForm>
        }
        .into_any()
    };
    view! { <div hidden><For each=of_documents key=|id| *id let:id>{form(id)}</For></div> }.into_any()
}

fn decline_dialogs(l: Language, place: Place, lines: RwSignal<Lines>, deeds: Deeds) -> AnyView {
    let form = FormState::of(deeds.decide);
    let dialog = move |id: RequestId| {
        let question = Memo::new(move |_| {
            let line = lines.with(|lines| lines.find(id)).filter(|line| !line.gone && line.row.may_decline.is_ok())?;
            Some((row::queue_of(&line.row.subject), t::decline_title(l, &row::name_of(&line.row.subject))))
        });
        let place = place.clone();
        move || {
            let (queue, title) = question.try_get().flatten()?;
            Some(view! { <DeclineDialog id queue title place=place.clone() form deeds/> })
        }
    };
    view! { <For each=move || lines.with(Lines::ids) key=|id| *id let:id>{dialog(id)}</For> }.into_any()
}

#[component]
fn DeclineDialog(id: RequestId, queue: Queue, title: String, place: Place, form: FormState, deeds: Deeds) -> impl IntoView {
    let l = language();
    let dialog = row::decline_dialog_id(id);
    let question = Question::of(form, ONLY, id.to_string());
    let open = question.is_open(FieldName::Reason);
    view! {
        <Dialog id=dialog.clone() title close=texts::close(l) open>
            <ActionForm action=deeds.decide attr:novalidate=true attr:class="stack">
                <WayBack place/>
                <input type="hidden" name="queue" value=queue.key()/>
                <input type="hidden" name="what" value=Verdict::Decline.key()/>
                <input type="hidden" name="ids[]" value=id.to_string()/>
                <input type="hidden" name=ONLY value=id.to_string()/>
                <TextArea
                    name=FieldName::Reason.html()
                    id=reason_id(id)
                    label=t::reason(l)
                    optional_word=texts::optional(l)
                    hint=t::decline_hint(l)
                    value=question.kept(FieldName::Reason)
                    error=question.error(FieldName::Reason)
                />
                <div class="form-actions">
                    <Button kind=Kind::Danger pending=form.pending>{t::decline_request(l)}</Button>
                    <DialogClose dialog open>{t::cancel(l)}</DialogClose>
                </div>
            </ActionForm>
        </Dialog>
    }
}
