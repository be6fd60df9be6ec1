"""The formats of a report: one row each. A writer is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spinetrack.report.model import Report

Paper: TypeAlias = Literal["a4", "us-letter"]


class Format(NamedTuple):
    """What a report can be written as."""

    suffixes: tuple[str, ...]
    """Endings of a file, the usual one first."""
    write: Callable[[Report, Paper], bytes]
    """Takes the report and the paper to print it on, and gives the file."""


def _html(report: Report, _paper: Paper) -> bytes:
    from spinetrack.report.html import write_html

    return write_html(report).encode()


def _pdf(report: Report, paper: Paper) -> bytes:
    from spinetrack.report.pdf import write_pdf

    return write_pdf(report, paper=paper)


def _markdown(report: Report, _paper: Paper) -> bytes:
    from spinetrack.report.markdown import write_markdown

    return write_markdown(report).encode()


def _text(report: Report, _paper: Paper) -> bytes:
    from spinetrack.report.text import write_text

    return write_text(report).encode()


FORMATS: Final[Mapping[str, Format]] = {
    "html": Format((".html", ".htm"), _html),
    "pdf": Format((".pdf",), _pdf),
    "md": Format((".md", ".markdown"), _markdown),
    "text": Format((".txt", ".text"), _text),
}
"""Name to format; the first is the usual one."""


def format_of(suffix: str) -> str | None:
    """Return the format whose files end in `suffix` (`.pdf`), None when none does."""
    return next((name for name, row in FORMATS.items() if suffix.lower() in row.suffixes), None)
