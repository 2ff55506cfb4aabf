"""Generated tables say what the code says."""

from __future__ import annotations

from scripts.tables import ROOT, keys_page, readme


def test_the_readme_s_tables_are_up_to_date() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert readme(text) == text, "run `make tables`"


def test_the_page_of_keys_is_up_to_date() -> None:
    assert (ROOT / "docs" / "keys.md").read_text("utf-8") == keys_page(), "run `make tables`"
