//! A company's page: what staff change of it (O1).

use super::{api::SaveCompany, fields::CompanyFields};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{companies as c, provider as t},
    ui::*,
};
use shared::{
    CompanyNumber, Refusal,
    companies::{CompanyDetails, CompanyForm, General},
    fields::Language,
    refusal::DomainInUse,
};

const REMOVE_DOMAINS: &str = "remove_domains";

#[component]
pub(super) fn EditCard(company: CompanyNumber, details: Signal<CompanyDetails>, action: ServerAction<SaveCompany>) -> impl IntoView {
    let l = language();
    // Drawn anew only when somebody changed just that: what is being typed stays.
    let start = Memo::new(move |_| start(&details.read().general));
    let people = Memo::new(move |_| details.read().people_by_domain.clone());
    view! {
        <Card id="details" title=t::details(l)>
            {move || view! { <EditForm company start=start.get() people action/> }}
        </Card>
    }
}

/// What the form begins with.
fn start(general: &General) -> CompanyForm {
    CompanyForm {
        company_name: general.name.clone(),
        kvk: general.kvk.clone(),
        country: general.country.map(|country| country.code().to_owned()).unwrap_or_default(),
        contact_name: general.contact.name.clone(),
        contact_email: general.contact.email.clone(),
        contact_phone: general.contact.phone.clone(),
        account_manager: general.account_manager.clone(),
        domains: general.domains.join("\n"),
        self_registration: general.self_registration.then(|| "on".to_owned()),
        remove_domains: String::new(),
        began_domains: general.domains.join(" "),
        began_self_registration: if general.self_registration { "yes" } else { "no" }.to_owned(),
    }
}

#[component]
fn EditForm(
    company: CompanyNumber,
    start: CompanyForm,
    people: Memo<Vec<(String, u32)>>,
    action: ServerAction<SaveCompany>,
) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    // As typed as the rest: what was refused is compared with what it began with then.
    let began = |name: &str, now: &str| form.kept_named(name).unwrap_or_else(|| now.to_owned());
    let domains = began("began_domains", &start.began_domains);
    let self_registration = began("began_self_registration", &start.began_self_registration);
    view! {
        <ActionForm action attr:novalidate=true attr:class="form">
            <input type="hidden" name="number" value=company.0/>
            <input type="hidden" name="began_domains" value=domains/>
            <input type="hidden" name="began_self_registration" value=self_registration/>
            <CompanyFields form start><PeopleByDomain people/></CompanyFields>
            <RemoveDomains form/>
            <div class="form-actions"><Button pending=form.pending>{c::save(l)}</Button></div>
        </ActionForm>
    }
}

/// What taking a domain away would mean, in numbers, before it is done.
#[component]
fn PeopleByDomain(people: Memo<Vec<(String, u32)>>) -> impl IntoView {
    let l = language();
    let line = move |(domain, people): (String, u32)| view! { <li>{t::people_in(l, &domain, &so_many(l, people))}</li> };
    move || {
        let people = people.get();
        (!people.is_empty()).then(|| {
            view! {
                <div class="stack small muted">
                    <p>{t::people_by_domain(l)}</p>
                    <ul class="plain-list">{people.into_iter().map(line).collect_view()}</ul>
                    <p>{t::remove_domain_text(l)}</p>
                </div>
            }
        })
    }
}

/// The answer to a refusal that says how many people stay behind.
#[component]
fn RemoveDomains(form: FormState) -> impl IntoView {
    let l = language();
    let in_use = Memo::new(move |_| match form.refusal() {
        Some(Refusal::DomainsInUse(domains)) => domains,
        _ => Vec::new(),
    });
    move || {
        let domains = in_use.get();
        // What is ticked is these domains, and no other that goes from the field meanwhile.
        let names = domains.iter().map(|one| one.domain.as_str()).collect::<Vec<_>>().join(" ");
        (!domains.is_empty()).then(|| view! { <Checkbox name=REMOVE_DOMAINS value=names label=all_the_same(l, &domains)/> })
    }
}

/// For the summary, which leads to the box that the refusal asks for.
pub(super) fn errors(form: FormState) -> Signal<Vec<(String, String)>> {
    let errors = form.errors();
    Signal::derive(move || {
        let mut errors = errors.get();
        if let (Some(Refusal::DomainsInUse(_)), Some((field, _))) = (form.refusal(), errors.first_mut()) {
            REMOVE_DOMAINS.clone_into(field);
        }
        errors
    })
}

fn all_the_same(l: Language, domains: &[DomainInUse]) -> String {
    if let [DomainInUse { domain, people }] = domains {
        return if *people == 1 { t::remove_one_stays(l, domain) } else { t::remove_people_stay(l, domain, *people) };
    }
    let named: Vec<_> = domains.iter().map(|in_use| format!("{} ({})", in_use.domain, so_many(l, in_use.people))).collect();
    t::remove_several(l, &named.join(", "))
}

fn so_many(l: Language, people: u32) -> String {
    match people {
        0 => t::nobody(l).to_owned(),
        1 => t::one_person(l).to_owned(),
        _ => t::so_many_people(l, people),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_domain_that_goes_is_named_with_its_people() {
        let in_use = |domain: &str, people| DomainInUse { domain: domain.into(), people };
        let said = |domains: &[DomainInUse]| all_the_same(Language::English, domains);
        assert_eq!(said(&[in_use("a.example", 34)]), "Remove a.example all the same: 34 people stay");
        assert_eq!(said(&[in_use("a.example", 1)]), "Remove a.example all the same: one person stays");
        assert_eq!(
            said(&[in_use("a.example", 34), in_use("b.example", 1)]),
            "Remove these all the same, the people stay: a.example (34 people), b.example (one person)"
        );
    }
}
