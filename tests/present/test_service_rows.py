"""Services in rows, folded to lines of names, and packed into glyphs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydra_tui.core.cluster import Layer, Service
from hydra_tui.core.state import State
from hydra_tui.present.cells import plain, text_width, width
from hydra_tui.present.picture import Picture
from hydra_tui.present.service_rows import compact, folded, grid, in_order, parted, troubled
from hydra_tui.present.view import View
from tests.clusters import NOW, hydra, service
from tests.clusters import troubled as in_trouble
from tests.present.extremes import extreme

VIEW = View(NOW)
SIZES = [30, 46, 47, 48, 78, 120]


def under(picture: Picture) -> dict[str, str]:
    """What stands under every spot; all of it is ASCII or one cell wide."""
    return {
        ref.name: plain(picture.lines[spot.y])[spot.x : spot.x + spot.width] for ref, spot in picture.spots
    }


def on_one_layer(count: int) -> tuple[Service, ...]:
    return tuple(service(f"svc-{number}", "http", "a", Layer.OTHER, 3) for number in range(count))


@pytest.mark.parametrize("cells", SIZES)
@pytest.mark.parametrize("name", ["hydra", "300 services on one layer", "names of 60 characters"])
def test_every_form_shows_every_service_in_its_cells(name: str, cells: int) -> None:
    services = extreme(name).services
    for draw in (grid, folded, compact):
        picture = draw(services, cells, VIEW)
        assert {width(line) for line in picture.lines} == {cells}
        assert len(picture.spots) == len(services)
        assert all(spot.x + spot.width <= cells for _, spot in picture.spots)


def test_a_folded_spot_lies_over_its_glyph_and_name() -> None:
    for name, text in under(folded(hydra().services, 78, VIEW)).items():
        assert text == f"● {name}"


def test_a_folded_name_that_is_longer_than_the_line_is_cut_with_a_mark() -> None:
    long = replace(hydra().services[0], name="x" * 90)
    (line,) = folded((long,), 60, VIEW).lines
    assert plain(line).endswith("xxx…")


def test_a_layer_with_more_services_than_cells_goes_on_below() -> None:
    picture = compact(on_one_layer(100), 46, VIEW)
    assert [plain(line).count("●") for line in picture.lines] == [40, 40, 20]
    assert [plain(line).index("●") for line in picture.lines] == [6, 6, 6]
    assert set(under(picture).values()) == {"●"}


def test_a_layer_that_fills_its_line_is_not_marked_as_cut() -> None:
    assert "…" not in plain(compact(on_one_layer(40), 46, VIEW).lines[0])


def test_a_layer_that_does_not_fit_beside_the_one_before_begins_a_line() -> None:
    first = replace(on_one_layer(1)[0], layer=Layer.INTERFACE)
    picture = compact((first, *on_one_layer(40)), 46, VIEW)
    assert [plain(line).split()[0] for line in picture.lines] == ["interface", "other"]


def test_rows_name_a_layer_once_and_only_where_there_is_room() -> None:
    wide = [plain(line) for line in grid(hydra().services, 60, VIEW).lines]
    assert sum(line.startswith("storage") for line in wide) == 1
    assert not any("storage" in plain(line) for line in grid(hydra().services, 47, VIEW).lines)


def test_only_what_is_not_up_is_listed_with_its_reason_in_the_place_of_facts() -> None:
    bad, calm = parted(in_trouble().services, VIEW)
    rows = under(troubled(bad, 78, VIEW))
    assert list(rows) == ["ollama", "comfyui", "qdrant", "miniflux"]
    assert {each.state for each in calm} == {State.UP}
    for each in bad:
        assert each.reason in rows[each.name]
        assert " ms" not in rows[each.name]


def test_a_reading_that_is_too_old_is_not_up() -> None:
    assert parted(hydra().services, View(NOW + 60)) == (in_order(hydra().services), [])


def test_names_stand_in_one_column_whatever_their_width() -> None:
    latin, wide = (replace(hydra().services[0], name=name) for name in ("a", "計算機"))
    first, second = (plain(line) for line in grid((latin, wide), 60, VIEW).lines)
    assert text_width(first[: first.index(" 12 ms")]) == text_width(second[: second.index(" 12 ms")])
