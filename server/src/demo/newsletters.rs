//! The demo's newsletters: one that was sent a while ago, and one that is being written.

use super::{ago, signed_in, staff};
use crate::{Desk, callers::Person, error::Result, newsletter};
use shared::newsletter::NewsletterForm;

/// Who gets them.
const SUBSCRIBERS: [&str; 8] = ["bram", "bas", "eline", "fatima", "gijs", "joris", "lotte", "jelle"];

pub(super) async fn make(desk: &Desk) -> Result<()> {
    for first in SUBSCRIBERS {
        let person = Person(signed_in(desk, first).await?);
        ago(desk, 33, newsletter::subscribe(desk, &person)).await?;
    }
    let staff = staff(desk).await?;
    let sent = ago(desk, 29, newsletter::create(desk, &staff, &documents_by_licence())).await?;
    ago(desk, 28, newsletter::send(desk, &staff, sent, 1)).await?;
    ago(desk, 2, newsletter::create(desk, &staff, &between_departments())).await?;
    Ok(())
}

fn documents_by_licence() -> NewsletterForm {
    NewsletterForm {
        subject_en: "Documents: find a standard, and how you come to read it".into(),
        text_en: "\
## Every document says how you get it

*Documents* searches by number and by title, as you type. Each document then says what to do:

- **Read it**, where your company has a licence and you have access.
- **Ask for access**, where your company has a licence.
- **Request the standard**, where it has none. Your administrator decides.

Whoever asks hears by mail what became of it.
"
        .into(),
        subject_nl: "Documenten: zo vindt u een norm, en zo kunt u die lezen".into(),
        text_nl: "\
## Bij elk document staat hoe u het krijgt

Onder *Documenten* zoekt u op nummer en op titel, terwijl u typt. Bij elk document staat daarna wat u kunt doen:

- **Lezen**, als uw bedrijf een licentie heeft en u toegang hebt.
- **Toegang aanvragen**, als uw bedrijf een licentie heeft.
- **De norm aanvragen**, als er geen licentie is. Uw beheerder beslist.

Wie iets aanvraagt, hoort per mail wat ermee gebeurt.
"
        .into(),
    }
}

fn between_departments() -> NewsletterForm {
    NewsletterForm {
        subject_en: "From one department to another".into(),
        text_en: "\
## A new department? Take your account along

Under *My profile* you choose **Change company**. Before you confirm, you see:

1. what ends: your access, your open requests and your role,
2. what you get at once in the other department.

The administrators of both departments get a mail.
"
        .into(),
        subject_nl: "Van de ene afdeling naar de andere".into(),
        text_nl: "\
## Een nieuwe afdeling? Neem uw account mee

Onder *Mijn profiel* kiest u **Bedrijf wijzigen**. Voordat u bevestigt, ziet u:

1. wat er eindigt: uw toegang, uw open aanvragen en uw rol,
2. wat u bij de andere afdeling meteen krijgt.

De beheerders van beide afdelingen krijgen een mail.
"
        .into(),
    }
}
