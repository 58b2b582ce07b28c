use leptos::prelude::*;

use super::{Glyph, Icon, Kind, Text};

/// A question over the page. A `<dialog>` that is a popover opens from its button without JavaScript, takes the focus and gives it
/// back; a modal one would need a script to open.
#[component]
pub fn Dialog(
    /// Unique on the page; its buttons name it.
    #[prop(into)]
    id: Text,
    #[prop(into)] title: Text,
    /// The name of the cross.
    #[prop(into)]
    close: Text,
    /// It came back without JavaScript, because of what was filled in: shown as it is, since no script can open it. The page, asked once more,
    /// closes it.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> impl IntoView {
    let id = id.into_owned();
    let title_id = format!("{id}-title");
    let (own, named_by) = (id.clone(), title_id.clone());
    let close = close.into_owned();
    let cross = if open {
        view! {
            <a class="dialog-cross" href="" rel="external" aria-label=close>
                <Icon glyph=Glyph::Cross />
            </a>
        }
        .into_any()
    } else {
        view! {
            <button class="dialog-cross" type="button" popovertarget=id popovertargetaction="hide" aria-label=close>
                <Icon glyph=Glyph::Cross />
            </button>
        }
        .into_any()
    };
    view! {
        <dialog class="dialog" id=own popover="auto" open=open aria-labelledby=named_by>
            <div class="dialog-head">
                <h2 id=title_id>{title}</h2>
                {cross}
            </div>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}

/// Opens a dialog.
#[component]
pub fn DialogButton(
    #[prop(into)] dialog: Text,
    #[prop(default = Kind::Secondary)] kind: Kind,
    #[prop(optional)] small: bool,
    #[prop(optional)] glyph: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    view! {
        <button class="button" class:small=small data-kind=kind.word() type="button" popovertarget=dialog.into_owned()>
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            {children()}
        </button>
    }
}

/// Leaves a dialog as it was.
#[component]
pub fn DialogClose(
    #[prop(into)] dialog: Text,
    /// As its dialog has it.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> impl IntoView {
    let kind = Kind::Secondary.word();
    if open {
        return view! {
            <a class="button" data-kind=kind href="" rel="external">
                {children()}
            </a>
        }
        .into_any();
    }
    view! {
        <button class="button" data-kind=kind type="button" popovertarget=dialog.into_owned() popovertargetaction="hide">
            {children()}
        </button>
    }
    .into_any()
}
