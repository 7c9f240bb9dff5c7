"""Nodes that are down, lie, lag or are asked too much; how the gateway says so."""

import pytest

from cercle.gateway.declined import NOT_NOW

from .asking import no

PATH = "/v1/wallets/{}/member"


@pytest.fixture
def path(stage):
    return PATH.format(stage.members[0].address)


def ill(asker, path, word):
    answer = asker.get(path)
    assert no(answer) == (503, word)
    assert answer.json()["message"] == NOT_NOW[word]
    assert answer.headers["Retry-After"] == "2"
    health = asker.http.get("/healthz")
    assert (health.status_code, health.json()["parts"]["chain"]) == (503, word)


def test_node__dead__says_so_and_recovers(ask, proxy, path):
    asker = ask(proxy.url, node_timeout=1)
    proxy.before = lambda asked: (_ for _ in ()).throw(ConnectionError)
    ill(asker, path, "node_unreachable")
    proxy.before = lambda asked: None
    assert asker.get(path).status_code == 200
    assert asker.http.get("/healthz").status_code == 200


def test_node__nobody_there__says_so(ask, path):
    ill(ask("http://127.0.0.1:9"), path, "node_unreachable")


def test_node__nonsense__says_so(ask, proxy, path):
    proxy.before = lambda asked: b"nonsense"
    ill(ask(proxy.url), path, "node_misbehaved")


def test_node__another_chain__says_so(ask, proxy, path):
    def bend(asked, answers):
        return [one | ({"result": "0x1"} if one["id"] == 0 else {}) for one in answers]

    proxy.after = bend
    ill(ask(proxy.url), path, "wrong_chain")


def test_node__second_one__serves_when_the_first_is_dead(ask, stage, path):
    assert ask("http://127.0.0.1:9", stage.url).get(path).status_code == 200


def test_head__too_old__is_behind(ask, stage, clock, path):
    asker = ask(max_head_age=60)
    clock.now = stage.chain.head(fresh=True).timestamp + 61
    ill(asker, path, "behind")
    assert no(asker.get("/v1/claims/1")) == (503, "behind")
    clock.now -= 1
    assert asker.get(path).status_code == 200


def test_contracts__not_on_this_chain__says_so(ask, stage, path, new_gateway, open_http, till):
    gateway = new_gateway()
    book = stage.deployment
    nowhere = book.contracts["Points"].model_copy(update={"address": "0x" + "00" * 19 + "99"})
    gateway.deployment = book.with_contract("Points", nowhere)
    asker = type(till)(open_http(gateway), till.clock)
    assert no(asker.get(path)) == (503, "deployment")


def test_budget__of_one_caller__stops_that_caller_alone(stage, till):
    dear = till.as_("dear")
    answers = []
    for _ in range(12):
        stage.mine()  # what is known of a block costs nothing
        answers.append(dear.get("/v1/perks"))
        if answers[-1].status_code == 429:
            break
    assert answers[0].status_code == 200
    assert no(answers[-1]) == (429, "too_dear")
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert till.get("/v1/perks").status_code == 200


def test_unforeseen__is_503_without_a_word_of_it(gateway, till, monkeypatch):
    def broken(*_):
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(gateway, "brand", broken)
    answer = till.get("/v1/brand")
    assert no(answer) == (503, "broken")
    assert "secret" not in answer.text


def test_metrics__after_requests__count_and_name_nobody(stage, till, path):
    till.get(path)
    till.get(path)
    till.http.get(path)
    text = till.http.get("/metrics").text
    route = "/v1/wallets/{wallet}/member"
    assert f'cercle_gateway_requests_total{{route="{route}",status="200"}} 2.0' in text
    assert 'cercle_gateway_refusals_total{code="unsigned"} 1.0' in text
    assert 'cercle_gateway_caller_requests_total{caller="till"} 2.0' in text
    assert 'cercle_gateway_answers_total{from="memory"} 1.0' in text
    assert stage.members[0].address.lower()[2:] not in text.lower()
