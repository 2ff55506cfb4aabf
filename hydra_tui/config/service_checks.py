"""What a service's keys say of each other and of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hydra_tui.config.endpoints import schemes
from hydra_tui.config.entries import Entry
from hydra_tui.config.kind_names import KindNames
from hydra_tui.config.places import Places
from hydra_tui.config.problems import Problem
from hydra_tui.config.suggestions import suggest
from hydra_tui.config.urls import check_url
from hydra_tui.config.wrong_value import WrongValueError
from hydra_tui.core.text import inert

ANY_SCHEME = ("http", "https", "tcp", "redis", "rediss", "postgresql")
"""What a URL is held to while its kind is unknown."""


def check_service(service: Entry, kinds: Mapping[str, KindNames], places: Places) -> Iterator[Problem]:
    """Kind, place, URL, GPUs and the names of options; values of options are the kind's business."""
    word = service.text("kind")
    kind = kinds.get(word) if word is not None else None
    if word is not None and kind is None:
        yield places.problem(
            service.at("kind"), f"unknown kind `{inert(word, 63)}`", suggest(word, kinds, "kinds")
        )
    yield from _place(service, kind, places)
    yield from _url(service, kind, places)
    if kind is not None:
        yield from _options(service, kind, places)
    if service.has("gpus") and not service.has("node"):
        yield places.problem(service.at("gpus"), "are on no node", "add `node: NAME`")


def _place(service: Entry, kind: KindNames | None, places: Places) -> Iterator[Problem]:
    """Either `url`, or `node` with a port of its own or of its kind."""
    if service.has("url"):
        if service.has("port"):
            yield places.problem(service.at("port"), "stands beside `url`", "write the port into the URL")
    elif not service.has("node"):
        fix = "add `url: http://HOST:PORT`, or `node: NAME` and `port: PORT`"
        yield places.problem(service.key, "has neither `url` nor `node`", fix)
    elif kind is not None and kind.default_port is None and not service.has("port"):
        yield places.problem(service.key, "has no `port`, and its kind has no usual one", "add `port: PORT`")


def _url(service: Entry, kind: KindNames | None, places: Places) -> Iterator[Problem]:
    url = service.text("url")
    if url is None:
        return
    try:
        check_url(url, schemes(kind) if kind else ANY_SCHEME)
    except WrongValueError as wrong:
        yield places.problem(service.at("url"), wrong.message, wrong.fix)


def _options(service: Entry, kind: KindNames, places: Places) -> Iterator[Problem]:
    options = service.values.get("options")
    for name in options if isinstance(options, dict) else ():
        if name not in kind.options:
            fix = suggest(name, kind.options, "options")
            yield places.problem(service.at("options", name), "unknown option of this kind", fix)
