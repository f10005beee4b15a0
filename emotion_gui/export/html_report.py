"""A session as one file for the browser, which a screen reader can read aloud; no scripts, nothing from the network."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import language, plural
from emotion_gui.export.content.blocks import (
    Block,
    CardText,
    Chart,
    Column,
    Facts,
    Listing,
    Paragraph,
    Section,
    Table,
    UserText,
    VerdictCard,
)
from emotion_gui.export.content.report import report_of
from emotion_gui.export.html_charts import chart_uri
from emotion_gui.export.html_style import STYLE

_PAGE = Template("""<!DOCTYPE html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>$title</title>
<style>$style</style>
</head>
<body>
<main>
$body
</main>
</body>
</html>
""")
_BODY = Template("""<header>
<p class="kind">$kind</p>
<h1>$heading</h1>
$facts
<p class="consent">$consent</p>
</header>
$sections""")
_SECTION = Template('<section aria-labelledby="s$number">\n<h2 id="s$number">$title</h2>\n$blocks\n</section>')
# Dark charts are for dark screens only: paper is white.
_FIGURE = Template("""<figure>
<picture><source media="screen and (prefers-color-scheme: dark)" srcset="$dark">
<img src="$light" alt="$words"></picture>
<figcaption>$caption</figcaption>
</figure>""")
_SIGNS = {Verdict.NERVOUS: "\N{BLACK UP-POINTING TRIANGLE}", Verdict.NOT_NERVOUS: "\N{BLACK CIRCLE}"}
_NO_SIGN = "\N{WHITE CIRCLE}"


@dataclass(frozen=True)
class ReportMarkup:
    """A report as HTML for the style sheet `STYLE`, safe to stand in a page.

    Attributes:
        title: For the page's title.
        body: What stands in its `main`.
    """

    title: str
    body: str


def write_html(record: SessionRecord, path: Path) -> None:
    """Write the report as HTML 5, UTF-8.

    Raises:
        OSError: The file cannot be written.
    """
    markup = report_markup(record)
    page = _PAGE.substitute(language=language(), title=markup.title, style=STYLE, body=markup.body)
    # Half a surrogate pair, which no file can hold, becomes a question mark.
    path.write_text(page, encoding="utf-8", errors="replace", newline="\n")


def report_markup(record: SessionRecord) -> ReportMarkup:
    """The report for a page that brings its own head, as the browser's pages do."""
    report = report_of(record)
    sections = (_section(number, section, record) for number, section in enumerate(report.sections, 1))
    body = _BODY.substitute(
        kind=_text(report.kind),
        heading=_text(report.title),
        facts=_facts(report.facts),
        consent=_text(report.consent),
        sections="\n".join(sections),
    )
    return ReportMarkup(_text(f"{report.kind}: " + " ".join(report.title.split())), body)


def _section(number: int, section: Section, record: SessionRecord) -> str:
    blocks = "\n".join(_block(block, record) for block in section.blocks)
    return _SECTION.substitute(number=number, title=_text(section.title), blocks=blocks)


def _block(block: Block, record: SessionRecord) -> str:
    match block:
        case Paragraph(text, quiet):
            kind = ' class="quiet"' if quiet else ""
            return f"<p{kind}>{_text(text)}</p>"
        case Listing(sentences):
            items = "".join(f"<li>{_text(sentence)}</li>" for sentence in sentences)
            return f"<ul>{items}</ul>"
        case Facts():
            return _facts(block)
        case Table():
            return _table(block)
        case Chart(kind, caption, words):
            light, dark = (chart_uri(record, kind, dark=dark) for dark in (False, True))
            return _FIGURE.substitute(light=light, dark=dark, words=_attribute(words), caption=_text(caption))
        case VerdictCard():
            return _verdict(block)


def _facts(facts: Facts) -> str:
    pairs = (f"<div><dt>{_text(name)}</dt><dd>{_text(value)}</dd></div>" for name, value in facts.pairs)
    return f"<dl>{''.join(pairs)}</dl>"


def _verdict(card: VerdictCard) -> str:
    verdict = card.judgement.verdict
    # The sign repeats the word for those who see it; read aloud, 'black circle' only disturbs.
    sign = f'<span aria-hidden="true">{_SIGNS.get(verdict, _NO_SIGN)}</span>'
    return (
        f'<div class="verdict {verdict.name.lower()}"><p class="word">{sign} {_text(verdict.title)}</p>'
        f'<p>{_text(card.reason)}</p><p class="caveat">{_text(card.caveat)}</p></div>'
    )


def _table(table: Table) -> str:
    heads = "".join(map(_head, table.columns))
    rows = "\n".join(f"<tr>{''.join(_cells(table, row))}</tr>" for row in table.rows)
    caption = _text(table.caption)
    # A wide table scrolls in its own frame, which the keyboard must reach.
    return (
        f'<div class="frame" role="region" tabindex="0" aria-label="{_attribute(table.caption)}">\n'
        f"<table><caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
        f"{_left_out(table.left_out)}"
    )


def _head(column: Column) -> str:
    kind = ' class="figure"' if column.numeric else ""
    swatch = f'<i class="of-{column.emotion.value}"></i>' if column.emotion else ""
    return f'<th scope="col"{kind}>{swatch}{_text(column.title)}</th>'


def _cells(table: Table, row: tuple[str, ...]) -> Iterator[str]:
    for number, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        kind = ' class="figure"' if column.numeric else ""
        yield f"<td{kind}>{_text(cell)}</td>" if number else f'<th scope="row"{kind}>{_text(cell)}</th>'


def _left_out(count: int) -> str:
    if not count:
        return ""
    note = plural(
        "{count} more row is in the JSON file of this session.",
        "{count} more rows are in the JSON file of this session.",
        count,
    )
    return f'<p class="quiet">{_text(note)}</p>'


def _text(text: str) -> str:
    """Text between tags: nothing in it is markup, and another script's direction stays within it."""
    safe = escape(_visible(text), quote=False)
    if isinstance(text, UserText):
        return f"<bdi>{safe}</bdi>"
    return f'<span lang="en">{safe}</span>' if isinstance(text, CardText) else safe


def _attribute(text: str) -> str:
    return escape(_visible(text), quote=True)


def _visible(text: str) -> str:
    """The text without the control characters that HTML does not allow; line breaks stay."""
    return "".join(each for each in text if each == "\n" or unicodedata.category(each) not in {"Cc", "Cs"})
