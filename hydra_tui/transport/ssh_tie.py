"""A remote command whose life is tied to its channel.

sshd ends no process when a channel or the connection closes, and passes no signals for root. So the
command runs beside a watcher that reads the channel's input: at its end (closed, aborted or lost)
the watcher ends the command and whatever it started in its process group, first politely.
"""

from __future__ import annotations

import math
import shlex

GRACE_S = 1
"""Between asking remote processes to end and ending them."""

# The group is named by `$$`: where sshd does not make the shell a group's leader, there is no such
# group, and the signal goes nowhere instead of to sshd. The whole group is told at once: the shell
# below, if it outlived the job, would end the watcher before the job's children were told. It needs
# SIGKILL for that, for the watcher ignores the signal it sends. The limit is put on the watching: put
# on the command, `timeout` would move it into a group of its own, and might end before noting its child.
_SCRIPT = """\
exec 3<&0 </dev/null
limit=
{limit}sh -c {command} 3<&- &
job=$!
(trap '' TERM; $limit cat <&3; kill -TERM -$$ || kill -TERM $job; sleep {grace}; kill -KILL -$$) \
>/dev/null 2>&1 &
watcher=$!
wait $job
status=$?
exec 2>/dev/null
kill -KILL $watcher
exit $status"""

_LIMIT = """\
timeout -s KILL {seconds} true 2>/dev/null && limit='timeout -s KILL {seconds}'
"""


def tied(command: str, longest_s: float | None = None) -> str:
    """A line for any login shell that runs `command` under `sh`, with its output and its exit status.

    With `longest_s` it also ends soon after that many seconds, where the remote system has `timeout`:
    for when our end of the connection vanished and sshd has not noticed.
    """
    limit = _LIMIT.format(seconds=math.ceil(longest_s) + GRACE_S) if longest_s else ""
    script = _SCRIPT.format(limit=limit, command=shlex.quote(command), grace=GRACE_S)
    return f"exec sh -c {shlex.quote(script)}"
