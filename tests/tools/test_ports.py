"""Ports that stay free until their server listens."""

import socket

import pytest

from tools import ports


def test_free_port__many__are_free_and_unlike_each_other():
    found = [ports.free_port() for _ in range(50)]
    assert len(set(found)) == 50
    assert all(ports.LOWEST <= port < ports.HIGHEST for port in found)


def test_free_port__somebody_listens__is_passed_over(monkeypatch):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        taken = server.getsockname()[1]
        monkeypatch.setattr(ports, "LOWEST", taken)
        monkeypatch.setattr(ports, "HIGHEST", taken + 1)
        monkeypatch.setattr(ports, "TRIES", 1)
        with pytest.raises(OSError, match="No free port"):
            ports.free_port()
