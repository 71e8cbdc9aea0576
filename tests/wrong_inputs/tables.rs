//! Tables: of charts, in data files, in Markdown.

use super::{said, says, site, warns};

#[test]
fn a_data_file_that_is_not_there() {
    says(
        "::: chart bar file=\"chains.csv\"\n:::",
        &[],
        r#"
error[data]: there is no data file `chains.csv`
  --> content/a.md:5:21
  |
5 | ::: chart bar file="chains.csv"
  |                     ^^^^^^^^^^
  = help: put the file beside the page, or below data/ and write its path as data/table.csv
"#,
    );
}

#[test]
fn a_data_file_of_another_name() {
    says(
        "::: chart bar file=\"chians.csv\"\n:::",
        &[("content/chains.csv", "链,数\n甲,1\n")],
        r#"
error[data]: there is no data file `chians.csv`
  --> content/a.md:5:21
  |
5 | ::: chart bar file="chians.csv"
  |                     ^^^^^^^^^^
  = help: did you mean chains.csv?
"#,
    );
}

#[test]
fn a_data_file_in_another_folder() {
    says(
        "::: chart bar file=\"chains.csv\"\n:::",
        &[("data/chains.csv", "链,数\n甲,1\n")],
        r#"
error[data]: there is no data file `chains.csv`
  --> content/a.md:5:21
  |
5 | ::: chart bar file="chains.csv"
  |                     ^^^^^^^^^^
  = help: did you mean data/chains.csv?
"#,
    );
}

#[test]
fn a_file_that_holds_no_table() {
    says(
        "::: table file=\"chains.pdf\"\n:::",
        &[("content/chains.pdf", "%PDF")],
        r#"
error[data]: `chains.pdf` is no file that a table can be read from
  --> content/a.md:5:17
  |
5 | ::: table file="chains.pdf"
  |                 ^^^^^^^^^^
  = help: save the table as CSV in UTF-8, and write that file's name; TSV, TOML and JSON will do as well
"#,
    );
    says(
        "::: chart file=\"chains.xlsx\"\n:::",
        &[("content/chains.xlsx", "PK")],
        r#"
error[data]: `chains.xlsx` is no file that a table can be read from
  --> content/a.md:5:17
  |
5 | ::: chart file="chains.xlsx"
  |                 ^^^^^^^^^^^
  = help: save the table as CSV in UTF-8, and write that file's name; TSV, TOML and JSON will do as well
"#,
    );
}

#[test]
fn rows_of_different_lengths() {
    says(
        "::: table file=\"chains.csv\"\n:::",
        &[("content/chains.csv", "产业链,企业数\n数字安全,1,141\n")],
        r#"
error[data]: this row has 3 cells, and the first one 2 cells
  --> content/chains.csv:2:1
  |
2 | 数字安全,1,141
  | ^^^^^^^^^^^^^^
  = help: a cell that holds a comma stands in quotation marks: "1,141"
"#,
    );
    says(
        "::: table file=\"chains.csv\"\n:::",
        &[("content/chains.csv", "产业链,企业数\n数字安全\n")],
        "
error[data]: this row has 1 cell, and the first one 2 cells
  --> content/chains.csv:2:1
  |
2 | 数字安全
  | ^^^^^^^^
  = help: write a comma for every cell, the empty ones too: 数字安全,,
",
    );
}

#[test]
fn an_empty_file() {
    says(
        "::: table file=\"chains.csv\"\n:::",
        &[("content/chains.csv", "\n")],
        "
error[data]: this table holds nothing
  --> content/chains.csv:1:1
  |
1 | 
  | ^
  = help: write the names of the columns in the first line, and a row in each line below it
",
    );
}

#[test]
fn a_file_that_is_not_utf8() {
    let site = site("::: table file=\"chains.csv\"\n:::", &[]);
    site.write(
        "content/chains.csv",
        b"\xB2\xFA\xD2\xB5\xC1\xB4,\xC6\xF3\xD2\xB5\xCA\xFD\x0A\xCA\xFD\xD7\xD6\xB0\xB2\xC8\xAB,50\x0A",
    );
    said(&site, 1, "
error[not-utf8]: this file is not UTF-8 (byte 0xB2); it seems to be GB18030
  --> content/chains.csv:1:1
  |
1 | ��ҵ��,��ҵ��
  | ^
  = help: convert it, in its folder: iconv -f GB18030 -t UTF-8 './chains.csv' > './chains.csv.new' && mv './chains.csv.new' './chains.csv'
");
}

#[test]
fn other_marks_than_commas() {
    warns(
        "::: table file=\"chains.csv\"\n:::",
        &[("content/chains.csv", "产业链;企业数\n数字安全;50\n")],
        "
warning[data]: this table has a single column, and `;` stands in its first line
  --> content/chains.csv:1:1
  |
1 | 产业链;企业数
  | ^^^^^^^^^^^^^
  = help: write half-width commas between the cells, or save the table again as CSV with commas
",
    );
    warns(
        "::: table file=\"chains.csv\"\n:::",
        &[("content/chains.csv", "产业链，企业数\n数字安全，50\n")],
        "
warning[data]: this table has a single column, and `，` stands in its first line
  --> content/chains.csv:1:1
  |
1 | 产业链，企业数
  | ^^^^^^^^^^^^^^
  = help: write half-width commas between the cells, or save the table again as CSV with commas
",
    );
}

#[test]
fn a_comma_behind_the_last_row() {
    says(
        "::: table file=\"chains.json\"\n:::",
        &[("content/chains.json", "[\n  {\"产业链\": \"数字安全\"},\n]\n")],
        "
error[json-syntax]: this is not valid JSON: expected value
  --> content/chains.json:3:1
  |
3 | ]
  | ^
  = help: texts and keys stand in straight quotation marks, and no comma comes after the last value
",
    );
}

#[test]
fn a_file_without_a_list() {
    says(
        "::: table file=\"chains.json\"\n:::",
        &[("content/chains.json", "{\"产业链\": \"数字安全\"}\n")],
        r#"
error[data]: this file holds no list of tables, so it has no rows
  --> content/chains.json:1:1
  |
1 | {"产业链": "数字安全"}
  | ^
  = help: write a list with one table a row: [{"产业链": "数字安全", "企业数": 50}]
"#,
    );
    says(
        "::: table file=\"chains.toml\"\n:::",
        &[("content/chains.toml", "\"产业链\" = \"数字安全\"\n")],
        r#"
error[data]: this file holds no list of tables, so it has no rows
  --> content/chains.toml:1:1
  |
1 | "产业链" = "数字安全"
  | ^
  = help: write one table a row, such as [[rows]], and its cells as keys below it
"#,
    );
}

#[test]
fn a_key_in_chinese() {
    says(
        "::: table file=\"chains.toml\"\n:::",
        &[("content/chains.toml", "[[rows]]\n产业链 = \"数字安全\"\n")],
        r#"
error[toml-syntax]: this is not valid TOML: invalid unquoted key, expected letters, numbers, `-`, `_`
  --> content/chains.toml:2:1
  |
2 | 产业链 = "数字安全"
  | ^^^^^^
  = help: a key in Chinese stands in quotation marks: "企业数" = 50
"#,
    );
}

#[test]
fn a_list_in_a_cell() {
    says(
        "::: table file=\"chains.toml\"\n:::",
        &[("content/chains.toml", "[[rows]]\n\"产业链\" = [\"数字安全\"]\n")],
        r#"
error[data]: a cell cannot be a list or a table
  --> content/chains.toml:2:9
  |
2 | "产业链" = ["数字安全"]
  |            ^^^^^^^^^^^^
  = help: write a text or a number
"#,
    );
}

#[test]
fn a_chart_of_an_unknown_type() {
    says(
        "::: chart pie\n| 产业链 | 企业数 |\n| --- | --- |\n| 数字安全 | 50余家 |\n:::",
        &[],
        r#"
error[chart]: there is no chart of the type `pie`
  --> content/a.md:5:11
  |
5 | ::: chart pie
  |           ^^^
  = help: use bar, line, or share, which shows the parts of a whole; a title that is one such word is written title="…"
"#,
    );
    says(
        "::: chart type=\"bars\"\n| 产业链 | 企业数 |\n| --- | --- |\n| 数字安全 | 50余家 |\n:::",
        &[],
        r#"
error[chart]: there is no chart of the type `bars`
  --> content/a.md:5:17
  |
5 | ::: chart type="bars"
  |                 ^^^^
  = help: use bar, line, or share, which shows the parts of a whole; a title that is one such word is written title="…"
"#,
    );
}

#[test]
fn a_chart_without_a_table() {
    says(
        "::: chart bar\n甲\n:::",
        &[],
        r#"
error[chart]: this chart has no table to draw
  --> content/a.md:5:5
  |
5 | ::: chart bar
  |     ^^^^^
  = help: write a table between its lines of colons, or name a file: ::: chart bar file="table.csv"
"#,
    );
}

#[test]
fn a_chart_without_rows() {
    says(
        "::: chart bar\n| 产业链 | 企业数 |\n| --- | --- |\n:::",
        &[],
        "
error[chart]: this chart's table has no rows below the names of its columns
  --> content/a.md:5:5
  |
5 | ::: chart bar
  |     ^^^^^
  = help: write a row for each number: its name in the first cell, the number in the second
",
    );
}

#[test]
fn a_chart_without_numbers() {
    says(
        "::: chart bar\n| 产业链 | 企业数 |\n| --- | --- |\n| 数字安全 | 五十 |\n:::",
        &[],
        "
error[chart]: no column of this chart's table holds numbers
  --> content/a.md:5:5
  |
5 | ::: chart bar
  |     ^^^^^
  = help: the first column names the rows; write numbers in digits into one of the others
",
    );
}

#[test]
fn a_word_in_a_column_of_numbers() {
    says(
        "::: chart bar\n| 产业链 | 企业数 |\n| --- | --- |\n| 数字安全 | 50余家 |\n| 软件 | 很多 |\n:::",
        &[],
        "
error[chart]: `很多` stands in a column of numbers and is none
  --> content/a.md:9:8
  |
9 | | 软件 | 很多 |
  |          ^^^^
  = help: write it in digits, such as 70 or 110亿, or leave the cell empty
",
    );
    says(
        "::: chart bar file=\"chains.csv\"\n:::",
        &[("content/chains.csv", "产业链,企业数\n数字安全,50\n软件,很多\n")],
        "
error[chart]: `很多` stands in a column of numbers and is none
  --> content/chains.csv:3:4
  |
3 | 软件,很多
  |      ^^^^
  = help: write it in digits, such as 70 or 110亿, or leave the cell empty
",
    );
}

#[test]
fn a_negative_share() {
    says(
        "::: chart share\n| 产业链 | 企业数 |\n| --- | --- |\n| 数字安全 | 50余家 |\n| 软件 | -3 |\n:::",
        &[],
        "
error[chart]: `-3` cannot be a share of a whole
  --> content/a.md:9:8
  |
9 | | 软件 | -3 |
  |          ^^
  = help: use a chart of the type bar, or leave the row out
",
    );
}

#[test]
fn shares_of_nothing() {
    says(
        "::: chart share\n| 产业链 | 企业数 |\n| --- | --- |\n| 软件 | 0 |\n:::",
        &[],
        "
error[chart]: the numbers of this column are nothing altogether, so there are no shares
  --> content/a.md:8:8
  |
8 | | 软件 | 0 |
  |          ^
  = help: mend the numbers, or use a chart of the type bar
",
    );
}

#[test]
fn two_columns_of_shares() {
    says(
        "::: chart share\n| 产业链 | 企业数 | 人数 |\n| --- | --- | --- |\n| 软件 | 7 | 1 |\n:::",
        &[],
        "
error[chart]: a chart of shares has one column of numbers, and this is another
  --> content/a.md:8:12
  |
8 | | 软件 | 7 | 1 |
  |              ^
  = help: leave the column out, or use a chart of the type bar
",
    );
}

#[test]
fn a_table_out_of_step() {
    warns(
        "| 产业链 | 企业数 |\n| --- |\n| 软件 | 7 |",
        &[],
        "
warning[table]: this is no table: it has 2 cells in its first line and 1 in this one
  --> content/a.md:6:1
  |
6 | | --- |
  | ^^^^^^^
  = help: write one --- for each cell of the first line: | --- | --- |
",
    );
    warns(
        "| 产业链 |\n| --- |\n| 软件 | 7 | 8 |",
        &[],
        r"
warning[table]: this row has more than the 1 cell of its table: what is too much is left out
  --> content/a.md:7:8
  |
7 | | 软件 | 7 | 8 |
  |          ^^^^^
  = help: widen the first two lines of the table, or write \| for a | that is meant as itself
",
    );
}

#[test]
fn a_table_with_full_width_marks() {
    warns(
        "｜ 产业链 ｜ 企业数 ｜\n｜ --- ｜ --- ｜",
        &[],
        "
warning[table]: full-width marks make no table, so these lines are text
  --> content/a.md:6:1
  |
6 | ｜ --- ｜ --- ｜
  | ^^^^^^^^^^^^^^^^
  = help: write half-width marks: | --- | --- |
",
    );
}
