"""A command line made fit to be shown: inert, short, and without what follows `--api-key`."""

from __future__ import annotations

import re

from hydra_tui.core.text import inert

SHOWN = 240
"""Characters of one."""

_SECRET = re.compile(
    r"(?P<name>(?:^|(?<=\s))[-\w.]*(?:keys?|token|password|passwd|secret))(?P<gap>=|\s+)(?P<value>[^\s-]\S*)",
    re.IGNORECASE,
)
"""An option or a variable whose name says that its value is nobody's business; `--max-tokens` is none."""

_IN_URL = re.compile(r"(?P<start>\w://[^/\s:@]*):[^/\s@]+@")


def shown(command: str) -> str | None:
    """The command line as a screen may show it; `None` when there is none (a kernel thread, a zombie)."""
    bare = _SECRET.sub(r"\g<name>\g<gap>***", command.replace("\0", " ")[: 2 * SHOWN].strip())
    return inert(_IN_URL.sub(r"\g<start>:***@", bare), SHOWN) or None
