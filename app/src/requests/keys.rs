//! The queue by keyboard. The keys can be switched off (WCAG 2.1.4), and rest while somebody types or a question is open.

use super::row;
use crate::{
    language::language,
    prelude::*,
    texts::{self, requests as t},
    ui::*,
};
use leptos::{
    ev::{self, KeyboardEvent},
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{Element, HtmlElement, js_sys::Reflect},
};

const DIALOG: &str = "keys-dialog";
const BUTTON: &str = "keys-button";
const ROW: &str = "request-row";

#[component]
pub(super) fn Keys() -> impl IntoView {
    let l = language();
    // Known once scripts run: without them there are no keys to speak of.
    let on = RwSignal::new(None::<bool>);
    effect(move || on.set(Some(stored().as_deref() != Some(OFF))));
    let is_there = Memo::new(move |_| on.get().is_some());
    listen(on);
    let keys = move || {
        let key = |name: &'static str, what: &'static str| fact(what, view! { <kbd>{name}</kbd> });
        vec![
            key("j", t::key_next(l)),
            key("k", t::key_previous(l)),
            key("x", t::key_select(l)),
            key("a", t::key_accept(l)),
            key("d", t::key_decline(l)),
            key("?", t::key_help(l)),
        ]
    };
    let switch = Callback::new(move |now: bool| {
        on.set(Some(now));
        store(if now { ON } else { OFF });
    });
    move || {
        is_there.get().then(|| {
            view! {
                <div><DialogButton dialog=DIALOG kind=Kind::Quiet small=true attr:id=BUTTON>{t::keys(l)}</DialogButton></div>
                <Dialog id=DIALOG title=t::keys(l) close=texts::close(l)>
                    <Facts items=keys()/>
                    <Checkbox
                        name="use-keys"
                        label=t::use_keys(l)
                        hint=t::use_keys_hint(l)
                        checked=on.get_untracked() == Some(true)
                        on_change=switch
                    />
                </Dialog>
            }
        })
    }
}

fn listen(on: RwSignal<Option<bool>>) {
    effect(move || {
        let listener = window_event_listener(ev::keydown, move |event| {
            if on.get_untracked() == Some(true) && is_free(&event) && press(&event.key()) {
                event.prevent_default();
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// Nobody types, nothing is open over the page, and the key is nobody else's.
fn is_free(event: &KeyboardEvent) -> bool {
    let typing = "input:not([type=checkbox]), textarea, select, [contenteditable], dialog";
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_elsewhere = target.is_some_and(|target| matches!(target.closest(typing), Ok(Some(_))));
    let is_open = matches!(document().query_selector("[popover]:popover-open"), Ok(Some(_)));
    !(is_elsewhere || is_open || event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented())
}

/// Whether it is one of the keys.
fn press(key: &str) -> bool {
    match key {
        "j" => step(true),
        "k" => step(false),
        "x" => {
            if let Some(tick) = current().and_then(|row| row.query_selector("input[type=checkbox]").ok()?) {
                tick.unchecked_into::<HtmlElement>().click();
            }
        }
        "a" => press_in_row(row::accept_id),
        "d" => press_in_row(row::decline_id),
        "?" => dom::press(BUTTON),
        _ => return false,
    }
    true
}

fn press_in_row(button: fn(&str) -> String) {
    if let Some(id) = current().and_then(|row| row.id().strip_prefix("request-").map(button)) {
        dom::press(&id);
    }
}

/// The row that the focus is in.
fn current() -> Option<HtmlElement> {
    document().active_element()?.closest(&format!(".{ROW}")).ok()??.dyn_into().ok()
}

/// To the next row or the one before; at first, and at an end, it stays.
fn step(on: bool) {
    let rows = document().get_elements_by_class_name(ROW);
    let rows: Vec<Element> = (0..rows.length()).filter_map(|place| rows.item(place)).collect();
    let here = current().and_then(|current| rows.iter().position(|row| row.id() == current.id()));
    let next = match here {
        None => 0,
        Some(here) if on => here + 1,
        Some(here) => here.saturating_sub(1),
    };
    if let Some(row) = rows.get(next) {
        dom::focus(&row.id());
    }
}

/// In `localStorage`, as it is without typed bindings for it. Where browsers forbid it, the keys are on.
const STORE: &str = "balie-request-keys";
const ON: &str = "on";
const OFF: &str = "off";

fn local_storage() -> Option<JsValue> {
    Reflect::get(&window(), &"localStorage".into()).ok()
}

fn stored() -> Option<String> {
    Reflect::get(&local_storage()?, &STORE.into()).ok()?.as_string()
}

fn store(value: &str) {
    if let Some(storage) = local_storage() {
        let _ = Reflect::set(&storage, &STORE.into(), &value.into());
    }
}
