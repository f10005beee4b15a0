"""One HTML page from headings, text, pictures and tables; every report of `train` is such a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from emotion_gui.core.atomic_file import atomic_path

# Signs, thousands separators, decimals and a unit of percent; a dash stands for 'no figure'.
_NUMBER = re.compile(r"[-+−±]?\d[\d.,  ]*(?: ?%)?|[-–—]")


@dataclass(frozen=True)
class Table:
    """Text in rows and columns.

    A column that holds only numbers is aligned to the right.

    Attributes:
        header: Name of each column.
        rows: One text per column in each.
        caption: What the table shows; empty for none.

    Raises:
        ValueError: A row has more or fewer texts than there are columns.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.header):
                raise ValueError(f"a table of {len(self.header)} columns has a row of {len(row)}: {row}")

    @property
    def number_columns(self) -> tuple[bool, ...]:
        """Which columns hold nothing but numbers."""
        return tuple(
            bool(self.rows) and all(_NUMBER.fullmatch(row[column].strip()) for row in self.rows)
            for column in range(len(self.header))
        )


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, in this order: text, pictures, tables.

    Attributes:
        heading: One line.
        text: Plain text; an empty line begins a new paragraph.
        pictures: Files in the page's folder or below it.
        tables: In the order in which they are shown.
    """

    heading: str
    text: str = ""
    pictures: tuple[Path, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        """The text cut at its empty lines."""
        return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", self.text) if paragraph.strip()]


def write_page(path: Path, title: str, sections: Sequence[Section], note: str = "") -> None:
    """Write a page that needs no network and can be moved or sent together with its pictures.

    All text is escaped, so that a file or class name never becomes markup.

    Args:
        path: The page, `.html`; its folder is created when missing.
        title: Its first heading.
        sections: In the order in which they are read.
        note: Stands under the title: what a reader has to know before all else; may have several paragraphs.

    Raises:
        ValueError: A picture lies outside the page's folder.
        OSError: The folder cannot be written, or the disk is full.
    """
    environment = Environment(
        loader=PackageLoader("train"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    parts = [_part(section, path.parent.resolve()) for section in sections]
    text = environment.get_template("page.html").render(title=title, note=Section("", note).paragraphs, sections=parts)
    with atomic_path(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def _part(section: Section, folder: Path) -> dict[str, Any]:
    pictures = [
        {
            "source": quote((picture.parent.resolve() / picture.name).relative_to(folder).as_posix()),
            "alternative": f"{section.heading}: {re.sub(r'[-_]+', ' ', picture.stem)}",
        }
        for picture in section.pictures
    ]
    return {"section": section, "pictures": pictures}
