//! `/company/{number}/licences/{id}`: who has access and how they got it, and its two settings (L2).

use super::{
    access::WhoHasAccess,
    api::{self, RemoveAccess, SaveLicenceSettings},
    people,
    settings::{SettingsCard, Unsaved},
    shown,
};
use crate::{
    fault::Fault,
    forms::FormState,
    home::company_number,
    language::language,
    live,
    load::follow,
    prelude::*,
    texts::{self, licences as t},
    ui::*,
};
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::{
    CompanyNumber, LicenceId,
    fields::Language,
    licences::{self, PeopleQuery, Validity},
    live::Room,
};

/// What can be done here. Their actions live as long as the page, so that what one says outlives the next look at the licence.
#[derive(Clone, Copy)]
struct Deeds {
    save: ServerAction<SaveLicenceSettings>,
    remove: ServerAction<RemoveAccess>,
}

#[component]
pub(crate) fn LicencePage() -> impl IntoView {
    let number = company_number();
    let id = licence_of_page();
    let query = people::query_of_page(false);
    let changes = live::changes(number, Room::Licences);
    let deeds = Deeds { save: ServerAction::new(), remove: ServerAction::new() };
    // These outlive what is loaded, too: turning the page keeps what is ticked.
    let (selection, unsaved) = (Selection::new(), Unsaved::new(deeds.save));
    people::let_go_when_done(selection, *deeds.remove);
    people::keep_in_sight(query);
    follow(
        move || (number.get(), id.get(), query.get()),
        move || {
            changes.track();
            deeds.save.version().track();
            deeds.remove.version().track();
        },
        |(number, id, query)| read(number, id, query),
        move |page| view! { <LicenceContent page query=query.get_untracked() selection unsaved deeds/> }.into_any(),
    )
}

/// The licence in the address.
pub(super) fn licence_of_page() -> Memo<Option<LicenceId>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

pub(super) async fn read(company: CompanyNumber, id: Option<LicenceId>, query: PeopleQuery) -> Result<licences::LicencePage, Fault> {
    match id {
        Some(id) => api::read_licence(company, id, query).await,
        None => Err(no_such_licence()),
    }
}

pub(super) fn no_such_licence() -> Fault {
    #[cfg(feature = "ssr")]
    Fault::NotFound.set_status();
    Fault::NotFound
}

#[component]
fn LicenceContent(
    page: Signal<licences::LicencePage>,
    query: PeopleQuery,
    selection: Selection,
    unsaved: Unsaved,
    deeds: Deeds,
) -> impl IntoView {
    let l = language();
    let forms = [FormState::of(deeds.save), FormState::of(deeds.remove)];
    let errors = Signal::derive(move || forms.iter().flat_map(|form| form.errors().get()).collect::<Vec<_>>());
    let product = Memo::new(move |_| page.read().licence.product.clone());
    let title = move || if errors.read().is_empty() { product.get() } else { texts::error_prefix(l, &product.read()) };
    let company = page.read_untracked().company;
    let give = give_link(l, page);
    view! {
        <Title text=title/>
        <PageHeader
            title=product
            back_label=t::licences(l)
            back_href=format!("/company/{company}/licences")
            beside=move || move || badges(l, &page.read())
            actions=move || give
        />
        <ErrorSummary title=texts::error_title(l) errors/>
        <DoneNotice/>
        <WhyNobody page/>
        <div class="columns">
            <Card id="licence" title=t::licence(l)>{move || facts(l, &page.read())}</Card>
            <SettingsCard page unsaved action=deeds.save/>
        </div>
        <WhoHasAccess page query selection action=deeds.remove/>
    }
}

/// Only where there is something to give.
fn give_link(l: Language, page: Signal<licences::LicencePage>) -> impl Fn() -> Option<AnyView> + Send + 'static {
    let href = page.with_untracked(|page| format!("/company/{}/licences/{}/give", page.company, page.licence.id));
    let gives = Memo::new(move |_| page.with(|page| !page.licence.company_wide && page.licence.terms.validity != Validity::Expired));
    move || {
        let href = href.clone();
        gives.get().then(|| view! { <LinkButton href kind=Kind::Primary glyph=Glyph::Plus>{t::give_access(l)}</LinkButton> }.into_any())
    }
}

fn badges(l: Language, page: &licences::LicencePage) -> AnyView {
    let terms = &page.licence.terms;
    let company_wide = page.licence.company_wide.then(|| view! { <Badge label=t::company_wide(l) tone=Tone::Accent glyph=Glyph::Users/> });
    view! { {shown::validity_badge(l, terms.validity)} {shown::external(l, terms)} {company_wide} }.into_any()
}

/// L6: why nobody new gets in, where that is so.
#[component]
pub(super) fn WhyNobody(page: Signal<licences::LicencePage>) -> impl IntoView {
    let l = language();
    let why = Memo::new(move |_| {
        page.with(|page| match page.licence.terms.validity {
            Validity::Expired => Some(shared::Refusal::LicenceExpired),
            Validity::NotYet | Validity::Valid if page.licence.company_wide => None,
            Validity::NotYet | Validity::Valid => page.has_room.clone().err(),
        })
    });
    move || why.get().map(|why| view! { <Notice tone=Tone::Warning still=true>{texts::of_refusal(l, &why)}</Notice> })
}

fn facts(l: Language, page: &licences::LicencePage) -> AnyView {
    let licence = &page.licence;
    let requests = (licence.open > 0).then(|| {
        let href = format!("/company/{}/requests/licences", page.company);
        view! { <a href=href>{t::so_many_open(l, licence.open)}</a> }
    });
    let items = vec![
        fact(t::valid_from(l), licence.terms.from.date(l)),
        fact(t::valid_until(l), shown::valid_until(l, &licence.terms)),
        fact(t::people(l), t::so_many_people(l, page.effect.members)),
        fact(t::open_requests(l), requests.map_or_else(|| t::none(l).into_any(), IntoAny::into_any)),
    ];
    view! {
        <div class="stack">
            {shown::seats(l, licence.terms.seats, licence.used)}
            <Facts items/>
            {licence.terms.external.then(|| view! { <p class="muted small">{t::external_text(l)}</p> })}
        </div>
    }
    .into_any()
}

/// What was just done. Only names of deeds and a number are read from the address.
#[component]
fn DoneNotice() -> impl IntoView {
    let l = language();
    let query = use_query_map();
    move || {
        let query = query.read();
        let count = query.get("count").and_then(|count| count.parse::<u32>().ok());
        let text = match (query.get("notice").as_deref()?, count) {
            ("saved", _) => t::settings_saved(l).to_owned(),
            ("access-given", Some(count)) => t::so_many_got_access(l, count),
            ("access-removed", Some(count)) => t::so_many_lost_access(l, count),
            _ => return None,
        };
        Some(view! { <Notice tone=Tone::Success>{text}</Notice> })
    }
}
