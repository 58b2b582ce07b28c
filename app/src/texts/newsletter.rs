//! The newsletter: staff write and send it, people subscribe to it (P5).

super::texts! {
    newsletter => "Newsletter" | "Nieuwsbrief";
    newsletters => "Newsletters" | "Nieuwsbrieven";
    nobody_subscribed => "Nobody has subscribed." | "Niemand heeft zich aangemeld.";
    one_subscribed => "One person has subscribed." | "Eén persoon heeft zich aangemeld.";
    so_many_subscribed(people: u32) => "{people} people have subscribed." | "{people} mensen hebben zich aangemeld.";
    new => "New newsletter" | "Nieuwe nieuwsbrief";
    none_title => "No newsletters yet" | "Nog geen nieuwsbrieven";
    none_text => "Write the first one. Nobody gets it before you send it." | "Schrijf de eerste. Niemand krijgt die voordat u hem verstuurt.";
    subject => "Subject" | "Onderwerp";
    changed => "Changed" | "Gewijzigd";
    state => "State" | "Stand";
    draft => "Draft" | "Concept";
    on_its_way => "On its way" | "Onderweg";
    sent => "Sent" | "Verstuurd";
    how_far => "How far it is" | "Hoe ver hij is";
    sent_on(moment: &str, all: u32) => "Sent on {moment} to {all}" | "Verstuurd op {moment} aan {all}";
    sent_since(moment: &str) => "On its way since {moment}." | "Onderweg sinds {moment}.";
    one_dropped => "One was not sent any more: this person had unsubscribed or left by then." | "Eén is niet meer verstuurd: deze persoon had zich toen al afgemeld of was weg.";
    so_many_dropped(dropped: u32) => "{dropped} were not sent any more: these people had unsubscribed or left by then." | "{dropped} zijn niet meer verstuurd: deze mensen hadden zich toen al afgemeld of waren weg.";

    new_lead => "First you save it. Nobody gets it before you send it." | "Eerst slaat u hem op. Niemand krijgt hem voordat u hem verstuurt.";
    subject_en => "Subject (English)" | "Onderwerp (Engels)";
    text_en => "Text (English)" | "Tekst (Engels)";
    subject_nl => "Subject (Dutch)" | "Onderwerp (Nederlands)";
    text_nl => "Text (Dutch)" | "Tekst (Nederlands)";
    markdown_hint => "Markdown: # heading, **bold**, *italic*, - list, [link](https://www.example.com)" | "Markdown: # kop, **vet**, *cursief*, - lijst, [link](https://www.example.com)";
    save => "Save" | "Opslaan";
    preview => "Preview" | "Voorbeeld";
    preview_text => "This is what subscribers would get, as it is saved now." | "Dit zouden abonnees krijgen, zoals het nu is opgeslagen.";
    cancel => "Cancel" | "Annuleren";
    outdated_title => "Somebody else has saved this newsletter" | "Iemand anders heeft deze nieuwsbrief opgeslagen";
    outdated_text => "The fields above still hold what you typed, so it can't be saved over theirs. What is stored now stands below. Copy what you want to keep, and then go on with what is stored." | "In de velden hierboven staat nog wat u hebt getypt. Dat kan niet over het andere heen worden opgeslagen. Hieronder staat wat er nu is opgeslagen. Kopieer wat u wilt houden en ga dan verder met wat er is opgeslagen.";
    edit_stored => "Go on with what is stored" | "Verder met wat is opgeslagen";
    created => "The newsletter has been saved as a draft." | "De nieuwsbrief is opgeslagen als concept.";
    saved => "The changes have been saved." | "De wijzigingen zijn opgeslagen.";
    english => "English" | "Engels";
    dutch => "Dutch" | "Nederlands";

    send => "Send newsletter" | "Nieuwsbrief versturen";
    send_text => "Each subscriber gets it in the language that they chose, as you saved it last." | "Iedere abonnee krijgt hem in de zelf gekozen taal, zoals u hem het laatst hebt opgeslagen.";
    send_question => "Send this newsletter?" | "Deze nieuwsbrief versturen?";
    goes_to_one => "It goes to one subscriber, as mail that can't be taken back, as you saved it last." | "Hij gaat naar één abonnee, als mail die niet kan worden teruggehaald, zoals u hem het laatst hebt opgeslagen.";
    goes_to(people: u32) => "It goes to {people} subscribers, as mail that can't be taken back, as you saved it last." | "Hij gaat naar {people} abonnees, als mail die niet kan worden teruggehaald, zoals u hem het laatst hebt opgeslagen.";
    send_to_one => "Send to one subscriber" | "Aan één abonnee versturen";
    send_to(people: u32) => "Send to {people} subscribers" | "Aan {people} abonnees versturen";
    is_on_its_way => "The newsletter is on its way. You can follow here how far it is." | "De nieuwsbrief is onderweg. U kunt hier volgen hoe ver hij is.";
    delete => "Delete newsletter" | "Nieuwsbrief verwijderen";
    delete_text => "Nobody has got it yet. What was written is lost." | "Niemand heeft hem nog gekregen. Wat er geschreven is, gaat verloren.";
    delete_question => "Delete this newsletter?" | "Deze nieuwsbrief verwijderen?";
    delete_for_good => "Delete for good" | "Definitief verwijderen";
    deleted => "The newsletter has been deleted." | "De nieuwsbrief is verwijderd.";

    letter => "The letter" | "De brief";
    readers => "Who gets it" | "Wie hem krijgt";
    name => "Name" | "Naam";
    username => "Username" | "Gebruikersnaam";
    when => "When" | "Wanneer";
    reader_waiting => "Waiting" | "Wacht";
    reader_sent => "Sent" | "Verstuurd";
    reader_failed => "Could not be delivered" | "Kon niet worden bezorgd";
    reader_dropped => "Not sent any more" | "Niet meer verstuurd";
    page_of(page: u32, pages: u32) => "Page {page} of {pages}" | "Pagina {page} van {pages}";

    about(provider: &str) => "News by mail from {provider}, every now and then, in the language that you chose under My details. Each newsletter has a link to unsubscribe." | "Nieuws per mail van {provider}, zo nu en dan, in de taal die u bij Mijn gegevens hebt gekozen. In elke nieuwsbrief staat een link om u af te melden.";
    subscribed_since(moment: &str) => "You have been subscribed since {moment}." | "U bent sinds {moment} aangemeld voor de nieuwsbrief.";
    not_subscribed => "You are not subscribed." | "U bent niet aangemeld voor de nieuwsbrief.";
    subscribe => "Subscribe" | "Aanmelden voor de nieuwsbrief";
    unsubscribe => "Unsubscribe" | "Afmelden voor de nieuwsbrief";
    have_subscribed => "You have subscribed: you get the next newsletter." | "U hebt u aangemeld: u krijgt de volgende nieuwsbrief.";
    have_unsubscribed => "You have unsubscribed: you get no newsletters any more." | "U hebt u afgemeld: u krijgt geen nieuwsbrieven meer.";

    unsubscribe_title => "Unsubscribe from the newsletter" | "Afmelden voor de nieuwsbrief";
    unsubscribe_text => "You then get no newsletters any more. Other mail, such as about your requests, still comes." | "U krijgt dan geen nieuwsbrieven meer. Andere mail, zoals over uw aanvragen, blijft komen.";
    unsubscribed_title => "You have unsubscribed" | "U bent afgemeld voor de nieuwsbrief";
    not_subscribed_title => "You are not subscribed" | "U bent niet aangemeld voor de nieuwsbrief";
    resubscribe_text => "You get no newsletters. If you want them again, sign in and subscribe under My profile." | "U krijgt geen nieuwsbrieven. Wilt u ze weer, log dan in en meld u aan bij Mijn profiel.";
    unknown_text => "Check whether the whole address was copied from the mail. You can also sign in and unsubscribe under My profile." | "Controleer of het hele adres uit de mail is overgenomen. U kunt ook inloggen en u afmelden bij Mijn profiel.";
}
