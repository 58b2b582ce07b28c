use leptos::{ev::MouseEvent, prelude::*};

use super::{Button, Kind, Selection, Text, dom, selection::BOX};

const HEAD: &str = "select-page";
const NONE: &str = "select-none";

/// The header of the column of boxes: its own box selects the page. Without JavaScript that box isn't there.
#[component]
pub fn SelectHeader(selection: Selection, #[prop(into)] label: Text) -> impl IntoView {
    let tick_box = move || {
        selection.is_alive().then(|| {
            view! {
                <input
                    type="checkbox"
                    id=HEAD
                    prop:checked=move || selection.look(|ticks| ticks.has_page())
                    prop:indeterminate=move || selection.look(|ticks| ticks.has_part_of_page())
                    on:click=move |ev| {
                        let on = event_target_checked(&ev);
                        selection.change(|ticks| ticks.tick_page(on));
                    }
                />
            }
        })
    };
    view! {
        <th scope="col" class="select-cell">
            // Enter in a box would press the form's first button, which does something to everybody who is ticked. This is the first, and does nothing.
            <button type="submit" disabled hidden></button>
            <label class="select-target">{tick_box} <span class="select-words">{label}</span></label>
        </th>
    }
}

/// The cell with a row's box. With Shift a press reaches from the row that was pressed last.
#[component]
pub fn SelectCell(
    selection: Selection,
    /// What the form sends for this row.
    #[prop(into)]
    id: Text,
    /// Heard: whom or what the box selects.
    #[prop(into)]
    label: Text,
    #[prop(into, default = "id".into())] name: Text,
) -> impl IntoView {
    let id = id.into_owned();
    let (value, asked) = (id.clone(), id.clone());
    // Without JavaScript a property would tick nothing.
    let began = selection.began_with(&id);
    let press = move |ev: MouseEvent| {
        let on = event_target_checked(&ev);
        selection.change(|ticks| if ev.shift_key() { ticks.tick_up_to(&id, on) } else { ticks.tick(&id, on) });
    };
    view! {
        <td class="select-cell">
            <label class="select-target">
                <input
                    class=BOX
                    type="checkbox"
                    name=name.into_owned()
                    value=value
                    checked=began
                    prop:checked=move || selection.has(&asked)
                    on:click=press
                />
                <span class="select-words">{label}</span>
            </label>
        </td>
    }
}

/// What can be done with the rows that are selected: its children are the buttons. It stays in sight at the bottom while something is
/// selected; without JavaScript always.
#[component]
pub fn SelectionBar(
    selection: Selection,
    /// What the bar is about, such as "Selected users". Shown where nothing can be counted yet.
    #[prop(into)]
    label: Text,
    /// "12 selected". A function and not a signal: a signal that is made while a list is loaded again is gone before what shows it.
    info: impl Fn(u32) -> String + Clone + Send + Sync + 'static,
    /// "All 50 on this page are selected."
    #[prop(into)]
    whole_page: Text,
    /// "Select all 1,234".
    #[prop(into)]
    all: Text,
    /// "Select none".
    #[prop(into)]
    none: Text,
    #[prop(into, default = "id".into())] name: Text,
    /// The hidden field that says `on` when all that the filter finds is meant.
    #[prop(into, default = "all".into())]
    all_name: Text,
    children: Children,
) -> impl IntoView {
    let (name, all_name, all) = (name.into_owned(), all_name.into_owned(), all.into_owned());
    let (heading, region_name) = (label.to_string(), label.into_owned());
    let is_some = move || selection.count() > 0;
    let heard = {
        let info = info.clone();
        move || Some(selection.count()).filter(|count| *count > 0).map(&info)
    };
    let words = move || if selection.is_alive() { info(selection.count()) } else { heading.clone() };
    let elsewhere = move || {
        let field = |id: String| view! { <input type="hidden" name=name.clone() value=id /> };
        selection.look(|ticks| ticks.elsewhere()).into_iter().map(field).collect_view()
    };
    let everything = move || selection.is_all().then(|| view! { <input type="hidden" name=all_name.clone() value="on" /> });
    view! {
        // Apart from the bar, which comes and goes: what appears together with its words is often not announced.
        <p class="visually-hidden" role="status">
            {heard}
        </p>
        <section class="action-bar" class:some=is_some aria-label=region_name>
            {elsewhere}
            {everything}
            <div class="action-bar-words">
                <p class="action-bar-info">{words}</p>
                <Offer selection whole_page all />
                <Button
                    kind=Kind::Quiet
                    small=true
                    button_type="reset"
                    attr:id=NONE
                    on:click=move |ev| {
                        // It resets where no script runs; a box that came back ticked would be so again.
                        ev.prevent_default();
                        selection.clear();
                        dom::focus_in_place(HEAD);
                    }
                >
                    {none}
                </Button>
            </div>
            <div class="action-bar-actions">{children()}</div>
        </section>
    }
}

/// Once the page is selected: the rest as well.
#[component]
fn Offer(selection: Selection, whole_page: Text, all: String) -> impl IntoView {
    move || {
        let (whole_page, all) = (whole_page.clone(), all.clone());
        selection.look(|ticks| ticks.could_be_all()).then(|| {
            view! {
                <p class="action-bar-offer">
                    <span role="status">{whole_page}</span>
                    <Button
                        kind=Kind::Quiet
                        small=true
                        button_type="button"
                        on:click=move |_| {
                            selection.change(|ticks| ticks.tick_all());
                            dom::focus_in_place(NONE);
                        }
                    >
                        {all}
                    </Button>
                </p>
            }
        })
    }
}
