"""
V13: one ballot that keeps a batch of a Governor's out.

Five people sign, and one of them is a saboteur: by the time the batch is mined they have
voted themselves, or the ballot is for nothing there is, or somebody else signed it. It costs
them one transaction at most. A carrier that insists on each ballot counts nobody, and pays
for it. Ours skips that one, says why, and counts the other four.
"""

import pytest

from tests.attacks.governor_stage import payment, propose
from tests.attacks.votes_stage import attempt
from tests.drafts import (
    AGAINST,
    ALREADY_VOTED,
    BAD_SUPPORT,
    IN_FAVOUR,
    NO_VOICE,
    NOT_SIGNED,
    own_nonce,
    sign_ballot,
    sign_until,
    skipped,
)

FOREVER = 2**40 - 1


@pytest.fixture
def active(ours, chain, members, outsider):
    draft = payment(ours.token, outsider, 10, "Pay the printer.")
    propose(ours, chain, draft, members[0])
    return draft


# What the saboteur does: the voter that is named, what is signed, and by whom.


def votes_just_before(place, draft, saboteur, stranger):
    place.governor.castVote(draft.id, AGAINST, sender=saboteur)
    return saboteur, IN_FAVOUR, saboteur, ALREADY_VOTED


def signs_for_nothing_there_is(place, draft, saboteur, stranger):
    return saboteur, 3, saboteur, BAD_SUPPORT


def has_another_sign(place, draft, saboteur, stranger):
    return saboteur, IN_FAVOUR, stranger, NOT_SIGNED


def names_a_stranger(place, draft, saboteur, stranger):
    return stranger, IN_FAVOUR, stranger, NO_VOICE


SABOTAGE = (
    votes_just_before,
    signs_for_nothing_there_is,
    has_another_sign,
    names_a_stranger,
)


@pytest.mark.parametrize("sabotage", SABOTAGE)
def test_poison__ours__counts_the_others(ours, active, members, outsider, sabotage):
    governor = ours.governor
    before = sum(governor.proposalVotes(active.id))
    voter, support, signer, why = sabotage(ours, active, members[4], outsider)
    words = [sign_until(governor, active, one, IN_FAVOUR, FOREVER) for one in members[:4]]
    words.insert(2, sign_until(governor, active, voter, support, FOREVER, signer=signer))
    receipt = governor.cast_votes_by_signatures(active.id, words, sender=outsider)

    assert receipt.events[2] == skipped(governor, active, voter, 2, why)
    assert len(receipt.events) == 5
    assert governor.proposalVotes(active.id)[1] == before + 4


@pytest.mark.parametrize("sabotage", SABOTAGE)
def test_poison__brittle__counts_nobody(project, ours, active, members, outsider, sabotage):
    governor, nonce = ours.governor, own_nonce(active)
    brittle = outsider.deploy(project.BrittleBatch)
    voter, support, signer, _ = sabotage(ours, active, members[4], outsider)
    ballots = [
        (one, IN_FAVOUR, sign_ballot(governor, active, one, IN_FAVOUR, nonce))
        for one in members[:4]
    ]
    poison = sign_ballot(governor, active, voter, support, nonce, signer=signer)
    ballots.insert(2, (voter, support, poison))
    assert attempt(brittle.carry, governor, active.id, ballots, sender=outsider) is not None
    assert governor.proposalVotes(active.id)[1] == 0
