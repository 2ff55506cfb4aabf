"""Opens the terminal face. Textual is imported here and nowhere else in the command line."""

from __future__ import annotations

import gc
import re
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hydra_tui.engine.engine import Engine
    from hydra_tui.tui.bridge import Opener

THEME_LINE = re.compile(r"""^theme:[ \t]+["']?([A-Za-z][\w.-]*)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)
LARGEST_BYTES = 2**20


def open_configured(config: Path | None, theme: str | None, *, ascii_only: bool) -> None:
    """The console on a configuration, or on this machine when there is none."""

    def opener() -> AbstractAsyncContextManager[Engine]:
        # Called in the engine's thread, after the first paint: these imports cost nobody a wait.
        from hydra_tui.wiring import watch

        return watch(config, remember=True)

    run_console(opener, theme or _configured_theme(config), ascii_only=ascii_only)


def _configured_theme(config: Path | None) -> str | None:
    """What the configuration chooses, by its one line: the first frame does not wait for a parser.

    A file with problems chooses nothing here: the engine, which reads it in earnest, will tell them all.
    """
    from hydra_tui.config import paths
    from hydra_tui.core.errors import ConfigError

    try:
        path = paths.find(config)
        text = path.read_bytes()[:LARGEST_BYTES].decode(errors="replace") if path else ""
    except (ConfigError, OSError):
        return None
    found = THEME_LINE.search(text)
    return found[1] if found else None


def run_console(opener: Opener, theme: str | None, *, ascii_only: bool) -> None:
    """Run the face to its end. Raises what kept the engine from opening."""
    from hydra_tui.core.errors import ConfigError

    # A tenth of the start is the collector walking over modules that are there to stay.
    gc.disable()
    if not sys.stdout.isatty() and not sys.stderr.isatty():
        raise ConfigError("the console needs a terminal; `hydra-tui status` does not")
    from hydra_tui.present import theme_files
    from hydra_tui.present.glyphs import ASCII, BLOCK
    from hydra_tui.tui.app import HydraApp

    app = HydraApp(opener, theme=theme or theme_files.DEFAULT, glyphs=ASCII if ascii_only else BLOCK)
    error = app.run()
    app.farewell()
    if error is not None:
        raise error
    sys.exit(app.return_code)
