"""Answers of a metrics server: recorded ones, and ones made for a case.

`recordings/prometheus_*.json` are what Prometheus 2.42 answered to the two queries of
`hosts.prometheus.queries` about node_exporter 1.5 on a virtual machine and about the texts
`recordings/*_exporter.txt`, which are written after the exporters' documents.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from hydra_tui.hosts.prometheus.exporter import exporters
from hydra_tui.hosts.prometheus.queries import TAG
from hydra_tui.hosts.prometheus.reply import Series
from hydra_tui.hosts.prometheus.told import Told
from tests.loopback import Answer, Handler, request_head

RECORDINGS = Path(__file__).parent / "recordings"
NOW = 1_795_000_000.0


def recorded(name: str) -> Any:
    """`levels` or `rates`."""
    return json.loads((RECORDINGS / f"prometheus_{name}.json").read_text())


def vector(series: Iterable[Series]) -> dict[str, Any]:
    """The reply that holds these series."""
    result = [{"metric": dict(each.labels), "value": [each.at, f"{each.value!r}"]} for each in series]
    return {"status": "success", "data": {"resultType": "vector", "result": result}}


def level(name: str, value: float, instance: str, job: str = "node", /, **labels: str) -> Series:
    return Series(NOW, value, {"__name__": name, "instance": instance, "job": job, **labels})


def rate(tag: str, value: float, instance: str, job: str = "node") -> Series:
    return Series(NOW, value, {TAG: tag, "instance": instance, "job": job})


def host_levels(instance: str, job: str = "node") -> list[Series]:
    """The least that node_exporter says."""
    return [
        level("up", 1, instance, job),
        level("node_memory_MemTotal_bytes", 2**35, instance, job),
        level("node_boot_time_seconds", NOW - 1000, instance, job),
    ]


def host_rates(instance: str, age_s: float = 5.0, samples: float = 20, job: str = "node") -> list[Series]:
    """Rates of a host whose newest sample is so old, with so many samples in the last five minutes."""
    return [
        rate("busy", 1.0, instance, job),
        rate("spent", 4.0, instance, job),
        rate("cores", 4, instance, job),
        rate("seen", NOW - age_s, instance, job),
        rate("samples", samples, instance, job),
    ]


def told(levels: Sequence[Series], rates: Sequence[Series] = (), interval_s: float = 15.0) -> Told:
    return Told(exporters(levels, rates, "instance"), "instance", interval_s)


def answering(levels: Answer, rates: Answer, asked: list[Mapping[str, str]]) -> Handler:
    """A metrics server that gives one of two answers; `asked` are the parameters of each question."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target = urlsplit((await request_head(reader)).split(" ")[1])
        parameters = dict(parse_qsl(target.query)) | {"path": target.path}
        asked.append(parameters)
        writer.write((levels if "__name__,instance" in parameters["query"] else rates).encoded())
        await writer.drain()

    return handler
