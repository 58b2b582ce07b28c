//! The provider's products and suppliers (O2, L5).

use shared::{FieldName, documents::LineProblem, fields::Language};

super::texts! {
    products => "Products" | "Producten";
    products_lead => "What companies can have a licence for: collections of documents." | "Waar bedrijven een licentie voor kunnen krijgen: collecties van documenten.";
    product => "Product" | "Product";
    add_product => "Add product" | "Product toevoegen";
    add_lead => "After that you import its documents from a file." | "Daarna importeert u de documenten uit een bestand.";
    no_products_title => "No products yet" | "Nog geen producten";
    no_products_text => "Add the first one, and import its documents." | "Voeg het eerste toe en importeer de documenten.";
    documents => "Documents" | "Documenten";
    licences => "Licences" | "Licenties";
    product_name => "Product name" | "Productnaam";
    about => "About" | "Over";
    about_hint => "People read this when they ask for access. At most 500 characters." | "Mensen lezen dit als ze toegang vragen. Hoogstens 500 tekens.";
    supplier => "Supplier" | "Leverancier";
    supplier_hint => "Who stands behind it, where that is not the provider" | "Wie erachter staat, als dat niet de aanbieder is";
    no_supplier => "The provider" | "De aanbieder";
    details => "Details" | "Gegevens";
    save => "Save" | "Opslaan";
    cancel => "Cancel" | "Annuleren";
    created => "The product has been added. Import its documents now." | "Het product is toegevoegd. Importeer nu de documenten.";
    saved => "The changes have been saved." | "De wijzigingen zijn opgeslagen.";
    imported => "The documents have been imported." | "De documenten zijn geïmporteerd.";

    number => "Number" | "Nummer";
    title => "Title" | "Titel";
    language => "Language" | "Taal";
    status => "Status" | "Status";
    search => "Search in this product" | "Zoeken in dit product";
    search_button => "Search" | "Zoeken";
    nothing_found_title => "No document found" | "Geen document gevonden";
    nothing_found_text => "No document of this product has words that begin so." | "Geen document van dit product heeft woorden die zo beginnen.";
    show_all => "Show all documents" | "Toon alle documenten";
    no_documents_title => "No documents yet" | "Nog geen documenten";
    no_documents_text => "Import them from a file." | "Importeer ze uit een bestand.";
    one_document => "One document" | "Eén document";
    so_many_documents(found: u32) => "{found} documents" | "{found} documenten";

    import_documents => "Import documents" | "Documenten importeren";
    import_text => "A CSV file, at most 12 MB, with commas or semicolons. The first line has the names of the columns, in any order:" | "Een CSV-bestand, hoogstens 12 MB, met komma's of puntkomma's. Op de eerste regel staan de namen van de kolommen, in willekeurige volgorde:";
    column_number => "the document's own number, such as NEN 1010:2020" | "het eigen nummer van het document, zoals NEN 1010:2020";
    column_title => "the title" | "de titel";
    column_language => "two letters, such as nl or en" | "twee letters, zoals nl of en";
    column_status => "current or withdrawn" | "current (geldig) of withdrawn (ingetrokken)";
    import_before => "First you see what would change. Documents that the file does not name stay as they are." | "U ziet eerst wat er zou veranderen. Documenten die niet in het bestand staan, blijven zoals ze zijn.";
    file => "CSV file" | "CSV-bestand";
    look => "Look at the file" | "Bestand bekijken";

    import_title(product: &str) => "Import into {product}" | "Importeren in {product}";
    import_lead(file: &str, moment: &str) => "{file}, uploaded {moment}" | "{file}, geüpload op {moment}";
    what_would_change => "What would change" | "Wat er zou veranderen";
    what_changed => "The file against the catalogue of now" | "Het bestand tegenover de catalogus van nu";
    new_documents => "New documents" | "Nieuwe documenten";
    changed_documents => "Changed documents" | "Gewijzigde documenten";
    added_documents => "Known documents, new in this product" | "Bekende documenten, nieuw in dit product";
    same_documents => "Already so" | "Al zo";
    bad_lines => "Lines that can't be used" | "Regels die niet bruikbaar zijn";
    bad_lines_text => "The other lines can be imported all the same. Or correct these in the file and upload it again." | "De andere regels kunt u toch importeren. Of verbeter deze in het bestand en upload het opnieuw.";
    bad_lines_pages => "Pages of lines" | "Pagina's met regels";
    line => "Line" | "Regel";
    line_text => "What stands there" | "Wat er staat";
    line_problem => "What is wrong" | "Wat er mis is";
    import_one => "Import one document" | "Eén document importeren";
    import_several(count: u32) => "Import {count} documents" | "{count} documenten importeren";
    nothing_to_import => "There is nothing to import: the catalogue says all of this already." | "Er is niets te importeren: de catalogus heeft dit allemaal al zo.";
    was_imported(moment: &str) => "This file was imported on {moment}." | "Dit bestand is geïmporteerd op {moment}.";
    another_file => "Upload another file" | "Ander bestand uploaden";

    no_language => "The language is not two letters, such as nl or en" | "De taal is niet twee letters, zoals nl of en";
    no_status => "The status is neither current nor withdrawn" | "De status is niet current en niet withdrawn";
    again(line: u32) => "The same number stands in line {line}" | "Hetzelfde nummer staat op regel {line}";
    not_as_many => "Not as many columns as the first line" | "Niet evenveel kolommen als de eerste regel";
    number_is(problem: &str) => "Number: {problem}" | "Nummer: {problem}";
    title_is(problem: &str) => "Title: {problem}" | "Titel: {problem}";
    is_missing => "missing" | "ontbreekt";

    suppliers => "Suppliers" | "Leveranciers";
    suppliers_lead => "Who stands behind products of others. Some must know who uses them." | "Wie achter producten van anderen staat. Sommige moeten weten wie ze gebruikt.";
    no_suppliers_title => "No suppliers yet" | "Nog geen leveranciers";
    no_suppliers_text => "Add one only for a product that is not the provider's own." | "Voeg er alleen een toe voor een product dat niet van de aanbieder zelf is.";
    add_supplier => "Add supplier" | "Leverancier toevoegen";
    edit_supplier(name: &str) => "Edit {name}" | "{name} wijzigen";
    edit => "Edit" | "Wijzigen";
    supplier_name => "Supplier name" | "Naam van de leverancier";
    email => "Email address" | "E-mailadres";
    email_hint => "Where reports go" | "Waar rapportages heen gaan";
    people_to_report => "People to report" | "Te melden mensen";
    supplier_created => "The supplier has been added." | "De leverancier is toegevoegd.";
    to_report => "Who must be reported" | "Wie gemeld moet worden";
    report_title => "People to report" | "Te melden mensen";
    report_lead => "Who has access to a product that an outside supplier must know the users of." | "Wie toegang heeft tot een product waarvan een leverancier de gebruikers moet kennen.";
    all_suppliers => "All suppliers" | "Alle leveranciers";
    show => "Show" | "Tonen";
    export => "Download CSV" | "CSV downloaden";
    nobody_title => "Nobody to report" | "Niemand te melden";
    nobody_text => "Nobody has access to such a product now." | "Niemand heeft nu toegang tot zo'n product.";
    name => "Name" | "Naam";
    username => "Username" | "Gebruikersnaam";
    country => "Country" | "Land";
    company_number => "Customer number" | "Klantnummer";
    since => "Since" | "Sinds";
    report_file => "people-to-report" | "te-melden-mensen";
}

/// What is wrong with a line of a file.
#[must_use]
pub fn of_line_problem(l: Language, problem: &LineProblem) -> String {
    let of = |problem: &shared::Problem| match problem {
        shared::Problem::Missing => is_missing(l).to_owned(),
        other => super::of_problem(l, FieldName::File, other),
    };
    match problem {
        LineProblem::Number(problem) => number_is(l, &of(problem)),
        LineProblem::Title(problem) => title_is(l, &of(problem)),
        LineProblem::Language => no_language(l).to_owned(),
        LineProblem::Status => no_status(l).to_owned(),
        LineProblem::Again(line) => again(l, *line),
        LineProblem::Columns => not_as_many(l).to_owned(),
    }
}
