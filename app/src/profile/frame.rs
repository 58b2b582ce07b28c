//! Around the pages of `/profile`.

use crate::{
    fault::Fault,
    load::{Bare, FaultPage, suspended},
    prelude::*,
    session,
    shell::SignedInFrame,
};
use leptos_router::components::Outlet;
use shared::Permit;

#[component]
pub(crate) fn ProfileFrame() -> impl IntoView {
    let me = Resource::new(|| (), |()| session::read_me());
    view! {
        <Transition>
            {suspended(move || Suspend::new(async move {
                match me.await {
                    Ok(me) if me.standing.may(Permit::OwnProfile, None).is_ok() => {
                        view! { <SignedInFrame me><Outlet/></SignedInFrame> }.into_any()
                    }
                    // G2: a general account is nobody's own.
                    Ok(me) => {
                        #[cfg(feature = "ssr")]
                        Fault::NotFound.set_status();
                        view! { <SignedInFrame me><FaultPage fault=Fault::NotFound/></SignedInFrame> }.into_any()
                    }
                    Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                }
            }))}
        </Transition>
    }
}
