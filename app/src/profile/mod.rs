//! My profile (P1–P4, P6, P7, S6, U6, A7).

mod api;
mod change;
mod choice;
mod company;
mod delete;
mod details;
mod download;
mod frame;
mod hand_over;
mod join;
mod leave;
mod losses;
mod password;
mod sessions;

pub use api::{
    ChangeCompany, ChangePassword, DeleteAccount, EndOtherSessions, EndSession, HandOver, IsNewPasswordHardToGuess, JoinCompany,
    LeaveCompany, ListSessions, ReadDeleting, ReadMine, ReadMoving, ReadProfile, SaveProfile, WithdrawSuccession,
};
pub(crate) use choice::CompanyChoice;
pub(crate) use company::CompanyPage;
pub(crate) use delete::DeletePage;
pub(crate) use details::DetailsPage;
pub(crate) use frame::ProfileFrame;
pub(crate) use password::PasswordPage;
pub(crate) use sessions::SessionsPage;
