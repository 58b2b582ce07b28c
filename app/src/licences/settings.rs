//! A licence's two settings (L3, L4), and what they would do, before they are saved.

use super::{
    api::SaveLicenceSettings,
    switching::{self, Line},
};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, licences as t},
    ui::*,
    users::ticked,
};
use shared::{CompanyNumber, LicenceId, licences::LicencePage};

/// What somebody ticked and has not saved. Made outside of what is loaded again and again, and so are its callbacks: a page of people that is
/// turned must not untick it.
#[derive(Clone, Copy)]
pub(super) struct Unsaved {
    company_wide: RwSignal<Option<bool>>,
    shown: RwSignal<Option<bool>>,
    tick_company_wide: Callback<bool>,
    tick_shown: Callback<bool>,
}

impl Unsaved {
    pub(super) fn new(action: ServerAction<SaveLicenceSettings>) -> Self {
        let (company_wide, shown) = (RwSignal::new(None), RwSignal::new(None));
        effect(move || {
            if action.value().with(|answer| matches!(answer, Some(Ok(())))) {
                company_wide.set(None);
                shown.set(None);
            }
        });
        let tick = |setting: RwSignal<Option<bool>>| Callback::new(move |on| setting.set(Some(on)));
        Self { company_wide, shown, tick_company_wide: tick(company_wide), tick_shown: tick(shown) }
    }
}

/// What the form begins with, and what of it can't be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stored {
    company_wide: bool,
    shown: bool,
    /// L5: never offered, whatever is set.
    external: bool,
    /// Why *Company-wide licence* can't be switched on.
    why_not: Option<String>,
}

#[component]
pub(super) fn SettingsCard(page: Signal<LicencePage>, unsaved: Unsaved, action: ServerAction<SaveLicenceSettings>) -> impl IntoView {
    let l = language();
    // Drawn anew only when somebody changed just that.
    let stored = Memo::new(move |_| {
        page.with(|page| Stored {
            company_wide: page.licence.company_wide,
            shown: page.licence.shown,
            external: page.licence.terms.external,
            why_not: page.may_be_company_wide.as_ref().err().map(|why| texts::of_refusal(l, why)),
        })
    });
    let (company, id) = page.with_untracked(|page| (page.company, page.licence.id));
    view! {
        <Card id="settings" title=t::settings(l)>
            {move || view! { <SettingsForm company id stored=stored.get() page unsaved action/> }}
        </Card>
    }
}

#[component]
fn SettingsForm(
    company: CompanyNumber,
    id: LicenceId,
    stored: Stored,
    page: Signal<LicencePage>,
    unsaved: Unsaved,
    action: ServerAction<SaveLicenceSettings>,
) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let begins = move |setting: RwSignal<Option<bool>>, name: &str, stored: bool| {
        setting.get_untracked().unwrap_or_else(|| ticked(form, name, stored))
    };
    // L3: off it always may be.
    let stays_off = stored.why_not.is_some() && !stored.company_wide;
    let shown_hint = if stored.external { t::never_shown_hint(l) } else { t::shown_hint(l) };
    view! {
        <ActionForm action attr:class="form">
            <input type="hidden" name="company" value=company.0/>
            <input type="hidden" name="id" value=id.to_string()/>
            <Checkbox
                name="company_wide"
                value="on"
                label=t::company_wide_licence(l)
                hint=stored.why_not.unwrap_or_else(|| t::company_wide_hint(l).to_owned())
                checked=begins(unsaved.company_wide, "company_wide", stored.company_wide)
                disabled=stays_off
                on_change=unsaved.tick_company_wide
            />
            <Checkbox
                name="shown"
                value="on"
                label=t::show_in_selection(l)
                hint=shown_hint
                checked=begins(unsaved.shown, "shown", stored.shown)
                disabled=stored.external
                on_change=unsaved.tick_shown
            />
            // Browsers don't send what is disabled.
            {(stored.external && stored.shown).then(|| view! { <input type="hidden" name="shown" value="on"/> })}
            <Effects page unsaved/>
            <div class="form-actions"><Button pending=form.pending>{t::save(l)}</Button></div>
        </ActionForm>
    }
}

/// L3: what switching would do, and once something is ticked, what saving will.
#[component]
fn Effects(page: Signal<LicencePage>, unsaved: Unsaved) -> impl IntoView {
    let l = language();
    // What is ticked outlives what is loaded, so that this may be asked when the page is gone: hence no `with`.
    let lines =
        move || page.try_with(|page| switching::lines(l, page, unsaved.company_wide.get(), unsaved.shown.get())).unwrap_or_default();
    let line = |Line { lead, what }: Line| view! { <p><span class="strong">{lead}</span> " " {what}</p> };
    view! { <div class="stack small" aria-live="polite">{move || lines().into_iter().map(line).collect_view()}</div> }
}
