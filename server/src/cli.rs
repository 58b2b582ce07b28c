//! The program's commands.

use crate::{
    Desk,
    config::{Flags, Settings, WrongSetting},
    db::Db,
    demo, http, staff,
};
use clap::{Parser, Subcommand};
use shared::{
    Problem,
    fields::{EmailAddress, Language, PersonName},
};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    process::ExitCode,
    time::Duration,
};

/// Balie: the front desk between a provider of licensed products, its customer companies and their people.
///
/// Every setting can be a flag, a variable, or the file that the variable with _FILE behind its name points to. Besides those below:
/// BALIE_SECRET (32 random bytes or more; links in mails are derived from it), BALIE_MAIL_FROM (no-reply@ the public address),
/// BALIE_TIME_ZONE (Europe/Amsterdam), BALIE_PROVIDER_NAME, BALIE_PROVIDER_CONTACT (where companies can ask), BALIE_BEHIND_PROXY=1 (take
/// addresses from X-Forwarded-For), RUST_LOG.
#[derive(Parser)]
#[command(name = "balie", version, verbatim_doc_comment)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    flags: Flags,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the pages (what happens without a command)
    Serve,
    /// Bring the database up to date, and end
    Migrate,
    /// Fill an empty database with a provider, companies and people to try Balie with
    Demo,
    /// The provider's people
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Ask a running Balie whether it is ready; ends with 0 if so
    Healthcheck,
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Add somebody; prints a link, good once and for a day, that sets their password
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// en or nl
        #[arg(long, default_value = "en")]
        language: String,
    },
}

/// Runs the program. `pages` makes the pages' routes.
pub async fn run(pages: impl FnOnce(&Desk, http::Client) -> http::Pages) -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // Help and version were asked for.
        Err(answer) if !answer.use_stderr() => {
            print!("{answer}");
            return ExitCode::SUCCESS;
        }
        Err(wrong) => {
            eprintln!("balie: {}", in_one_line(&wrong));
            return ExitCode::from(2);
        }
    };
    let command = arguments.command.unwrap_or(Command::Serve);
    http::log::start(matches!(command, Command::Serve));
    let outcome = match command {
        Command::Healthcheck => healthcheck(&arguments.flags),
        command => match arguments.flags.settings() {
            Err(wrong) => Err(Ending::Settings(wrong)),
            Ok(settings) => carry_out(command, settings, pages).await,
        },
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(ending) => {
            eprintln!("balie: {ending}");
            match ending {
                Ending::Settings(_) => ExitCode::from(2),
                Ending::Failed(_) => ExitCode::FAILURE,
            }
        }
    }
}

/// What clap says before its advice, which would be lines and lines in a log.
fn in_one_line(wrong: &clap::Error) -> String {
    if wrong.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return "a subcommand is missing; --help lists them".to_owned();
    }
    let text = wrong.to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    first.trim_start_matches("error: ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Why the program could not do what it was asked.
#[derive(Debug, thiserror::Error)]
enum Ending {
    #[error("{0}")]
    Settings(#[from] WrongSetting),
    #[error("{0}")]
    Failed(String),
}

impl From<crate::Error> for Ending {
    fn from(error: crate::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

async fn carry_out(command: Command, settings: Settings, pages: impl FnOnce(&Desk, http::Client) -> http::Pages) -> Result<(), Ending> {
    match command {
        Command::Serve => serve(settings, pages).await,
        Command::Migrate => {
            let db = Db::connect(&settings.database_url).await?;
            db.migrate().await?;
            db.close().await;
            println!("The database is up to date.");
            Ok(())
        }
        Command::Demo => {
            let desk = Desk::open(settings).await?;
            demo::make(&desk).await?;
            desk.db.close().await;
            println!("{}", demo::WHO_CAN_SIGN_IN);
            Ok(())
        }
        Command::Staff(StaffCommand::Add { email, name, language }) => add_staff(settings, &email, &name, &language).await,
        Command::Healthcheck => Ok(()),
    }
}

async fn serve(settings: Settings, pages: impl FnOnce(&Desk, http::Client) -> http::Pages) -> Result<(), Ending> {
    if !settings.dev && settings.smtp_url.is_none() {
        return Err(
            WrongSetting("BALIE_SMTP_URL is missing: without a mail server nobody can be invited (or set BALIE_DEV=1)".into()).into()
        );
    }
    let client = http::Client::find(&settings.site).map_err(WrongSetting)?;
    let listener = http::listen(settings.addr).await.map_err(WrongSetting)?;
    let desk = Desk::open(settings).await?;
    let routes = pages(&desk, client);
    http::serve(desk, listener, routes).await.map_err(|error| Ending::Failed(error.to_string()))
}

async fn add_staff(settings: Settings, email: &str, name: &str, language: &str) -> Result<(), Ending> {
    let unfit = |what: &str, problem: Problem| WrongSetting(format!("--{what} can't be used: {problem:?}"));
    let email = EmailAddress::parse(email).map_err(|problem| unfit("email", problem))?;
    let name = PersonName::parse(name).map_err(|problem| unfit("name", problem))?;
    let language = Language::from_code(language).ok_or_else(|| WrongSetting("--language is en or nl".into()))?;
    let desk = Desk::open(settings).await?;
    let link = staff::add(&desk, &email, &name, language).await?;
    desk.db.close().await;
    println!("{link}");
    Ok(())
}

/// Speaks just enough HTTP to ask `/readyz` of the address that it listens on.
fn healthcheck(flags: &Flags) -> Result<(), Ending> {
    let addr = flags.addr()?;
    let answer = ask_ready(addr).map_err(|error| Ending::Failed(format!("nothing answers at {addr}: {error}")))?;
    if answer.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(Ending::Failed(format!("not ready at {addr}"))) }
}

fn ask_ready(addr: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&addr, Duration::from_secs(3))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
