from __future__ import annotations

import subprocess
import sys


def test_no_library_is_imported_before_a_host_is_looked_at() -> None:
    program = (
        "import sys, hydra_tui.hosts.local, hydra_tui.hosts.remote, hydra_tui.hosts.prometheus.server; "
        "sys.exit(' '.join({'pynvml', 'asyncssh', 'httpx'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False
    )
    assert ended.stderr.strip() == ""
