//! Live pages: a number that rises whenever a company's room changed, or the provider's newsletters. [`crate::load::follow`] then asks
//! again through the page's ordinary, authorised server function.
//!
//! `public/live.js` keeps one event stream per browser and hands what it hears to every tab.

use crate::prelude::*;
use shared::{
    CompanyNumber,
    live::{Room, Topic},
};

pub(crate) fn changes(company: Signal<CompanyNumber>, room: Room) -> Signal<u32> {
    heard(Box::new(move |topic| topic == Topic::Changed(company.get_untracked(), room)))
}

/// In whichever company: the stream tells everybody of their own only.
pub(crate) fn changes_anywhere(rooms: &'static [Room]) -> Signal<u32> {
    heard(Box::new(move |topic| matches!(topic, Topic::Changed(_, room) if rooms.contains(&room))))
}

/// P5, for staff.
pub(crate) fn newsletter_changes() -> Signal<u32> {
    heard(Box::new(|topic| topic == Topic::Newsletter))
}

/// Opens the stream, for every page behind sign-in: also one that follows nothing must go when the session or the membership ends (A7).
pub(crate) fn listen() {
    #[cfg(not(feature = "ssr"))]
    effect(|| {
        if let Ok(event) = web_sys::Event::new("balie:listen") {
            let _ = window().dispatch_event(&event);
        }
    });
}

#[cfg(not(feature = "ssr"))]
fn heard(concerns: Box<dyn Fn(Topic) -> bool>) -> Signal<u32> {
    use wasm_bindgen::JsCast;

    let changes = RwSignal::new(0);
    let listener = window_event_listener_untyped("balie:changed", move |event| {
        let detail = event.dyn_into::<web_sys::CustomEvent>().ok().and_then(|event| event.detail().as_string());
        let heard = match detail.and_then(|detail| serde_json::from_str(&detail).ok()) {
            Some(Topic::Everything) => true,
            // `live.js` loads the page anew.
            Some(Topic::Yours) | None => false,
            Some(topic) => concerns(topic),
        };
        if heard {
            changes.update(|changes| *changes += 1);
        }
    });
    on_cleanup(move || listener.remove());
    changes.into()
}

#[cfg(feature = "ssr")]
fn heard(_concerns: Box<dyn Fn(Topic) -> bool>) -> Signal<u32> {
    Signal::stored(0)
}
