//! What a browser downloads for its first page, in bytes as they come over the wire.

use crate::{
    client::{Answer, Client, Request},
    place::{ADMINISTRATOR, COMPANY, EMPLOYEE, Place},
    programs::Built,
    report::{Goal, Line},
    say, sign_ins,
};
use anyhow::{Result, ensure};
use std::collections::BTreeMap;

pub fn measure(built: &Built, place: &Place) -> Result<Vec<Line>> {
    say("what browsers download");
    let balie = built.balie(&place.url, &place.folder)?;
    let mut client = Client::connect(balie.address)?;
    let mut line = |who: &str, username: &str, path: &str, goal: f64| {
        let first = first_load(&mut client, &sign_ins::cookie(&balie, username)?, path)?;
        for (path, bytes) in &first {
            say(&format!("  {bytes:>8} {path}"));
        }
        let kilobytes = first.values().sum::<usize>() as f64 / 1000.0;
        Ok::<_, anyhow::Error>(Line::figure(who, kilobytes, "KB", Goal::AtMost(goal)))
    };
    Ok(vec![
        line("first load of an employee's Home, with scripts", EMPLOYEE, &format!("/company/{COMPANY}"), 230.0)?,
        line("first load of an administrator's Users, with scripts", ADMINISTRATOR, &format!("/company/{COMPANY}/users"), 300.0)?,
    ])
}

/// The page and every file that it makes a browser fetch.
fn first_load(client: &mut Client, cookie: &str, path: &str) -> Result<BTreeMap<String, usize>> {
    let mut sizes = BTreeMap::from([(path.to_owned(), on_the_wire(client, cookie, path)?)]);
    for file in files_of(client, cookie, path)? {
        sizes.insert(file.clone(), on_the_wire(client, cookie, &file)?);
    }
    Ok(sizes)
}

/// Paths of the files that a page needs: what its HTML names, and what its scripts import.
pub fn files_of(client: &mut Client, cookie: &str, path: &str) -> Result<Vec<String>> {
    let page = get(client, cookie, path, "identity")?;
    let mut files = named_in_html(page.text()?);
    let mut next = 0;
    while let Some(file) = files.get(next).cloned() {
        next += 1;
        if !file.ends_with(".js") {
            continue;
        }
        for import in imports(get(client, cookie, &file, "identity")?.text()?) {
            let import = resolved(&file, &import);
            if !files.contains(&import) {
                files.push(import);
            }
        }
    }
    ensure!(files.iter().any(|file| file.ends_with(".wasm")), "{path} starts no client: {files:?}");
    Ok(files)
}

fn on_the_wire(client: &mut Client, cookie: &str, path: &str) -> Result<usize> {
    Ok(get(client, cookie, path, "br, gzip")?.body.len())
}

fn get(client: &mut Client, cookie: &str, path: &str, encodings: &str) -> Result<Answer> {
    let answer = client.ask(&Request::get(path).with("cookie", cookie).with("accept-encoding", encodings))?;
    ensure!(answer.status == 200, "{path} is answered with {}", answer.status);
    Ok(answer)
}

/// Links to sheets, icons and what is loaded ahead, sources of scripts and images, and what scripts in the page name in quotes.
fn named_in_html(html: &str) -> Vec<String> {
    let mut files = Vec::new();
    for (tag, attribute) in [("<link ", "href=\""), ("<script ", "src=\""), ("<img ", "src=\"")] {
        let tags = html.split(tag).skip(1).filter_map(|rest| rest.split('>').next());
        files.extend(tags.filter_map(|tag| Some(tag.split_once(attribute)?.1.split('"').next()?.to_owned())));
    }
    files.extend(html.split('\'').filter(|quoted| quoted.starts_with("/pkg/") && !quoted.contains(['<', ' '])).map(str::to_owned));
    let mut known = Vec::new();
    for file in files {
        if file.starts_with('/') && !known.contains(&file) {
            known.push(file);
        }
    }
    known
}

/// What a module imports before it runs; not what it may load later.
fn imports(script: &str) -> Vec<String> {
    let statements = script.split([';', '\n']).map(str::trim).filter(|line| line.starts_with("import") && !line.starts_with("import("));
    statements.filter_map(|line| line.split(['"', '\'']).nth(1)).filter(|path| path.starts_with(['.', '/'])).map(str::to_owned).collect()
}

/// The path that a module's import leads to.
fn resolved(from: &str, import: &str) -> String {
    if import.starts_with('/') {
        return import.to_owned();
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for part in import.split('/') {
        match part {
            "." => {}
            ".." => drop(folders.pop()),
            part => folders.push(part),
        }
    }
    folders.join("/")
}
