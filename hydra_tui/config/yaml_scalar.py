"""One YAML scalar as a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from yaml import ScalarNode

from hydra_tui.config.wrong_value import WrongValueError

TAG = "tag:yaml.org,2002:"
"""How the tags that YAML resolves by itself begin."""

Scalar = str | int | float | bool


def scalar(node: ScalarNode) -> Scalar:
    """Text, number or truth value. Raises `WrongValueError` for `null`, foreign tags and odd numbers.

    YAML 1.1 reads `010` as eight and `1:30` as ninety; here both are refused, because nobody means that.
    """
    if node.tag == f"{TAG}null":
        raise WrongValueError("has no value", "give it one, or remove the key")
    build = _BUILD.get(node.tag)
    if build is None:
        raise WrongValueError("begins with a YAML tag", "put the value in quotes if the `!` belongs to it")
    try:
        return build(node.value)
    except (ValueError, KeyError):
        raise WrongValueError("is no plain number or truth value", "put it in quotes if it is text") from None


_TRUTHS: Mapping[str, bool] = MappingProxyType(
    {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
)

_BUILD: Mapping[str, Callable[[str], Scalar]] = MappingProxyType(
    {
        f"{TAG}str": str,
        f"{TAG}timestamp": str,
        f"{TAG}value": str,
        f"{TAG}bool": lambda text: _TRUTHS[text.lower()],
        f"{TAG}int": lambda text: int(text, 0),
        f"{TAG}float": float,
    }
)
"""By resolved tag; a date stays the text that was written."""
