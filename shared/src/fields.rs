//! What people fill in, parsed once: the page and the server call the same functions, and everything behind them has a type.

use crate::{Problem, domains};
use serde::{Deserialize, Serialize};

/// The languages of the screen and of the mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "nl")]
    Dutch,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::Dutch];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Dutch => "nl",
        }
    }

    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The first language of an `Accept-Language` header that Balie speaks; browsers send them in order of preference.
    #[must_use]
    pub fn preferred(accept_language: &str) -> Option<Self> {
        accept_language.split(',').find_map(|range| {
            let tag = range.split(';').next()?.trim();
            Self::from_code(&tag.split('-').next()?.to_ascii_lowercase())
        })
    }
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.key() == key)
    }
}

/// One mailbox: ASCII, lower-case, with a domain that has a dot; a domain with other letters is kept as IDNA writes it.
///
/// Quoted local parts, domain literals and encoded words are legal in RFC 5322 and never the address of a colleague, so they are refused:
/// what another program might read differently can't be an identity.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim_matches(' ');
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if text.chars().count() > 254 {
            return Err(Problem::TooLong(254));
        }
        if text.chars().any(is_control) {
            return Err(Problem::ControlCharacters);
        }
        if text.matches('@').count() > 1 && text.contains([',', ';', ' ']) {
            return Err(Problem::SeveralAddresses);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(Problem::NotAnAddress)?;
        let domain = domains::ascii(domain).ok_or(Problem::NotAnAddress)?;
        let address = format!("{}@{domain}", local.to_ascii_lowercase());
        let plain = address.is_ascii() && !address.contains(['"', '(', ')', '<', '>', ' ', ',', ';']) && !address.contains("=?");
        let options = email_address::Options::default().with_required_tld().without_display_text().without_domain_literal();
        if !plain || address.len() > 254 || email_address::EmailAddress::parse_with_options(&address, options).is_err() {
            return Err(Problem::NotAnAddress);
        }
        Ok(Self(address))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// A username as it is stored, from what somebody typed who signs in or forgot their password (A1, A4): of an address the one way in which
/// addresses are written, whatever is no address in lower case, as general accounts have it (G2).
#[must_use]
pub fn username(typed: &str) -> String {
    let typed = typed.trim();
    EmailAddress::parse(typed).map_or_else(|_| typed.to_lowercase(), |address| address.0)
}

/// A person's name: one line, 1 to 100 characters, white space folded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonName(String);

impl PersonName {
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let name = one_line(text, 100)?;
        if name.chars().any(is_seen) { Ok(Self(name)) } else { Err(Problem::Missing) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A telephone number as people write it: digits, spaces, `+ - ( ) . /`, with 6 to 15 digits (E.164).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// An empty text is no number, which is fine.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, Problem> {
        let text = match one_line(text, 30) {
            Err(Problem::Missing) => return Ok(None),
            other => other?,
        };
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let written = text.chars().enumerate().all(|(at, c)| c.is_ascii_digit() || " -()./".contains(c) || (c == '+' && at == 0));
        if written && (6..=15).contains(&digits) { Ok(Some(Self(text))) } else { Err(Problem::NotAPhoneNumber) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A country by its ISO 3166-1 code: `NL`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    pub const NETHERLANDS: Self = Self(*b"NL");

    /// # Errors
    /// [`Problem::NotACountry`], or [`Problem::Missing`].
    pub fn parse(code: &str) -> Result<Self, Problem> {
        if code.is_empty() {
            return Err(Problem::Missing);
        }
        Self::all().find(|country| country.code() == code).ok_or(Problem::NotACountry)
    }

    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.as_bytes().chunks_exact(2).map(|code| Self([code[0], code[1]]))
    }
}

impl TryFrom<String> for Country {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).map_err(|_| "not a country")
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.code().to_owned()
    }
}

/// The ISO 3166-1 codes, two letters each.
const COUNTRIES: &str = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZ\
DEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZ\
LALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURW\
SASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

/// One line of text with its white space folded.
pub(crate) fn one_line(text: &str, longest: u16) -> Result<String, Problem> {
    if text.chars().any(is_control) {
        return Err(Problem::ControlCharacters);
    }
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.chars().count() {
        0 => Err(Problem::Missing),
        n if n > usize::from(longest) => Err(Problem::TooLong(longest)),
        _ => Ok(folded),
    }
}

/// A few lines of text; `None` for nothing. Each line's white space is folded, empty lines at either end go.
pub(crate) fn paragraph(text: &str, longest: u16) -> Result<Option<String>, Problem> {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            let line = line.strip_suffix('\r').unwrap_or(line).replace('\t', " ");
            if line.chars().any(is_control) {
                Err(Problem::ControlCharacters)
            } else {
                Ok(line.split_whitespace().collect::<Vec<_>>().join(" "))
            }
        })
        .collect::<Result<_, _>>()?;
    let text = lines.join("\n").trim().to_owned();
    match text.chars().count() {
        0 => Ok(None),
        n if n > usize::from(longest) => Err(Problem::TooLong(longest)),
        _ => Ok(Some(text)),
    }
}

/// Control characters, line and paragraph separators, the marks that turn the direction of text around, and spaces of no width: a name with
/// one of those can make a list or a letter show something else than what is stored. (Those that join letters or keep them apart stay: Persian
/// and Hindi names are written with them.)
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61C}'
                | '\u{200B}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'
                | '\u{2066}'..='\u{2069}'
                | '\u{FEFF}'
        )
}

/// A letter or a digit; the Korean letters that only fill a place are seen by nobody.
fn is_seen(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}')
}

/// The key by which names sort and are found, the same on both databases: lower-case, without the marks of Latin letters, whether those
/// are part of the letter or a character behind it.
#[must_use]
pub fn folded(text: &str) -> String {
    let lower = text.chars().flat_map(char::to_lowercase);
    lower.filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).map(without_mark).collect()
}

fn without_mark(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        // Greek writes this letter differently at the end of a word.
        'ς' => 'σ',
        'ť' | 'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ž' | 'ż' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domains::Domain;
    use proptest::prelude::*;

    #[test]
    fn addresses() {
        let good = [
            ("carla@vandijk.example", "carla@vandijk.example"),
            ("  Carla@VanDijk.Example ", "carla@vandijk.example"),
            ("o'neil+x@a-b.example", "o'neil+x@a-b.example"),
            ("anna@MÜNCHEN.example", "anna@xn--mnchen-3ya.example"),
        ];
        for (text, stored) in good {
            assert_eq!(EmailAddress::parse(text).map(|a| a.as_str().to_owned()), Ok(stored.to_owned()));
        }
        let bad = [
            ("", Problem::Missing),
            ("carla", Problem::NotAnAddress),
            ("carla@localhost", Problem::NotAnAddress),
            ("@vandijk.example", Problem::NotAnAddress),
            ("a@b@vandijk.example", Problem::NotAnAddress),
            ("a@vandijk.example, b@vandijk.example", Problem::SeveralAddresses),
            ("a@vandijk.example;b@vandijk.example", Problem::SeveralAddresses),
            ("Carla <carla@vandijk.example>", Problem::NotAnAddress),
            ("=?utf-8?q?x?=@vandijk.example", Problem::NotAnAddress),
            ("\"a b\"@vandijk.example", Problem::NotAnAddress),
            ("a@[127.0.0.1]", Problem::NotAnAddress),
            ("a\r\nBcc: x@evil.example@vandijk.example", Problem::ControlCharacters),
            ("é@vandijk.example", Problem::NotAnAddress),
        ];
        for (text, problem) in bad {
            assert_eq!(EmailAddress::parse(text), Err(problem), "{text}");
        }
        let long = format!("{}@vandijk.example", "x".repeat(300));
        assert_eq!(EmailAddress::parse(&long), Err(Problem::TooLong(254)));
    }

    #[test]
    fn a_username_is_found_as_it_is_stored() {
        for (typed, stored) in [
            (" Anna@MÜNCHEN.example\t", "anna@xn--mnchen-3ya.example"),
            ("anna@xn--mnchen-3ya.example", "anna@xn--mnchen-3ya.example"),
            ("  ANNA@VanDijk.Example ", "anna@vandijk.example"),
            (" VanDijk-Bouw ", "vandijk-bouw"),
            ("É@vandijk.example", "é@vandijk.example"),
            (" ", ""),
        ] {
            assert_eq!(username(typed), stored, "{typed}");
        }
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(PersonName::parse("  Anna   de Vries ").map(|n| n.0), Ok("Anna de Vries".to_owned()));
        assert_eq!(PersonName::parse("Anna\r\nBcc: x"), Err(Problem::ControlCharacters));
        assert_eq!(PersonName::parse("Anna\u{202E}"), Err(Problem::ControlCharacters));
        for hidden in ['\u{61C}', '\u{200B}', '\u{200E}', '\u{200F}', '\u{2060}', '\u{FEFF}'] {
            assert_eq!(PersonName::parse(&format!("Anna{hidden}")), Err(Problem::ControlCharacters), "{hidden:?}");
        }
        for nothing in [" ", "-", "…", "\u{3164}", "\u{115F}\u{1160} \u{FFA0}", "\u{200D}"] {
            assert_eq!(PersonName::parse(nothing), Err(Problem::Missing), "{nothing:?}");
        }
        for name in ["Ω", "李", "علی\u{200C}رضا", "X Æ A-12", "3"] {
            assert_eq!(PersonName::parse(name).map(|n| n.0), Ok(name.to_owned()));
        }
        assert_eq!(PersonName::parse(&"a".repeat(101)), Err(Problem::TooLong(100)));
        assert!(PersonName::parse("<script>alert(1)</script>").is_ok(), "hostile text is text");
    }

    #[test]
    fn names_are_found_without_their_marks() {
        for text in ["Çelik É", "C\u{327}elik E\u{301}", "çelik é"] {
            assert_eq!(folded(text), "celik e");
        }
        assert_eq!(folded("İpek"), "ipek");
    }

    #[test]
    fn telephone_numbers() {
        assert_eq!(PhoneNumber::parse_optional(" "), Ok(None));
        assert!(matches!(PhoneNumber::parse_optional("+31 (0)10 123 45 67"), Ok(Some(_))));
        for bad in ["12345", "call me", "1234567890123456", "12+3456"] {
            assert_eq!(PhoneNumber::parse_optional(bad), Err(Problem::NotAPhoneNumber), "{bad}");
        }
    }

    #[test]
    fn countries() {
        assert_eq!(Country::all().count(), 249);
        assert_eq!(Country::parse("NL"), Ok(Country::NETHERLANDS));
        assert_eq!(Country::parse("nl"), Err(Problem::NotACountry));
    }

    #[test]
    fn the_browsers_languages_in_order() {
        assert_eq!(Language::preferred("nl-NL,nl;q=0.9,en;q=0.8"), Some(Language::Dutch));
        assert_eq!(Language::preferred("fr-FR, en-GB;q=0.5"), Some(Language::English));
        assert_eq!(Language::preferred("fr"), None);
    }

    proptest! {
        #![proptest_config(crate::cases())]

        #[test]
        fn an_address_survives_being_parsed_again(text in "\\PC{0,60}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address.clone()));
                prop_assert_eq!(address.as_str().matches('@').count(), 1);
                prop_assert!(!address.as_str().contains(|c: char| c.is_control() || c == ' ' || c == ','));
            }
        }

        /// What other programs may read differently: encoded words, quotes, comments, several mailboxes.
        #[test]
        fn nothing_that_could_be_read_otherwise_is_an_address(
            local in "[a-z\"@(),;<> .?=é]{1,12}",
            domain in "[a-zü.@\\[\\]\" =?-]{1,16}",
            wrapped in "(=\\?utf-8\\?[qb]\\?[a-z=0-9]{1,8}\\?=|\"[a-z ]{1,6}\"|\\([a-z]{1,4}\\))",
        ) {
            for text in [format!("{local}@{domain}.example"), format!("{wrapped}@{domain}.example"), format!("{wrapped}{local}@vandijk.example"), format!("{local} <{local}@vandijk.example>")] {
                if let Ok(address) = EmailAddress::parse(&text) {
                    prop_assert!(!address.as_str().contains(['"', '(', ')', '<', '>', ' ', ',', ';', '[', ']']), "{}", address.as_str());
                    prop_assert!(!address.as_str().contains("=?") && address.as_str().is_ascii());
                    prop_assert_eq!(address.as_str().matches('@').count(), 1);
                    prop_assert_eq!(Domain::parse(address.domain()).map(|domain| domain.as_str().to_owned()), Ok(address.domain().to_owned()));
                }
            }
        }

        #[test]
        fn an_ordinary_address_is_taken(local in "[a-z][a-z0-9]{0,20}(\\.[a-z0-9]{1,10})?", domain in "[a-z]{1,20}\\.[a-z]{2,10}") {
            let text = format!("{local}@{domain}");
            prop_assert_eq!(EmailAddress::parse(&text.to_ascii_uppercase()).map(|a| a.0), Ok(text));
        }

        #[test]
        fn a_name_never_holds_a_line_break(text in any::<String>()) {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert!(!name.as_str().chars().any(is_control));
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name.clone()));
            }
        }
    }
}
