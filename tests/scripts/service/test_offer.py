"""`ape run plan offer`: a plan for one person alone, who lets the provider improve things."""

from __future__ import annotations

import pytest

from cercle.agreements.client import PriceLists
from cercle.consent import ConsentTerms, calls, company
from cercle.limits import OPTIMISING
from tests.scripts.service.market import DAY, PROVIDER, STRANGER, by

SEAL = "0x" + "99" * 32


@pytest.fixture
def customer(brand) -> str:
    """Passport 1, who lets company 1 improve things for them."""
    node, book, person = brand.node, brand.deployment, brand.people(1)[0]
    node.send(node.accounts[PROVIDER], company.publish_notice(book, 1, OPTIMISING, 1, SEAL))
    now = node.chain.head(fresh=True).timestamp
    terms = ConsentTerms(
        chain_id=31_337,
        contract=book.address("Consent"),
        passport_id=1,
        company_id=1,
        purpose=OPTIMISING,
        categories=1,
        issued_at=now,
        until=now + 90 * DAY,
        keep_until=now + 90 * DAY,
        reads=0,
        notice_version=1,
        notice_hash=SEAL,
    )
    node.send(person, calls.grant(book, terms, SEAL))
    return person


def offers(brand):
    shelf = PriceLists(brand.node.chain, brand.deployment).shelf(1, passport_id=1)
    return [(one.plan_id, one.plan.base_price) for one in shelf.offers_for(1)]


def test_offer__they_allow_it__is_theirs_alone_and_there_once(ape, brand, files, opened, customer):
    words = ("1", customer, str(files / "Large.yaml"), *by(brand, PROVIDER))
    told = ape.run("plan", "offer", *words)
    assert "publish a plan for passport 1 alone" in told.text, told.text
    assert told.text.splitlines()[-1] == "plan 3"
    assert offers(brand) == [(1, 500), (2, 900), (3, 900)]
    listed = ape.run("plan", "list", "1", *brand.words()).text
    assert "3: Large: 900 with 40 included, then 10 a unit, up to 200, for passport 1" in listed
    again = ape.run("plan", "offer", *words)
    assert "This plan is offered to passport 1 already, as plan 3." in again.text, again.text


def test_offer__signed_into_a_file__is_published_once_by_anybody(
    ape, brand, files, opened, customer
):
    out = files / "theirs.json"
    words = ("1", customer, str(files / "Small.yaml"), "--out", str(out))
    ape.run("plan", "offer", *words, *by(brand, PROVIDER))
    assert len(offers(brand)) == 2
    told = ape.run("plan", "publish-offer", str(out), *by(brand, STRANGER))
    assert told.text.splitlines()[-1] == "plan 3"
    twice = ape.run("plan", "publish-offer", str(out), *by(brand, STRANGER))
    used = "This signed message was used or cancelled: ask for a new one."
    assert twice.refusal == used
    assert len(offers(brand)) == 3
