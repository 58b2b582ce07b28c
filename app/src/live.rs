//! Live pages: a number that rises whenever a company's room changed. [`crate::load::follow`] then asks again through the page's ordinary,
//! authorised server function.
//!
//! `public/live.js` keeps one event stream per browser and hands what it hears to every tab.

use crate::prelude::*;
use shared::{CompanyNumber, live::Room};

#[cfg(not(feature = "ssr"))]
pub(crate) fn changes(company: Signal<CompanyNumber>, room: Room) -> Signal<u32> {
    use shared::live::Topic;
    use wasm_bindgen::JsCast;

    let changes = RwSignal::new(0);
    let listener = window_event_listener_untyped("balie:changed", move |event| {
        let detail = event.dyn_into::<web_sys::CustomEvent>().ok().and_then(|event| event.detail().as_string());
        let heard = match detail.and_then(|detail| serde_json::from_str(&detail).ok()) {
            Some(Topic::Everything) => true,
            Some(Topic::Changed(of, what)) => of == company.get_untracked() && what == room,
            // `live.js` loads the page anew.
            Some(Topic::Yours) | None => false,
        };
        if heard {
            changes.update(|changes| *changes += 1);
        }
    });
    on_cleanup(move || listener.remove());
    // The stream is opened only by pages that listen.
    effect(|| {
        if let Ok(event) = web_sys::Event::new("balie:listen") {
            let _ = window().dispatch_event(&event);
        }
    });
    changes.into()
}

#[cfg(feature = "ssr")]
pub(crate) fn changes(_company: Signal<CompanyNumber>, _room: Room) -> Signal<u32> {
    Signal::stored(0)
}
