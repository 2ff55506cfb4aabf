"""How bytes travel: HTTP, SSH, TCP, local programs. Libraries' errors become `core.errors` here, once."""

import sys
from importlib.util import find_spec
from typing import Any, cast

# `None` tells Python at once that there is no such module, which httpx is prepared for. It imports its own
# command line, pygments and all, wherever click is installed: half of its import time. And with every
# request it looks along the whole path for sniffio, a fifth of the time of a request.
_ABSENT = ("httpx._main", *(["sniffio"] if find_spec("sniffio") is None else []))
for _name in _ABSENT:
    cast("dict[str, Any]", sys.modules).setdefault(_name, None)
