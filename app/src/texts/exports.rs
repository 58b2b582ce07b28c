//! What only CSV files say; the rest of their headers are those of the lists.

super::texts! {
    users_file => "users" | "gebruikers";
    history_file => "history" | "geschiedenis";
    until_or_since => "Until or since" | "Tot of sinds";
    who_username => "Who (username)" | "Wie (gebruikersnaam)";
    whom_username => "On whom (username)" | "Bij wie (gebruikersnaam)";
}
