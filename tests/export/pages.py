"""Reads a report's HTML as a browser would, and notes what a reader of the page would miss."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_EMPTY = {"meta", "img", "source", "link", "br"}


@dataclass
class ReadTable:
    """One table: its caption, its heads, and its rows of texts."""

    caption: str = ""
    scopes: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


class ReadPage(HTMLParser):
    """A parsed page.

    Attributes:
        tags: Every tag with its attributes, in order.
        text: All text, without styles.
        headings: Levels of the headings in order.
        tables: The tables in order.
        left_open: Tags that were never closed, or closed in the wrong order.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.headings: list[int] = []
        self.tables: list[ReadTable] = []
        self.left_open: list[str] = []
        self._open: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.close()
        self.left_open += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _EMPTY:
            self._open.append(tag)
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.tables.append(ReadTable())
        if tag == "tr":
            self.tables[-1].rows.append([])
        if tag in {"th", "td"}:
            self.tables[-1].rows[-1].append("")
        if tag == "th":
            self.tables[-1].scopes.append(dict(attrs).get("scope") or "")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.left_open.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.text += data
        if "caption" in self._open:
            self.tables[-1].caption += data
        elif {"th", "td"} & set(self._open):
            self.tables[-1].rows[-1][-1] += data
