//! `.docx`: styles, tables, pictures, footnotes, tracked changes, bounds.

use crate::sites::Folder;
use jianbao::import::{Broken, Imported, Problem, import};
use jianbao::script::Dictionaries;
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

const STYLES: &str = r#"<w:styles xmlns:w="w">
<w:style w:styleId="a1"><w:name w:val="Title"/></w:style>
<w:style w:styleId="a2"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="a3"><w:name w:val="小标题"/><w:basedOn w:val="a4"/></w:style>
<w:style w:styleId="a4"><w:name w:val="own"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:styleId="a5"><w:name w:val="caption"/></w:style>
<w:style w:styleId="a6"><w:name w:val="Subtitle"/></w:style>
</w:styles>"#;

const RELATIONS: &str = r#"<Relationships>
<Relationship Id="r1" Target="media/image1.png"/>
<Relationship Id="r2" Target="media/Image 2.PNG"/>
<Relationship Id="r3" Target="https://example.org/?a=1&amp;b=2" TargetMode="External"/>
</Relationships>"#;

const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;

const FOOTNOTES: &str = r#"<w:footnotes xmlns:w="w"><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>据管委会6月统计。</w:t></w:r></w:p></w:footnote></w:footnotes>"#;

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    archive(&[
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/numbering.xml", NUMBERING.as_bytes()),
        ("word/footnotes.xml", FOOTNOTES.as_bytes()),
        ("word/_rels/document.xml.rels", RELATIONS.as_bytes()),
        ("word/media/image1.png", include_bytes!("../../static/icon-192.png")),
        ("word/media/Image 2.PNG", include_bytes!("../../static/apple-touch-icon.png")),
    ])
}

fn of(body: &str) -> Imported {
    import(&docx(body), "无题", &Dictionaries::embedded()).expect("a page")
}

fn body_of(body: &str) -> String {
    let title = styled("a1", "标题");
    let markdown = of(&format!("{title}{body}")).markdown;
    markdown.strip_prefix("+++\ntitle = \"标题\"\n+++\n").unwrap_or(&markdown).trim().to_owned()
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn picture(relation: &str, alt: &str) -> String {
    format!(
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" descr=\"{alt}\"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed=\"{relation}\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", p(cell))).collect();
    format!("<w:tr>{cells}</w:tr>")
}

/// Headings, a table, two pictures: what a newsroom sends.
fn usual() -> String {
    [
        styled("a1", "高桥云港开园"),
        styled("a6", "第一个完成更新的工业地块"),
        p("本报记者 甲某"),
        p("高桥云港今年3月竣工,目前已经入驻企业30余家。"),
        styled("a2", "两条产业链"),
        format!("<w:tbl>{}{}</w:tbl>", row(&["产业链", "企业数"]), row(&["XR供应链|内容", "70余家"])),
        styled("a2", "园区掠影"),
        picture("r1", "园区大门"),
        styled("a5", "高桥云港的大门"),
        picture("r2", ""),
    ]
    .concat()
}

#[test]
fn headings_a_table_and_pictures_are_a_page_with_its_files() {
    let imported = of(&usual());
    assert_eq!(
        imported.markdown,
        "+++\ntitle = \"高桥云港开园\"\nsubtitle = \"第一个完成更新的工业地块\"\nbyline = \"本报记者 甲某\"\n+++\n\n高桥云港今年3月竣工，目前已经入驻企业30余家。\n\n## 两条产业链\n\n| 产业链 | 企业数 |\n| --- | --- |\n| XR供应链\\|内容 | 70余家 |\n\n## 园区掠影\n\n![园区大门](image1.png)\n*高桥云港的大门*\n\n![](image-2.png)\n"
    );
    let names: Vec<&str> = imported.assets.iter().map(|asset| asset.name.as_str()).collect();
    assert_eq!(names, ["image1.png", "image-2.png"]);
}

#[test]
fn the_page_builds_with_its_pictures_beside_it() {
    let site = Folder::new();
    site.write("content/news/_index.md", "+++\ntitle = \"要闻\"\n+++\n");
    site.write("draft.docx", docx(&usual()));
    let ran = site.run(&["import", "draft.docx", "--to", "news/park"]);
    assert_eq!((ran.status, ran.stdout.lines().count()), (0, 3), "{}", ran.stderr);
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let page = site.read("public/zh-hant/news/park/index.html");
    assert!(page.contains("<figure") && page.contains("高橋雲港的大門") && page.contains("<table"), "{page}");
}

#[test]
fn levels_come_from_outlines_and_base_styles() {
    assert_eq!(body_of(&styled("a3", "小节")), "### 小节");
    let outlined = "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:t>小节</w:t></w:r></w:p>";
    assert_eq!(body_of(outlined), "## 小节");
}

#[test]
fn marks_links_and_footnotes() {
    let body = "<w:p><w:r><w:t>见</w:t></w:r><w:hyperlink r:id=\"r3\"><w:r><w:rPr><w:b/></w:rPr><w:t>公</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>告*</w:t></w:r></w:hyperlink><w:r><w:rPr><w:i/><w:b w:val=\"0\"/></w:rPr><w:t> 全文 </w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    assert_eq!(
        body_of(body),
        "见[**公告\\***](https://example.org/?a=1&b=2) *全文* [^2]\n\n[^2]: 据管委会6月统计。"
    );
}

#[test]
fn lists_nest_and_count() {
    let point = |level: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    assert_eq!(
        body_of(&[point("0", "甲"), point("1", "乙"), point("0", "丙")].concat()),
        "- 甲\n    1. 乙\n- 丙"
    );
}

#[test]
fn insertions_are_kept_and_deletions_reported() {
    let body = "<w:p><w:r><w:t>签约</w:t></w:r><w:del><w:r><w:delText>两个</w:delText></w:r></w:del><w:ins><w:r><w:t>三个</w:t></w:r></w:ins><w:r><w:t>项目。</w:t></w:r></w:p>";
    let imported = of(&format!("{}{body}", styled("a1", "标题")));
    assert!(imported.markdown.ends_with("\n签约三个项目。\n"), "{}", imported.markdown);
    let said: Vec<&str> = imported.notes.iter().map(|note| note.message.as_str()).collect();
    assert!(said.contains(&"a tracked deletion is left out: “两个”"), "{said:?}");
    assert!(said.contains(&"a tracked insertion is kept"), "{said:?}");
}

#[test]
fn text_boxes_stand_behind_their_paragraph_once() {
    let text = p("新闻链接：未来谷已有3家企业签约。");
    let body = format!(
        "<w:p><w:r><w:t>正文一段，说完为止。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{text}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    assert_eq!(body_of(&body), "正文一段，说完为止。\n\n新闻链接：未来谷已有3家企业签约。");
}

#[test]
fn without_styles_the_lines_are_read_like_a_text() {
    let long = "早上七点半，地铁站外的接驳公交准时发车。这条线路串起两个居住区和一个产业园。";
    let body = [p("公交怎么走"), p("记者 甲某"), p(long), p("出行更便捷　换乘更省时"), p(long)].concat();
    let markdown = of(&body).markdown;
    assert_eq!(
        markdown,
        format!(
            "+++\ntitle = \"公交怎么走\"\nbyline = \"记者 甲某\"\n+++\n\n{long}\n\n## 出行更便捷　换乘更省时\n\n{long}\n"
        )
    );
}

#[test]
fn a_picture_and_its_text_in_one_paragraph_are_two() {
    let picture = picture("r1", "园区大门");
    let body = picture.replace("</w:p>", "<w:r><w:t>高桥云港今年竣工。</w:t></w:r></w:p>");
    assert_eq!(body_of(&body), "![园区大门](image1.png)\n\n高桥云港今年竣工。");
}

#[test]
fn what_is_no_docx_is_refused() {
    let fault = |bytes: &[u8]| import(bytes, "无题", &Dictionaries::embedded()).expect_err("no page");
    assert_eq!(fault(b"%PDF-1.7"), Problem::Broken(Broken::Pdf));
    assert_eq!(fault(b"\xD0\xCF\x11\xE0\xA1\xB1"), Problem::Broken(Broken::OldWord));
    assert_eq!(fault(&archive(&[("a.txt", b"a")])), Problem::Broken(Broken::NoDocument));
    let broken = archive(&[("word/document.xml", b"<w:document><w:body></w:document>")]);
    assert!(matches!(fault(&broken), Problem::Broken(Broken::Damaged(_))));
    assert_eq!(fault(&docx("")), Problem::Empty);
    let entity = docx("<w:p><w:r><w:t>&bomb;</w:t></w:r></w:p>");
    assert!(matches!(fault(&entity), Problem::Broken(Broken::Damaged(_))));
}

#[test]
fn bombs_are_refused_before_they_unpack() {
    let fault = |bytes: &[u8]| import(bytes, "无题", &Dictionaries::embedded()).expect_err("no page");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("word/document.xml", packed).expect("a file");
    let spaces = vec![b' '; 1 << 20];
    (0..32).for_each(|_| zip.write_all(&spaces).expect("spaces"));
    let bomb = zip.finish().expect("an archive").into_inner();
    assert!(bomb.len() < 100_000);
    assert_eq!(fault(&bomb), Problem::Broken(Broken::TooLarge));
    let deep = docx(&format!("{}{}", "<w:sdt>".repeat(300), "</w:sdt>".repeat(300)));
    assert_eq!(fault(&deep), Problem::Broken(Broken::TooDeep));
}
