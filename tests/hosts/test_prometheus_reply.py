"""Which numbers of a reply are worth showing, and what is no reply at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.core.errors import MalformedReply
from hydra_tui.hosts.prometheus.reply import Series, series_of
from tests.hosts.metrics_server import recorded


def reply(*values: Any) -> dict[str, Any]:
    result = [{"metric": {"instance": "a"}, "value": value} for value in values]
    return {"status": "success", "data": {"resultType": "vector", "result": result}}


def test_a_recorded_reply_is_read_whole_but_for_the_sentinels_in_it() -> None:
    asked = recorded("levels")
    found = series_of(asked)
    sentinels = [each for each in asked["data"]["result"] if each["value"][1] == "9223372036854776000"]
    assert len(sentinels) == 2
    assert len(found) == len(asked["data"]["result"]) - len(sentinels)
    assert len({each.at for each in found}) == 1


@pytest.mark.parametrize("text", ["NaN", "+Inf", "-Inf", "9223372036854775794", "1e18", "-1", "", "x", "0x1"])
def test_what_is_no_measure_is_no_reading(text: str) -> None:
    assert series_of(reply([1.5, text])) == []


@pytest.mark.parametrize(("text", "value"), [("0", 0.0), ("1.5e3", 1500.0), ("25276514304", 25276514304.0)])
def test_a_value_comes_as_text(text: str, value: float) -> None:
    assert series_of(reply([1795346573, text])) == [Series(1795346573.0, value, {"instance": "a"})]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "Prometheus Server is Ready.",
        {"status": "success"},
        {"status": "success", "data": []},
        {"status": "success", "data": {"resultType": "scalar", "result": [1795330134.1, "NaN"]}},
        {"status": "success", "data": {"resultType": "vector", "result": {}}},
    ],
)
def test_what_is_no_vector_is_refused(answer: Any) -> None:
    with pytest.raises(MalformedReply, match="not like Prometheus"):
        series_of(answer)


@pytest.mark.parametrize("value", [None, "1", [1], ["1", "1"], [1, 1], [1, "1", "1"], {}])
def test_a_series_of_another_shape_is_left_out(value: Any) -> None:
    assert series_of(reply(value, [1, "7"])) == [Series(1.0, 7.0, {"instance": "a"})]


def test_a_label_cannot_steer_a_terminal() -> None:
    (series,) = series_of(
        {"data": {"resultType": "vector", "result": [{"metric": {"a": "\x1b[2J"}, "value": [1, "1"]}]}}
    )
    assert (series.label("a"), series.label("b")) == ("\\x1b[2J", "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.lists(st.fixed_dictionaries({"metric": JSON, "value": JSON}), max_size=4))
def test_hostile_series_never_raise(result: list[Any]) -> None:
    for each in series_of({"data": {"resultType": "vector", "result": result}}):
        assert 0.0 <= each.value < 1e18
