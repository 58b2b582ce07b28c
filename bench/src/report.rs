//! The table at the end.

/// What a ratio should be.
#[derive(Clone, Copy)]
pub enum Goal {
    AtLeast(f64),
    AtMost(f64),
    Between(f64, f64),
    /// Told because it explains another line.
    None,
}

/// One line: a measurement, what it is held against, and the goal. Where there is nothing to divide by, the measurement itself has the goal.
pub struct Line {
    pub what: String,
    pub measured: String,
    pub base: String,
    pub value: f64,
    pub goal: Goal,
}

impl Line {
    /// `measured` ÷ `base`.
    pub fn ratio(what: impl Into<String>, (measured, base): (f64, f64), unit: &str, goal: Goal) -> Self {
        let shown = |value: f64| if value < 100.0 { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") };
        Self { what: what.into(), measured: shown(measured), base: shown(base), value: measured / base, goal }
    }

    pub fn figure(what: impl Into<String>, value: f64, unit: &str, goal: Goal) -> Self {
        Self { what: what.into(), measured: format!("{value:.1} {unit}"), base: String::new(), value, goal }
    }

    fn cells(&self) -> [String; 6] {
        let value = if self.base.is_empty() { String::new() } else { format!("{:.2}", self.value) };
        [self.what.clone(), self.measured.clone(), self.base.clone(), value, self.goal.shown(), self.goal.met(self.value).to_owned()]
    }
}

impl Goal {
    fn shown(self) -> String {
        match self {
            Self::AtLeast(least) => format!("≥ {least}"),
            Self::AtMost(most) => format!("≤ {most}"),
            Self::Between(least, most) => format!("{least} to {most}"),
            Self::None => String::new(),
        }
    }

    fn met(self, value: f64) -> &'static str {
        let met = match self {
            Self::AtLeast(least) => value >= least,
            Self::AtMost(most) => value <= most,
            Self::Between(least, most) => (least..=most).contains(&value),
            Self::None => return "",
        };
        if met { "yes" } else { "NO" }
    }
}

/// As Markdown, so that it can be pasted into the README.
pub fn print(lines: &[Line]) {
    let head = ["what", "measured", "held against", "ratio", "goal", "met"].map(str::to_owned);
    let rows: Vec<[String; 6]> = std::iter::once(head).chain(lines.iter().map(Line::cells)).collect();
    let widths: [usize; 6] = std::array::from_fn(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default());
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        println!("| {} |", cells.join(" | "));
        if number == 0 {
            println!("| {} |", widths.map(|width| "-".repeat(width)).join(" | "));
        }
    }
}
