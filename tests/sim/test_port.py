"""A port that stays ours whether anyone listens or not."""

from __future__ import annotations

import socket

import pytest

from hydra_tui.sim.port import HOST, Port


def connect(number: int) -> None:
    socket.create_connection((HOST, number), timeout=2).close()


def test_a_resting_port_refuses_and_cannot_be_taken() -> None:
    port = Port()
    with pytest.raises(ConnectionRefusedError):
        connect(port.number)
    with socket.socket() as rival, pytest.raises(OSError, match="in use"):
        rival.bind((HOST, port.number))
    port.close()


def test_the_same_port_comes_back_as_often_as_wanted() -> None:
    port = Port()
    for _ in range(3):
        with port.listen():
            connect(port.number)
        port.rest()
        with pytest.raises(ConnectionRefusedError):
            connect(port.number)
    port.close()


def test_a_closed_port_is_anyones() -> None:
    port = Port()
    port.close()
    with socket.socket() as next_one:
        next_one.bind((HOST, port.number))
