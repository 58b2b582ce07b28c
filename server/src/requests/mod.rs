//! R1–R8: somebody asks for a licence or a document, an administrator decides, both see it at once.

mod answer;
mod answered;
mod ask;
mod by_others;
mod counts;
mod decide;
mod list;
mod row;
mod standards;
mod undo;

pub use answer::answer_standard;
pub(crate) use answered::{Answered, count as count_answered};
pub(crate) use ask::{AskingRow, asking_for_document};
pub use ask::{ask_licence, ask_standard, withdraw};
pub(crate) use by_others::{answer_begun, conclude_what_came, grant_open, lapse, lock_waiting};
pub use counts::counts;
pub use decide::decide;
pub(crate) use list::waiting;
pub use list::{count, list, mine};
pub(crate) use row::decider;
pub use standards::{conclude_standard, to_confirm};
pub use undo::undo;
