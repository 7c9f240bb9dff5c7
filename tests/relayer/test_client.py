"""`RelayerClient`: a relayer that is well, one that is not, and what is none."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import uvicorn

from cercle.errors import (
    NotAMember,
    RelayerBudget,
    RelayerMisbehaved,
    RelayerRefused,
    RelayerUnreachable,
    StaleBallot,
)
from cercle.relayer.app import build
from cercle.relayer.client import RelayerClient
from tests.authenticator import Passkey
from tools.ports import free_port

from .acting import set_balance
from .stage import account


@contextmanager
def served(relayer, *, works: bool) -> Iterator[RelayerClient]:
    """A relayer's routes on a port."""
    port = free_port()
    app = build(relayer, works=works)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield RelayerClient(f"http://127.0.0.1:{port}/")
    finally:
        server.should_exit = True
        thread.join()


def until_settled(client, status):
    end = time.monotonic() + 20
    while not status.is_settled:
        assert time.monotonic() < end, status
        time.sleep(0.02)
        status = client.status(status.id)
    return status


# ---- a relayer ------------------------------------------------------------------------


def test_client__whole_errand__with_the_worker_at_work(stage, new_relayer):
    relayer = new_relayer(poll_seconds=0.05, batch_seconds=0.1)
    relayer.parts.clock = time.time
    with served(relayer, works=True) as client:
        terms = client.terms()
        assert (terms.chain_id, terms.relayer) == (31_337, stage.payer.address)
        assert terms.budgets.per_kind["Ballot"] == 2_000
        posted = [client.send(stage.ballot(voter)) for voter in stage.members[:3]]
        posted.append(client.send(stage.leave(stage.members[3])))
        told = [until_settled(client, one) for one in posted]
        assert {one.state for one in told} == {"mined"}
        assert {one.error() for one in told} == {None}
    assert stage.tally()[0] == 3


def test_client__newcomer_with_a_passkey__gets_an_account(stage, relayer):
    passkey = Passkey("a phone")
    words = ["0x" + hexed(term) for term in passkey.terms]
    with served(relayer, works=False) as client:
        status = client.account(*words, stage.invitation())
        assert client.status(status.id) == status
        assert status.actor == stage.read("PasskeyFactory", "account_of", *passkey.terms)


def hexed(term: int | bytes) -> str:
    return (term.to_bytes(32) if isinstance(term, int) else term).hex()


def test_client__refusals__come_as_what_they_are(stage, new_relayer):
    relayer = new_relayer(per_member=0)
    member, outsider = stage.members[0], account("nobody")
    with served(relayer, works=False) as client:
        with pytest.raises(StaleBallot):
            client.send(stage.ballot(member, sequence=0))
        with pytest.raises(NotAMember):
            client.send(stage.ballot(outsider))
        with pytest.raises(RelayerRefused):
            client.send(stage.register(outsider, None))
        with pytest.raises(RelayerRefused):
            client.status("0x" + "11" * 32)
        with pytest.raises(RelayerBudget) as no:
            client.send(stage.ballot(member))
        assert no.value.retry_after == 43_200
        set_balance(stage, stage.payer.address, 0)
        relayer.step()
        with pytest.raises(RelayerUnreachable):
            client.send(stage.ballot(member))


# ---- what is none -----------------------------------------------------------------------


@pytest.fixture
def nonsense() -> Iterator:
    """A server that answers as it is told: status, body, headers."""
    told = {"status": 200, "body": b"{}", "headers": {}, "drip": 0.0}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(told["status"])
            for name, value in told["headers"].items():
                self.send_header(name, value)
            self.end_headers()
            for start in range(0, len(told["body"]), 1_000):
                with suppress(OSError):  # who asked has heard enough
                    self.wfile.write(told["body"][start : start + 1_000])
                if told["drip"]:
                    time.sleep(told["drip"])

        def log_message(self, *_) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    told["client"] = RelayerClient(f"http://127.0.0.1:{server.server_port}", timeout=0.5)
    yield told
    server.shutdown()
    server.server_close()


GOOD = {"chain_id": 1, "relayer": "0x" + "11" * 20, "structs": ["Ballot"]}


def test_terms__of_a_later_version__are_read(nonsense):
    nonsense["body"] = json.dumps({**GOOD, "more": [1]}).encode()
    assert nonsense["client"].terms().structs == ("Ballot",)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b"{}",
        b"\xff",
        json.dumps({**GOOD, "chain_id": "many"}).encode(),
        json.dumps({**GOOD, "relayer": "0x11"}).encode(),
        b"[" * 50_000,
        b" " * 70_000,
    ],
    ids=lambda body: str(body[:12]),
)
def test_terms__nonsense__is_called_so(nonsense, body):
    nonsense["body"] = body
    with pytest.raises(RelayerMisbehaved):
        nonsense["client"].terms()


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (429, b"{}", RelayerBudget),
        (503, b'{"code": "behind", "message": ""}', RelayerUnreachable),
        (409, b'{"code": "stale_ballot", "message": ""}', StaleBallot),
        (403, b'{"code": "unheard_of", "message": ""}', RelayerRefused),
        (400, b'{"code": 5}', RelayerMisbehaved),
        (500, b"[]", RelayerMisbehaved),
        (502, b"<html>", RelayerMisbehaved),
        (302, b"", RelayerMisbehaved),
    ],
)
def test_answer__no__is_raised_as_what_it_is(nonsense, status, body, kind):
    nonsense |= {"status": status, "body": body, "headers": {"Location": "/elsewhere"}}
    with pytest.raises(kind):
        nonsense["client"].status("0x" + "11" * 32)


@pytest.mark.parametrize(("text", "seconds"), [("60", 60), ("soon", None), ("9" * 30, None)])
def test_budget__time_to_wait__is_told_if_it_is_one(nonsense, text, seconds):
    nonsense |= {"status": 429, "headers": {"Retry-After": text}}
    with pytest.raises(RelayerBudget) as no:
        nonsense["client"].terms()
    assert no.value.retry_after == seconds


def test_answer__that_drips__is_cut_off(nonsense):
    nonsense |= {"body": b" " * 20_000, "drip": 0.1}
    start = time.monotonic()
    with pytest.raises(RelayerUnreachable):
        nonsense["client"].terms()
    assert time.monotonic() - start < 3


def test_relayer__not_there__is_unreachable():
    with pytest.raises(RelayerUnreachable):
        RelayerClient(f"http://127.0.0.1:{free_port()}").terms()
