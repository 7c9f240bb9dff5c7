"""`Consent.grant_by_signature`: what a person signed, given by whoever carries it; once."""

import ape
import pytest

from tests.behaviours.signed_act import SignedActBehaviour
from tests.conftest import DAY

from .words import PURPOSE, ZERO_HASH, Status


@pytest.fixture
def granting(act_of):
    """A grant that a wallet could sign now."""

    def _act(wallet, keys=None, **changes):
        return act_of("Grant", "grant_by_signature", wallet, keys, **changes)

    return _act


class TestGrantSigned(SignedActBehaviour):
    ZERO = "consent: no passport"
    REPLAYED = "consent: issued before"
    IS_DATED = True

    @pytest.fixture
    def act(self, granting, person):
        return granting(person)

    @pytest.fixture
    def act_of_a_contract(self, granting, joint_person):
        return granting(*joint_person)

    @pytest.fixture
    def is_done(self, consent, passport):
        def _is_done(act):
            whose = passport.id_of(act.message["wallet"])
            return consent.allowed(whose, 1, PURPOSE, 0)

        return _is_done

    @pytest.fixture
    def question(self, consent):
        return lambda act: consent.allowed.encode_input(act.message["passport_id"], 1, PURPOSE, 0)


def test_grant_by_signature__carried__is_written_whole(consent, granting, person, outsider):
    act = granting(person)
    receipt = act.carry(outsider)

    told = act.message
    word = told["categories"] | told["issued_at"] << 64 | told["until"] << 104
    word |= told["keep_until"] << 144 | told["reads"] << 224 | told["notice_version"] << 240
    assert receipt.events == [
        consent.ConsentGiven(
            passport_id=1,
            company_id=1,
            purpose=PURPOSE,
            grant=word,
            record_hash=told["record_hash"],
        )
    ]
    assert consent.status(1, 1, PURPOSE) == Status.GIVEN


def test_grant_by_signature__by_a_linked_wallet__is_the_persons(
    consent, granting, person, link, newcomer, outsider
):
    link(person, newcomer)
    granting(newcomer).carry(outsider)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_grant_by_signature__signed_long_ago__counts(consent, granting, person, outsider, wait):
    """Who signs says until when: there is no hour as for what one sends oneself."""
    act = granting(person, deadline=2**40)
    wait(2 * DAY)
    act.carry(outsider)
    assert consent.allowed(1, 1, PURPOSE, 0)


# ---- what takes it back --------------------------------------------------------------


def test_grant_by_signature__withdrawn_since__reverts(consent, granting, person, outsider, wait):
    act = granting(person)
    wait()
    consent.withdraw(1, PURPOSE, sender=person)
    with ape.reverts("consent: issued before"):
        act.carry(outsider)
    assert not consent.allowed(1, 1, PURPOSE, 0)


def test_grant_by_signature__carried_then_withdrawn__is_no_grant_again(
    consent, granting, person, outsider, wait
):
    act = granting(person)
    signature = act.signature()
    act.carry(outsider, signature)
    wait()
    consent.withdraw(1, PURPOSE, sender=person)
    for _ in range(2):
        with ape.reverts("consent: issued before"):
            act.carry(outsider, signature)
        wait(DAY // 4)


def test_grant_by_signature__all_withdrawn_since__reverts(
    consent, granting, person, outsider, wait
):
    act = granting(person)
    wait()
    consent.withdraw_all(sender=person)
    with ape.reverts("consent: withdrawn since"):
        act.carry(outsider)


def test_grant_by_signature__all_withdrawn_in_that_second__reverts(
    consent, granting, person, outsider
):
    moment = consent.withdraw_all(sender=person).timestamp
    with ape.reverts("consent: withdrawn since"):
        granting(person, issued_at=moment).carry(outsider)


@pytest.mark.parametrize("who", ["company", "purpose"])
def test_grant_by_signature__shut_out__reverts(consent, granting, person, outsider, who):
    act = granting(person)
    number = 1 if who == "company" else PURPOSE
    getattr(consent, f"deny_{who}")(number, True, sender=person)
    with ape.reverts("consent: denied"):
        act.carry(outsider)
    getattr(consent, f"deny_{who}")(number, False, sender=person)
    act.carry(outsider)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_grant_by_signature__given_otherwise_since__reverts(
    consent, granting, person, outsider, give
):
    act = granting(person)
    agreed = give(categories=0b1000)
    with ape.reverts("consent: issued before"):
        act.carry(outsider)
    assert consent.grant_of(1, 1, PURPOSE).categories == agreed.categories


def test_grant_by_signature__wallet_came_to_another_person__is_not_theirs(
    consent, passport, granting, person, other, link, newcomer, outsider
):
    """What was signed for one passport is carried for no other, not even once more."""
    link(person, newcomer)
    act = granting(newcomer)
    signature = act.signature()
    act.carry(outsider, signature)
    passport.unlink(newcomer, sender=person)
    with ape.reverts("consent: no passport"):
        act.carry(outsider, signature)
    link(other, newcomer, nonce=2)
    with ape.reverts("signatures: not by signer"):
        act.carry(outsider, signature)
    assert not consent.allowed(2, 1, PURPOSE, 0)


# ---- the terms are the grant's own ---------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"issued_at": 2**40}, "consent: dated ahead"),
        ({"issued_at": 2**256 - 1}, "consent: dated ahead"),
        ({"until": 1}, "consent: empty window"),
        ({"until": 2**40, "keep_until": 2**40}, "consent: endless window"),
        ({"keep_until": 1}, "consent: kept too short"),
        ({"keep_until": 2**40}, "consent: kept too long"),
        ({"reads": 2**16}, "consent: too many reads"),
        ({"categories": 0}, "consent: no category"),
        ({"categories": 0b100}, "consent: beyond the notice"),
        ({"notice_version": 2}, "consent: other notice"),
        ({"company_id": 2}, "consent: no notice"),
        ({"company_id": 2**64 | 1}, "consent: unknown company"),
        ({"purpose": 64}, "consent: unknown purpose"),
        ({"record_hash": ZERO_HASH}, "consent: no record"),
    ],
)
def test_grant_by_signature__terms_that_nobody_may_give__reverts(
    granting, person, outsider, changes, reason
):
    with ape.reverts(reason):
        granting(person, **changes).carry(outsider)
