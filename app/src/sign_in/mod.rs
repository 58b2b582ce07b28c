//! Signing in and out (A1).

mod api;
mod page;

pub use api::{SignIn, SignOut, SignOutAndContinue};
pub(crate) use page::SignInPage;

/// Sign-in, and then on to where somebody was going.
#[must_use]
pub(crate) fn path_with_next(here: &str) -> String {
    if here == "/" { "/login".into() } else { format!("/login?next={}", encoded(here)) }
}

/// Percent-encodes what would end the value of a query parameter or mean something else in it.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_one_parameter() {
        assert_eq!(path_with_next("/"), "/login");
        assert_eq!(path_with_next("/company/1/users?page=2&search=é"), "/login?next=/company/1/users%3Fpage%3D2%26search%3D%C3%A9");
    }
}
