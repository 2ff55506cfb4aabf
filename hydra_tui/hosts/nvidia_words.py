"""What NVIDIA's tool and library mean when they do not answer, in words an operator can act on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hydra_tui.core.text import inert

NOT_INSTALLED = "nvidia-smi is not installed"
NO_GPU = "the NVIDIA driver finds no GPU"
FALLEN = "a GPU has fallen off the bus: reboot this host"

_NOT_LOADED = "couldn't communicate with the NVIDIA driver: it is not loaded"
_MISMATCH = "NVIDIA driver/library version mismatch: reboot this host"
_FORBIDDEN = "this user may not talk to the NVIDIA driver"

_BY_CODE: Mapping[int, str] = MappingProxyType(
    {
        4: _FORBIDDEN,
        6: NO_GPU,
        8: "a GPU lacks its external power",
        9: _NOT_LOADED,
        12: "no NVIDIA driver is installed",
        14: "the firmware of a GPU is corrupt",
        15: FALLEN,
        18: _MISMATCH,
        126: "nvidia-smi may not be run by this user",
        127: NOT_INSTALLED,
    }
)
"""`nvmlReturn_t` of NVML, which nvidia-smi's manual lists as exit codes too; 126 and 127 are a shell's."""

_BY_PHRASE: Mapping[str, str] = MappingProxyType(
    {
        "couldn't communicate with the nvidia driver": _NOT_LOADED,
        "version mismatch": _MISMATCH,
        "no devices were found": NO_GPU,
        "gpu is lost": FALLEN,
        "insufficient permissions": _FORBIDDEN,
    }
)
"""What nvidia-smi prints on standard output, in small letters."""


def of_code(code: int) -> str | None:
    """What a code means; `None` when it means nothing to an operator."""
    return _BY_CODE.get(code)


def of_text(text: str) -> str:
    """What a sentence of the tool means, else the sentence itself."""
    small = text.lower()
    known = (words for phrase, words in _BY_PHRASE.items() if phrase in small)
    return next(known, inert(f"nvidia-smi: {text.strip()}", 160))
