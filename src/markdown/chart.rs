//! What a chart shows: the numbers in a table.
//!
//! In: the texts of a table's cells. Out: which columns hold numbers, and the numbers; or the cell that is none. Never: a
//! drawing.

/// How numbers are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar for each number.
    Bar,
    /// A line through the numbers of a column.
    Line,
    /// The parts of a whole.
    Share,
}

impl ChartKind {
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "bar" => Some(Self::Bar),
            "line" => Some(Self::Line),
            "share" => Some(Self::Share),
            _ => None,
        }
    }

    /// Its name, as authors write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bar => "bar",
            Self::Line => "line",
            Self::Share => "share",
        }
    }
}

/// A chart. Its texts are cells of a table, named by their nodes, so that they are converted with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// What each row is about.
    pub labels: Vec<usize>,
    /// The columns that hold numbers.
    pub series: Vec<Series>,
}

/// A column of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The cell with its name.
    pub name: usize,
    /// The numbers, row by row, each with its cell; nothing where the cell is empty.
    pub values: Vec<Option<(f64, usize)>>,
}

/// Why a table cannot be drawn.
#[derive(Debug, PartialEq)]
pub(super) enum Problem {
    /// No column holds numbers.
    NoNumbers,
    /// A cell in a column of numbers is none; row and column.
    NoNumber(usize, usize),
    /// A part of a whole cannot be negative.
    NoShare(usize, usize),
    /// All parts of the whole together are nothing.
    NothingShared(usize),
    /// Parts of a whole stand in one column.
    SeveralColumns(usize),
}

/// The numbers of each column, by its index.
type Columns = Vec<(usize, Vec<Option<f64>>)>;

/// The columns that hold numbers: all but the first, which names the rows, and those that hold nothing but words.
pub(super) fn numbers(kind: ChartKind, rows: &[Vec<String>]) -> Result<Columns, Problem> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut columns = Vec::new();
    for column in 1..width {
        let cells: Vec<&str> =
            rows.iter().map(|row| row.get(column).map_or("", |cell| cell.trim())).collect();
        let values: Vec<Option<f64>> = cells.iter().map(|cell| number(cell)).collect();
        if values.iter().all(Option::is_none) {
            continue;
        }
        let is_word = |(cell, value): (&&str, &Option<f64>)| value.is_none() && !is_blank(cell);
        if let Some(row) = cells.iter().zip(&values).position(is_word) {
            return Err(Problem::NoNumber(row, column));
        }
        columns.push((column, values));
    }
    let Some((first, values)) = columns.first() else { return Err(Problem::NoNumbers) };
    if kind == ChartKind::Share {
        if let Some((second, _)) = columns.get(1) {
            return Err(Problem::SeveralColumns(*second));
        }
        let is_wrong = |value: &Option<f64>| value.is_some_and(|value| value < 0.0);
        if let Some(row) = values.iter().position(is_wrong) {
            return Err(Problem::NoShare(row, *first));
        }
        if values.iter().flatten().sum::<f64>() <= 0.0 {
            return Err(Problem::NothingShared(*first));
        }
    }
    Ok(columns)
}

/// A cell that says that there is no number.
fn is_blank(cell: &str) -> bool {
    cell.is_empty() || cell.chars().all(|c| matches!(c, '-' | '–' | '—' | '－' | '/' | '…'))
}

/// The first number in a text: `1,141家` is 1141, `110亿元` eleven thousand million, `40余万` 400000, `−3.5%` −3.5.
pub(super) fn number(text: &str) -> Option<f64> {
    let text: String = text.chars().map(narrow).collect();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let is_negative = text[..start].ends_with('-');
    let length = text[start..].find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'));
    let (digits, after) = text[start..].split_at(length.unwrap_or(text.len() - start));
    let (exponent, after) = exponent(after);
    let digits = digits.trim_end_matches([',', '.']).replace(',', "");
    let value: f64 = format!("{digits}{exponent}").parse().ok()?;
    let unit = after.trim_start_matches([' ', '余', '餘', '多', '几', '幾']);
    let value = value * multiplier(unit);
    (value <= LARGEST).then_some(if is_negative { -value } else { value })
}

/// No figure is larger, and sums of such numbers are finite.
const LARGEST: f64 = 1e30;

/// The power of ten that spreadsheets write behind a number, `1.2E+05`, and what follows.
fn exponent(after: &str) -> (&str, &str) {
    let Some(power) = after.strip_prefix(['e', 'E']) else { return ("", after) };
    let digits = power.strip_prefix(['+', '-']).unwrap_or(power);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == digits.len() || rest.starts_with(char::is_alphanumeric) {
        return ("", after);
    }
    after.split_at(after.len() - rest.len())
}

/// What the units at the beginning of a text multiply: 万亿, 百万, 千. 十 and 百 count only before 万 and 亿: 3百货店 are three.
fn multiplier(text: &str) -> f64 {
    let large = |c: char| match c {
        '万' | '萬' => Some(1e4),
        '亿' | '億' => Some(1e8),
        _ => None,
    };
    let small = |c: char| match c {
        '十' => Some(10.0),
        '百' => Some(100.0),
        '千' => Some(1000.0),
        _ => None,
    };
    let mut units = text.chars().peekable();
    let first = units.next_if(|c| small(*c).is_some());
    let mut product = 1.0;
    let mut is_large = false;
    while let Some(unit) = units.next_if(|c| large(*c).is_some()).and_then(large) {
        product *= unit;
        is_large = true;
    }
    match first {
        Some(first) if is_large || first == '千' => product * small(first).unwrap_or(1.0),
        _ => product,
    }
}

/// Full-width digits and marks as their narrow ones.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '，' | '．' | '－' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '−' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_a_reader_reads_them() {
        let check = |text: &str, value| assert_eq!(number(text), value, "{text}");
        check("70余家", Some(70.0));
        check("1,141", Some(1141.0));
        check("110亿元", Some(11_000_000_000.0));
        check("40余万人", Some(400_000.0));
        check("1.2万亿元", Some(1_200_000_000_000.0));
        check("−3.5%", Some(-3.5));
        check("超过６０个", Some(60.0));
        check("约3.", Some(3.0));
        check("一百", None);
        check("2千家", Some(2000.0));
        check("5百万", Some(5_000_000.0));
        check("3千万元", Some(30_000_000.0));
        check("3百货店", Some(3.0));
        check("1.2.3", None);
        check("1.2E+05", Some(120_000.0));
        check("5e-1 ", Some(0.5));
        check("3E级", Some(3.0));
        check("1e400", None);
        let vast = "9".repeat(400);
        check(&vast, None);
        check("NaN", None);
    }

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn columns_of_words_are_passed_over_and_odd_cells_found() {
        let read = |kind, text| numbers(kind, &rows(text));
        let words = read(ChartKind::Bar, "甲|70余家|内容\n乙|—|设备");
        assert_eq!(words, Ok(vec![(1, vec![Some(70.0), None])]));
        assert_eq!(read(ChartKind::Bar, "甲|70\n乙|很多"), Err(Problem::NoNumber(1, 1)));
        assert_eq!(read(ChartKind::Bar, "2023|甲"), Err(Problem::NoNumbers));
        assert_eq!(read(ChartKind::Share, "甲|70\n乙|-1"), Err(Problem::NoShare(1, 1)));
        assert_eq!(read(ChartKind::Share, "甲|1|2"), Err(Problem::SeveralColumns(2)));
        assert_eq!(read(ChartKind::Share, "甲|0\n乙|—"), Err(Problem::NothingShared(1)));
    }
}
