//! My profile (P1–P3, A7).

mod api;
mod company;
mod details;
mod frame;
mod password;
mod sessions;

pub use api::{
    ChangePassword, EndOtherSessions, EndSession, IsNewPasswordHardToGuess, JoinCompany, ListJoinable, ListSessions, ReadMine, ReadProfile,
    SaveProfile,
};
pub(crate) use company::{CompanyChoice, CompanyPage};
pub(crate) use details::DetailsPage;
pub(crate) use frame::ProfileFrame;
pub(crate) use password::PasswordPage;
pub(crate) use sessions::SessionsPage;
