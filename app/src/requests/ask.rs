//! Asking for a licence (R1).

use super::deeds::{Deeds, reason_id};
use crate::{
    forms::{FormState, Question},
    language::language,
    prelude::*,
    texts::{self, requests as t},
    ui::*,
};
use shared::{CompanyNumber, FieldName, LicenceId, fields::Language, licences::OnOffer};

#[component]
pub(super) fn OnOfferCard(company: CompanyNumber, on_offer: Memo<Vec<OnOffer>>, back: &'static str, deeds: Deeds) -> impl IntoView {
    let l = language();
    view! { <Card id="on-offer" title=t::on_offer(l)><OnOfferList company on_offer back deeds/></Card> }
}

/// One line for each licence; one that changes is drawn anew in its place, so that nobody loses what they are typing about another.
#[component]
pub(super) fn OnOfferList(company: CompanyNumber, on_offer: Memo<Vec<OnOffer>>, back: &'static str, deeds: Deeds) -> impl IntoView {
    let l = language();
    let form = FormState::of(deeds.ask);
    let ids = move || on_offer.with(|all| all.iter().map(|one| one.licence).collect::<Vec<_>>());
    let is_empty = Memo::new(move |_| on_offer.with(Vec::is_empty));
    let line = move |id: LicenceId| {
        let offer = Memo::new(move |_| on_offer.with(|all| all.iter().find(|one| one.licence == id).cloned()));
        move || offer.try_get().flatten().map(|offer| view! { <Offer company offer back form deeds/> })
    };
    view! {
        {move || is_empty.get().then(|| view! { <p class="muted">{t::nothing_on_offer(l)}</p> })}
        <ul class="plain-list stack"><For each=ids key=|id| *id let:id>{line(id)}</For></ul>
    }
}

#[component]
fn Offer(company: CompanyNumber, offer: OnOffer, back: &'static str, form: FormState, deeds: Deeds) -> impl IntoView {
    let l = language();
    let OnOffer { licence, product, about, may_ask, is_full } = offer;
    let name = format!("offer-{licence}");
    let described_by = name.clone();
    let question = Question::of(form, FieldName::Licence.html(), licence.to_string());
    let open = question.is_open(FieldName::Reason);
    let dialog = format!("ask-{licence}");
    let ask = match may_ask {
        Err(why) => view! { <p class="small muted">{texts::of_refusal(l, &why)}</p> }.into_any(),
        Ok(()) => view! {
            {is_full.then(|| view! { <p class="small muted">{t::is_full(l)}</p> })}
            <div>
                <DialogButton dialog=dialog.clone() small=true glyph=Glyph::Key attr:aria-describedby=described_by>
                    {t::request_access(l)}
                </DialogButton>
            </div>
            <Dialog id=dialog.clone() title=t::request_title(l, &product) close=texts::close(l) open>
                {ask_form(l, company, question, dialog, back, form, deeds)}
            </Dialog>
        }
        .into_any(),
    };
    view! {
        <li>
            <p class="strong" id=name>{product}</p>
            {(!about.is_empty()).then(|| view! { <p class="muted">{about}</p> })}
            {ask}
        </li>
    }
}

fn ask_form(
    l: Language,
    company: CompanyNumber,
    question: Question,
    dialog: String,
    back: &'static str,
    form: FormState,
    deeds: Deeds,
) -> AnyView {
    let (licence, open) = (question.value().to_owned(), question.is_open(FieldName::Reason));
    view! {
        <ActionForm action=deeds.ask attr:novalidate=true attr:class="stack">
            <input type="hidden" name="company" value=company.0/>
            <input type="hidden" name="licence" value=licence.clone()/>
            <input type="hidden" name="back" value=back/>
            <p class="muted small">{t::who_sees(l)}</p>
            <TextArea
                name=FieldName::Reason.html()
                id=reason_id(licence)
                label=t::reason(l)
                optional_word=texts::optional(l)
                value=question.kept(FieldName::Reason)
                error=question.error(FieldName::Reason)
            />
            <div class="form-actions">
                <Button pending=form.pending>{t::send_request(l)}</Button>
                <DialogClose dialog open>{t::cancel(l)}</DialogClose>
            </div>
        </ActionForm>
    }
    .into_any()
}
