//! My company › Users: what a person is in a company, and what may be done with them.

mod form;
mod list;
mod status;

pub use form::{Change, Details, NewUser, Seen, SeenDetails, UserForm};
pub use list::{
    AddForm, AddressChange, Chosen, Ends, MailShown, MailState, PAGE_SIZE, SortBy, UserDetails, UserRow, UsersPage, UsersQuery,
};
pub use status::{Facts, Membership, Position, Status, StatusKind, StatusShown, keeps_an_administrator};
