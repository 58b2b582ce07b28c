//! A newsletter's Markdown as HTML that can harm nobody, whoever wrote it: CommonMark without its raw HTML and its pictures.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, html::push_html};

/// Raw HTML becomes text, and a picture its description; a link leads to a website or a mailbox, or nowhere; no heading is above the
/// second level.
pub(crate) fn html(text: &str) -> String {
    let mut safe = Safe::default();
    let mut written = String::new();
    push_html(&mut written, Parser::new(text).filter_map(|event| safe.event(event)));
    written
}

/// [`html`] with links as in the other letters: a mail has no style sheet. A `<` of the text is written `&lt;`, so only links begin like this.
pub(crate) fn for_mail(text: &str) -> String {
    html(text).replace("<a href=", r#"<a style="color:#4a47b8" href="#)
}

/// Where in the text it is.
#[derive(Default)]
struct Safe {
    /// Pictures in pictures, of which only the text is kept.
    pictures: u32,
    /// In a link that leads nowhere. Links don't stand in links.
    without_link: bool,
}

impl Safe {
    fn event<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Start(Tag::Image { .. }) => {
                self.pictures += 1;
                None
            }
            Event::End(TagEnd::Image) => {
                self.pictures = self.pictures.saturating_sub(1);
                None
            }
            event if self.pictures > 0 => description(event),
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Heading { level, .. }) => {
                Some(Event::Start(Tag::Heading { level: below(level), id: None, classes: Vec::new(), attrs: Vec::new() }))
            }
            Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(below(level)))),
            // Without the word behind the fence, which would be its class.
            Event::Start(Tag::CodeBlock(_)) => Some(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))),
            Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                self.without_link = !is_harmless(link_type, &dest_url);
                let link = Tag::Link { link_type, dest_url, title: CowStr::Borrowed(""), id };
                (!self.without_link).then_some(Event::Start(link))
            }
            Event::End(TagEnd::Link) => (!std::mem::take(&mut self.without_link)).then_some(Event::End(TagEnd::Link)),
            other => Some(other),
        }
    }
}

/// The text of what stands in a picture's description.
fn description(event: Event<'_>) -> Option<Event<'_>> {
    match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::SoftBreak | Event::HardBreak => Some(Event::SoftBreak),
        _ => None,
    }
}

/// The first heading is the page's, or the mail's subject.
fn below(level: HeadingLevel) -> HeadingLevel {
    level.max(HeadingLevel::H2)
}

fn is_harmless(link_type: LinkType, url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    // `<carla@vandijk.example>` comes without its scheme.
    link_type == LinkType::Email || ["http://", "https://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_staff_write() {
        for (text, written) in [
            ("Good *news*\nfor **all**.", "<p>Good <em>news</em>\nfor <strong>all</strong>.</p>\n"),
            ("# One\n## Two\n### Three", "<h2>One</h2>\n<h2>Two</h2>\n<h3>Three</h3>\n"),
            ("One\n===", "<h2>One</h2>\n"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>\n"),
            ("`a < b`", "<p><code>a &lt; b</code></p>\n"),
            ("[a](https://nen.example/?b=1&c=2)", "<p><a href=\"https://nen.example/?b=1&amp;c=2\">a</a></p>\n"),
            ("[a][1] b\n\n[1]: HTTP://nen.example \"title\"", "<p><a href=\"HTTP://nen.example\">a</a> b</p>\n"),
            ("<https://nen.example>", "<p><a href=\"https://nen.example\">https://nen.example</a></p>\n"),
            ("<a@nen.example>", "<p><a href=\"mailto:a@nen.example\">a@nen.example</a></p>\n"),
            ("[a](mailto:a@nen.example)", "<p><a href=\"mailto:a@nen.example\">a</a></p>\n"),
        ] {
            assert_eq!(html(text), written, "{text}");
        }
    }

    #[test]
    fn links_in_a_mail_are_coloured() {
        assert_eq!(
            for_mail("[a](https://nen.example) `<a href=x>`"),
            "<p><a style=\"color:#4a47b8\" href=\"https://nen.example\">a</a> <code>&lt;a href=x&gt;</code></p>\n"
        );
    }

    #[test]
    fn a_picture_is_its_description() {
        for (text, written) in [
            ("![A *new* norm](https://nen.example/a.png)", "<p>A new norm</p>\n"),
            ("![](https://evil.example/pixel.gif)", "<p></p>\n"),
            ("[![A norm](a.png)](https://nen.example)", "<p><a href=\"https://nen.example\">A norm</a></p>\n"),
            ("![a ![b [c](https://nen.example) `d`](x) <i>](y) *e*", "<p>a b c d &lt;i&gt; <em>e</em></p>\n"),
        ] {
            assert_eq!(html(text), written, "{text}");
        }
    }

    #[test]
    fn a_link_that_leads_elsewhere_is_its_text() {
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "&#106;avascript:alert(1)",
            "java&#10;script:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "/profile/delete",
            "https:evil.example",
            "x",
            "",
        ] {
            assert_eq!(html(&format!("[*a*](<{}>) b", url.replace(['<', '>'], ""))), "<p><em>a</em> b</p>\n", "{url}");
        }
        assert_eq!(html("<javascript:alert(1)>"), "<p>javascript:alert(1)</p>\n");
        // After a link that leads nowhere, the next does lead somewhere.
        assert_eq!(html("[a](x) [b](https://nen.example)"), "<p>a <a href=\"https://nen.example\">b</a></p>\n");
    }

    /// Every `<` of the result is one of ours, and of these only a link has an attribute, which its address can't end.
    #[test]
    fn nothing_of_it_is_markup_of_whoever_wrote_it() {
        const OURS: &str = "<p>|</p>|<h2>|</h2>|<em>|</em>|<a href=\"http|</a>|<ul>|</ul>|<ol>|</ol>|<li>|</li>|<pre>|</pre>|<code>|</code>|\
                            <hr />|<br />|<blockquote>|</blockquote>";
        for text in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div\nonclick=alert(1)>\n\n# a\n\n</div>",
            "<!-- --><svg/onload=alert(1)>",
            "<![CDATA[ <script>alert(1)</script> ]]>",
            "<?php echo 1 ?> <!DOCTYPE html>",
            "<style>* { display: none }</style>",
            "# a <iframe src=//evil.example> {onclick=alert(1)}",
            "[a](https://nen.example/\"onmouseover=\"alert(1) 'x\" onclick=alert(1)')",
            "[a](https://nen.example/\"><script>alert(1)</script>)",
            "<https://nen.example/\"onclick=alert(1)>",
            "![\"><script>alert(1)</script>](x)",
            "```\"><script>alert(1)</script>\n<script>\n```",
            "    <script>alert(1)</script>",
            "- <script>alert(1)</script>\n> <b onclick=alert(1)>",
            "1. <a href=\"javascript:alert(1)\">a</a>\\\n***",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "\\<script>alert(1)\\</script>",
        ] {
            let written = html(text);
            for (at, _) in written.match_indices('<') {
                assert!(OURS.split('|').any(|tag| written[at..].starts_with(tag)), "{text}\n{written}");
            }
            for (at, _) in written.match_indices("<a href=\"") {
                let address = written[at + "<a href=\"".len()..].split('"').next().unwrap();
                assert!(written[at..].contains(&format!("\"{address}\">")) && !address.contains(['<', '>', ' ']), "{text}\n{written}");
            }
        }
    }
}
