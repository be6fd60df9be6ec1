"""A report read back from its Markdown, as a reader without the program would."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~.)+#=-])")


class Table(NamedTuple):
    caption: str
    rows: list[dict[str, str]]


class Part(NamedTuple):
    """A section: its paragraphs, its lists and its tables, in order."""

    texts: list[str]
    items: list[str]
    tables: list[Table]

    @property
    def table(self) -> list[dict[str, str]]:
        assert len(self.tables) == 1
        return self.tables[0].rows

    def line(self, start: str) -> str:
        """Return the one paragraph that begins so."""
        found = [text for text in (*self.texts, *self.items) if text.startswith(start)]
        assert len(found) == 1, (start, self.texts)
        return found[0]


def read(path: Path) -> dict[str, Part]:
    """Return section title to part; the head of the document is ""."""
    parts: dict[str, Part] = {"": Part([], [], [])}
    part = parts[""]
    for block in path.read_text("utf-8").strip().split("\n\n"):
        if block.startswith("## "):
            part = parts[plain(block[3:])] = Part([], [], [])
        elif block.startswith("|"):
            part.tables.append(Table(part.texts.pop(), _rows(block)))
        elif block.startswith("- "):
            part.items.extend(plain(line[2:]) for line in block.split("\n"))
        else:
            part.texts.append(plain(block.lstrip("# ")))
    return parts


def _rows(block: str) -> list[dict[str, str]]:
    cells = [
        [plain(cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in block.split("\n")
    ]
    head, _, *rows = cells
    return [dict(zip(head, row, strict=True)) for row in rows]


def plain(text: str) -> str:
    """Return a text without the signs that Markdown needs."""
    return _ESCAPED.sub(
        r"\1", text.replace("**", "").replace("&amp;", "&").replace("&#47;", "/").replace("&#46;", ".")
    )


def numbers(text: str) -> list[float]:
    """Return every number of a text, in order; a minus sign is the printed one."""
    return [
        float(n.replace("\u2212", "-")) for n in re.findall(r"[\u2212+]?\d+(?:\.\d+)?", text.replace("+", ""))
    ]
