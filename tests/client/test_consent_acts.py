"""What a person does with their data, by a signature that a stranger carries: each act, once."""

import pytest

from cercle.consent import acts, calls, company
from cercle.errors import ConsentNeedsPassport

from .data_town import CATEGORIES, PURPOSE, RECORD

SEAL = "0x" + "66" * 32


@pytest.fixture
def person(data_town):
    """Their wallet; their key is the eighth."""
    wallet = data_town.members[0]
    data_town.passport(wallet)
    return wallet


@pytest.fixture
def number(data_town, person):
    return data_town.found_company()


def names(events):
    return [event.name for event in events]


def test_grant__signed__is_given_as_it_was_signed(data_town, person, number, keys):
    terms = data_town.terms(person, number)
    events = data_town.carried(acts.grant(data_town.deployment, terms, RECORD), person, keys[7])
    assert names(events) == ["ConsentGiven"]
    assert events[0].args["record_hash"].hex() == RECORD[2:]
    assert events[0].args["grant"] & (2**64 - 1) == CATEGORIES


def test_protective_acts__signed__are_carried(data_town, person, number, keys):
    d = data_town.deployment
    data_town.give(person, number)
    done = [
        data_town.carried(act, person, keys[7])
        for act in (
            acts.refuse(d, number, PURPOSE),
            acts.withdraw(d, number, PURPOSE),
            acts.withdraw_all(d),
            acts.deny_company(d, number),
            acts.deny_purpose(d, PURPOSE),
            acts.deny_company(d, number, is_denied=False),
        )
    ]
    assert [names(events) for events in done] == [
        *(["ConsentRefused"], ["ConsentWithdrawn"], ["EverythingWithdrawn"]),
        *(["CompanyDenied"], ["PurposeDenied"], ["CompanyDenied"]),
    ]
    assert [done[3][0].args["is_denied"], done[5][0].args["is_denied"]] == [True, False]


def test_records__signed__are_carried(data_town, person, keys):
    d = data_town.deployment
    done = [
        data_town.carried(act, person, keys[7])
        for act in (
            acts.move(d, 1, SEAL),
            acts.move(d, 1, SEAL),
            acts.erase(d, 1),
            acts.set_custodians(d, [data_town.people[16]]),
        )
    ]
    assert [names(events) for events in done] == [
        *(["CategoryMoved"], ["CategoryMoved"], ["CategoryErased"], ["CustodiansSet"]),
    ]
    assert [events[0].args["version"] for events in done[:3]] == [1, 2, 3]
    assert done[3][0].args["custodians"] == [data_town.people[16]]


def test_prices_and_shares__signed__are_carried(data_town, person, keys):
    d, other = data_town.deployment, data_town.passport(data_town.members[1])
    priced = data_town.carried(acts.set_price(d, 7, 1, 250), person, keys[7])
    shared = data_town.carried(acts.set_shares(d, [(other, 2_500)]), person, keys[7])
    assert (names(priced), priced[0].args["new_price"]) == (["PriceSet"], 250)
    assert names(shared) == ["SharesSet"]
    assert shared[0].args["shares"] == [{"payee": other, "basis_points": 2_500}]


def test_demand__signed__is_carried(data_town, person, number, keys):
    d, passport_id = data_town.deployment, data_town.passport(person)
    commit = company.commit(d, number, passport_id, SEAL)
    decision = data_town.send(commit, data_town.controller)[0].args["decision_id"]
    events = data_town.carried(acts.demand(d, decision), person, keys[7])
    assert names(events) == ["OpeningDemanded"]


def test_withdraw__no_passport__is_said_before_signing(data_town, number):
    act = acts.withdraw(data_town.deployment, number, PURPOSE)
    with pytest.raises(ConsentNeedsPassport):
        act.sign(data_town.chain, data_town.people[18])


def test_calls__for_anybody__reach_their_functions(data_town):
    d = data_town.deployment
    made = [
        calls.collect(d, 1, 1),
        calls.mark_overdue(d, 1, 1, 1),
        calls.mark_silence(d, 1),
        calls.note_end(d, 1, 1, 1),
    ]
    assert [(call.contract, call.function) for call in made] == [
        *(("Vault", "collect"), ("Vault", "mark_overdue")),
        *(("Decisions", "mark_silence"), ("Consent", "note_end")),
    ]
