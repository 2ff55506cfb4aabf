"""How bytes travel: HTTP, SSH, TCP, local programs. Libraries' errors become `core.errors` here, once."""

import sys
from typing import Any, cast

# httpx imports its own command line, pygments and all, wherever click is installed: half of its import
# time. `None` tells Python that there is no such module, which httpx is prepared for.
cast("dict[str, Any]", sys.modules).setdefault("httpx._main", None)
