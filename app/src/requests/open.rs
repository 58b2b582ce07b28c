//! The open requests (R1, R2, R6): administrators decide them here, everybody else reads them.

use super::{
    api::Verdict,
    chosen::ChosenBar,
    deeds::Deeds,
    lines::Lines,
    row::{self, ACCEPT_FORM, Place, UNDO_FORM, WITHDRAW_FORM},
};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, requests as t},
    ui::*,
};
use leptos::children::ViewFnOnce;
use shared::{
    CompanyNumber, FieldName, RequestId,
    fields::Language,
    requests::{Queue, RequestRow},
};

/// `selection`: several can be decided at once.
#[component]
pub(crate) fn OpenRequests(
    place: Place,
    lines: RwSignal<Lines>,
    /// How many are open, on all pages.
    found: Memo<u32>,
    deeds: Deeds,
    #[prop(optional)] selection: Option<Selection>,
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
            open_table(l, place.clone(), lines, deeds, selection)
        }
    };
    let title = move || t::waiting_count(l, found.get());
    let card = view! {
        <Card id="open" title=Signal::derive(title) flush=true actions=move || view! { <News lines/> }>
            {table}
            {foot.run()}
        </Card>
    };
    let card = match selection {
        Some(selection) => view! { <SeveralForm place=place.clone() lines found deeds selection>{card}</SeveralForm> }.into_any(),
        None => card.into_any(),
    };
    let dialogs = place.administers.then(|| decline_dialogs(l, place.clone(), lines, deeds));
    view! {
        {card}
        {dialogs}
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
    selection: Selection,
    children: Children,
) -> impl IntoView {
    let show = {
        let part = place.back.clone();
        move || {
            let (ids, fixed) = lines.with(Lines::can_be_chosen);
            // Those that wait to be called nobody has seen (R6).
            let found = found.get().saturating_sub(fixed + lines.with(Lines::news).0);
            selection.show(Shown { filter: String::new(), part: part.clone(), ids, found });
        }
    };
    untrack(&show);
    effect(show);
    let first = place.first;
    let newest = move || {
        let newest = first.then(|| lines.with(Lines::newest)).flatten();
        newest.map(|id| view! { <input type="hidden" name="newest" value=id.to_string()/> })
    };
    view! {
        <ActionForm action=deeds.decide_chosen attr:class="stack">
            // The Enter key in a box presses the first button of its form: this one does nothing.
            <button type="submit" disabled hidden></button>
            <DecisionFields place/>
            {newest}
            {children()}
            <ChosenBar selection action=deeds.decide_chosen lines found/>
        </ActionForm>
    }
}

/// What every decision says besides.
#[component]
fn DecisionFields(place: Place) -> impl IntoView {
    view! {
        <WayBack place/>
        <input type="hidden" name="queue" value=Queue::Licences.key()/>
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
                <DecisionFields place=decide/>
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
        Some(row::deeds(l, &line, |row| answer_form(l, company, row, deeds, pending), pending))
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

/// R8: a document is accepted by choosing what is given for it. Its list has no boxes, and so no form around it.
fn answer_form(l: Language, company: CompanyNumber, row: &RequestRow, deeds: Deeds, pending: Signal<bool>) -> AnyView {
    let id = row.id.to_string();
    let (button, described_by) = (row::accept_id(&id), format!("{}-what", row::row_id(row.id)));
    let choice = row::choice_field(l, row);
    view! {
        <ActionForm action=deeds.answer attr:class="request-choice">
            <input type="hidden" name="company" value=company.0/>
            <input type="hidden" name="id" value=id/>
            {choice}
            <Button kind=Kind::Secondary small=true glyph=Glyph::Check pending attr:id=button attr:aria-describedby=described_by>
                {t::accept(l)}
            </Button>
        </ActionForm>
    }
    .into_any()
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
    // What came back belongs to the one that it was for.
    let kept = form.kept_named("ids[]").filter(|kept| *kept == id.to_string()).and_then(|_| form.kept(FieldName::Reason));
    view! {
        <Dialog id=dialog.clone() title close=texts::close(l)>
            <ActionForm action=deeds.decide attr:novalidate=true attr:class="stack">
                <WayBack place/>
                <input type="hidden" name="queue" value=queue.key()/>
                <input type="hidden" name="what" value=Verdict::Decline.key()/>
                <input type="hidden" name="ids[]" value=id.to_string()/>
                <TextArea
                    name=FieldName::Reason.html()
                    id=format!("reason-{id}")
                    label=t::reason(l)
                    optional_word=texts::optional(l)
                    hint=t::decline_hint(l)
                    value=kept
                />
                <div class="form-actions">
                    <Button kind=Kind::Danger pending=form.pending>{t::decline_request(l)}</Button>
                    <DialogClose dialog>{t::cancel(l)}</DialogClose>
                </div>
            </ActionForm>
        </Dialog>
    }
}
