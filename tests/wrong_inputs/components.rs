//! Components: their lines, names and attributes, and their templates.

use super::{is_silent, says, warns};

#[test]
fn an_unknown_component() {
    warns(
        "::: nte 提示\n甲\n:::",
        &[],
        "
warning[unknown-component]: there is no component `nte`; its contents are shown without it
  --> content/a.md:5:5
  |
5 | ::: nte 提示
  |     ^^^
  = help: did you mean `note`?
",
    );
    warns("::: 政策解读\n甲\n:::", &[], "
warning[unknown-component]: there is no component `政策解读`; its contents are shown without it
  --> content/a.md:5:5
  |
5 | ::: 政策解读
  |     ^^^^^^^^
  = help: write a template templates/components/政策解读.html, or use one of caution, chart, danger, details, figures, gallery, important, info, note, quote, table, timeline, tip, warning
");
}

#[test]
fn a_component_that_is_not_closed() {
    says(
        "::: note 提示\n甲",
        &[],
        "
error[component]: the component `note` is never closed
  --> content/a.md:5:5
  |
5 | ::: note 提示
  |     ^^^^
  = help: write a line of its own with three colons, :::, where it ends
",
    );
    says(
        "- ::: note 提示\n  甲\n- 乙",
        &[],
        "
error[component]: the component `note` is never closed
  --> content/a.md:5:7
  |
5 | - ::: note 提示
  |       ^^^^
  = help: write a line of its own with three colons, :::, where it ends, indented as what it began in
",
    );
}

#[test]
fn colons_that_close_nothing() {
    warns(
        "甲\n\n:::",
        &[],
        "
warning[component]: these colons close nothing
  --> content/a.md:7:1
  |
7 | :::
  | ^^^
  = help: remove the line, or open a component above it: ::: note
",
    );
}

#[test]
fn a_component_without_a_name() {
    says("::: {#a}\n甲\n:::", &[], "
error[component]: these colons open a component without a name
  --> content/a.md:5:1
  |
5 | ::: {#a}
  | ^^^^^^^^
  = help: write its name behind the colons, such as ::: note; a line that only closes one holds nothing but colons
");
}

#[test]
fn full_width_colons() {
    warns(
        "：：： note 提示\n\n甲",
        &[],
        "
warning[component]: full-width colons open and close no component, so this line is text
  --> content/a.md:5:1
  |
5 | ：：： note 提示
  | ^^^^^^
  = help: write them half-width: :::
",
    );
    is_silent("```\n：：： note\n```\n\n甲：：：乙", &[]);
}

#[test]
fn curly_quotation_marks() {
    says(
        "::: quote by=“发言人”\n甲\n:::",
        &[],
        r#"
error[component]: `by=“发言人”` is no attribute as it is written
  --> content/a.md:5:11
  |
5 | ::: quote by=“发言人”
  |           ^^^^^^^^^^^
  = help: write by="发言人": a half-width =, straight quotation marks, and no space between
"#,
    );
}

#[test]
fn a_full_width_equals_sign() {
    says(
        "::: quote by＝\"发言人\"\n甲\n:::",
        &[],
        r#"
error[component]: `by＝"发言人"` is no attribute as it is written
  --> content/a.md:5:11
  |
5 | ::: quote by＝"发言人"
  |           ^^^^^^^^^^^^
  = help: write by="发言人": a half-width =, straight quotation marks, and no space between
"#,
    );
}

#[test]
fn spaces_around_an_equals_sign() {
    says(
        "::: quote 说明 by = \"发言人\"\n甲\n:::",
        &[],
        r#"
error[component]: `by = "发言人"` is no attribute as it is written
  --> content/a.md:5:14
  |
5 | ::: quote 说明 by = "发言人"
  |                ^^^^^^^^^^^^^
  = help: write by="发言人": a half-width =, straight quotation marks, and no space between
"#,
    );
}

#[test]
fn a_value_without_quotation_marks() {
    says(
        "::: quote by=发言人\n甲\n:::",
        &[],
        r#"
error[component]: `by=发言人` is no attribute as it is written
  --> content/a.md:5:11
  |
5 | ::: quote by=发言人
  |           ^^^^^^^^^
  = help: write by="发言人": a half-width =, straight quotation marks, and no space between
"#,
    );
    is_silent("::: note 当 x=1 时\n甲\n:::", &[]);
}

#[test]
fn a_quotation_mark_that_is_not_closed() {
    says(
        "::: quote by=\"发言人\n甲\n:::",
        &[],
        r#"
error[component]: `by="发言人` is no attribute as it is written
  --> content/a.md:5:11
  |
5 | ::: quote by="发言人
  |           ^^^^^^^^^^
  = help: write by="发言人": a half-width =, straight quotation marks, and no space between
"#,
    );
}

#[test]
fn a_stray_word_behind_attributes() {
    says(
        "::: quote by=\"发言人\" 说明\n甲\n:::",
        &[],
        r#"
error[component]: this is no attribute
  --> content/a.md:5:20
  |
5 | ::: quote by="发言人" 说明
  |                       ^^^^
  = help: write attributes as key="value" behind the title, in straight quotation marks
"#,
    );
}

#[test]
fn a_brace_that_is_not_closed() {
    says(
        "::: details 说明 {open\n甲\n:::",
        &[],
        r#"
error[component]: this is no attribute
  --> content/a.md:5:16
  |
5 | ::: details 说明 {open
  |                  ^^^^^
  = help: write attributes as key="value" behind the title, in straight quotation marks
"#,
    );
}

#[test]
fn an_unknown_attribute() {
    warns(
        "::: quote bye=\"发言人\"\n甲\n:::",
        &[],
        r#"
warning[unknown-attribute]: the component's template does not ask for `bye`
  --> content/a.md:5:11
  |
5 | ::: quote bye="发言人"
  |           ^^^
  = help: did you mean `by`?
"#,
    );
    warns(
        "::: note 提示 colour=\"red\"\n甲\n:::",
        &[],
        r#"
warning[unknown-attribute]: the component's template does not ask for `colour`
  --> content/a.md:5:13
  |
5 | ::: note 提示 colour="red"
  |               ^^^^^^
  = help: remove it, or use it in the template as component.colour
"#,
    );
}

#[test]
fn an_attribute_that_is_there_twice() {
    says(
        "::: quote by=\"甲\" by=\"乙\"\n甲\n:::",
        &[],
        r#"
error[component]: this component has a `by` already
  --> content/a.md:5:18
  |
5 | ::: quote by="甲" by="乙"
  |                   ^^
  = help: keep one of the two; what stands behind the name is the title, and what begins with # the id
"#,
    );
    says(
        "::: note 提示 title=\"说明\"\n甲\n:::",
        &[],
        r#"
error[component]: this component has a `title` already
  --> content/a.md:5:13
  |
5 | ::: note 提示 title="说明"
  |               ^^^^^
  = help: keep one of the two; what stands behind the name is the title, and what begins with # the id
"#,
    );
}

#[test]
fn an_id_that_is_no_id() {
    says(
        "::: note 提示 id=\"a b\"\n甲\n:::",
        &[],
        r#"
error[id]: the id `a b` holds a space, so no link can lead to it
  --> content/a.md:5:17
  |
5 | ::: note 提示 id="a b"
  |                   ^^^
  = help: write it as one word, with hyphens for spaces, or leave it out
"#,
    );
    says(
        "::: note 提示 id=\"\"\n甲\n:::",
        &[],
        r#"
error[id]: this id is empty
  --> content/a.md:5:17
  |
5 | ::: note 提示 id=""
  |                   ^
  = help: write it as one word, with hyphens for spaces, or leave it out
"#,
    );
}

#[test]
fn an_id_of_the_frame() {
    says(
        "::: note 提示 {#top}\n甲\n:::",
        &[],
        "
error[id-twice]: the id `top` belongs to the page's frame or to a footnote
  --> content/a.md:5:15
  |
5 | ::: note 提示 {#top}
  |                 ^^^
  = help: use another id
",
    );
}

#[test]
fn components_nested_too_deep() {
    says(
        "::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n::: note\n甲\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n",
        &[],
        "
error[component]: components are nested more than 16 deep here
   --> content/a.md:21:5
   |
21 | ::: note
   |     ^^^^
   = help: close the components above with :::, or take some of them out
",
    );
}

#[test]
fn contents_that_a_template_leaves_out() {
    warns(
        "::: figures\n甲\n\n| 50 | 家企业 |\n| --- | --- |\n| 70 | 家 |\n:::",
        &[],
        "
warning[component]: `figures` shows tables only: what else stands in it is left out
  --> content/a.md:5:5
  |
5 | ::: figures
  |     ^^^^^^^
  = help: write it as a table, or put it above or below the component
",
    );
    warns(
        "::: card 甲\n乙\n:::",
        &[("templates/components/card.html", "<p>{{ component.title }}</p>\n")],
        "
warning[component]: `card` does not show what stands in it
  --> content/a.md:5:5
  |
5 | ::: card 甲
  |     ^^^^
  = help: put it above or below the component, or write component.body where the template is to show it
",
    );
}

#[test]
fn a_template_that_fails() {
    says("::: card 甲\n:::", &[("templates/components/card.html", "<p>{{ component.title + 1 }}</p>\n")], "
error[template]: `+` requires both operands to be numbers, found `string` and `i64` (while rendering content/a.md)
  --> templates/components/card.html:1:7
  |
1 | <p>{{ component.title + 1 }}</p>
  |       ^^^^^^^^^^^^^^^^^^^
  = help: docs/templates.md lists the variables a template gets
");
    says("::: card 甲\n:::", &[("templates/components/card.html", "<p>{{ titel }}</p>\n")], "
error[template]: variable `titel` is not defined. Available variables: component, data, edition, editions, nav, site, strings (while rendering content/a.md)
  --> templates/components/card.html:1:7
  |
1 | <p>{{ titel }}</p>
  |       ^^^^^
  = help: docs/templates.md lists the variables a template gets
");
}

#[test]
fn a_template_that_is_none() {
    says(
        "::: card 甲\n:::",
        &[("templates/components/card.html", "<p>{{ component.title }</p>\n")],
        "
error[template]: found `}` but expected }}
  --> templates/components/card.html:1:23
  |
1 | <p>{{ component.title }</p>
  |                       ^
  = help: mend the template, or delete it to use the theme's own
",
    );
}

#[test]
fn a_link_of_a_component() {
    says(
        "::: card link=\"plans.md\"\n:::",
        &[("templates/components/card.html", "<a href=\"{{ component.link }}\">甲</a>\n")],
        r#"
error[broken-link]: `plans.md` leads nowhere
  --> content/a.md:5:16
  |
5 | ::: card link="plans.md"
  |                ^^^^^^^^
  = help: link to a content file by its path, such as ../policy/plan.md or /policy/plan.md#heading
"#,
    );
}

#[test]
fn colons_that_are_part_of_a_text() {
    warns(
        "甲\n     ::: note",
        &[],
        "
warning[component]: this line of colons is part of the text or HTML above it
  --> content/a.md:6:6
  |
6 |      ::: note
  |      ^^^^^^^^
  = help: leave a blank line above it, and no more than three spaces before it
",
    );
}
