"""Prometheus and VictoriaMetrics on loopback, reading what a test tells them to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from subprocess import Popen

from tests.loopback import closed_port
from tests.real.programs import running

SCRAPED_EVERY = "1s"

Require = Callable[[str], str]


def _prometheus(program: str, folder: Path, file: Path, port: int) -> list[str]:
    options = [f"--config.file={file}", f"--storage.tsdb.path={folder}/data"]
    return [program, *options, f"--web.listen-address=127.0.0.1:{port}"]


def _victoria(program: str, folder: Path, file: Path, port: int) -> list[str]:
    options = [f"-promscrape.config={file}", f"-storageDataPath={folder}/data", "-memory.allowedBytes=64MB"]
    return [program, *options, f"-httpListenAddr=127.0.0.1:{port}"]


SERVERS: Mapping[str, Callable[[str, Path, Path, int], list[str]]] = {
    "prometheus": _prometheus,
    "victoria-metrics": _victoria,
}


@asynccontextmanager
async def metrics_server(
    program: str, folder: Path, targets: Mapping[str, int], port: int, *options: str
) -> AsyncIterator[Popen[bytes]]:
    """The server, listening on `port`. `targets` are ports of loopback by the `instance` they stand for."""
    jobs = [
        {"job_name": name, "static_configs": [{"targets": [f"127.0.0.1:{at}"], "labels": {"instance": name}}]}
        for name, at in targets.items()
    ]
    file = folder / "scrape.yml"
    # Every JSON file is a YAML file.
    file.write_text(json.dumps({"global": {"scrape_interval": SCRAPED_EVERY}, "scrape_configs": jobs}))
    command = SERVERS[Path(program).name](program, folder, file, port)
    async with running([*command, *options], port, folder / "server.log") as process:
        yield process


@asynccontextmanager
async def node_exporter(require: Require, folder: Path) -> AsyncIterator[tuple[Popen[bytes], int]]:
    """A node_exporter of this machine, and its port."""
    port = closed_port()
    command = [require("prometheus-node-exporter"), f"--web.listen-address=127.0.0.1:{port}"]
    async with running(command, port, folder / "exporter.log") as process:
        yield process, port
