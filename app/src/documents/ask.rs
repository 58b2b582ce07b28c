//! A document's page: asking for a licence that has it, or for the document itself (R1, R8).

use super::api::OpenDocument;
use crate::{
    fault::Fault,
    forms::{FormState, Question},
    language::language,
    prelude::*,
    requests::{AskLicence, AskStandard},
    texts::{self, documents as t},
    ui::*,
};
use shared::{CompanyNumber, DocumentId, FieldName, documents::Offer, fields::Language};

/// What can be done on a document's page. Their actions live as long as the page, so that what one says outlives the next look at it.
#[derive(Clone, Copy)]
pub(super) struct Deeds {
    pub open: ServerAction<OpenDocument>,
    ask_licence: ServerAction<AskLicence>,
    ask_standard: ServerAction<AskStandard>,
}

impl Deeds {
    pub(super) fn new() -> Self {
        Self { open: ServerAction::new(), ask_licence: ServerAction::new(), ask_standard: ServerAction::new() }
    }

    fn all(self) -> [Action<String, Result<(), Fault>>; 3] {
        [*self.open, *self.ask_licence, *self.ask_standard]
    }

    /// Rises with every answer.
    pub(super) fn answers(self) -> usize {
        self.all().iter().map(|deed| deed.version().get()).sum()
    }

    /// What is wrong, with the field in its question that the summary leads to.
    pub(super) fn errors(self) -> Signal<Vec<(String, String)>> {
        let forms = [FormState::of(self.open), FormState::of(self.ask_licence), FormState::of(self.ask_standard)];
        let forms = forms.map(|form| (form, form.errors()));
        Signal::derive(move || {
            let of = |(form, errors): &(FormState, Signal<Vec<(String, String)>>)| {
                let form = *form;
                errors.get().into_iter().map(move |(field, message)| (place(form, &field), message))
            };
            forms.iter().flat_map(of).collect()
        })
    }
}

/// The id of a field that was refused: of the question about a licence, or about the document.
fn place(form: FormState, field: &str) -> String {
    let is_reason = field == FieldName::Reason.html();
    match form.sent(FieldName::Licence.html()) {
        Some(licence) if is_reason => format!("reason-{licence}"),
        None if is_reason => field.to_owned(),
        _ => String::new(),
    }
}

#[component]
pub(super) fn AskLicences(company: CompanyNumber, id: DocumentId, offers: Vec<Offer>, request_text: String, deeds: Deeds) -> impl IntoView {
    let l = language();
    let text = if offers.len() == 1 { t::ask_text(l) } else { t::ask_several_text(l) };
    let lines = offers.into_iter().map(|offer| view! { <OfferLine company id offer request_text=request_text.clone() deeds/> });
    view! {
        <p>{text}</p>
        <ul class="plain-list stack">{lines.collect_view()}</ul>
    }
}

#[component]
fn OfferLine(company: CompanyNumber, id: DocumentId, offer: Offer, request_text: String, deeds: Deeds) -> impl IntoView {
    let l = language();
    let Offer { licence, product, may_ask } = offer;
    let name = format!("offer-{licence}");
    let (described_by, dialog) = (name.clone(), format!("ask-{licence}"));
    let question = Question::of(FormState::of(deeds.ask_licence), FieldName::Licence.html(), licence.to_string());
    let open = question.is_open(FieldName::Reason);
    let ask = match may_ask {
        Err(why) => view! { <p class="small muted">{texts::of_refusal(l, &why)}</p> }.into_any(),
        Ok(()) => view! {
            <div>
                <DialogButton dialog=dialog.clone() glyph=Glyph::Key attr:aria-describedby=described_by>{t::request_access(l)}</DialogButton>
            </div>
            <Dialog id=dialog.clone() title=t::request_access_to(l, &product) close=texts::close(l) open>
                <LicenceForm company id question dialog request_text deeds/>
            </Dialog>
        }
        .into_any(),
    };
    view! {
        <li>
            <p class="strong" id=name>{product}</p>
            {ask}
        </li>
    }
}

#[component]
fn LicenceForm(
    company: CompanyNumber,
    id: DocumentId,
    question: Question,
    dialog: String,
    request_text: String,
    deeds: Deeds,
) -> impl IntoView {
    let l = language();
    let form = FormState::of(deeds.ask_licence);
    let licence = question.value().to_owned();
    view! {
        <ActionForm action=deeds.ask_licence attr:novalidate=true attr:class="stack">
            <input type="hidden" name="company" value=company.0/>
            <input type="hidden" name="licence" value=licence.clone()/>
            <input type="hidden" name="back" value=format!("document:{id}")/>
            {reason_field(l, format!("reason-{licence}"), request_text, &question)}
            {buttons(l, form, dialog, question.is_open(FieldName::Reason))}
        </ActionForm>
    }
}

const STANDARD_DIALOG: &str = "request-standard";

#[component]
pub(super) fn AskStandardForm(company: CompanyNumber, id: DocumentId, request_text: String, deeds: Deeds) -> impl IntoView {
    let l = language();
    let form = FormState::of(deeds.ask_standard);
    let question = Question::of(form, "document", id.to_string());
    let open = question.is_open(FieldName::Reason);
    view! {
        <p>{t::standard_text(l)}</p>
        <div><DialogButton dialog=STANDARD_DIALOG glyph=Glyph::Inbox>{t::request_standard(l)}</DialogButton></div>
        <Dialog id=STANDARD_DIALOG title=t::request_standard(l) close=texts::close(l) open>
            <ActionForm action=deeds.ask_standard attr:novalidate=true attr:class="stack">
                <input type="hidden" name="company" value=company.0/>
                <input type="hidden" name="document" value=id.0/>
                {reason_field(l, FieldName::Reason.html().to_owned(), request_text, &question)}
                {buttons(l, form, STANDARD_DIALOG.to_owned(), open)}
            </ActionForm>
        </Dialog>
    }
}

/// What the administrators want to read in it comes first, and R2: who will read it.
fn reason_field(l: Language, id: String, request_text: String, question: &Question) -> AnyView {
    view! {
        {request_text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()}
        <p class="muted small">{t::who_reads(l)}</p>
        <TextArea
            name=FieldName::Reason.html()
            id
            label=t::reason(l)
            optional_word=texts::optional(l)
            hint=t::reason_hint(l)
            value=question.kept(FieldName::Reason)
            error=question.error(FieldName::Reason)
        />
    }
    .into_any()
}

fn buttons(l: Language, form: FormState, dialog: String, open: bool) -> AnyView {
    view! {
        <div class="form-actions">
            <Button pending=form.pending>{t::send_request(l)}</Button>
            <DialogClose dialog open>{t::cancel(l)}</DialogClose>
        </div>
    }
    .into_any()
}
