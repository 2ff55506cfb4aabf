"""A real PostgreSQL is probed over one quiet connection, and found without a login."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from hydra_tui.adapters.base.discovery import Found, discover
from hydra_tui.adapters.base.kind import Site
from hydra_tui.adapters.postgresql import KIND
from hydra_tui.core.errors import ConnectionRefused, NotFound, TlsFailed, Unauthorised
from hydra_tui.core.quantity import Fact
from hydra_tui.core.readings import Findings
from hydra_tui.core.state import State
from tests.loopback import closed_port
from tests.real.certificates import self_signed
from tests.real.conftest import missing
from tests.real.programs import POLL_S, running

pytestmark = pytest.mark.real

PASSWORD = "a-throw-away-password"


@dataclass(frozen=True)
class Cluster:
    """A database cluster on disk, and how to run it."""

    program: str
    folder: Path
    owner: str | None
    """PostgreSQL refuses to run as root."""
    port: int

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @asynccontextmanager
    async def serving(self, *options: str) -> AsyncIterator[None]:
        where = ("-D", str(self.folder / "data"), "-p", str(self.port))
        how = ("-F", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=")
        # SIGTERM would wait for every client to leave, and ours stays.
        fast = signal.SIGINT
        async with running(
            (self.program, *where, *how, *options), self.port, self.log, user=self.owner, goodbye=fast
        ):
            await self._ready()
            yield

    async def _ready(self) -> None:
        """It listens before it lets anybody in."""
        async with asyncio.timeout(20):
            while True:
                try:
                    async with self.session():
                        return
                except asyncpg.CannotConnectNowError:
                    await asyncio.sleep(POLL_S)

    def site(self, **changes: Any) -> Site:
        login = {"user": "postgres", "key": PASSWORD, **changes}
        return Site("db", f"postgresql://127.0.0.1:{self.port}", **login)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(
            host="127.0.0.1", port=self.port, user="postgres", password=PASSWORD, database="postgres"
        )
        try:
            yield connection
        finally:
            await connection.close()


@pytest.fixture
def cluster(require: Callable[[str], str]) -> Iterator[Cluster]:
    initdb, postgres = require("initdb"), require("postgres")
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="hydra-pg-"))
    try:
        (folder / "password").write_text(PASSWORD)
        if owner:
            shutil.chown(folder, owner)
            shutil.chown(folder / "password", owner)
        where = ("-D", str(folder / "data"), "--pwfile", str(folder / "password"))
        command = (initdb, *where, "-U", "postgres", "-A", "scram-sha-256", "--no-sync")
        subprocess.run(command, check=True, capture_output=True, user=owner, cwd=folder)
        yield Cluster(postgres, folder, owner, closed_port())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str | None:
    if os.getuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        missing("the user postgres, as whom root may run the server")
        raise


async def probed(site: Site) -> Findings:
    adapter = KIND.build(site)
    try:
        return await adapter.probe()
    finally:
        await adapter.close()


def figures(found: Findings) -> dict[str, Any]:
    return {fact.name: fact.value for fact in found.facts}


async def test_a_postgresql_tells_its_figures_to_whoever_may_sign_in(cluster: Cluster) -> None:
    async with cluster.serving():
        found = await probed(cluster.site())
        assert found.version is not None
        assert found.version[0].isdigit()
        assert found.state is State.UP
        assert figures(found)["connections"] == 1
        assert figures(found)["connection_limit"] == 100
        assert figures(found)["size_bytes"] > 1_000_000
        assert 0 <= figures(found)["uptime_s"] < 60

        with pytest.raises(Unauthorised, match="password authentication failed"):
            await probed(cluster.site(key="wrong"))
        with pytest.raises(NotFound, match="does not exist"):
            await probed(cluster.site(options={"database": "nowhere"}))

        async with cluster.session() as admin:
            await admin.execute("create role watcher login password 'watch'")
            await admin.execute("create database private")
            await admin.execute("revoke connect on database private from public")
        ordinary = figures(await probed(cluster.site(user="watcher", key="watch")))
        assert ordinary["size_bytes"] > 1_000_000


async def test_a_postgresql_is_found_and_greeted_without_a_login_and_without_a_trace(
    cluster: Cluster,
) -> None:
    async with cluster.serving():
        before = cluster.log.read_text()
        found = await discover(kinds=[KIND], ports={"postgresql": cluster.port})
        assert found == [Found("postgresql", "127.0.0.1", cluster.port)]
        greeted = await probed(cluster.site(user=None, key=None))
        assert greeted.facts[0] == Fact("login", "no login configured")
        assert "startup packet" not in cluster.log.read_text().removeprefix(before)


async def test_tls_is_used_where_it_is_offered_and_trusted_only_where_it_is_known(
    cluster: Cluster, require: Callable[[str], str]
) -> None:
    certificate = self_signed(require("openssl"), cluster.folder / "data")
    if cluster.owner:
        shutil.chown(certificate.file, cluster.owner)
        shutil.chown(certificate.key, cluster.owner)
    files = ("-c", f"ssl_cert_file={certificate.file}", "-c", f"ssl_key_file={certificate.key}")
    async with cluster.serving("-c", "ssl=on", *files):
        assert (await probed(cluster.site(user=None, key=None))).facts[1] == Fact("tls", True, "TLS")
        for options in ({}, {"tls": "off"}):
            assert (await probed(cluster.site(options=options))).state is State.UP
        required = {"options": {"tls": "require"}}
        assert (await probed(cluster.site(**required, verify_tls=False))).state is State.UP
        with pytest.raises(TlsFailed, match="certificate"):
            await probed(cluster.site(**required))


async def test_one_connection_is_kept_and_reopened_when_it_is_lost(cluster: Cluster) -> None:
    adapter = KIND.build(cluster.site())
    ours = "select pid from pg_stat_activity where application_name = 'hydra-tui'"
    try:
        async with cluster.serving():
            async with cluster.session() as admin:
                await adapter.probe()
                await adapter.probe()
                (first,) = await admin.fetch(ours)
                await admin.execute(f"select pg_terminate_backend({first['pid']})")
                assert (await adapter.probe()).state is State.UP
                (second,) = await admin.fetch(ours)
            assert first != second
        with pytest.raises(ConnectionRefused):
            await adapter.probe()
        async with cluster.serving():
            assert (await adapter.probe()).state is State.UP
    finally:
        await adapter.close()
