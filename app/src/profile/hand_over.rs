//! *Hand over* (U6): the last administrator asks somebody to take their place, who confirms it; then both ways out are open.

use super::api::{HandOver, WithdrawSuccession};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, profile as t, users},
    ui::*,
};
use shared::{
    CompanyNumber, FieldName, Refusal,
    moving::{HeirShown, Here, Succession},
};

/// Nothing at all for whoever may go and has asked nobody.
#[component]
pub(super) fn HandingOver(
    company: CompanyNumber,
    here: Memo<Option<Here>>,
    refusal: Memo<Option<Refusal>>,
    /// Where the person may go then, by name.
    then_to: Memo<Vec<String>>,
    ask: ServerAction<HandOver>,
    withdraw: ServerAction<WithdrawSuccession>,
) -> impl IntoView {
    let l = language();
    let succession = Memo::new(move |_| here.with(|here| here.as_ref().and_then(|here| here.succession.clone())));
    // What is being chosen stays until there is somebody else to choose.
    let heirs = Memo::new(move |_| here.with(|here| here.as_ref().map(|here| (here.heirs.clone(), here.more_heirs)).unwrap_or_default()));
    let refused = Memo::new(move |_| refusal.read().is_some());
    let shown = Memo::new(move |_| refused.get() || succession.read().is_some());
    let waited_for = Memo::new(move |_| succession.read().is_some());
    let form = move || {
        let (heirs, more) = heirs.get();
        view! { <HeirForm company heirs more waited_for action=ask/> }
    };
    let then = move || {
        let companies = then_to.get();
        (!companies.is_empty()).then(|| view! { <p class="muted">{t::then_to(l, &companies.join(", "))}</p> })
    };
    let content = move || {
        view! {
            <Card id="hand-over" title=t::hand_over(l)>
                {move || succession.get().map(|succession| view! { <Waiting company succession action=withdraw/> })}
                {move || refused.get().then(|| view! { {form} {then} })}
            </Card>
        }
    };
    view! {
        {move || refusal.get().map(|why| view! { <Notice tone=Tone::Warning still=true>{texts::of_refusal(l, &why)}</Notice> })}
        {move || shown.get().then(content)}
    }
}

#[component]
fn HeirForm(
    company: CompanyNumber,
    heirs: Vec<HeirShown>,
    more: bool,
    /// Whether somebody was asked already.
    waited_for: Memo<bool>,
    action: ServerAction<HandOver>,
) -> impl IntoView {
    let l = language();
    if heirs.is_empty() {
        let add = format!("/company/{company}/users/new");
        return view! {
            <p>{t::no_heirs(l)}</p>
            <div class="form-actions"><LinkButton href=add glyph=Glyph::Plus>{users::add_user(l)}</LinkButton></div>
        }
        .into_any();
    }
    let form = FormState::of(action);
    let heir = |heir: HeirShown| (heir.id.to_string(), t::heir(l, &heir.name, &heir.username));
    let choices: Vec<Choice> =
        std::iter::once((String::new(), t::choose_successor(l).to_owned())).chain(heirs.into_iter().map(heir)).collect();
    let hint = move || if waited_for.get() { t::ask_another(l) } else { t::hand_over_text(l) };
    let list = format!("/company/{company}/users");
    view! {
        <ActionForm action attr:novalidate=true attr:class="form">
            <input type="hidden" name="company" value=company.0/>
            <Select
                name=FieldName::Successor.html()
                label=t::successor(l)
                hint=Signal::derive(move || Some(hint().to_owned()))
                options=choices
                selected=form.kept(FieldName::Successor)
                error=form.error(FieldName::Successor)
                required=true
            />
            {more.then(|| view! { <p class="muted">{t::more_heirs(l)} " " <a href=list>{users(l)}</a> "."</p> })}
            <div class="form-actions"><Button pending=form.pending>{t::hand_over(l)}</Button></div>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn Waiting(company: CompanyNumber, succession: Succession, action: ServerAction<WithdrawSuccession>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    view! {
        <div class="row">
            <p>{t::waiting_for(l, &succession.name, &succession.username, &succession.until.date(l))}</p>
            <ActionForm action>
                <input type="hidden" name="company" value=company.0/>
                <Button kind=Kind::Secondary small=true pending=form.pending>{t::withdraw(l)}</Button>
            </ActionForm>
        </div>
    }
}
