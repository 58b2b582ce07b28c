//! My profile.

use crate::{
    language::language,
    load::{Bare, FaultPage},
    session::{self, Me},
    shell::SignedInFrame,
    texts::{self, profile as t},
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::companies::CompanyName;

#[component]
pub(crate) fn ProfilePage() -> impl IntoView {
    let me = Resource::new(|| (), |()| session::read_me());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match me.await {
                    Ok(me) => view! { <SignedInFrame me=me.clone()><ProfileContent me/></SignedInFrame> }.into_any(),
                    Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn ProfileContent(me: Me) -> impl IntoView {
    let l = language();
    let facts = vec![fact(t::name(l), me.name), fact(t::username(l), me.username), fact(t::companies(l), companies(me.companies))];
    view! {
        <Title text=texts::my_profile(l)/>
        <PageHeader title=texts::my_profile(l) lead=t::lead(l)/>
        <Card id="details" title=t::details(l)>
            <Facts items=facts/>
            {me.standing.staff.then(|| view! { <p>{t::staff(l)}</p> })}
        </Card>
    }
}

fn companies(companies: Vec<CompanyName>) -> AnyView {
    let l = language();
    if companies.is_empty() {
        return t::no_companies(l).into_any();
    }
    let entry = |company: CompanyName| {
        let href = format!("/company/{}", company.number);
        view! { <li><a href=href>{company.name}</a> " · " {texts::role(l, company.role)}</li> }
    };
    view! { <ul>{companies.into_iter().map(entry).collect_view()}</ul> }.into_any()
}
