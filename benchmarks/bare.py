"""The yardstick: the least a Textual app can be, with one text and one cell that answers a key."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

FIRST_TEXT = "bare textual"
"""What its first frame shows."""


class BareApp(App[None]):
    """One Static; each key flips its last cell."""

    def compose(self) -> ComposeResult:
        """The one widget."""
        yield Static(f"{FIRST_TEXT} 0", id="text")

    def on_key(self, event: events.Key) -> None:
        """Flip the cell, so that every key causes a frame."""
        event.stop()
        text = self.query_one("#text", Static)
        text.update(f"{FIRST_TEXT} {1 - int(str(text.content)[-1])}")


if __name__ == "__main__":
    BareApp().run()
