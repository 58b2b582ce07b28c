//! Signing in and out.

super::texts! {
    title => "Sign in" | "Inloggen";
    username => "Username" | "Gebruikersnaam";
    password => "Password" | "Wachtwoord";
    button => "Sign in" | "Inloggen";
    forgot_password => "Forgot password" | "Wachtwoord vergeten";
    username_hint => "Usually your e-mail address" | "Meestal uw e-mailadres";
    no_account => "No account yet?" | "Nog geen account?";
    register => "Register" | "Registreren";
    account_was_deleted => "Your account has been deleted, with everything personal in it." | "Uw account is verwijderd, met alles wat daarin van u was.";
    password_was_set => "Your password has been set. You can sign in with it now." | "Uw wachtwoord is ingesteld. U kunt er nu mee inloggen.";

    signed_in_title => "You are signed in already" | "U bent al ingelogd";
    sign_out_and_continue => "Sign out and continue" | "Afmelden en doorgaan";
}
