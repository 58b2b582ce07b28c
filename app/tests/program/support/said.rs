//! A program that ended, and what it said.

use std::{
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Long: the machine may be busy. Nothing here waits for it unless a test fails.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub struct Said {
    /// None when a signal ended it.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn by(mut command: Command) -> Self {
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        Self::in_the_end(child, PATIENCE)
    }

    /// Waits for its end. What it says must fit into a pipe, and does.
    #[track_caller]
    pub fn in_the_end(mut child: Child, patience: Duration) -> Self {
        let start = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if start.elapsed() > patience {
                child.kill().unwrap();
                let output = child.wait_with_output().unwrap();
                panic!("still ran after {patience:?}:\n{}", String::from_utf8_lossy(&output.stderr));
            }
            thread::sleep(Duration::from_millis(5));
        }
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// It ended with this code, and what it said is this one line on standard error.
    #[track_caller]
    pub fn one_line(&self, code: i32) -> &str {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
        let line = self.err.strip_suffix('\n').unwrap_or_else(|| panic!("no line: {self:?}"));
        assert!(!line.contains(['\n', '\r']), "more than one line: {self:?}");
        line.strip_prefix("balie: ").unwrap_or_else(|| panic!("does not say who says it: {self:?}"))
    }

    pub fn shows(&self, text: &str) -> bool {
        self.out.contains(text) || self.err.contains(text)
    }
}
