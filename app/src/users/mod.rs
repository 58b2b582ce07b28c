//! My company › Users (U1, U2, U4).

mod add;
mod api;
mod list;
mod person;
mod status;

pub(crate) use add::AddUserPage;
pub use api::{AddUser, ListUsers, ReadAddForm, ReadUser, ResendRegistration, UnlockUser};
pub(crate) use list::UsersListPage;
pub(crate) use person::UserPage;
