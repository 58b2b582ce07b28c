//! Around the pages of `/provider`: for staff only.

use crate::{
    fault::Fault,
    load::{Bare, FaultPage, suspended},
    prelude::*,
    session::{self, Me},
    shell::SignedInFrame,
};
use leptos_router::components::{Outlet, Redirect};
use shared::Permit;

#[component]
pub(crate) fn ProviderFrame() -> impl IntoView {
    let me = Resource::new(|| (), |()| session::read_me());
    view! {
        <Transition>
            {suspended(move || Suspend::new(async move {
                match me.await {
                    Ok(me) => at_the_desk(me),
                    Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                }
            }))}
        </Transition>
    }
}

fn at_the_desk(me: Me) -> AnyView {
    if me.standing.may(Permit::VisitProvider, None).is_ok() {
        return view! { <SignedInFrame me><Outlet/></SignedInFrame> }.into_any();
    }
    #[cfg(feature = "ssr")]
    Fault::NotFound.set_status();
    view! { <SignedInFrame me><FaultPage fault=Fault::NotFound/></SignedInFrame> }.into_any()
}

/// `/provider`.
#[component]
pub(crate) fn ProviderHome() -> impl IntoView {
    view! { <Redirect path="/provider/companies"/> }
}
