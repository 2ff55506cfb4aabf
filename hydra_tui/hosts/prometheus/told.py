"""What one look at a metrics server told of all nodes, and what that means for one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hydra_tui.config.suggestions import suggest
from hydra_tui.core.errors import NothingKnown, ServiceFailed
from hydra_tui.core.host import HostSample
from hydra_tui.core.text import inert
from hydra_tui.hosts.prometheus.exporter import Exporter
from hydra_tui.hosts.prometheus.gpus import gpus
from hydra_tui.hosts.prometheus.host import host_sample, is_node_exporter
from hydra_tui.hosts.prometheus.instance import hosts, spellings

NO_GPUS = "no GPU exporter tells of this node"
NO_PROCESSES = "GPU exporters do not tell which process holds which memory"


class Told:
    """Every exporter of every node, as they were at one moment."""

    def __init__(self, found: Iterable[Exporter], node_label: str, interval_s: float) -> None:
        """`interval_s` is the pace at which the server is asked: what is much older is late."""
        self._label = node_label
        self._interval_s = interval_s
        self._by_name: dict[str, list[Exporter]] = {}
        for exporter in found:
            for name in spellings(exporter.instance):
                self._by_name.setdefault(name, []).append(exporter)

    def sample(self, wanted: str) -> HostSample:
        """The node whose label says `wanted`, with its port or without.

        Raises `ServiceFailed` when the server cannot reach its exporters, `NothingKnown` when it
        tells nothing (fresh) of it.
        """
        mine = self._by_name.get(wanted)
        if mine is None:
            raise NothingKnown(f"no data for {self._label} `{inert(wanted, 80)}`; {self._instead(wanted)}")
        speaking = [each for each in mine if each.gauges and not each.is_late(self._interval_s)]
        if not speaking:
            raise _silent(mine)
        return _joined(speaking, self._host(wanted, speaking))

    def _instead(self, wanted: str) -> str:
        instances = {exporter.instance for found in self._by_name.values() for exporter in found}
        return suggest(wanted, hosts(instances), f"values of `{self._label}`")

    def _host(self, wanted: str, speaking: Sequence[Exporter]) -> Exporter | None:
        """The one that speaks for its kernel; the one with the newest sample where two jobs read it."""
        hosts_found = [each for each in speaking if is_node_exporter(each)]
        instances = sorted({each.instance for each in hosts_found})
        if len(instances) > 1:
            several = ", ".join(instances[:4])
            raise NothingKnown(
                f"`{inert(wanted, 80)}` stands for several hosts: {several}; write one with its port"
            )
        return max(hosts_found, key=lambda each: each.seen_at, default=None)


def _joined(speaking: Sequence[Exporter], host: Exporter | None) -> HostSample:
    sample = host_sample(host) if host else HostSample(at=max(each.seen_at for each in speaking))
    found = gpus(speaking)
    note = "" if found else NO_GPUS
    return replace(sample, gpus=found, gpu_note=note, gpu_process_note=NO_PROCESSES if found else "")


def _silent(exporters: Sequence[Exporter]) -> ServiceFailed | NothingKnown:
    """Why no exporter of a node that is known tells anything now."""
    dead = sorted(each.instance for each in exporters if each.up is False)
    if dead:
        return ServiceFailed(f"the metrics server cannot reach its exporter at {', '.join(dead[:4])}")
    late = [each.age_s for each in exporters if each.gauges]
    if late:
        return NothingKnown(f"its newest sample on the metrics server is {min(late):.0f} s old")
    return NothingKnown(
        "the metrics server has no series of node_exporter, dcgm-exporter or nvidia_gpu_exporter of it"
    )
