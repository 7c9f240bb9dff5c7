# ruff: noqa: RUF001  (French apostrophes and spaces)
"""The till and the world, walked through in a browser, in both languages and both widths."""

import http.client
import json

import pytest
from playwright.sync_api import Browser

from cercle.errors import NodeUnreachable
from cercle.gateway.client import GatewayError
from examples.till.signer import NodeSigner
from examples.till.till import Till
from examples.world.world import World

from .pages import Visit, browsing, serving
from .process import Process


@pytest.fixture(scope="module")
def browser():
    with browsing() as started:
        yield started


@pytest.fixture(scope="module")
def process(whole_stage, tmp_path_factory):
    made = Process(whole_stage, tmp_path_factory.mktemp("process"))
    yield made
    made.end()


@pytest.fixture
def new_till(stage, process):
    def make(signer=True):
        node = NodeSigner(stage.url, stage.till) if signer else None
        perks = stage.deployment.address("Perks")
        return Till(process.client("till"), stage.till, perks, node)

    return make


@pytest.fixture
def till_page(new_till):
    with serving("till", new_till().questions) as url:
        yield url


@pytest.fixture
def world_page(stage, process):
    world = World(process.client("till"), stage.world, stage.collection)
    with serving("world", world.questions) as url:
        yield url


@pytest.fixture
def visit(browser: Browser):
    opened: list[Visit] = []

    def go(url, *, width=1280, language="en"):
        opened.append(Visit(browser, url, width=width, language=language))
        return opened[-1]

    yield go
    for one in opened:
        one.close()


def test_till__a_members_claim__is_recognised_and_handed_out(stage, till_page, visit):
    counter = visit(till_page, width=360, language="fr")
    counter.show(stage.members[1].address)
    counter.sees("Membre n° 2")
    counter.sees("Collectionneur")
    counter.sees("1 000")
    counter.sees("Coffee (fr)")
    counter.sees("Tout est pris.")
    counter.looks_right("till-member")
    claim_id = stage.claim(1)
    code = stage.code(claim_id, 1)
    counter.show("2")
    counter.sees("À retirer")
    counter.show(code)
    counter.sees("À remettre : Coffee (fr), Simple")
    counter.looks_right("till-code")
    counter.page.get_by_role("button", name="Remettre").click()
    counter.sees("C’est fait.")
    assert (
        stage.town.chain.read(
            [stage.deployment.contract("Perks").read("claim_of", claim_id)],
            stage.chain.head(fresh=True),
        )[0]["state"]
        == 2
    )
    counter.looks_right("till-done")
    counter.show(code)
    counter.sees("Déjà remis ou annulé.")
    counter.looks_right("till-refused")
    counter.page.locator("#language").click()
    counter.sees("This was handed out or cancelled already.")
    assert counter.page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("", "Nothing was shown yet."),
        ("NOCODE", "This is no code of ours"),
        ("999", "Nobody here is known by this."),
        ("0x70997970C51812dc3A010C7d01b50e0d17dc79c8", "A letter of this address is wrong."),
        ("<img src=x onerror=alert(1)>", "This is no code of ours"),
    ],
)
def test_till__what_is_no_members__is_said(till_page, visit, shown, said):
    counter = visit(till_page)
    counter.show(shown)
    counter.sees(said)
    counter.looks_right("till-nobody")


def test_till__a_member_of_the_lowest_tier__is_told_what_is_not_for_them(till_page, visit):
    counter = visit(till_page)
    counter.show("1")
    counter.sees("Member no. 1")
    counter.sees("Not for them now")
    counter.sees("From the tier Collector on.")
    counter.looks_right("till-low")


def test_till__without_a_signer__prints_the_call(stage, new_till, visit):
    with serving("till", new_till(signer=False).questions) as url:
        counter = visit(url)
        counter.show(stage.code(stage.claim(0)))
        counter.page.get_by_role("button", name="Hand it out").click()
        counter.sees("This till signs nothing itself.")
        counter.sees(stage.deployment.address("Perks"))
        counter.looks_right("till-unsigned")


def test_till__gateway_dies__says_so_and_asks_again(stage, new_till, visit, monkeypatch):
    till = new_till()
    with serving("till", till.questions) as url:
        counter = visit(url)
        monkeypatch.setattr(till._client, "url", "http://127.0.0.1:9")
        counter.show("1")
        counter.sees("The gateway does not answer.")
        monkeypatch.undo()
        counter.show("1")
        counter.sees("Member no. 1")


@pytest.mark.parametrize(("width", "language"), [(360, "fr"), (1280, "en")])
def test_world__an_avatar_arrives__is_greeted_by_its_tier(world_page, visit, width, language):
    gate = visit(world_page, width=width, language=language)
    gate.show("7")
    gate.sees("Bienvenue, Première presse." if language == "fr" else "Welcome, First pressing.")
    gate.sees("Sillon")
    gate.sees("Coffee")
    gate.looks_right("world-member")
    gate.show("8")
    gate.sees("ne connaît pas cet avatar" if language == "fr" else "does not know this avatar")
    gate.looks_right("world-stranger")


def test_world__an_attested_avatar__is_greeted_too(stage, world_page, visit):
    gate = visit(world_page)
    gate.show(stage.reference)
    gate.sees("Welcome, Collector.")
    gate.show("not a number")
    gate.sees("This is no avatar of this world")


# ---- what no page shows -----------------------------------------------------------------


def test_signer__nobody_there__says_so(stage):
    signer = NodeSigner("http://127.0.0.1:9", stage.till)
    with pytest.raises(NodeUnreachable):
        signer.send(stage.deployment.contract("Perks").call("cancel", 1))


def test_read__gateway_refuses__keeps_its_word(stage, new_till):
    with pytest.raises(GatewayError) as no:
        new_till().read({"shown": stage.code(stage.claim(0), signer=1)})
    assert no.value.word == "not_signed_by_them"


def asked(url, method="POST", path="/api/shop", body=b"{}", **headers):
    host = url.removeprefix("http://")
    told = {"Content-Type": "application/json", "Host": host}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request(method, path, body=body, headers=told)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_server__another_site__asks_nothing(till_page):
    assert asked(till_page)[0] == 200
    assert asked(till_page, Origin=till_page)[0] == 200
    assert asked(till_page, Origin="http://evil.example")[0] == 404
    assert asked(till_page, Host="evil.example")[0] == 404
    assert asked(till_page, Content_Type="text/plain")[0] == 404
    assert asked(till_page, "GET", "/", Host="evil.example")[0] == 404


def test_server__strange_questions__are_refused(till_page):
    for body in (b"[]", b"{", b"[" * 50, b"\xff"):
        assert asked(till_page, body=body)[0] == 400
    assert asked(till_page, body=b"x" * 8_193)[0] == 400
    for path in ("/api/none", "/api/", "/api/../shop", "/"):
        assert asked(till_page, path=path)[0] == 404
    for path in ("/../serving.py", "/%2e%2e/serving.py", "/static", "/page.js/"):
        assert asked(till_page, "GET", path)[0] == 404
    assert json.loads(asked(till_page, path="/api/read", body=b'{"shown": 1}')[1]) == {
        "code": "nothing_asked",
        "message": "nothing_asked",
    }
