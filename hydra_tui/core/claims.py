"""What engines claim of a node's GPUs, shared out over them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hydra_tui.core.cluster import Service
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.models import Model, Residency
from hydra_tui.core.processes import GpuProcess
from hydra_tui.core.quantity import Amount, Origin


@dataclass(frozen=True, slots=True)
class Claim:
    """One loaded model of one service, as far as it concerns one GPU."""

    service: str
    model: str
    whole: Amount | None
    """Its VRAM on all GPUs together; `None` when its engine does not say."""
    here: Amount | None
    """Its part on this GPU; `None` while it is not known how it is spread."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One process on one GPU, and the service it was recognised as."""

    process: GpuProcess
    service: str = ""
    """Empty when it could not be told."""


def loaded(service: Service) -> list[tuple[Model, Amount]]:
    """Its models in memory of which it says how much VRAM they take."""
    models = (model for model in service.models if model.residency is Residency.LOADED)
    return [(model, model.vram) for model in models if model.vram is not None and model.vram.value > 0]


def held_bytes(service: str, holdings: Iterable[Holding]) -> int:
    """What the driver measures for the processes of a service."""
    return sum(each.process.vram_bytes or 0 for each in holdings if each.service == service)


def claims_on(
    gpu: Gpu, services: Sequence[Service], gpus: Sequence[Gpu], holdings: Mapping[int, Sequence[Holding]]
) -> tuple[Claim, ...]:
    """What the services claim of one GPU; `holdings` are those of every GPU of the node, by its index."""
    return tuple(
        claim
        for service in services
        if gpu.index in (places := gpus_of(service, gpus, holdings))
        for claim in _of_service(service, gpu.index, places, holdings)
    )


def _of_service(
    service: Service, index: int, places: Sequence[int], holdings: Mapping[int, Sequence[Holding]]
) -> Iterator[Claim]:
    models = sorted(loaded(service), key=lambda pair: -pair[1].value)
    weights = _weights(service.name, len(models), {place: holdings.get(place, ()) for place in places})
    for (model, whole), weight in zip(models, weights, strict=True):
        here = whole if len(places) == 1 else _part(whole, index, weight)
        if here is None or here.value > 0:
            yield Claim(service.name, model.name, whole, here)
    silent = (each for each in service.models if each.residency is Residency.LOADED and each.vram is None)
    yield from (Claim(service.name, model.name, None, None) for model in silent)


def gpus_of(
    service: Service, gpus: Sequence[Gpu], holdings: Mapping[int, Sequence[Holding]]
) -> tuple[int, ...]:
    """The indices of the GPUs it may be on: as configured, else where its processes are, else any."""
    known = tuple(gpu.index for gpu in gpus)
    configured = tuple(index for index in service.gpus if index in known)
    seen = tuple(index for index in known if held_bytes(service.name, holdings.get(index, ())))
    return configured or seen or known


def _weights(
    service: str, models: int, holdings: Mapping[int, Sequence[Holding]]
) -> Sequence[Mapping[int, int]]:
    """Bytes by GPU that tell how each model is spread, the largest first.

    An engine with as many processes as models has one for each: the largest model is in the largest.
    """
    by_pid: dict[int, Counter[int]] = defaultdict(Counter)
    for index, those in holdings.items():
        for each in those:
            if each.service == service:
                by_pid[each.process.pid][index] += each.process.vram_bytes or 0
    if len(by_pid) == models:
        return sorted(by_pid.values(), key=lambda held: -held.total())
    return (sum(by_pid.values(), Counter[int]()),) * models


def _part(whole: Amount, index: int, weight: Mapping[int, int]) -> Amount | None:
    """On several GPUs an engine claims one sum: it is shared out as its processes measure."""
    total = sum(weight.values())
    if not total:
        return None
    held = weight.get(index, 0)
    return whole if held == total else Amount(round(whole.value * held / total), Origin.ESTIMATED)
