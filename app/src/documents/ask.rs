//! A document's page: asking for a licence that has it, or for the document itself (R1, R8).

use super::api::OpenDocument;
use crate::{
    fault::Fault,
    forms::FormState,
    language::language,
    prelude::*,
    requests::{AskLicence, AskStandard},
    texts::{self, documents as t},
    ui::*,
};
use shared::{CompanyNumber, DocumentId, FieldName, LicenceId, documents::Offer, fields::Language};

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

    /// What is wrong stands above the page alone: the fields are in questions that are closed by then.
    pub(super) fn errors(self) -> Signal<Vec<(String, String)>> {
        let errors =
            [FormState::of(self.open).errors(), FormState::of(self.ask_licence).errors(), FormState::of(self.ask_standard).errors()];
        Signal::derive(move || {
            let all = errors.iter().flat_map(|errors| errors.get());
            all.map(|(_, message)| (String::new(), message)).collect()
        })
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
    let ask = match may_ask {
        Err(why) => view! { <p class="small muted">{texts::of_refusal(l, &why)}</p> }.into_any(),
        Ok(()) => view! {
            <div>
                <DialogButton dialog=dialog.clone() glyph=Glyph::Key attr:aria-describedby=described_by>{t::request_access(l)}</DialogButton>
            </div>
            <Dialog id=dialog.clone() title=t::request_access_to(l, &product) close=texts::close(l)>
                <LicenceForm company id licence dialog request_text deeds/>
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
    licence: LicenceId,
    dialog: String,
    request_text: String,
    deeds: Deeds,
) -> impl IntoView {
    let l = language();
    let form = FormState::of(deeds.ask_licence);
    // What came back belongs to the one that it was for.
    let kept = form.kept(FieldName::Licence).filter(|kept| *kept == licence.to_string()).and_then(|_| form.kept(FieldName::Reason));
    view! {
        <ActionForm action=deeds.ask_licence attr:novalidate=true attr:class="stack">
            <input type="hidden" name="company" value=company.0/>
            <input type="hidden" name="licence" value=licence.to_string()/>
            <input type="hidden" name="back" value=format!("document:{id}")/>
            {reason_field(l, format!("reason-{licence}"), request_text, kept)}
            {buttons(l, form, dialog)}
        </ActionForm>
    }
}

const STANDARD_DIALOG: &str = "request-standard";

#[component]
pub(super) fn AskStandardForm(company: CompanyNumber, id: DocumentId, request_text: String, deeds: Deeds) -> impl IntoView {
    let l = language();
    let form = FormState::of(deeds.ask_standard);
    view! {
        <p>{t::standard_text(l)}</p>
        <div><DialogButton dialog=STANDARD_DIALOG glyph=Glyph::Inbox>{t::request_standard(l)}</DialogButton></div>
        <Dialog id=STANDARD_DIALOG title=t::request_standard(l) close=texts::close(l)>
            <ActionForm action=deeds.ask_standard attr:novalidate=true attr:class="stack">
                <input type="hidden" name="company" value=company.0/>
                <input type="hidden" name="document" value=id.0/>
                {reason_field(l, FieldName::Reason.html().to_owned(), request_text, form.kept(FieldName::Reason))}
                {buttons(l, form, STANDARD_DIALOG.to_owned())}
            </ActionForm>
        </Dialog>
    }
}

/// What the administrators want to read in it comes first, and R2: who will read it.
fn reason_field(l: Language, id: String, request_text: String, kept: Option<String>) -> AnyView {
    view! {
        {request_text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()}
        <p class="muted small">{t::who_reads(l)}</p>
        <TextArea
            name=FieldName::Reason.html()
            id
            label=t::reason(l)
            optional_word=texts::optional(l)
            hint=t::reason_hint(l)
            value=kept
        />
    }
    .into_any()
}

fn buttons(l: Language, form: FormState, dialog: String) -> AnyView {
    view! {
        <div class="form-actions">
            <Button pending=form.pending>{t::send_request(l)}</Button>
            <DialogClose dialog>{t::cancel(l)}</DialogClose>
        </div>
    }
    .into_any()
}
