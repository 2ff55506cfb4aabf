"""Every exit status there is, in one place."""

from __future__ import annotations

OK = 0
"""Done; for `status`: everything is up; for `doctor`: nothing is bad."""
NOT_UP = 1
"""`status` found something that is not up, `doctor` something to mend."""
USAGE = 2
"""The command line was wrong."""
CONFIG = 3
"""The configuration, or a secret it refers to, cannot be used."""
UNREACHABLE = 4
"""What was asked for could not be reached."""
REFUSED = 5
"""Refused: by the target, or because nobody confirmed."""
UNVERIFIED = 6
"""Acted, but the result could not be confirmed."""
INTERRUPTED = 130
"""Ctrl-C."""
