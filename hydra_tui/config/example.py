"""The commented example that comes with the package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

NAME = "config.example.yaml"


def example_text() -> str:
    """The example: beside the package in a checkout, inside it once installed."""
    checkout = Path(__file__).parents[2] / NAME
    if checkout.is_file():
        return checkout.read_text("utf-8")
    return (files("hydra_tui") / NAME).read_text("utf-8")
