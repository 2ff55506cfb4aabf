"""The catalogue of kinds, as the configuration wants to know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hydra_tui.adapters.base import catalogue
from hydra_tui.config.kind_names import KindNames


class KnownKinds(Mapping[str, KindNames]):
    """Every kind by name; only the ones that are asked for are imported."""

    def __getitem__(self, name: str) -> KindNames:
        if name not in catalogue.names():
            raise KeyError(name)
        kind = catalogue.load(name)
        return KindNames(kind.scheme, kind.default_port, frozenset(kind.options))

    def __iter__(self) -> Iterator[str]:
        return iter(catalogue.names())

    def __len__(self) -> int:
        return len(catalogue.names())
