//! Several requests of a queue at once (R2): which are ticked, and what *Select all* meant when it was pressed.

use super::{deeds::SEVERAL, lines::Lines};
use crate::{prelude::*, ui::*};
use shared::{RequestId, requests::Queue};

/// Outlives what is loaded: turning the page keeps it.
#[derive(Clone, Copy)]
pub(crate) struct Several {
    pub queue: Queue,
    pub selection: Selection,
    /// R8: the answer to documents that is chosen, as its form sends it.
    pub choice: RwSignal<String>,
    all: RwSignal<Option<All>>,
}

/// R6: who asks after it was pressed is not meant, on whichever page it is then sent.
#[derive(Clone, Copy, PartialEq)]
struct All {
    newest: Option<RequestId>,
    count: u32,
}

impl Several {
    /// `ticked` and `choice`: what came back with a refused form.
    pub(super) fn new(queue: Queue, ticked: Vec<String>, choice: String) -> Self {
        Self { queue, selection: Selection::beginning_with(ticked), choice: RwSignal::new(choice), all: RwSignal::new(None) }
    }

    /// Tells what the list shows, now and whenever that changes. `part` is where it was turned to, `found` how many are open on all pages.
    pub(super) fn follow(self, part: String, lines: RwSignal<Lines>, found: Memo<u32>) {
        let show = move || {
            let (ids, fixed) = lines.with(Lines::can_be_chosen);
            // Those that wait to be called nobody has seen (R6).
            let found = found.get().saturating_sub(fixed + lines.with(Lines::news).0);
            // Nor does what is meant grow by those who ask meanwhile.
            let found = self.all.get().map_or(found, |all| found.min(all.count));
            self.selection.show(Shown { filter: String::new(), part: part.clone(), ids, found });
        };
        untrack(&show);
        effect(show);
        effect(move || {
            let is_all = self.selection.is_all();
            if is_all != self.all.with_untracked(Option::is_some) {
                let meant = || All { newest: lines.with_untracked(Lines::newest), count: self.selection.count() };
                self.all.set(is_all.then(|| untrack(meant)));
            }
        });
    }

    /// What its form says of it.
    pub(super) fn fields(self) -> AnyView {
        let all = move || {
            let All { newest, count } = self.all.get()?;
            // Among the documents stand some that wait for staff, and so are not decided by it: how many on other pages nobody knows.
            let expected = (self.queue == Queue::Licences).then(|| view! { <input type="hidden" name="expected" value=count/> });
            let newest = newest.map(|id| view! { <input type="hidden" name="newest" value=id.to_string()/> });
            Some(view! { {newest} {expected} })
        };
        view! {
            <input type="hidden" name=SEVERAL value="on"/>
            {all}
        }
        .into_any()
    }
}
