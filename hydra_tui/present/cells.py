"""Lines of styled runs: the only thing a screen is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

from hydra_tui.present.roles import Role


class Run(NamedTuple):
    """Text of one role."""

    text: str
    role: Role = Role.TEXT


Line = tuple[Run, ...]
"""Runs from left to right."""

Block = list[Line]
"""Lines from top to bottom."""

MORE = "…"
"""The end of what was cut."""


def text_width(text: str) -> int:
    """How many cells a terminal gives it."""
    return len(text) if text.isascii() else cell_len(text)


def width(line: Line) -> int:
    """Cells of the whole line."""
    return sum(text_width(run.text) for run in line)


def cut(text: str, cells: int) -> str:
    """The text in exactly so many cells: padded with blanks, or cut with a mark where more than they goes."""
    if cells <= 0:
        return ""
    words = text.rstrip(" ")
    size = text_width(words)
    if size <= cells:
        return words + " " * (cells - size)
    return set_cell_size(words, cells - 1) + MORE


def wrapped(text: str, cells: int) -> list[str]:
    """The text in lines of at most so many cells (two or more), broken between words where it can be."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(lines[-1]) + 1 + text_width(word) <= cells:
            lines[-1] += f" {word}"
        else:
            lines.extend(chop_cells(word, cells))
    return lines


def fit(line: Line, cells: int) -> Line:
    """The line in exactly so many cells."""
    size = width(line)
    return (*line, Run(" " * (cells - size))) if size < cells else cropped(line, cells)


def cropped(line: Line, cells: int) -> Line:
    """The line in at most so many cells."""
    if width(line) <= cells:
        return line
    kept: list[Run] = []
    left = cells
    for place, run in enumerate(line):
        size = text_width(run.text)
        if size >= left:
            lost = plain(line[place + 1 :]).strip(" ")
            kept.append(Run(cut(run.text + lost, left), run.role))
            break
        kept.append(run)
        left -= size
    return tuple(kept)


def beside(left: Sequence[Line], right: Sequence[Line], left_cells: int, gap: int = 2) -> Block:
    """Two blocks side by side; the shorter one is continued with blank lines."""
    between = Run(" " * gap)
    return [(*fit(one, left_cells), between, *other) for one, other in zip_longest(left, right, fillvalue=())]


def spread(left: Line, right: Line, cells: int) -> Line:
    """One line with a left and a right end; the left end gives way."""
    room = cells - width(right)
    return (*fit(left, max(0, room)), *right) if room > 0 else fit(right, cells)


def joined(parts: Iterable[Line], gap: str = "  ") -> Line:
    """Pieces in a row, with a gap between those that are not empty."""
    line: list[Run] = []
    for part in parts:
        if part:
            if line:
                line.append(Run(gap))
            line.extend(part)
    return tuple(line)


def plain(line: Line) -> str:
    """The text alone."""
    return "".join(run.text for run in line)
