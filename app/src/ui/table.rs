use crate::prelude::*;
use leptos::{children::ViewFnOnce, html};

use super::{Glyph, Icon, Text};

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Ascending,
    Descending,
}

/// A table with a sticky header. In a narrow place each row becomes a card, whose cells bear their column's name (`Cell`); with
/// `stack=false` it scrolls sideways instead.
#[component]
pub fn DataTable(
    /// Its name, as a caption.
    #[prop(into)]
    label: Text,
    /// The header cells.
    #[prop(into)]
    head: ViewFnOnce,
    /// Whether the caption is seen; it is always heard.
    #[prop(optional)]
    caption: bool,
    #[prop(default = true)] stack: bool,
    /// "Sort by": said before the ways to sort where these stand apart from the columns, since rows are cards there.
    #[prop(into, optional)]
    sort_by: Option<Text>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let name = label.to_string();
    let overflows = overflows(node);
    let region = move || overflows.get().then_some("region");
    let region_name = move || overflows.get().then(|| name.clone());
    let stop = move || overflows.get().then_some("0");
    view! {
        <div class="table-place">
            <div class="table-scroll" class:stack=stack class:overflows=overflows node_ref=node role=region aria-label=region_name tabindex=stop>
                <table class="table">
                    <caption class:visually-hidden=!caption>{label}</caption>
                    <thead>
                        <tr data-label=sort_by.map(Text::into_owned)>{head.run()}</tr>
                    </thead>
                    <tbody>{children()}</tbody>
                </table>
            </div>
        </div>
    }
}

/// Whether there is something to scroll to. Only then is the box around a table a stop for the keyboard.
fn overflows(node: NodeRef<html::Div>) -> RwSignal<bool> {
    let overflows = RwSignal::new(false);
    let measure = move || {
        if let Some(scroll) = node.get_untracked() {
            let now = scroll.scroll_width() > scroll.client_width() + 1;
            if overflows.get_untracked() != now {
                overflows.set(now);
            }
        }
    };
    effect(move || {
        if node.get().is_some() {
            request_animation_frame(measure);
        }
    });
    effect(move || {
        let listener = window_event_listener(leptos::ev::resize, move |_| measure());
        on_cleanup(move || listener.remove());
    });
    overflows
}

/// The header of a column that can't be sorted by.
#[component]
pub fn Header(
    #[prop(into)] label: Text,
    #[prop(optional)] numeric: bool,
    /// The label is only heard: for a column of buttons.
    #[prop(optional)]
    hidden: bool,
) -> impl IntoView {
    view! {
        <th scope="col" class:numeric=numeric>
            <span class:visually-hidden=hidden>{label}</span>
        </th>
    }
}

/// The header of a column that can be sorted by. A link, as the order is in the address.
#[component]
pub fn SortHeader(
    #[prop(into)] label: Text,
    /// The same page, the other way round.
    #[prop(into)]
    href: Signal<String>,
    /// How it is sorted by now, if it is.
    #[prop(into, optional)]
    direction: MaybeProp<Direction>,
    #[prop(optional)] numeric: bool,
) -> impl IntoView {
    let state = move || {
        direction.get().map(|direction| match direction {
            Direction::Ascending => "ascending",
            Direction::Descending => "descending",
        })
    };
    let glyph = move || match direction.get() {
        Some(Direction::Ascending) => Glyph::SortUp,
        Some(Direction::Descending) => Glyph::SortDown,
        None => Glyph::SortNone,
    };
    view! {
        <th scope="col" class="sort" class:numeric=numeric aria-sort=state>
            <a href=move || href.get()>
                <span>{label}</span>
                {move || view! { <Icon glyph=glyph() /> }}
            </a>
        </th>
    }
}

/// A cell that knows its column's name, to show it where rows are cards.
#[component]
pub fn Cell(
    #[prop(into)] label: Text,
    #[prop(optional)] numeric: bool,
    /// A cell of buttons: at the end, without a name.
    #[prop(optional)]
    actions: bool,
    /// An address or a code: may break anywhere.
    #[prop(optional)]
    breaks: bool,
    /// Says by itself what it is: where rows are cards it needs no name, and shares a line with the next.
    #[prop(optional)]
    obvious: bool,
    children: Children,
) -> impl IntoView {
    let label = (!actions && !obvious).then(|| label.into_owned());
    view! {
        <td class:numeric=numeric class:actions=actions class:breaks=breaks class:obvious=obvious data-label=label>
            {children()}
        </td>
    }
}

/// An e-mail address, which breaks behind its @ before it breaks anywhere else.
pub fn mail_address(text: String) -> AnyView {
    match text.split_once('@') {
        Some((local, domain)) => view! { {format!("{local}@")} <wbr/> {domain.to_owned()} }.into_any(),
        None => text.into_any(),
    }
}
