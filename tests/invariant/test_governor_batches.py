"""
A batch counts what the same ballots would have counted one by one, in the same order: votes, the
end of the vote and events are equal, and what is skipped is skipped alone for the same reason. What
counts of it, counts the same when its voter sends it.
"""

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.drafts import DAY, FIRST, Draft, pack, sign_until
from tests.invariant import governor_world as world
from tests.invariant.governor_world import PEOPLE, START, STRANGER, key
from tests.invariant.revm import SOMEBODY
from tests.signing import twin

NOW = START + 2 * DAY + 1
WORK = bytes.fromhex("590e1ae3")
FLAWS = ("key", "twin", "support", "proposal", "chain", "deadline", "parity")


def seldom(usual, odd):
    """Mostly the usual; of equal branches Hypothesis would make one."""
    return st.integers(0, 9).flatmap(lambda dice: odd if dice == 9 else usual)


SLIP = st.tuples(
    seldom(st.integers(0, PEOPLE - 1), st.just(STRANGER)),
    seldom(st.integers(0, 2), st.integers(3, 255)),
    seldom(st.sampled_from((NOW, NOW + DAY)), st.just(NOW - 1)),
    seldom(st.none(), st.sampled_from(FLAWS)),
)


@pytest.fixture(scope="module")
def stage(project):
    """A proposal that is voted on; the second member's votes are lent to the first."""
    made = world.add_governor(project, world.build_electorate(project), [FIRST])
    ledger = made.ledger
    made.electorate.send("delegate", key(0).address, sender=key(1).address)
    ledger.turn_to(START + DAY)
    made.draft = Draft(((made.target.address, 0, WORK + bytes(32)),))
    made.governor.send("propose", *made.draft.proposed, sender=key(0).address)
    ledger.turn_to(NOW)
    return made


def carried(stage, slip):
    """The three words of a ballot, with its flaw."""
    who, support, deadline, flaw = slip
    voter = key(who)
    said = (support + 1) % 3 if flaw == "support" else support
    until = deadline + 1 if flaw == "deadline" else deadline
    differing = {"proposal": {"proposalId": 77}, "chain": {"chain_id": 77}}.get(flaw, {})
    signer = key(who + 1) if flaw == "key" else voter
    words = (stage.governor, stage.draft, voter, said, until)
    _, r, vs = sign_until(*words, signer=signer, **differing)
    parity = vs >> 255
    if flaw == "twin":
        whole = b"".join(word.to_bytes(32, "big") for word in (r, vs % 2**255))
        return pack(voter, support, deadline, twin(whole + bytes([27 + parity])))
    head = int(voter.address, 16) << 96 | support << 40 | deadline
    return [head, r, vs ^ (flaw == "parity") << 255]


def standing(stage):
    """All that ballots change."""
    view, id_ = stage.governor.view, stage.draft.id
    people = [key(who).address for who in (*range(PEOPLE), STRANGER)]
    has_voted = [view("hasVoted", id_, one) for one in people]
    return view("proposalVotes", id_), view("proposalDeadline", id_), has_voted


def send(stage, words):
    given = stage.governor.send("cast_votes_by_signatures", stage.draft.id, words, sender=SOMEBODY)
    return int.from_bytes(given, "big"), stage.governor.told()


@settings(max_examples=100, deadline=None)
@given(slips=st.lists(SLIP, min_size=1, max_size=12), late=st.booleans())
def test_cast_votes_by_signatures__any_mix__is_the_same_as_one_by_one(stage, slips, late):
    evm = stage.ledger.evm
    words = [carried(stage, slip) for slip in slips]
    at_first = evm.snapshot()
    stage.ledger.turn_to(NOW)
    if late:  # where the quorum prolongs the vote
        stage.ledger.turn_to(stage.governor.view("proposalDeadline", stage.draft.id))
        slips = [(who, support, deadline + 9 * DAY, flaw) for who, support, deadline, flaw in slips]
        words = [carried(stage, slip) for slip in slips]
    fresh = evm.snapshot()
    counted, told = send(stage, words)
    together = standing(stage)
    evm.revert(fresh)

    fresh = evm.snapshot()
    alone, bits = [], 0
    for place, one in enumerate(words):
        bit, logged = send(stage, [one])
        bits |= bit << place
        alone += [at_place(entry, place) for entry in logged]
    one_by_one = standing(stage)
    evm.revert(fresh)

    for who, support, *_ in (slip for place, slip in enumerate(slips) if counted >> place & 1):
        stage.governor.send("castVote", stage.draft.id, support, sender=key(who).address)
    by_voters = standing(stage)
    evm.revert(at_first)

    assert (counted, together) == (bits, one_by_one) == (bits, by_voters)
    # That the vote was prolonged is told at the batch's end.
    assert told == sorted(alone, key=lambda entry: entry[0] == "ProposalExtended")
    for name, *_, why in told:
        event(name if name != "BallotSkipped" else f"skipped: {why}")


def at_place(entry, place):
    """A lone ballot's event as its batch would tell it."""
    if entry[0] != "BallotSkipped":
        return entry
    name, id_, voter, _, why = entry
    return name, id_, voter, place, why
