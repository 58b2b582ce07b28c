use leptos::{children::ViewFnOnce, prelude::*};

use super::{Brand, NavItem, SideNav, Text, nav::NavList};

/// The page of someone who is signed in: top bar, perhaps a navigation at the side, and the page itself.
#[component]
pub fn Frame(
    #[prop(into)] brand: Text,
    #[prop(into, default = "/".into())] brand_href: Text,
    /// Address of the provider's own logo.
    #[prop(into, optional)]
    logo: MaybeProp<String>,
    /// The words of the skip link.
    #[prop(into)]
    skip: Text,
    #[prop(into)] nav_label: Text,
    #[prop(into)] nav: Signal<Vec<NavItem>>,
    /// The right end of the top bar: company, language, theme, account.
    #[prop(into, optional)]
    tools: ViewFnOnce,
    /// What holds for every page: a [`super::Banner`].
    #[prop(into, optional)]
    banner: ViewFnOnce,
    #[prop(into, optional)] side_label: MaybeProp<String>,
    /// The side navigation; empty means there is none.
    #[prop(into, optional)]
    side: Signal<Vec<NavItem>>,
    #[prop(into, optional)] foot: ViewFnOnce,
    /// No limit to the width, for pages that are one wide table.
    #[prop(into, optional)]
    wide: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let has_side = Memo::new(move |_| side.with(|items| !items.is_empty()));
    let side_label = Signal::derive(move || side_label.get().unwrap_or_default());
    view! {
        <div class="frame" class:with-side=has_side class:wide=wide>
            <SkipLink text=skip />
            <header class="top">
                <div class="top-row">
                    <Brand name=brand href=brand_href logo />
                    <nav class="main-nav" aria-label=nav_label.into_owned()>
                        <NavList items=nav />
                    </nav>
                    <div class="tools">{tools.run()}</div>
                </div>
            </header>
            {banner.run()}
            <div class="body">
                {move || has_side.get().then(|| view! { <SideNav label=side_label items=side /> })}
                <main id="main" tabindex="-1">
                    {children()}
                </main>
            </div>
            <footer class="foot">{foot.run()}</footer>
        </div>
    }
}

/// The first stop of the Tab key, over the navigation to the page.
#[component]
pub(super) fn SkipLink(text: Text) -> impl IntoView {
    view! {
        // `rel` keeps the router out: the browser itself takes place and focus there.
        <a class="skip" href="#main" rel="external">
            {text}
        </a>
    }
}
