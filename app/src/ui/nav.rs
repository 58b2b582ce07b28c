use crate::prelude::*;
use leptos::html;

use super::{Text, dom};

/// One entry of a navigation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavItem {
    pub label: String,
    pub href: String,
    /// Whether this is the page (or the section) the person is on.
    pub current: bool,
    /// How many things wait there; nothing and zero both show no number.
    pub count: Option<u32>,
}

impl NavItem {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), ..Self::default() }
    }

    pub fn current(self, current: bool) -> Self {
        Self { current, ..self }
    }

    pub fn count(self, count: Option<u32>) -> Self {
        Self { count, ..self }
    }
}

/// The list in every navigation. The number stands beside the link, not in it, so that the link is named by its label alone and
/// keeps its name while the number changes.
#[component]
pub(super) fn NavList(items: Signal<Vec<NavItem>>) -> impl IntoView {
    let node = NodeRef::<html::Ul>::new();
    effect(move || {
        items.track();
        if let Some(list) = node.get() {
            request_animation_frame(move || dom::reveal_current(&list));
        }
    });
    let entry = |item: NavItem| {
        let count = item.count.filter(|count| *count > 0);
        view! {
            <li class="nav-item">
                <a href=item.href aria-current=item.current.then_some("page")>
                    {item.label}
                </a>
                {count.map(|count| view! { <span class="count">{count}</span> })}
            </li>
        }
    };
    view! { <ul class="nav-list" node_ref=node>{move || items.get().into_iter().map(entry).collect_view()}</ul> }
}

/// The navigation at the side of a group of pages; on a phone a row that scrolls.
#[component]
pub fn SideNav(#[prop(into)] label: Signal<String>, #[prop(into)] items: Signal<Vec<NavItem>>) -> impl IntoView {
    view! {
        <nav class="side-nav" aria-label=move || label.get()>
            <NavList items />
        </nav>
    }
}

/// Views of one page. They are links, because the tab is in the address; hence no `role="tab"`.
#[component]
pub fn Tabs(#[prop(into)] label: Text, #[prop(into)] items: Signal<Vec<NavItem>>) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label.into_owned()>
            <NavList items />
        </nav>
    }
}
