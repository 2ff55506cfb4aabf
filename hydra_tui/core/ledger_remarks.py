"""What in a VRAM ledger an operator should be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hydra_tui.core.claims import Holding, gpus_of, held_bytes, loaded
from hydra_tui.core.cluster import Service
from hydra_tui.core.ledger import SMALL_BYTES, GpuLedger, Grade, Ledger, Remark

_FAR_BELOW = 0.5
"""A process that holds less than this share of what its engine claims contradicts it."""

_FAR_ABOVE = 1.15
"""Contexts and buffers explain a little more than is claimed, not this."""


def remarks(book: Ledger) -> tuple[Remark, ...]:
    """All of a node, in the order of its GPUs and then of its services."""
    per_gpu = (remark for each in book.gpus for remark in _of_gpu(each))
    per_service = (remark for service in book.here for remark in _of_service(service, book))
    return (*_of_processes(book), *per_gpu, *per_service)


def _of_processes(book: Ledger) -> Iterator[Remark]:
    if not book.gpus:
        return
    if any(each.holdings is None for each in book.gpus):
        yield Remark(Grade.NOTE, "which processes hold memory is not known")
    hidden = {
        each.process.pid for gpu in book.gpus for each in gpu.holdings or () if not each.process.readable
    }
    if hidden:
        pids = ", ".join(map(str, sorted(hidden)[:8]))
        yield Remark(
            Grade.NOTE, f"{_count(len(hidden), 'process')} cannot be read by the account we use: pid {pids}"
        )


def _of_gpu(each: GpuLedger) -> Iterator[Remark]:
    name = f"GPU {each.gpu.index}"
    if each.unsized:
        whose = "MIG is on" if each.gpu.mig else "the driver does not say"
        yield Remark(
            Grade.NOTE, f"{name}: how much {_count(each.unsized, 'process')} holds is not known: {whose}"
        )
    rest = each.unexplained_bytes
    if rest is not None and each.suspicious:
        grade = Grade.NOTE if each.holdings is None else Grade.WARNING
        yield Remark(grade, f"{name}: {_gib(rest)} in use is explained by nothing: {_suspects(each)}")


def _suspects(each: GpuLedger) -> str:
    if each.holdings is None:
        return "by no claim, that is; the processes are not known"
    if each.unsized:
        return "perhaps by the processes of unknown size"
    if each.holdings:
        return "graphics, a process out of our sight or seconds old, or what a dead one left"
    return "the driver lists no process; those of another container do not show"


def _of_service(service: Service, book: Ledger) -> Iterator[Remark]:
    models = loaded(service)
    claimed = sum(vram.value for _, vram in models)
    if not models or not book.gpus:
        return
    if any(each.holdings is None for each in book.gpus):
        yield from _against_the_whole(service, claimed, book)
        return
    holdings = [each for gpu in book.gpus for each in gpu.holdings or ()]
    if any(each.service == service.name for each in holdings):
        yield from _against_its_processes(service, claimed, holdings, book)
    else:
        yield from _without_a_process(service, claimed, holdings, book)


def _against_its_processes(
    service: Service, claimed: int, holdings: Sequence[Holding], book: Ledger
) -> Iterator[Remark]:
    own = [each.process.vram_bytes for each in holdings if each.service == service.name]
    held = held_bytes(service.name, holdings)
    if None in own:
        return
    if held + _unlisted(service, book) < claimed * _FAR_BELOW:
        yield Remark(Grade.CONTRADICTION, f"{_says(service, claimed)}, but its processes hold {_gib(held)}")
    elif held > claimed * _FAR_ABOVE and held - claimed >= 2 * SMALL_BYTES and _says_all(service):
        yield Remark(Grade.WARNING, f"{service.name} holds {_gib(held - claimed)} more than its models claim")


def _without_a_process(
    service: Service, claimed: int, holdings: Sequence[Holding], book: Ledger
) -> Iterator[Remark]:
    strangers = [each.process.vram_bytes for each in holdings if not each.service]
    room = sum(each or 0 for each in strangers) + _unlisted(service, book)
    if None in strangers or room >= claimed * _FAR_BELOW:
        yield Remark(Grade.NOTE, f"which process is {service.name}'s could not be told")
    else:
        yield Remark(Grade.CONTRADICTION, f"{_says(service, claimed)}, but no process of it holds any")


def _unlisted(service: Service, book: Ledger) -> int:
    """In use on its GPUs and in no process that is listed: one that is seconds old, or out of our sight."""
    places = _places(service, book)
    rests = (
        (each.used_bytes or 0) - (each.by_processes_bytes or 0)
        for each in book.gpus
        if each.gpu.index in places
    )
    return sum(max(0, rest) for rest in rests)


def _against_the_whole(service: Service, claimed: int, book: Ledger) -> Iterator[Remark]:
    """Without a list of processes the sum in use still limits what can be true."""
    if not _room_for(service, claimed, book):
        yield Remark(Grade.CONTRADICTION, f"{_says(service, claimed)}, but less is in use in all")


def _room_for(service: Service, claimed: int, book: Ledger) -> bool:
    places = _places(service, book)
    used = [each.used_bytes for each in book.gpus if each.gpu.index in places]
    return None in used or sum(each or 0 for each in used) >= claimed * _FAR_BELOW


def _places(service: Service, book: Ledger) -> tuple[int, ...]:
    holdings = {each.gpu.index: each.holdings or () for each in book.gpus}
    return gpus_of(service, [each.gpu for each in book.gpus], holdings)


def _says(service: Service, claimed: int) -> str:
    """`ollama claims 8.1 GiB of VRAM (100 % GPU)`."""
    whole = all(
        model.memory is not None and model.memory.value == vram.value for model, vram in loaded(service)
    )
    return f"{service.name} claims {_gib(claimed)} of VRAM{' (100 % GPU)' if whole else ''}"


def _says_all(service: Service) -> bool:
    """Whether it says of every loaded model how much VRAM that takes."""
    return len(loaded(service)) == sum(model.residency.value == "loaded" for model in service.models)


def _gib(size: int) -> str:
    return f"{size / 2**30:.1f} GiB"


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}es"
