"""A certificate that nobody trusts, for servers that speak TLS in tests."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Certificate:
    """Where it is, and its private key."""

    file: Path
    key: Path


def self_signed(openssl: str, folder: Path) -> Certificate:
    """For 127.0.0.1, good for a day."""
    made = Certificate(folder / "test.crt", folder / "test.key")
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1")
    files = ("-keyout", str(made.key), "-out", str(made.file))
    command = (openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject, *files)
    subprocess.run(command, check=True, capture_output=True)
    made.key.chmod(0o600)
    return made
