"""A session as A4 pages to print or to keep: text that can be searched, charts as lines and areas."""

from __future__ import annotations

from pathlib import Path

from matplotlib import rc_context
from matplotlib.backends.backend_pdf import PdfPages

from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import _
from emotion_gui.export.chart_theme import LIGHT
from emotion_gui.export.content.blocks import Report
from emotion_gui.export.content.report import report_of
from emotion_gui.export.page_text import one_line
from emotion_gui.export.pdf_flow import LEFT, WIDTH, Flow, number_pages, pixels
from emotion_gui.export.text_measure import text_width, wrapped

# For the strip of the course, the one part that is made of pixels.
_DPI = 300


def write_pdf(record: SessionRecord, path: Path) -> None:
    """Write the report as PDF.

    Raises:
        OSError: The file cannot be written.
    """
    report = report_of(record)
    flow = Flow(record)
    _head(flow, report)
    for section in report.sections:
        flow.section(section)
    title = f"{report.kind}: {one_line(report.title)}"
    number_pages(
        flow.pages, title, lambda number, count: _("Page {number} of {count}").format(number=number, count=count)
    )
    details = {
        "Title": title,
        "Creator": f"Emotion GUI {record.info.provenance.app_version}",
        "Subject": report.consent,
    }
    # TrueType fonts within the file: letters stay letters, to be searched and copied.
    with rc_context({"pdf.fonttype": 42}), PdfPages(path, metadata=details) as pages:
        for page in flow.pages:
            pages.savefig(page.figure, dpi=_DPI)


def _head(flow: Flow, report: Report) -> None:
    page = flow.page
    page.write(LEFT, flow.top, report.kind, size=10, color=LIGHT.muted)
    name = one_line(report.title)
    size, lines = 21.0, [name]
    if text_width(name, pixels(size), bold=True) > WIDTH:
        size = 14.0
        lines = wrapped(name, WIDTH, pixels(size), most_lines=3, bold=True)
    flow.top += 26
    for line in lines:
        page.write(LEFT, flow.top, line, size=size, weight="bold")
        flow.top += pixels(size) * 1.3
    flow.top += 22
    flow.facts(report.facts)
    flow.top += 6
    flow.text(report.consent, size=8.5)
