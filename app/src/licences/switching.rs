//! L3, L4: what a licence's settings do, in words and numbers.

use crate::texts::licences as t;
use shared::{
    fields::Language,
    licences::{Effect, LicencePage},
};

/// When, and what then happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub lead: &'static str,
    pub what: String,
}

/// For each setting that can be switched. What is ticked says only when it happens: what happens is always what switching does.
pub(super) fn lines(l: Language, page: &LicencePage, company_wide: Option<bool>, shown: Option<bool>) -> Vec<Line> {
    let licence = &page.licence;
    let will = |ticked: Option<bool>, stored: bool| ticked.is_some_and(|ticked| ticked != stored);
    let mut lines = Vec::new();
    if licence.company_wide || page.may_be_company_wide.is_ok() {
        let lead = match (will(company_wide, licence.company_wide), licence.company_wide) {
            (true, _) => t::when_you_save(l),
            (false, true) => t::if_company_wide_off(l),
            (false, false) => t::if_company_wide_on(l),
        };
        let what = if licence.company_wide { off(l, &page.effect, licence.terms.seats) } else { on(l, &page.effect) };
        lines.push(Line { lead, what });
    }
    // L5: what is external is offered to nobody either way.
    if !licence.terms.external {
        let lead = match (will(shown, licence.shown), licence.shown) {
            (true, _) => t::when_you_save(l),
            (false, true) => t::if_shown_off(l),
            (false, false) => t::if_shown_on(l),
        };
        let what = if licence.shown { hidden(l, licence.open) } else { t::shown_effect(l).to_owned() };
        lines.push(Line { lead, what });
    }
    lines
}

fn on(l: Language, effect: &Effect) -> String {
    let people = match effect.without {
        0 => t::nobody_gets_access(l).to_owned(),
        1 => t::one_gets_access(l).to_owned(),
        without => t::many_get_access(l, without),
    };
    let requests = match effect.open {
        0 => String::new(),
        1 => t::one_is_granted(l).to_owned(),
        open => t::many_are_granted(l, open),
    };
    format!("{people}{requests}. {}", t::later_has_access(l))
}

fn off(l: Language, effect: &Effect, seats: Option<u32>) -> String {
    let people = match effect.without {
        0 => t::nobody_keeps(l).to_owned(),
        1 => t::one_keeps(l).to_owned(),
        without => t::many_keep(l, without),
    };
    let used = effect.used_afterwards;
    match seats {
        Some(seats) if used >= seats => format!("{people} {}", t::full_afterwards(l, used, seats)),
        Some(seats) => format!("{people} {} {}", t::used_afterwards(l, used, seats), t::later_must_ask(l)),
        None => format!("{people} {}", t::later_must_ask(l)),
    }
}

fn hidden(l: Language, open: u32) -> String {
    match open {
        0 => t::hidden_effect(l).to_owned(),
        open => format!("{} {}", t::hidden_effect(l), t::open_stay(l, open)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Language = Language::English;

    /// L3.
    #[test]
    fn both_ways_are_said_in_numbers() {
        let effect = Effect { members: 300, without: 12, open: 3, used_afterwards: 300 };
        assert_eq!(on(EN, &effect), "12 people get access, 3 open requests are granted. Whoever joins later has access at once.");
        assert_eq!(
            off(EN, &Effect { without: 288, ..effect }, Some(100)),
            "288 people keep access as their own. 300 of 100 seats are then used: nobody new gets in until there is room."
        );
        assert_eq!(
            off(EN, &Effect { without: 1, used_afterwards: 4, ..effect }, Some(10)),
            "One person keeps access as their own. 4 of 10 seats are then used. Whoever joins later must ask."
        );
        assert_eq!(off(EN, &Effect { without: 1, ..effect }, None), "One person keeps access as their own. Whoever joins later must ask.");
    }
}
