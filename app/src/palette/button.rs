//! The button in the top bar, and the key that opens the palette from everywhere.

use super::dialog::PaletteContent;
use crate::{
    language::language,
    parts::{Missing, load_anew, split},
    prelude::*,
    session::Me,
    texts::palette as t,
    ui::*,
};
use futures::FutureExt;
use leptos::{
    ev::{self, MouseEvent},
    html,
    task::spawn_local,
    wasm_bindgen::JsCast,
    web_sys::HtmlDialogElement,
};
use leptos_router::hooks::use_location;
use shared::CompanyNumber;

split!(inside_palette, (me: Me, company: Option<CompanyNumber>, open: RwSignal<bool>, dialog: NodeRef<html::Dialog>) {
    view! { <PaletteContent me company open dialog/> }.into_any()
});

/// For whoever is signed in. `company` is the one whose page this is.
#[component]
pub(crate) fn Palette(me: Me, company: Option<CompanyNumber>) -> impl IntoView {
    let l = language();
    let open = RwSignal::new(false);
    // Only effects know that there is JavaScript: the server doesn't run them.
    let alive = RwSignal::new(false);
    effect(move || alive.set(true));
    let key = move || if alive.get() && is_apple() { "⌘ K" } else { "Ctrl K" };
    open_by_key(open);
    close_when_navigating(open);
    let is_here = loading(open);
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        if let (Some(dialog), false) = (node.get(), open.get()) {
            dialog.close();
        }
    });
    // The dialog itself is pressed only beside what is in it.
    let beside = move |ev: MouseEvent| {
        if ev.target().is_some_and(|target| target.is_instance_of::<HtmlDialogElement>()) {
            open.set(false);
        }
    };
    view! {
        <button
            class="palette-button"
            class:waiting=move || !alive.get()
            type="button"
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K Meta+K"
            on:click=move |_| open.set(true)
        >
            <Icon glyph=Glyph::Search/>
            <span class="palette-button-words">{t::search(l)}</span>
            <kbd aria-hidden="true">{key}</kbd>
        </button>
        <dialog class="palette" node_ref=node aria-label=t::search(l) on:close=move |_| open.set(false) on:click=beside>
            {move || {
                let me = me.clone();
                // What is here already need not be waited for.
                (open.get() && is_here.get()).then(|| show(me, company, open, node).now_or_never()?.ok()).flatten()
            }}
        </dialog>
    }
}

/// What is in the palette comes when it is first opened: most pages are left without it. Where it can't be had, the server has a newer client.
fn loading(open: RwSignal<bool>) -> RwSignal<bool> {
    let is_here = RwSignal::new(false);
    effect(move || {
        if open.get() && !is_here.get_untracked() {
            spawn_local(async move {
                match load().await {
                    Ok(()) => drop(is_here.try_set(true)),
                    Err(Missing) => load_anew(),
                }
            });
        }
    });
    is_here
}

/// Ctrl K, or Cmd K where there is such a key: there Ctrl K already means something to whoever writes.
fn open_by_key(open: RwSignal<bool>) {
    effect(move || {
        let listener = window_event_listener(ev::keydown, move |ev| {
            let modifier = if is_apple() { ev.meta_key() } else { ev.ctrl_key() };
            if modifier && !ev.shift_key() && !ev.alt_key() && ev.key().eq_ignore_ascii_case("k") {
                ev.prevent_default();
                open.update(|open| *open = !*open);
            }
        });
        on_cleanup(move || listener.remove());
    });
}

fn close_when_navigating(open: RwSignal<bool>) {
    let location = use_location();
    Effect::new(move |before: Option<String>| {
        let here = location.pathname.get() + &location.search.get();
        if before.is_some_and(|before| before != here) {
            open.set(false);
        }
        here
    });
}

#[cfg(not(feature = "ssr"))]
fn is_apple() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    ["Mac", "iPhone", "iPad"].iter().any(|name| platform.starts_with(name))
}

#[cfg(feature = "ssr")]
fn is_apple() -> bool {
    false
}
