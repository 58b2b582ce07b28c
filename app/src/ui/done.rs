use crate::prelude::*;

use super::{Notice, Tone, dom};

const NOTICE: &str = "done";

/// What was just done on this page. Often the button that did it is gone by then, so the notice takes the focus: at the answer, and later, as
/// where the page has to be asked again first, only if the focus was lost with the button.
#[component]
pub fn Done(
    text: Memo<Option<String>>,
    /// Rises with every answer on this page.
    answers: Memo<usize>,
) -> impl IntoView {
    let mut heard = answers.get_untracked();
    let mut since_arrival = false;
    effect(move || {
        let (answers, is_said) = (answers.get(), text.read().is_some());
        let is_new = answers > heard;
        since_arrival |= is_new;
        if is_said && since_arrival {
            heard = answers;
            request_animation_frame(move || {
                // Not under the question that was answered.
                if is_new {
                    dom::close_popovers();
                }
                if is_new || dom::focus_is_lost() {
                    dom::focus(NOTICE);
                }
            });
        }
    });
    move || text.get().map(|text| view! { <Notice tone=Tone::Success attr:id=NOTICE attr:tabindex="-1">{text}</Notice> })
}
