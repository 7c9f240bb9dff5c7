"""The brand, its perks and polls; what somebody may claim now, and why not the rest."""

from datetime import timedelta

import pytest

from cercle import governance
from cercle.loyalty import perks
from tests.client.community import poll_text

from .asking import no

PATIENT = "/v1/passports/{}/perks"


def by_id(answer):
    assert answer.status_code == 200, answer.text
    return {perk["id"]: perk for perk in answer.json()["perks"]}


def test_brand__asked__tells_contracts_tiers_and_points(stage, till):
    told = till.get("/v1/brand").json()["brand"]
    assert (told["brand"], told["name"], told["chain_id"]) == ("Sillon", "Sillon", 31_337)
    assert told["contracts"]["Perks"] == stage.deployment.address("Perks")
    assert [tier["standing"] for tier in told["tiers"]] == [0, 100, 250, 500]
    assert told["tiers"][3]["name"] == {"fr": "Première presse", "en": "First pressing"}
    assert (told["points_symbol"], told["points_decimals"], told["members"]) == ("SIL", 1, 3)
    assert told["points_face_value"] == "0.010000"


def test_perks__as_anybody__say_what_is_on_the_shelf(till):
    told = by_id(till.get("/v1/perks"))
    assert list(told) == [3, 2, 1]
    assert told[1]["name"] == {"fr": "Coffee (fr)", "en": "Coffee"}
    assert (told[1]["price"], told[1]["can_claim"], told[1]["claims"]) == ("10.0", True, [])
    assert told[2]["gates"] == [{"question": "tier", "value": "2", "is_open": None}]
    assert (told[3]["can_claim"], told[3]["refusal"]) == (False, "perk_sold_out")
    assert told[3]["variants"] == [{"name": {"fr": "Simple", "en": "Plain"}, "stock": 1, "left": 0}]


def test_perks__of_a_member__say_which_they_may_claim_and_why_not(stage, till):
    low, high = by_id(till.get(PATIENT.format(1))), by_id(till.get(PATIENT.format(2)))
    assert (low[2]["can_claim"], low[2]["refusal"]) == (False, "gate_closed")
    assert low[2]["gates"] == [{"question": "tier", "value": "2", "is_open": False}]
    assert low[2]["reason"] is not None
    assert (high[2]["can_claim"], high[2]["refusal"], high[2]["reason"]) == (True, None, None)
    assert high[2]["gates"][0]["is_open"] is True
    by_avatar = f"/v1/worlds/{stage.world}/avatars/{stage.reference}/perks"
    assert by_id(till.get(by_avatar)) == high
    assert by_id(till.get(f"/v1/wallets/{stage.members[1].address}/perks")) == high


def test_perks__of_a_member__hold_their_live_claims(stage, till):
    claim_id = stage.claim(0)
    answer = till.get(PATIENT.format(1))
    assert answer.json()["passport_id"] == 1
    claims = by_id(answer)[1]["claims"]
    assert [(one["id"], one["state"], one["perk_id"]) for one in claims] == [
        (str(claim_id), "claimed", 1)
    ]
    stage.act(perks.cancel(stage.deployment, claim_id), stage.members[0])
    assert by_id(till.get(PATIENT.format(1)))[1]["claims"] == []


def test_perks__of_a_stranger__are_refused_in_codes(stage, till):
    answer = till.get(f"/v1/wallets/{stage.stranger.address}/perks")
    told = by_id(answer)
    assert {perk["refusal"] for perk in told.values()} == {"perk_needs_membership"}
    assert answer.json()["passport_id"] is None


def test_perks__of_nobody__are_not_found(stage, till):
    nowhere = f"/v1/worlds/{stage.world}/avatars/0x{'00' * 32}/perks"
    for path in (PATIENT.format(999), nowhere):
        answer = till.get(path)
        assert no(answer) == (404, "nobody")
        assert answer.json()["message"] == "There is nobody of this name here."


def in_parts(till, path, most):
    """All of a list, and how long its parts were."""
    name, found, lengths, query = path.rpartition("/")[2], [], [], f"limit={most}"
    while True:
        part = till.get(path, query).json()
        found += part[name]
        lengths.append(len(part[name]))
        if part["older"] is None:
            return found, lengths
        query = f"limit={most}&before={part['older']}"


@pytest.mark.parametrize("path", ["/v1/perks", PATIENT.format(2)])
def test_perks__in_parts__are_the_whole(till, path):
    whole = till.get(path).json()
    assert (len(whole["perks"]), whole["older"]) == (3, None)
    for most, lengths in ((1, [1, 1, 1]), (2, [2, 1]), (3, [3])):
        assert in_parts(till, path, most) == (whole["perks"], lengths)


def test_polls__in_parts__are_the_whole(stage, till):
    closes = stage.chain.head(fresh=True).time.replace(microsecond=0) + timedelta(days=7)
    for options in (4, 5):
        text = stage.town.store.put(poll_text(options))
        call = governance.open_poll(stage.deployment, text, options, closes)
        stage.act(call, stage.town.steward)
    whole = till.get("/v1/polls").json()["polls"]
    assert [poll["id"] for poll in whole] == [3, 2, 1]
    assert in_parts(till, "/v1/polls", 2) == (whole, [2, 1])


def test_perks__a_part__asks_the_nodes_for_a_part(stage, till, gateway):
    def cost(query):
        stage.mine()
        before = gateway.metrics.questions._value.get()
        till.get(PATIENT.format(1), query)
        return gateway.metrics.questions._value.get() - before

    cost("limit=1&before=2"), cost("")  # the second time, what they will ask is known
    assert cost("limit=1&before=2") < cost("") - 10


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=51", "limit=x", "before=0", "before=-1", "before=1-1"]
)
def test_part__of_no_form__is_malformed(till, query):
    for path in ("/v1/perks", "/v1/polls", PATIENT.format(1)):
        assert no(till.get(path, query)) == (400, "malformed")


def test_polls__asked__tell_options_and_counts(stage, till):
    stage.act(governance.vote(stage.deployment, 1, 2), stage.members[0])
    poll = till.get("/v1/polls").json()["polls"][0]
    assert (poll["state"], poll["ballots"], poll["is_approval"]) == ("open", 1, False)
    assert [one["count"] for one in poll["options"]] == [0, 1, 0]
    assert poll["question"] == {"fr": "Lequel ?", "en": "Which one?"}
    assert poll["options"][1]["name"] == {"fr": "o1", "en": "o1"}


def test_texts__not_there__leave_the_figures(new_gateway, open_http, till, clock, tmp_path):
    gateway = new_gateway(content=str(tmp_path / "empty"))
    asker = type(till)(open_http(gateway), clock)
    told = by_id(asker.get("/v1/perks"))
    assert (told[1]["name"], told[1]["price"]) == (None, "10.0")
    brand = asker.get("/v1/brand").json()["brand"]
    assert (brand["name"], brand["tiers"][1]["name"]) == (None, None)
    assert asker.get("/v1/polls").json()["polls"][0]["options"][0]["name"] is None
