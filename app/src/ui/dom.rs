//! The few things that need the browser's document. They only run in event handlers and effects, so never on the server.

use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement, HtmlInputElement, MouseEvent},
};

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus. The router turns a link to `#id` into a change of address, which scrolls but leaves the focus where it was.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// Moves the focus to a field, opening the question that it stands in.
pub fn focus_field(id: &str) {
    let Some(field) = element(id) else { return };
    if let Ok(Some(question)) = field.closest("[popover]:not(:popover-open):not([open])") {
        let _ = question.unchecked_into::<HtmlElement>().show_popover();
    }
    let _ = field.focus();
}

/// Moves the focus, and leaves the page where it is.
pub fn focus_in_place(id: &str) {
    let window = window();
    let place = (window.scroll_x().unwrap_or_default(), window.scroll_y().unwrap_or_default());
    focus(id);
    window.scroll_to_with_x_and_y(place.0, place.1);
}

/// Whether what had the focus has gone from the page.
pub fn focus_is_lost() -> bool {
    document().active_element().is_none_or(|focused| focused.tag_name() == "BODY")
}

/// The values of the boxes that were ticked while the page was there but WebAssembly wasn't. Later, when the router shows a page,
/// whatever boxes there are belong to the page before.
pub fn ticked_before_hydration(class: &str) -> Vec<String> {
    if cfg!(feature = "ssr") || document().document_element().is_none_or(|html| html.has_attribute("data-hydrated")) {
        return Vec::new();
    }
    let boxes = document().get_elements_by_class_name(class);
    let boxes = (0..boxes.length()).filter_map(|place| boxes.item(place)?.dyn_into::<HtmlInputElement>().ok());
    boxes.filter(HtmlInputElement::checked).map(|ticked| ticked.value()).collect()
}

/// Presses a button that stands elsewhere on the page.
pub fn press(id: &str) {
    if let Some(element) = element(id) {
        element.click();
    }
}

/// Closes a popover, where the browser knows popovers.
pub fn close_popover(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.hide_popover();
    }
}

/// Closes whatever is open over the page.
pub fn close_popovers() {
    while let Ok(Some(open)) = document().query_selector("[popover]:popover-open") {
        if open.unchecked_into::<HtmlElement>().hide_popover().is_err() {
            return;
        }
    }
}

/// Ties a signal to a field that the server rendered. At first the field wins: people type before WebAssembly arrives, and what
/// they typed must neither vanish nor escape the live checks. From then on the signal wins.
pub fn bind(signal: RwSignal<String>, read: Box<dyn Fn() -> Option<String>>, write: Box<dyn Fn(&str)>) {
    Effect::new(move |adopted: Option<bool>| {
        let wanted = signal.get();
        let Some(shown) = read() else { return false };
        if shown != wanted {
            if adopted == Some(true) {
                write(&wanted);
            } else {
                signal.set(shown);
            }
        }
        true
    });
}

/// Which of a group of radio buttons is chosen.
pub fn chosen(name: &str) -> Option<String> {
    let chosen = document().query_selector(&format!("input[name=\"{name}\"]:checked")).ok()??;
    Some(chosen.dyn_into::<HtmlInputElement>().ok()?.value())
}

/// Brings the current entry of a row that scrolls into the row's sight. Not `scrollIntoView`, which moves the page as well.
pub fn reveal_current(list: &HtmlElement) {
    let Ok(Some(current)) = list.query_selector("[aria-current]") else { return };
    let Ok(Some(entry)) = current.closest("li") else { return };
    let Ok(entry) = entry.dyn_into::<HtmlElement>() else { return };
    let before = entry.offset_left() - list.offset_left();
    list.set_scroll_left(before - (list.client_width() - entry.offset_width()) / 2);
}

/// Scrolls a list box so far that its chosen option is in sight.
pub fn reveal_chosen(list: &str) {
    let Some(list) = element(list) else { return };
    let Ok(Some(chosen)) = list.query_selector("[aria-selected=true]") else { return };
    let Ok(chosen) = chosen.dyn_into::<HtmlElement>() else { return };
    // The list is what its options are placed by.
    let top = chosen.offset_top();
    let bottom = top + chosen.offset_height();
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}

/// The id of the option that was pressed.
pub fn pressed_option(ev: &MouseEvent) -> Option<String> {
    let pressed: Element = ev.target()?.dyn_into().ok()?;
    Some(pressed.closest("[role=option]").ok()??.id())
}
