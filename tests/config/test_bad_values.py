"""Values that cannot be used: each with its line, column, key, and a fix in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydra_tui.core.errors import ConfigError
from tests.config.files import loaded, problems, report

NODE = "nodes:\n  - {name: a, ssh: hydra-ai}\n"
METRICS = "metrics:\n  url: http://h:9090\n"
SERVICES = NODE + "services:\n  - name: s\n    node: a\n    kind: litellm\n"

WRONG = [
    # ── the bad input that everyone produces ──
    ("intervall: 5s\n", "1:1: intervall: unknown key; did you mean `interval`?"),
    (
        "xyzzy: 5s\n",
        "1:1: xyzzy: unknown key; "
        "known here: cluster, interval, nodes, metrics, services, models, theme, history, simulation",
    ),
    (
        NODE + "services:\n  - {name: s, node: a, kind: olama}\n",
        "4:24: services[0].kind: unknown kind `olama`; did you mean `ollama`?",
    ),
    (
        NODE + "services:\n  - {name: s, node: a, kind: xyzzy}\n",
        "4:24: services[0].kind: unknown kind `xyzzy`; "
        "known kinds: http, litellm, ollama, postgresql, redis, tabbyapi, tcp",
    ),
    ("cluster: a\ncluster: b\n", "2:1: cluster: is given twice, first in line 1; keep one of the two"),
    (
        SERVICES + "  - name: s\n    url: http://h\n    kind: http\n",
        "7:5: services[1].name: `s` is already the name of services[0], line 4; "
        "give each node and service its own name",
    ),
    (
        SERVICES.replace("name: s", "name: a"),
        "4:5: services[0].name: `a` is already the name of nodes[0], line 2; "
        "give each node and service its own name",
    ),
    (
        "services:\n  - name: s\n    kind: redis\n    url: hydra-storage:6379\n",
        "4:5: services[0].url: has no scheme; write `redis://hydra-storage:6379`",
    ),
    (
        SERVICES.replace("node: a", "node: hydra"),
        "5:5: services[0].node: there is no node `hydra`; known nodes: a",
    ),
    (
        "services:\n  - {name: s, kind: litellm, node: a}\n",
        "2:30: services[0].node: there is no node `a`; there are no nodes at all",
    ),
    (
        SERVICES + "models:\n  - {name: m, service: sn}\n",
        "8:15: models[0].service: there is no service `sn`; did you mean `s`?",
    ),
    # ── nodes ──
    ("nodes:\n  - ssh: h\n", "2:5: nodes[0]: `name` is missing; add `name: …`"),
    (
        "nodes:\n  - name: -a\n    ssh: h\n",
        "2:5: nodes[0].name: must be 1 to 63 letters, digits, `.`, `_` or `-`; "
        "begin it with a letter or digit",
    ),
    (
        "nodes:\n  - name: a\n",
        "2:5: nodes[0]: has none of `ssh`, `local` and `metrics`; "
        "add `ssh: HOST`, `local: true` or `metrics: true`",
    ),
    (
        "nodes:\n  - name: a\n    local: false\n",
        "2:5: nodes[0]: has none of `ssh`, `local` and `metrics`; "
        "add `ssh: HOST`, `local: true` or `metrics: true`",
    ),
    (
        "nodes:\n  - name: a\n    ssh: h\n    local: true\n",
        "4:5: nodes[0].local: stands beside `ssh`; keep one of the two",
    ),
    (
        METRICS + "nodes:\n  - name: a\n    ssh: h\n    metrics: true\n",
        "6:5: nodes[0].metrics: stands beside `ssh`; keep one of the two",
    ),
    (
        METRICS + "nodes:\n  - name: a\n    local: true\n    metrics: a:9100\n",
        "6:5: nodes[0].metrics: stands beside `local`; keep one of the two",
    ),
    (
        "nodes:\n  - name: a\n    metrics: true\n",
        "3:5: nodes[0].metrics: has no metrics server to ask; "
        "add `metrics: {url: http://HOST:9090}` at the top of the file",
    ),
    (
        METRICS + "nodes:\n  - name: a\n    metrics: 9100\n",
        "5:5: nodes[0].metrics: must be true or the value of its label; "
        "write `true`, or it in quotes, like `hydra-ai:9100`",
    ),
    (
        METRICS + 'nodes:\n  - name: a\n    metrics: ""\n',
        "5:5: nodes[0].metrics: must be one printable line of 1 to 200 characters",
    ),
    (
        METRICS + "nodes:\n  - name: a\n    metrics: true\n    interval: 5s\n",
        "6:5: nodes[0].interval: is shared by all nodes told of by `metrics`; "
        "write it under the `metrics:` at the top of the file",
    ),
    # ── the metrics server ──
    ("metrics: {}\n", "1:1: metrics: `url` is missing; add `url: …`"),
    ("metrics: http://h:9090\n", "1:1: metrics: must be a mapping; write `key: value` lines below it"),
    ("metrics: {url: h:9090}\n", "1:11: metrics.url: has no scheme; write `http://h:9090`"),
    (
        "metrics: {url: tcp://h:9090}\n",
        "1:11: metrics.url: has a scheme that cannot be used here; begin it with `http://` or `https://`",
    ),
    (
        "metrics: {url: http://ops:hunter2@h}\n",
        "1:11: metrics.url: holds credentials; move them to `user:` and `key:`",
    ),
    (METRICS + "  ulr: x\n", "3:3: metrics.ulr: unknown key; did you mean `url`?"),
    (METRICS + "  user: ops\n", "3:3: metrics.user: has no password; add `key: env:NAME`"),
    (
        METRICS + "  key: hunter2\n",
        "3:3: metrics.key: must name a secret, not be one; keep the secret elsewhere and refer to it: "
        "`env:NAME`, `file:PATH`, `cmd:COMMAND` or `keyring:SERVICE/NAME`",
    ),
    (
        METRICS + '  node_label: "instance=~"\n',
        "3:3: metrics.node_label: is not the name of a label; write it like `instance` or `node`",
    ),
    (METRICS + "  interval: 100ms\n", "3:3: metrics.interval: must be from 500ms to 1h"),
    (
        "nodes:\n  - name: a\n    ssh:\n      hots: h\n",
        "3:5: nodes[0].ssh: `host` is missing; add `host: …`\n"
        "4:7: nodes[0].ssh.hots: unknown key; did you mean `host`?",
    ),
    (
        "nodes:\n  - name: a\n    ssh: {host: h, prot: 22}\n",
        "3:20: nodes[0].ssh.prot: unknown key; did you mean `port`?",
    ),
    (
        "nodes:\n  - name: a\n    ssh: ops@h:70000\n",
        "3:5: nodes[0].ssh.port: must be at most 65535",
    ),
    (
        "nodes:\n  - name: a\n    ssh: fe80::1\n",
        "3:5: nodes[0].ssh: is not an SSH destination; write an alias of ~/.ssh/config, `user@host:port`, "
        "or a mapping with `host:`; an IPv6 address goes in brackets: `ops@[2001:db8::1]:22`",
    ),
    (
        "nodes:\n  - name: a\n    ssh: {host: h, known_hosts: none}\n",
        "3:20: nodes[0].ssh.known_hosts: is a relative path; begin it with `/` or `~/`",
    ),
    (
        "nodes:\n  - name: a\n    ssh: h\n    address: http://h\n",
        "4:5: nodes[0].address: must be a host, not a URL; leave out the scheme and the port",
    ),
    (
        "nodes:\n  - name: a\n    ssh: h\n    address: h:22\n",
        "4:5: nodes[0].address: must be a host alone; leave out the port",
    ),
    (
        "nodes:\n  - name: a\n    ssh: h\n    address: a b\n",
        "4:5: nodes[0].address: is not a host name or IP address; write it like `hydra-ai` or `hydra-ai.lan`",
    ),
    ("nodes: a\n", "1:1: nodes: must be a list; begin each entry with `- `"),
    ("nodes: [a]\n", "1:9: nodes[0]: must be a mapping; write `key: value` lines below it"),
    ("nodes:\n", "1:1: nodes: has no value; give it one, or remove the key"),
    # ── services ──
    (
        "services:\n  - {name: s, kind: litellm}\n",
        "2:5: services[0]: has neither `url` nor `node`; "
        "add `url: http://HOST:PORT`, or `node: NAME` and `port: PORT`",
    ),
    (
        NODE + "services:\n  - {name: s, kind: http, node: a}\n",
        "4:5: services[0]: has no `port`, and its kind has no usual one; add `port: PORT`",
    ),
    (
        SERVICES + "    url: http://h\n    port: 80\n",
        "8:5: services[0].port: stands beside `url`; write the port into the URL",
    ),
    (
        SERVICES + '    port: "80"\n',
        "7:5: services[0].port: must be a whole number; write digits, without quotes",
    ),
    (
        SERVICES + "    port: yes\n",
        "7:5: services[0].port: must be a whole number; write digits, without quotes",
    ),
    (SERVICES + "    port: 0\n", "7:5: services[0].port: must be at least 1"),
    (
        SERVICES + "    port: 0123\n",
        "7:5: services[0].port: is no plain number or truth value; put it in quotes if it is text",
    ),
    (
        SERVICES + "    port: 22:22\n",
        "7:5: services[0].port: is no plain number or truth value; put it in quotes if it is text",
    ),
    (
        SERVICES + "    url: redis://h\n",
        "7:5: services[0].url: has a scheme that cannot be used here; begin it with `http://` or `https://`",
    ),
    (
        SERVICES + "    url: http://u:hunter2@h\n",
        "7:5: services[0].url: holds credentials; move them to `user:` and `key:`",
    ),
    (SERVICES + "    url: u:hunter2@h\n", "7:5: services[0].url: has no scheme; write `http://HOST:PORT`"),
    (
        SERVICES + "    url: http://h:0\n",
        "7:5: services[0].url: has no usable host or port; a port is a number from 1 to 65535",
    ),
    (
        SERVICES + "    url: http://[::1\n",
        "7:5: services[0].url: has no usable host or port; a port is a number from 1 to 65535",
    ),
    (
        SERVICES + "    url: http://\n",
        "7:5: services[0].url: is not a host name or IP address; write it like `hydra-ai` or `hydra-ai.lan`",
    ),
    (
        SERVICES + "    url: http://h/?q=1\n",
        "7:5: services[0].url: has a `?` or `#` part; end it with the path",
    ),
    (
        SERVICES.replace("litellm", "tcp") + "    url: tcp://h\n",
        "7:5: services[0].url: has no port; write `tcp://HOST:PORT`",
    ),
    (
        SERVICES + "    key: hunter2\n",
        "7:5: services[0].key: must name a secret, not be one; keep the secret elsewhere and refer to it: "
        "`env:NAME`, `file:PATH`, `cmd:COMMAND` or `keyring:SERVICE/NAME`",
    ),
    (
        SERVICES + "    key: env:hunter-2\n",
        "7:5: services[0].key: has no variable's name after `env:`; write it like `env:LITELLM_MASTER_KEY`",
    ),
    (
        SERVICES + "    key: file:hunter2\n",
        "7:5: services[0].key: has no whole path after `file:`; write it like `file:~/.secrets/litellm`",
    ),
    (
        SERVICES + "    key: cmd:pass 'hunter2\n",
        "7:5: services[0].key: has no command after `cmd:`, or one with an open quote; "
        "write it like `cmd:pass show litellm`",
    ),
    (
        SERVICES + "    key: keyring:hunter2\n",
        "7:5: services[0].key: has no SERVICE/NAME after `keyring:`; "
        "write it like `keyring:hydra-tui/litellm`",
    ),
    (
        SERVICES + "    key: {hunter2}\n",
        "7:5: services[0].key: must be text; write one value on the same line\n"
        "7:11: services[0].key: has no value; give it one, or remove the key",
    ),
    (
        SERVICES + "    key: !hunter2 x\n",
        "7:5: services[0].key: begins with a YAML tag; put the value in quotes if the `!` belongs to it",
    ),
    (SERVICES + "    key: 123\n", "7:5: services[0].key: must be text; put it in quotes"),
    (SERVICES + "    layer: storge\n", "7:5: services[0].layer: is not a layer; did you mean `storage`?"),
    (
        SERVICES + "    layer: 5\n",
        "7:5: services[0].layer: is not a layer; choose one of interface, routing, inference, storage, "
        "augmentation, automation, monitoring, other",
    ),
    (SERVICES + "    gpus: [0, -1]\n", "7:15: services[0].gpus[1]: must be at least 0"),
    (
        SERVICES + "    gpus: [0, x]\n",
        "7:15: services[0].gpus[1]: must be a whole number; write digits, without quotes",
    ),
    (
        "services:\n  - {name: s, kind: litellm, url: http://h, gpus: [0]}\n",
        "2:45: services[0].gpus: are on no node; add `node: NAME`",
    ),
    (
        SERVICES + "    logs: dokcer:x\n",
        "7:5: services[0].logs: is not a log source; did you mean `docker:`?",
    ),
    (
        SERVICES + "    logs: litellm\n",
        "7:5: services[0].logs: is not a log source; write `systemd:UNIT`, `docker:CONTAINER` or `file:PATH`",
    ),
    (
        SERVICES + "    logs: docker:--all\n",
        "7:5: services[0].logs: has no usable name after `docker:`; "
        "write `systemd:tabbyapi.service`, `docker:litellm` or `file:/var/log/litellm.log`",
    ),
    (
        SERVICES + "    interval: 5 sec\n",
        "7:5: services[0].interval: is not a duration; "
        "write it like `5s`, `500ms`, `2m`, or a plain number of seconds",
    ),
    (SERVICES + "    interval: 2h\n", "7:5: services[0].interval: must be from 500ms to 1h"),
    (SERVICES + "    timeout: 5m\n", "7:5: services[0].timeout: must be from 100ms to 2m"),
    (
        SERVICES + "    timeout: .nan\n",
        "7:5: services[0].timeout: is no plain number or truth value; put it in quotes if it is text",
    ),
    (
        SERVICES + "    verify_tls: maybe\n",
        "7:5: services[0].verify_tls: must be true or false; write `true` or `false`, without quotes",
    ),
    (
        SERVICES.replace("litellm", "http") + "    port: 1\n    options: {pth: /x}\n",
        "8:15: services[0].options.pth: unknown option of this kind; did you mean `path`?",
    ),
    (
        SERVICES + "    options: {path: /x}\n",
        "7:15: services[0].options.path: unknown option of this kind; there are no options at all",
    ),
    (
        SERVICES + "    options: x\n",
        "7:5: services[0].options: must be a mapping; write `key: value` lines below it",
    ),
    (
        SERVICES + "    <<: {port: 1}\n",
        "7:5: services[0]: has a key that is not a word; write out each `key: value`",
    ),
    (
        SERVICES + "    ? [a]\n    : b\n",
        "7:7: services[0]: has a key that is not a word; write out each `key: value`",
    ),
    # ── the rest ──
    ("cluster: 5\n", "1:1: cluster: must be text; put it in quotes"),
    ("cluster: [a]\n", "1:1: cluster: must be text; write one value on the same line"),
    ('cluster: "a\\e[31m"\n', "1:1: cluster: must be one printable line of 1 to 200 characters"),
    (
        "theme: ../../x\n",
        "1:1: theme: must be 1 to 63 letters, digits, `.`, `_` or `-`; begin it with a letter or digit",
    ),
    ("interval: 1:30\n", "1:1: interval: is no plain number or truth value; put it in quotes if it is text"),
    (
        SERVICES + "models:\n  - {name: m, service: s, size: big}\n",
        "8:27: models[0].size: is not a size; "
        "write it like `35GB`, `24GiB`, `300MB`, or a plain number of bytes",
    ),
    (
        "simulation: {control: x, token: env:A}\n",
        "1:14: simulation.control: has no scheme; write `http://x`",
    ),
    (
        "cluster: !!python/object:os.system x\n",
        "1:1: cluster: begins with a YAML tag; put the value in quotes if the `!` belongs to it",
    ),
    ("nodes: !!omap []\n", "1:1: nodes: begins with a YAML tag; remove the word that begins with `!`"),
]


@pytest.mark.parametrize(("text", "lines"), WRONG)
def test_a_mistake_is_told_with_its_place_and_the_way_out(tmp_path: Path, text: str, lines: str) -> None:
    assert report(tmp_path, text) == [f"config.yaml:{line}" for line in lines.splitlines()]


@pytest.mark.parametrize("text", [text for text, _ in WRONG])
def test_no_message_repeats_a_secret_or_speaks_like_a_library(tmp_path: Path, text: str) -> None:
    said = "\n".join(report(tmp_path, text)).lower()
    for word in ("hunter", "pydantic", "input should", "valueerror", "validation", "traceback", "nonetype"):
        assert word not in said


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        "clustr: a\n"
        "nodes:\n"
        "  - name: a\n"
        "services:\n"
        "  - name: a\n"
        "    kind: olama\n"
        "    node: b\n"
        "    key:\n"
        "  - name: c\n"
        "    kind: tcp\n"
        "    url: h\n"
        "    interval: never\n"
    )
    assert [(problem.line, problem.key) for problem in problems(tmp_path, text)] == [
        (1, ("clustr",)),
        (3, ("nodes", 0)),
        (5, ("services", 0, "name")),
        (6, ("services", 0, "kind")),
        (7, ("services", 0, "node")),
        (8, ("services", 0, "key")),
        (11, ("services", 1, "url")),
        (12, ("services", 1, "interval")),
    ]


def test_more_problems_than_anyone_reads_are_not_listed(tmp_path: Path) -> None:
    text = "".join(f"key{number}: x\n" for number in range(3000))
    with pytest.raises(ConfigError) as refused:
        loaded(tmp_path, text)
    lines = str(refused.value).splitlines()
    assert len(lines) == 101
    assert lines[-1] == "… and more: mend these first"


@pytest.mark.parametrize(
    ("section", "entry"), [("nodes", "local: true"), ("services", "kind: tcp, url: 'tcp://h:1'")]
)
def test_five_hundred_is_the_limit_of_nodes_and_of_services(tmp_path: Path, section: str, entry: str) -> None:
    lines = [f"  - {{name: x{number}, {entry}}}\n" for number in range(501)]
    assert report(tmp_path, f"{section}:\n" + "".join(lines)) == [
        f"config.yaml:1:1: {section}: has more than 500 entries; split it into several configurations"
    ]
    loaded(tmp_path, f"{section}:\n" + "".join(lines[:500]))
