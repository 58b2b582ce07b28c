//! My company › Users (U1–U7).

mod access;
mod add;
mod address;
mod api;
mod chosen;
mod edit;
mod fields;
mod list;
mod mail;
mod person;
mod status;

pub(crate) use add::AddUserPage;
pub(crate) use api::list_users;
pub use api::{
    AddUser, AskAddressChange, ChangeChosen, ListUsers, ReadAddForm, ReadEnds, ReadUser, RemoveUser, ResendRegistration, SaveUser,
    UnlockUser, WithdrawAddressChange,
};
pub(crate) use chosen::{Asked, keep_who_was_refused};
pub(crate) use fields::ticked;
pub(crate) use list::UsersListPage;
#[cfg(feature = "ssr")]
pub(crate) use list::read_query;
pub(crate) use person::UserPage;
pub(crate) use status::StatusBadge;
