"""
P5, what a meter signed, used again or elsewhere.

A reading counts once, for one agreement, at one book on one chain; a meter's word about who
operates it makes one company its operator, for good. The twin counts use that names no agreement
and no number in a row: whoever brings it in again empties the customer's plan.
"""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import METER, METER_WORDS, OTHER_METER, REGISTER_METER, Terms
from tests.attacks import signed_service
from tests.signing import sign, typed

OTHER_CHAIN = 424_242
REFUSED = "agreements: not by the meter"


@pytest.fixture
def scene(project, chain, members, admin, steward, passport, community):
    """Two members with an agreement each, on the same meter; a second book beside."""
    named = {"member": members[0], "other": members[2], "steward": steward}
    named["books"] = signed_service.deployed(project, passport, admin)
    signed_service.set_scene(project, chain, named, admin)
    chain.mine(deltatime=stage.DAY)
    return named


@pytest.fixture
def book(scene):
    return scene["books"]["agreements"]


@pytest.fixture
def lists(scene):
    return scene["books"]["price_lists"]


@pytest.fixture
def terms(scene) -> dict[int, Terms]:
    return {1: scene["members_terms"], 2: scene["others_terms"]}


@pytest.fixture
def reading(book, chain):
    """What the meter shows of agreement 1 now."""
    return stage.reading(book, 1, 1, chain.blocks.head.timestamp, 15)


def test_reading__again__is_refused_and_in_a_batch_passed_over(book, terms, reading, outsider):
    book.settle(1, terms[1], reading, sender=outsider)
    before = book.account_of(1)
    with ape.reverts("agreements: old reading"):
        book.settle(1, terms[1], reading, sender=outsider)
    receipt = book.settle_many([(1, terms[1], reading)] * 3, sender=outsider)
    assert receipt.events == []
    assert book.account_of(1) == before


def test_reading__under_another_number__is_not_the_meters(book, terms, reading, outsider):
    for changes in ({"sequence": 2}, {"register": 16}, {"outage": 1}, {"read_at": terms[1][3]}):
        with ape.reverts(REFUSED):
            book.settle(1, terms[1], reading._replace(**changes), sender=outsider)


def test_reading__for_anothers_agreement__is_not_the_meters(book, terms, reading, outsider):
    """Of the same meter, of the same list."""
    with ape.reverts(REFUSED):
        book.settle(2, terms[2], reading, sender=outsider)
    with ape.reverts("agreements: other terms"):
        book.settle(2, terms[1], reading, sender=outsider)


def test_reading__by_another_meter__is_not_the_meters(book, lists, terms, chain, steward, outsider):
    """The same operator's, even."""
    stage.register_meter(lists, 2, steward, OTHER_METER)
    now = chain.blocks.head.timestamp
    with ape.reverts(REFUSED):
        forged = stage.reading(book, 1, 1, now, 15, meter=OTHER_METER)
        book.settle(1, terms[1], forged, sender=outsider)


def test_reading__for_another_book_or_chain__is_not_the_meters(
    project, book, lists, terms, reading, admin, outsider
):
    sister = admin.deploy(project.Agreements, lists)
    words = dict(zip(stage.Reading._fields, reading, strict=True))
    told = {name: words[name] for name in ("sequence", "read_at", "register", "outage")}
    for elsewhere in ({"verifying_contract": sister.address}, {"chain_id": OTHER_CHAIN}):
        message = typed(book, stage.READING, agreement_id=1, **told, **elsewhere)
        signed = METER.sign_message(message)
        vs = int.from_bytes(signed.s) | (signed.v - 27) << 255
        forged = reading._replace(r=int.from_bytes(signed.r), vs=vs)
        with ape.reverts(REFUSED):
            book.settle(1, terms[1], forged, sender=outsider)


# ---- whose meter it is ------------------------------------------------------------------


@pytest.fixture
def word(lists):
    """The second meter's, for company 2."""
    told = {"meter": OTHER_METER.address, "company_id": 2, "content_hash": METER_WORDS}
    return sign(OTHER_METER, lists, REGISTER_METER, **told)


def test_meters_word__a_second_time__is_refused(lists, word, steward):
    lists.register_meter(OTHER_METER.address, 2, METER_WORDS, word, sender=steward)
    with ape.reverts("price_lists: meter registered"):
        lists.register_meter(OTHER_METER.address, 2, METER_WORDS, word, sender=steward)


def test_meters_word__for_another_company__is_not_its_own(lists, word, admin):
    """The provider would have the meter of its customers."""
    with ape.reverts("signatures: not by signer"):
        lists.register_meter(OTHER_METER.address, 1, METER_WORDS, word, sender=admin)
    with ape.reverts("price_lists: not the company"):
        lists.register_meter(OTHER_METER.address, 2, METER_WORDS, word, sender=admin)


def test_meters_word__for_another_book__is_not_its_own(project, lists, word, steward, admin):
    sister = admin.deploy(project.PriceLists, lists.consent())
    with ape.reverts("signatures: not by signer"):
        sister.register_meter(OTHER_METER.address, 2, METER_WORDS, word, sender=steward)


# ---- the twin: what it would cost -----------------------------------------------------


def test_twin__the_same_use_brought_in_again__empties_the_plan(project, admin, outsider):
    twin = admin.deploy(project.CarelessPlans)
    twin.open(1, 1_000, 60, 5_000, sender=admin)
    for _ in range(4):
        assert twin.is_served(1)
        twin.read(1, 15, sender=outsider)
    assert not twin.is_served(1)
