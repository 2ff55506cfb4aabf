"""Writes the tables that are generated: keys and kinds, in README.md and docs/keys.md."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from hydra_tui.adapters.base import catalogue
from hydra_tui.tui.keys import DETAIL, EVERYWHERE, LISTING, OVERVIEW, Action

ROOT = Path(__file__).parents[1]
SCREENS = {"Overview": OVERVIEW, "Nodes": LISTING, "A page": DETAIL, "Everywhere": EVERYWHERE}


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def keys_table() -> str:
    """The keys of every screen, those that are on a key bar first said."""
    rows = [_row("where", "key", "does"), _row("---", "---", "---")]
    for screen, actions in SCREENS.items():
        rows += [_row(screen, f"`{action.shown}`", action.tooltip) for action in actions]
    return "\n".join(rows)


def kinds_table() -> str:
    """Every kind that comes with the package."""
    rows = [_row("kind", "service", "port", "what is asked"), _row("---", "---", "---", "---")]
    kinds = [catalogue.load(name) for name in catalogue.names()]
    rows += [_row(f"`{kind.name}`", kind.title, str(kind.default_port or ""), kind.summary) for kind in kinds]
    return "\n".join(rows)


def keys_page() -> str:
    """docs/keys.md."""
    lines = ["# Keys", "", "Generated from `hydra_tui/tui/keys.py` by `make tables`.", ""]
    for screen, actions in SCREENS.items():
        lines += [f"## {screen}", ""]
        for group, members in groupby(actions, key=lambda action: action.group):
            lines += [f"### {group}", "", *_actions(list(members)), ""]
    return "\n".join(lines)


def _actions(actions: list[Action]) -> list[str]:
    head = [_row("key", "action", "does"), _row("---", "---", "---")]
    return head + [_row(f"`{action.shown}`", action.label, action.tooltip) for action in actions]


def readme(text: str) -> str:
    """The README with both tables as they are now."""
    for mark, table in (("kinds", kinds_table()), ("keys", keys_table())):
        before, _, rest = text.partition(f"<!-- {mark} -->")
        _, _, after = rest.partition(f"<!-- /{mark} -->")
        text = f"{before}<!-- {mark} -->\n{table}\n<!-- /{mark} -->{after}"
    return text


def main() -> None:
    """Write them all."""
    page = ROOT / "README.md"
    page.write_text(readme(page.read_text("utf-8")), "utf-8")
    (ROOT / "docs" / "keys.md").write_text(keys_page(), "utf-8")


if __name__ == "__main__":
    main()
