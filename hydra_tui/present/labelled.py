"""Lines with a label in front, and titles between them."""

from __future__ import annotations

from hydra_tui.present.cells import Block, Line, Run, cut
from hydra_tui.present.roles import Role

LABEL_CELLS = 16


def labelled(label: str, *value: Run) -> Line:
    """`kernel          6.12.41`."""
    return (Run(f"{cut(label, LABEL_CELLS - 1)} ", Role.MUTED), *value)


def section(title: str) -> Block:
    """A blank line and a title."""
    return [(), (Run(title.upper(), Role.TITLE),)]
