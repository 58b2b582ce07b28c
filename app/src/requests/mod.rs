//! Requests (R1–R8): the administrators' queues, what everybody else sees of them, and what somebody can ask for.

mod api;
mod ask;
mod chosen;
mod concluded;
mod count;
mod deeds;
mod done;
mod keys;
mod lines;
mod mine;
mod notice;
mod open;
mod page;
mod query;
mod row;
mod several;
mod standards;

pub use api::{
    AnswerStandard, AskLicence, AskStandard, ConcludeStandard, CountRequests, DecideRequests, ListRequests, ListStandards, UndoDecision,
    WithdrawRequest,
};
pub(crate) use count::open_count;
pub(crate) use deeds::Deeds;
pub(crate) use lines::{Heard, follow_open};
pub(crate) use mine::MineCard;
pub(crate) use notice::DoneNotice;
pub(crate) use open::OpenRequests;
pub(crate) use page::{DocumentRequestsPage, LicenceRequestsPage, RequestsHome};
pub(crate) use row::Place;
pub(crate) use standards::StandardsPage;
