"""A screen as a picture on disk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path


def save_picture(picture: str, at: float) -> Path | None:
    """Write the SVG of a moment (seconds since the epoch) into the current folder, else at home.

    Returns where it is, or `None` where neither can be written.
    """
    stamp = datetime.fromtimestamp(at).astimezone().strftime("%Y%m%d-%H%M%S")
    for folder in (Path.cwd(), Path.home()):
        path = folder / f"hydra-tui-{stamp}.svg"
        try:
            path.write_text(picture, "utf-8")
        except OSError:
            continue
        return path
    return None
