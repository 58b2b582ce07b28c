//! Around the pages of `/profile`.

use crate::{
    load::{Bare, FaultPage},
    prelude::*,
    session,
    shell::SignedInFrame,
};
use leptos_router::components::Outlet;

#[component]
pub(crate) fn ProfileFrame() -> impl IntoView {
    let me = Resource::new(|| (), |()| session::read_me());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match me.await {
                    Ok(me) => view! { <SignedInFrame me><Outlet/></SignedInFrame> }.into_any(),
                    Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                }
            })}
        </Transition>
    }
}
