use leptos::{children::ViewFnOnce, prelude::*};

use super::{Brand, Text, frame::SkipLink};

/// The page of someone at the door: signing in, registering, following a link from a letter. One card, nothing around it.
#[component]
pub fn Plain(
    #[prop(into)] brand: Text,
    #[prop(into, default = "/".into())] brand_href: Text,
    #[prop(into, optional)] logo: MaybeProp<String>,
    #[prop(into)] skip: Text,
    #[prop(into, optional)] tools: ViewFnOnce,
    #[prop(into, optional)] foot: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="plain">
            <SkipLink text=skip />
            <header class="plain-top">
                <Brand name=brand href=brand_href logo />
                <div class="tools">{tools.run()}</div>
            </header>
            <main id="main" class="plain-card" tabindex="-1">
                {children()}
            </main>
            <footer class="foot">{foot.run()}</footer>
        </div>
    }
}
