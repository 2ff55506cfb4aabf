"""The types of single values in the schema: what pydantic checks, in our words."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from hydra_tui.config.addresses import host_name
from hydra_tui.config.local_path import local_path
from hydra_tui.config.log_source import log_source
from hydra_tui.config.quantities import duration, size
from hydra_tui.config.secret_reference import secret_reference
from hydra_tui.config.wrong_value import WrongValueError
from hydra_tui.core.cluster import Layer
from hydra_tui.core.nearest import nearest

NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$"
LONGEST_LINE = 200


def _name(text: str) -> str:
    if not re.fullmatch(NAME.removesuffix("$"), text):
        raise WrongValueError(
            "must be 1 to 63 letters, digits, `.`, `_` or `-`", "begin it with a letter or digit"
        )
    return text


def _line(text: str) -> str:
    if not text.strip() or not text.isprintable() or len(text) > LONGEST_LINE:
        raise WrongValueError(f"must be one printable line of 1 to {LONGEST_LINE} characters")
    return text


def _label_name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,62}", text):
        raise WrongValueError("is not the name of a label", "write it like `instance` or `node`")
    return text


def _told_as(value: Any) -> bool | str:
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise WrongValueError(
            "must be true or the value of its label", "write `true`, or it in quotes, like `hydra-ai:9100`"
        )
    return _line(value)


def _layer(value: Any) -> Layer:
    if value in list(Layer):
        return Layer(value)
    near = nearest(value, Layer) if isinstance(value, str) else None
    fix = f"did you mean `{near}`?" if near else f"choose one of {', '.join(Layer)}"
    raise WrongValueError("is not a layer", fix)


Name = Annotated[str, AfterValidator(_name), Field(json_schema_extra={"pattern": NAME})]
"""Of a node or service: letters, digits, `.`, `_`, `-`; at most 63."""

Line = Annotated[str, AfterValidator(_line)]
"""One printable line."""

Interval = Annotated[
    float,
    BeforeValidator(partial(duration, shortest_s=0.5, longest_s=3600), json_schema_input_type=str | float),
]
"""Seconds between the starts of two looks: `500ms` to `1h`."""

Timeout = Annotated[
    float,
    BeforeValidator(partial(duration, shortest_s=0.1, longest_s=120), json_schema_input_type=str | float),
]
"""Seconds that one look may take: `100ms` to `2m`."""

Bytes = Annotated[int, BeforeValidator(size, json_schema_input_type=str | int)]
"""`35GB`, `24GiB`, or a plain number."""

Port = Annotated[int, Field(strict=True, ge=1, le=65535)]

GpuIndex = Annotated[int, Field(strict=True, ge=0, le=255)]

Switch = Annotated[bool, Field(strict=True)]
"""`true` or `false`."""

Host = Annotated[str, AfterValidator(host_name)]
"""A name or IP address, without scheme and port."""

LocalPath = Annotated[Path, BeforeValidator(local_path, json_schema_input_type=str)]
"""A file of this machine; absolute or under `~/`."""

SecretRef = Annotated[str, AfterValidator(secret_reference)]
"""`env:NAME`, `file:PATH`, `cmd:COMMAND` or `keyring:SERVICE/NAME`; never the secret."""

LabelName = Annotated[str, AfterValidator(_label_name)]
"""Of a metric: letters, digits and `_`."""

ToldAs = Annotated[bool | str, BeforeValidator(_told_as, json_schema_input_type=bool | str)]
"""`true`: by the node's own name; or the value of the label that tells nodes apart."""

LogSource = Annotated[str, AfterValidator(log_source)]
"""`systemd:UNIT`, `docker:CONTAINER` or `file:PATH`."""

LayerName = Annotated[Layer, BeforeValidator(_layer, json_schema_input_type=Layer)]
"""A group of the overview."""
