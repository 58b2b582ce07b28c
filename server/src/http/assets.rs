//! The client's files, as `cargo xtask client` left them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where the client is, and what its files are called.
#[derive(Clone, Debug)]
pub struct Client {
    pub folder: PathBuf,
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// Of each part: its name, and one of its files.
    parts: Vec<(String, String)>,
}

impl Client {
    /// # Errors
    /// One line that says what is missing.
    pub fn find(folder: &Path) -> Result<Self, String> {
        let manifest = folder.join("pkg/manifest.txt");
        let text = fs::read_to_string(&manifest)
            .map_err(|_| format!("the client is not at {}: build it with `cargo xtask client`, or set BALIE_SITE", folder.display()))?;
        let name = |key: &str| {
            let found = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
            found.map(str::to_owned).ok_or_else(|| format!("{} does not name {key}", manifest.display()))
        };
        let part = |line: &str| line.strip_prefix("part.")?.split_once('=').map(|(part, file)| (part.to_owned(), file.to_owned()));
        let parts = text.lines().filter_map(part).collect();
        Ok(Self { folder: folder.to_owned(), js: name("js")?, wasm: name("wasm")?, css: name("css")?, parts })
    }

    /// The files of one part; none where the client is in one piece.
    pub fn part(&self, name: &str) -> impl Iterator<Item = &str> {
        self.parts.iter().filter(move |(part, _)| part == name).map(|(_, file)| file.as_str())
    }
}
