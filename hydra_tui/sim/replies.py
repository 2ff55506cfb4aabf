"""What the simulated models say, and how fast."""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import AsyncIterator, Iterator
from typing import Any

from hydra_tui.sim.model_files import ModelFile
from hydra_tui.sim.world import World

_WORDS_PER_TOKEN = 0.75
_WORK_PER_TOKEN = 0.08
"""How much a token raises the activity of the node: the GPUs show it."""

_SENTENCES = (
    "The request came over a real socket and is answered token by token.",
    "Weights and cache occupy the simulated VRAM as a real engine would.",
    "Every number you see beside this text was read by the ordinary probes.",
    "Load follows smooth waves that the seed has drawn.",
    "Break something with a fault and watch what the console makes of it.",
    "A quantised model trades a little quality for a lot of memory.",
    "Latency grows with the load of the node, not by accident.",
    "Nothing here leaves the loopback interface of this machine.",
)


def prompt_of(messages: Any) -> str:
    """The text of the last message; content parts are joined."""
    if not isinstance(messages, list) or not messages or not isinstance(messages[-1], dict):
        return ""
    content = messages[-1].get("content", "")
    if isinstance(content, list):
        return " ".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return str(content)


def count_tokens(text: str) -> int:
    """About as many as a tokenizer would find."""
    return math.ceil(len(text.split()) / _WORDS_PER_TOKEN)


def answer_to(seed: int, model: str, prompt: str, limit: int | None = None) -> tuple[list[str], str]:
    """(the answer in pieces as they arrive, why it ends). Same seed, model and prompt: same answer."""
    dice = random.Random(f"{seed}/{model}/{prompt}")
    text = f"This is {model} of the simulated cluster. " + " ".join(dice.sample(_SENTENCES, 3))
    pieces = list(_pieces(text))
    if limit is None or not 0 < limit < len(pieces):
        return pieces, "stop"
    return pieces[:limit], "length"


def _pieces(text: str) -> Iterator[str]:
    for index, word in enumerate(text.split(" ")):
        yield word if index == 0 else f" {word}"


async def speak(world: World, service: str, model: ModelFile, pieces: list[str]) -> AsyncIterator[str]:
    """The pieces at the pace of the model on its node, which gets busy meanwhile."""
    for piece in pieces:
        slowed = 1.0 + 0.5 * world.host_of(service).load()
        await world.clock.sleep(slowed / model.tokens_per_s)
        world.work(service, _WORK_PER_TOKEN)
        yield piece


def vector(text: str, length: int) -> list[float]:
    """An embedding of unit length; the same text has the same one."""
    dice = random.Random(hashlib.sha256(text.encode()).hexdigest())
    raw = [dice.gauss(0.0, 1.0) for _ in range(length)]
    norm = math.sqrt(sum(x * x for x in raw))
    return [round(x / norm, 8) for x in raw]
