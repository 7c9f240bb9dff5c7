"""`Consent.publish_notice`: what a company would do, purpose by purpose; a new one asks anew."""

import ape
import pytest
from eth_abi import encode
from eth_utils import keccak

from .words import CATEGORIES, NOTICE, OTHER_PURPOSE, PURPOSE, ZERO_HASH, Status

pytestmark = pytest.mark.usefixtures("company")

NOTICES_SLOT = 3  # `vyper -f layout`
NEWER = keccak(text="a newer notice")


def test_publish_notice__first__is_version_one(consent, controller):
    receipt = consent.publish_notice(1, OTHER_PURPOSE, 0b100, NEWER, sender=controller)

    assert receipt.events == [
        consent.NoticePublished(
            company_id=1, purpose=OTHER_PURPOSE, version=1, categories=0b100, content_hash=NEWER
        )
    ]
    assert receipt.return_value == 1
    notice = consent.notice_of(1, OTHER_PURPOSE)
    assert (notice.version, notice.categories, notice.is_ended) == (1, 0b100, False)
    assert notice.since == receipt.timestamp
    assert notice.content_hash == NEWER


def test_publish_notice__newer__ends_consents_to_the_earlier_one(
    consent, controller, give, person, terms
):
    give()
    assert consent.allowed(1, 1, PURPOSE, 0)
    receipt = consent.publish_notice(1, PURPOSE, 0b1, NEWER, sender=controller)

    assert receipt.events == [
        consent.NoticePublished(
            company_id=1, purpose=PURPOSE, version=2, categories=0b1, content_hash=NEWER
        )
    ]
    assert not consent.allowed(1, 1, PURPOSE, 0)
    assert consent.status(1, 1, PURPOSE) == Status.REQUESTED
    with ape.reverts("consent: other notice"):
        consent.grant(terms(), sender=person)


def test_publish_notice__for_a_purpose__leaves_the_others(consent, controller, give):
    give()
    consent.publish_notice(1, OTHER_PURPOSE, CATEGORIES, NEWER, sender=controller)
    assert consent.allowed(1, 1, PURPOSE, 0)
    assert consent.notice_of(1, PURPOSE).content_hash == NOTICE


def test_publish_notice__by_another_company__leaves_this_ones(
    consent, rival, give, outsider, terms
):
    give()
    consent.publish_notice(2, PURPOSE, CATEGORIES, NEWER, sender=outsider)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_publish_notice__after_an_end__earlier_consents_stay_ended(consent, controller, give):
    give()
    consent.end_notice(1, PURPOSE, sender=controller)
    receipt = consent.publish_notice(1, PURPOSE, CATEGORIES, NOTICE, sender=controller)
    assert receipt.return_value == 2
    assert not consent.allowed(1, 1, PURPOSE, 0)
    give(notice_version=2)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_publish_notice__last_purpose_and_every_category__is_kept(consent, controller, limits):
    last, every = limits.PURPOSES() - 1, 2 ** limits.CATEGORIES() - 1
    consent.publish_notice(1, last, every, NEWER, sender=controller)
    assert consent.notice_of(1, last).categories == every
    assert consent.notice_of(1, last).version == 1


def test_publish_notice__by_anybody_else__reverts(consent, agent, outsider):
    for stranger in (agent, outsider):
        with ape.reverts("companies: not the controller"):
            consent.publish_notice(1, PURPOSE, CATEGORIES, NEWER, sender=stranger)


def test_publish_notice__unknown_company__reverts(consent, controller):
    for company_id in (0, 2, 2**64 + 1):
        with ape.reverts("companies: not the controller"):
            consent.publish_notice(company_id, PURPOSE, CATEGORIES, NEWER, sender=controller)


def test_publish_notice__unknown_purpose__reverts(consent, controller, limits):
    for purpose in (limits.PURPOSES(), 2**64, 2**256 - 1):
        with ape.reverts("companies: unknown purpose"):
            consent.publish_notice(1, purpose, CATEGORIES, NEWER, sender=controller)


def test_publish_notice__no_category__reverts(consent, controller):
    with ape.reverts("companies: no category"):
        consent.publish_notice(1, PURPOSE, 0, NEWER, sender=controller)


def test_publish_notice__unknown_category__reverts(consent, controller, limits):
    for categories in (2 ** limits.CATEGORIES(), 2**256 - 1):
        with ape.reverts("companies: unknown category"):
            consent.publish_notice(1, PURPOSE, categories, NEWER, sender=controller)


def test_publish_notice__no_content__reverts(consent, controller):
    with ape.reverts("companies: no content"):
        consent.publish_notice(1, PURPOSE, CATEGORIES, ZERO_HASH, sender=controller)


def test_publish_notice__last_version__is_the_last(consent, controller, chain, now):
    """Sixty-five thousand notices, written where the contract keeps the count of them."""
    slot = keccak(encode(["uint256", "uint256"], [NOTICES_SLOT, 1 << 6 | PURPOSE]))
    before = 2**16 - 2
    word = before | before << 16 | now() << 32 | CATEGORIES << 72
    write(chain, consent, slot, word)
    assert consent.notice_of(1, PURPOSE).version == before
    last = consent.publish_notice(1, PURPOSE, CATEGORIES, NEWER, sender=controller)
    assert last.return_value == 2**16 - 1
    with ape.reverts("companies: too many notices"):
        consent.publish_notice(1, PURPOSE, CATEGORIES, NEWER, sender=controller)


def write(chain, contract, slot, word):
    """Put a word into a contract's storage."""
    words = [contract.address, "0x" + slot.hex(), f"0x{word:064x}"]
    chain.provider.make_request("anvil_setStorageAt", words)
