"""The door of every service: bodies that are too long, too slow, too deep."""

import asyncio
import json

import pytest

from cercle.service.body import Door

ROOM = 64


def ask(*parts: bytes, length: bytes | None = None, ends: bool = True):
    """What a body is answered: status and word, or what reached the other side of the door."""
    sent, reached = [], []
    messages = [{"type": "http.request", "body": one, "more_body": True} for one in parts]
    if ends:
        messages[-1]["more_body"] = False
    headers = [] if length is None else [(b"content-length", length)]
    scope = {"type": "http", "headers": headers}

    async def receive():
        return messages.pop(0) if messages else await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    async def app(scope, receive, send):
        reached.append((await receive())["body"])

    door = Door(app, ROOM, patience=0.02)
    asyncio.run(asyncio.wait_for(door(scope, receive, send), 10))
    if reached:
        return reached[0]
    assert (b"connection", b"close") in sent[0]["headers"]
    assert (b"cache-control", b"no-store") in sent[0]["headers"]
    code = json.loads(sent[1]["body"])["code"]
    assert scope["code"] == code
    return sent[0]["status"], code


def test_door__body_in_time__passes_whole():
    assert ask(b"ab", b"c" * (ROOM - 2)) == b"ab" + b"c" * (ROOM - 2)


def test_door__body_that_never_ends__is_too_slow():
    assert ask(b"a", b"b", ends=False) == (408, "too_slow")


def test_door__body_longer_than_its_room__is_too_large():
    assert ask(b"a" * ROOM, b"a", b"never read", ends=False) == (413, "too_large")


@pytest.mark.parametrize("length", [b"65", b"-1", b"", b"x", b"9" * 5_000])
def test_door__length_of_too_much_or_no_sense__is_too_large(length):
    assert ask(b"a", length=length) == (413, "too_large")


def test_door__brackets_too_deep__are_malformed():
    assert ask(b"[" * 9) == (400, "malformed")
