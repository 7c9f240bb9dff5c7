"""A Redis is there, alone and empty, or it is told what installs one."""

import socket
from urllib.parse import urlsplit

import pytest

from tools import redis


def say(url, words):
    with socket.create_connection(("127.0.0.1", urlsplit(url).port), timeout=10) as line:
        line.sendall(words)
        return line.recv(64)


def test_running__two__are_apart_and_gone_afterwards():
    with redis.running() as one, redis.running() as other:
        assert say(one, b"SET word 1\r\n") == b"+OK\r\n"
        assert say(other, b"GET word\r\n") == b"$-1\r\n"
    with pytest.raises(ConnectionRefusedError):
        say(one, b"PING\r\n")


def test_find__debians_other_name__is_the_same_program(monkeypatch):
    names = {"redis-check-rdb": "/usr/bin/redis-check-rdb"}
    monkeypatch.setattr(redis.shutil, "which", names.get)
    assert redis.find() == "/usr/bin/redis-check-rdb"


def test_running__none__says_what_installs_it(monkeypatch):
    monkeypatch.setattr(redis.shutil, "which", lambda name: None)
    with (
        pytest.raises(FileNotFoundError, match="no Redis: `make setup` installs it"),
        redis.running(),
    ):
        raise AssertionError
