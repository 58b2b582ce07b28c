//! E-mail domains: what may be a company's (S2).

use crate::Problem;
use serde::{Deserialize, Serialize};

/// An e-mail domain in the one way in which Balie writes and compares it: ASCII (IDNA), lower-case, with a dot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Domain(String);

impl Domain {
    /// `Vandijk.Example`, `@vandijk.example`, `münchen.example`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let text = text.strip_prefix('@').unwrap_or(text);
        let shown = || text.chars().filter(|c| !c.is_control()).take(80).collect::<String>();
        let ascii = ascii(text).ok_or_else(|| Problem::NotADomain(shown()))?;
        if is_public(&ascii) { Err(Problem::PublicMailDomain(ascii)) } else { Ok(Self(ascii)) }
    }

    /// Those of a text with one on each line, or with commas, semicolons or spaces between them; each once, in alphabetical order.
    ///
    /// # Errors
    /// What is wrong with the first that can't be used.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, Problem> {
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|word| !word.is_empty());
        let mut domains = words.map(Self::parse).collect::<Result<Vec<_>, _>>()?;
        domains.sort();
        domains.dedup();
        Ok(domains)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A domain as the mail system writes it, if it is one.
#[must_use]
pub(crate) fn ascii(text: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii_strict(text).ok()?;
    let labels: Vec<&str> = ascii.split('.').collect();
    let is_name = |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_number = labels.last().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    (labels.len() >= 2 && labels.iter().all(is_name) && !is_number).then_some(ascii)
}

/// Part of a domain, as it stands in a stored one: `münchen` is looked for as `xn--mnchen-3ya`.
#[must_use]
pub fn searched(text: &str) -> String {
    idna::domain_to_ascii(text).unwrap_or_else(|_| text.to_lowercase())
}

/// S2: at these anybody can have an address, so it says nothing about where somebody works. With their subdomains.
#[must_use]
pub fn is_public(domain: &str) -> bool {
    let is_it = |public: &str| domain == public || domain.strip_suffix(public).is_some_and(|rest| rest.ends_with('.'));
    PUBLIC.split_whitespace().any(is_it)
}

/// Mail providers of the Netherlands and its neighbours, the large ones of the world, and addresses for ten minutes.
const PUBLIC: &str = "
    gmail.com googlemail.com outlook.com outlook.nl outlook.be outlook.de outlook.fr hotmail.com hotmail.nl hotmail.be hotmail.fr hotmail.de
    hotmail.co.uk hotmail.it hotmail.es live.com live.nl live.be live.fr live.de live.co.uk msn.com passport.com yahoo.com yahoo.nl yahoo.fr
    yahoo.de yahoo.co.uk yahoo.it yahoo.es ymail.com rocketmail.com icloud.com me.com mac.com aol.com aim.com proton.me protonmail.com
    protonmail.ch pm.me tutanota.com tutanota.de tuta.com tuta.io mailbox.org posteo.de posteo.net posteo.nl startmail.com fastmail.com
    fastmail.fm hushmail.com hey.com zoho.com zohomail.com zohomail.eu yandex.com yandex.ru ya.ru mail.ru bk.ru inbox.ru list.ru rambler.ru
    qq.com foxmail.com 163.com 126.com yeah.net sina.com sohu.com naver.com daum.net hanmail.net rediffmail.com gmx.com gmx.net gmx.de gmx.at
    gmx.ch web.de t-online.de freenet.de arcor.de 1und1.de online.de mail.de email.de mail.com email.com usa.com
    ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl chello.nl xs4all.nl upcmail.nl casema.nl quicknet.nl multiweb.nl tele2.nl
    telfort.nl telfortglasvezel.nl zonnet.nl wanadoo.nl online.nl solcon.nl caiway.nl caiway.net delta.nl zeelandnet.nl freeler.nl onsnet.nu
    onsbrabantnet.nl t-mobilethuis.nl vodafonethuis.nl versatel.nl 12move.nl hccnet.nl tiscali.nl lijbrandt.nl kabelfoon.nl kabelnoord.nl
    kickmail.nl scarlet.nl scarlet.be telenet.be skynet.be proximus.be belgacom.net voo.be pandora.be base.be
    orange.fr wanadoo.fr free.fr sfr.fr laposte.net bbox.fr neuf.fr numericable.fr libero.it virgilio.it tin.it alice.it tiscali.it
    btinternet.com btopenworld.com sky.com virginmedia.com talktalk.net ntlworld.com blueyonder.co.uk comcast.net verizon.net att.net
    sbcglobal.net bellsouth.net cox.net charter.net earthlink.net shaw.ca rogers.com telus.net bigpond.com optusnet.com.au bluewin.ch
    hispeed.ch sunrise.ch a1.net chello.at seznam.cz centrum.cz wp.pl o2.pl onet.pl interia.pl abv.bg telia.com telenor.no online.no
    uol.com.br bol.com.br terra.com.br terra.es telefonica.net duck.com relay.firefox.com mozmail.com simplelogin.com anonaddy.me
    mailinator.com guerrillamail.com 10minutemail.com temp-mail.org tempmail.com yopmail.com yopmail.fr trashmail.com trashmail.de
    getnada.com maildrop.cc sharklasers.com dispostable.com throwawaymail.com discard.email fakeinbox.com mohmal.com mintemail.com
    spam4.me wegwerfmail.de
";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn domains() {
        for (text, stored) in [
            ("vandijk.example", "vandijk.example"),
            (" @VanDijk.Example ", "vandijk.example"),
            ("München.example", "xn--mnchen-3ya.example"),
            ("XN--MNCHEN-3YA.example", "xn--mnchen-3ya.example"),
            ("a.b-c.example", "a.b-c.example"),
        ] {
            assert_eq!(Domain::parse(text).map(|domain| domain.0), Ok(stored.to_owned()), "{text}");
        }
        for text in [
            "",
            "localhost",
            "a@b.example",
            "a..example",
            ".example",
            "a.example.",
            "-a.example",
            "127.0.0.1",
            "a b.example",
            "a_b.example",
        ] {
            assert!(matches!(Domain::parse(text), Err(Problem::NotADomain(_))), "{text}");
        }
    }

    #[test]
    fn part_of_a_domain_is_found_in_it() {
        for (text, part) in [
            ("München", "xn--mnchen-3ya"),
            ("münchen.example", "xn--mnchen-3ya.example"),
            ("VanDijk", "vandijk"),
            ("dijk.ex", "dijk.ex"),
            ("Van Dijk", "van dijk"),
            ("", ""),
        ] {
            assert_eq!(searched(text), part, "{text}");
        }
    }

    #[test]
    fn where_anybody_has_an_address_is_nobodys_domain() {
        for text in ["gmail.com", "GMail.com", "mail.gmail.com", "hotmail.nl", "xs4all.nl", "mailinator.com"] {
            assert!(matches!(Domain::parse(text), Err(Problem::PublicMailDomain(_))), "{text}");
        }
        for text in ["notgmail.com", "gmail.com.vandijk.example", "home.example"] {
            assert!(Domain::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn several_in_one_text() {
        let several = Domain::parse_all("b.example, A.example;\n@b.example  c.example").unwrap();
        assert_eq!(several.iter().map(Domain::as_str).collect::<Vec<_>>(), ["a.example", "b.example", "c.example"]);
        assert_eq!(Domain::parse_all(" \n"), Ok(vec![]));
        assert_eq!(Domain::parse_all("a.example nonsense"), Err(Problem::NotADomain("nonsense".into())));
    }

    proptest! {
        #![proptest_config(crate::cases())]

        #[test]
        fn a_domain_survives_being_parsed_again(text in "\\PC{0,60}") {
            if let Ok(domain) = Domain::parse(&text) {
                prop_assert_eq!(Domain::parse(domain.as_str()), Ok(domain.clone()));
                prop_assert!(domain.as_str().is_ascii() && domain.as_str() == domain.as_str().to_ascii_lowercase());
                prop_assert!(domain.as_str().contains('.') && !domain.as_str().contains('@'));
            }
        }

        #[test]
        fn an_ordinary_domain_is_taken(text in "[a-z]{1,20}\\.[a-z]{2,10}") {
            prop_assume!(!is_public(&text) && idna::domain_to_ascii_strict(&text).is_ok());
            prop_assert_eq!(Domain::parse(&text.to_ascii_uppercase()).map(|domain| domain.0), Ok(text));
        }
    }
}
