"""The client: what it signs is let in, what it is told it understands, nonsense it refuses."""

from types import SimpleNamespace

import pytest
import requests
from requests.adapters import BaseAdapter

from cercle.gateway.client import GatewayClient, GatewayError, new_key, read_key
from cercle.gateway.signatures import HEADERS, read
from cercle.slips import BadSlip

from .asking import key_of

URL = "http://testserver"


class Wire(BaseAdapter):
    """Carries the client's requests to the routes under test, and may bend the answers."""

    def __init__(self, http):
        super().__init__()
        self.http = http
        self.bend = None
        self.status = None
        self.seen: list[requests.PreparedRequest] = []

    def send(self, request, **options):
        self.seen.append(request)
        if isinstance(self.bend, Exception):
            raise self.bend
        told = self.http.request(
            request.method, request.path_url, content=request.body, headers=dict(request.headers)
        )
        answer = requests.Response()
        answer.status_code = self.status or told.status_code
        answer.headers, answer.request = told.headers, request
        raw = self.bend or told.content
        answer.raw = type("Raw", (), {"stream": lambda self, *_, **__: iter([raw])})()
        answer.raw.release_conn = answer.raw.close = lambda: None
        return answer

    def close(self):
        """Nothing is held open."""


@pytest.fixture
def wire(http):
    return Wire(http)


@pytest.fixture
def client(wire, clock):
    made = GatewayClient(URL, "till", key_of("till"), clock=clock)
    made._session.mount("http://", wire)
    return made


def test_client__each_question__is_answered(stage, client):
    world, wallet = stage.world, stage.members[1].address
    assert client.brand().brand.name == "Sillon"
    assert [perk.id for perk in client.perks().perks] == [3, 2, 1]
    assert client.polls().polls[0].ballots == 0
    for answer in (
        client.member_of_wallet(wallet),
        client.member_of_passport(2),
        client.member_of_avatar(world, stage.reference),
    ):
        assert (answer.member.member_no, answer.member.tier.name.en) == (2, "Collector")
    assert client.member_of_token(world, stage.collection, 7).member.member_no == 3
    seen = client.perks_of_wallet(wallet)
    assert client.perks_of_passport(2) == seen
    assert client.perks_of_avatar(world, stage.reference) == seen
    assert client.perks_of_token(world, stage.collection, 7).passport_id == 3
    page = client.history(2, limit=1)
    assert client.history(2, limit=1, before=page.older).happenings != page.happenings
    claim_id = stage.claim(1)
    answer = client.redeem(stage.code(claim_id, 1), stage.till)
    assert answer.call.to == stage.deployment.address("Perks")
    assert client.claim(answer.claim.id).claim.state == "claimed"


def test_client__parts__are_asked_for_one_by_one(client, wire):
    parts = client.parts(client.perks, limit=2)
    assert wire.seen == []
    assert [[perk.id for perk in part.perks] for part in parts] == [[3, 2], [1]]
    assert len(wire.seen) == 2
    assert [part.passport_id for part in client.parts(client.perks_of_passport, 2)] == [2]


def test_client__the_same_part_for_ever__is_refused(client):
    with pytest.raises(GatewayError, match="for ever") as no:
        list(client.parts(lambda **which: SimpleNamespace(older="3")))
    assert no.value.word == "misbehaved"


def test_client__code_that_is_none__asks_nobody(stage, client, wire):
    for code in ("", "<img>", "ABCD-EFGH", "A" * 5_000):
        with pytest.raises(BadSlip, match="not a code"):
            client.redeem(code, stage.till)
    assert wire.seen == []


def test_client__code_with_a_scanners_line_end__is_read(stage, client):
    code = stage.code(stage.claim(0))
    assert client.redeem(f"\t{code[:40].lower()}\r\n{code[40:]}\n", stage.till).claim.perk_id == 1


@pytest.mark.parametrize("status", [502, 503, 504])
def test_client__proxy_without_its_gateway__does_not_answer(client, wire, status):
    wire.bend, wire.status = b"<html>Bad gateway</html>", status
    with pytest.raises(GatewayError, match="does not answer") as no:
        client.brand()
    assert (no.value.word, no.value.status) == ("unreachable", status)


def test_client__two_requests__share_no_nonce(client, wire):
    client.perks()
    client.perks()
    signed = [{name: one.headers[name] for name in HEADERS} for one in wire.seen]
    nonces = {read(one).nonce for one in signed}
    assert len(nonces) == 2


def test_client__refused__raises_its_word(client, clock):
    with pytest.raises(GatewayError, match="nobody") as no:
        client.perks_of_passport(999)
    assert (no.value.status, no.value.word) == (404, "nobody")
    clock.wait(-100)
    clock_of_client = GatewayClient(URL, "till", key_of("till"), clock=lambda: 1_000.0)
    clock_of_client._session.mount("http://", client._session.adapters["http://"])
    with pytest.raises(GatewayError, match="too long ago") as no:
        clock_of_client.perks()
    assert (no.value.status, no.value.word) == (401, "stale")


def test_client__slow_caller__is_told_when(wire, clock):
    slow = GatewayClient(URL, "slow", key_of("slow"), clock=clock)
    slow._session.mount("http://", wire)
    slow.perks()
    slow.perks()
    with pytest.raises(GatewayError, match="more often") as no:
        slow.perks()
    assert no.value.retry_after >= 1


@pytest.mark.parametrize(
    "raw", [b"nonsense", b"[" * 100, b"[]", b'{"brand": 1}', b"x" * (4 * 1024 * 1024 + 1)]
)
def test_client__nonsense__is_refused(client, wire, raw):
    wire.bend = raw
    with pytest.raises(GatewayError) as no:
        client.brand()
    assert no.value.word == "misbehaved"


def test_client__nobody_there__says_so(client, wire):
    wire.bend = requests.ConnectionError()
    with pytest.raises(GatewayError, match="does not answer") as no:
        client.brand()
    assert no.value.word == "unreachable"


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("http://Gateway.example", "gateway.example"),
        ("http://gateway.example:80/", "gateway.example"),
        ("https://gateway.example:443", "gateway.example"),
        ("https://gateway.example:8503", "gateway.example:8503"),
    ],
)
def test_client__authority__is_as_the_rfc_has_it(url, authority):
    assert GatewayClient(url, "till", key_of("till"))._authority == authority


def test_key__made__is_read_and_none_is_shown():
    private, public = new_key()
    assert read_key(private).public_key().public_bytes_raw().hex() != public
    with pytest.raises(GatewayError, match="32 bytes") as no:
        read_key("c2VjcmV0")
    assert "c2VjcmV0" not in str(no.value)
    assert no.value.__cause__ is None
