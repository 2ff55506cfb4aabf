"""Where a service's log is kept on its node."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from hydra_tui.config.wrong_value import WrongValueError
from hydra_tui.core.nearest import nearest

_PLACES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "systemd": re.compile(r"[A-Za-z0-9:_.\\@][A-Za-z0-9:_.\\@-]{0,254}"),
        "docker": re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,254}"),
        "file": re.compile(r"/[^\x00-\x1f\x7f]{1,4094}"),
    }
)
"""What may follow each scheme: the characters of unit and container names, an absolute path."""


def log_source(text: str) -> str:
    """`text` itself, when it is `systemd:UNIT`, `docker:CONTAINER` or `file:PATH`."""
    scheme, colon, place = text.partition(":")
    form = _PLACES.get(scheme)
    if not colon or form is None:
        near = nearest(scheme, _PLACES) if colon else None
        raise WrongValueError(
            "is not a log source",
            f"did you mean `{near}:`?" if near else "write `systemd:UNIT`, `docker:CONTAINER` or `file:PATH`",
        )
    if not form.fullmatch(place):
        raise WrongValueError(
            f"has no usable name after `{scheme}:`",
            "write `systemd:tabbyapi.service`, `docker:litellm` or `file:/var/log/litellm.log`",
        )
    return text
