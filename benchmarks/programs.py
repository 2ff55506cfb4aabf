"""The programs that are measured, and how one sees on their screens that they have started."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bare as bare_app

HYDRA_TUI = Path(sys.executable).with_name("hydra-tui")


@dataclass(frozen=True, slots=True)
class Program:
    """A command line and the signs of life on its screen."""

    name: str
    argv: tuple[str, ...]
    first: str = ""
    """Text of its first frame; empty: any text is."""
    complete: tuple[str, ...] = ()
    """Texts that all stand on the screen once it is filled."""
    placeholders: tuple[str, ...] = ()
    """Texts that stand where data is still to come."""
    keys: tuple[str, ...] = ()
    """Pressed in turn; each changes something on the screen."""

    def painted(self, screen: str) -> bool:
        """Whether its first frame is there."""
        return self.first in screen if self.first else bool(screen.strip())

    def filled(self, screen: str) -> bool:
        """Whether everything is there."""
        return (
            self.painted(screen)
            and all(text in screen for text in self.complete)
            and not any(text in screen for text in self.placeholders)
        )


def bare() -> Program:
    """The yardstick."""
    return Program(
        "bare Textual", (sys.executable, bare_app.__file__), first=bare_app.FIRST_TEXT, keys=("j", "k")
    )


def hydra(config: Path) -> Program:
    """Ours, on the cluster that the configuration names."""
    return Program(
        "hydra-tui",
        (str(HYDRA_TUI), "-c", str(config)),
        first="hydra",
        complete=("RTX 5090", "RTX 3060", "hydra-storage", "litellm", "tabbyapi", "ollama"),
        placeholders=("looking…", "○ ", "not asked yet", "no engine lists a model"),
        keys=("j", "k"),
    )


def monitors() -> list[Program]:
    """Well-known monitors, where they are installed."""
    known = {"htop": ("htop",), "btop": ("btop",), "glances": ("glances",)}
    return [
        Program(name, argv, keys=("\x1b[B", "\x1b[A"))
        for name, argv in known.items()
        if shutil.which(argv[0])
    ]
