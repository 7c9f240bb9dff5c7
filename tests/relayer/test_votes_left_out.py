"""Ballots on proposals that do not count: each is left out alone, and told why."""

import pytest

from cercle import typed_data
from cercle.proposals import acts
from tests.client.nodes import rpc

from .acting import hold_blocks, post, said, send_as, set_balance, settle, slots
from .proposing import DAY, DAYS_TO_VOTE, ballot, counts
from .stage import ETHER, account

GOOD = ("mined", None)
VOTED = ("refused", "voted_already")
EXPIRED = ("refused", "signature_expired")
HIGH = {"maxFeePerGas": hex(50 * 10**9), "maxPriorityFeePerGas": hex(50 * 10**9)}


def words(relayer, posted):
    return [said(relayer, one) for one in posted]


@pytest.fixture
def posted(stage, relayer, cast):
    """Five ballots, not sent yet; the second one's voter has ether of their own, and the last
    one's is good for ten minutes."""
    set_balance(stage, stage.members[1].address, ETHER)
    return [*(cast(place) for place in range(4)), cast(4, deadline=stage.town.now() + 600)]


@pytest.fixture
def send(stage, relayer, posted, clock):
    """All are on their way, and no block comes."""
    hold_blocks(stage)
    clock.wait(2)
    relayer.step()
    assert {said(relayer, one)[0] for one in posted} == {"sent"}


def test_vote__voted_before_sending__is_dropped_alone(stage, relayer, draft, posted):
    stage.town.send(acts.vote(stage.deployment, draft.id, 0), stage.members[1].address)
    settle(relayer, stage)
    assert words(relayer, posted) == [GOOD, VOTED, GOOD, GOOD, GOOD]
    assert counts(stage, draft) == (1, 4, 0)
    assert len(slots(relayer)) == 1


def test_vote__expired_before_sending__is_dropped_alone(stage, relayer, posted):
    stage.town.pass_time(700)
    settle(relayer, stage)
    assert words(relayer, posted) == [GOOD] * 4 + [EXPIRED]
    assert len(slots(relayer)) == 1


def test_vote__not_signed_and_in_the_journal_all_the_same__is_dropped_alone(
    stage, relayer, draft, posted
):
    book = relayer.parts.book
    good = book.act(posted[3].id)
    forged = book.act(posted[0].id).payload.replace(
        ballot(stage, draft, stage.members[0]).signature,
        ballot(stage, draft, stage.members[1]).signature,
    )
    relayer.parts.store.run("UPDATE acts SET payload = ? WHERE id = ?", forged, posted[0].id)
    settle(relayer, stage)
    assert words(relayer, posted) == [("refused", "ballot_not_signed"), GOOD, GOOD, GOOD, GOOD]
    assert good.batch == f"Governor:{draft.id}"


def test_vote__voted_in_the_block__is_skipped_alone(stage, relayer, draft, posted, send):
    vote = acts.vote(stage.deployment, draft.id, 0)
    send_as(stage, stage.members[1].address, vote, **HIGH)
    stage.mine()
    relayer.step()
    assert words(relayer, posted) == [GOOD, VOTED, GOOD, GOOD, GOOD]
    assert counts(stage, draft) == (1, 4, 0)


def test_vote__expired_in_the_block__is_skipped_alone(stage, relayer, posted, send):
    rpc(stage.url, "evm_setNextBlockTimestamp", stage.town.now() + 700)
    stage.mine()
    relayer.step()
    assert words(relayer, posted) == [GOOD] * 4 + [EXPIRED]


def test_vote__a_batch_of_one__is_told_too(stage, relayer, draft, cast, clock):
    set_balance(stage, stage.members[0].address, ETHER)
    alone = cast(0)
    hold_blocks(stage)
    clock.wait(2)
    relayer.step()
    vote = acts.vote(stage.deployment, draft.id, 0)
    send_as(stage, stage.members[0].address, vote, **HIGH)
    stage.mine()
    relayer.step()
    assert (said(relayer, alone), counts(stage, draft)) == (VOTED, (1, 0, 0))


def test_vote__second_wallet_of_one_person__is_skipped_alone(stage, relayer, draft):
    other = account("a second wallet")
    number, terms = stage.read("Passport", "id_of", stage.members[0].address), {"nonce": 1}
    terms["deadline"] = stage.soon()
    link = stage.sign(other, typed_data.link(stage.deployment, number, other.address, **terms))
    adopt = typed_data.adopt(stage.deployment, stage.members[0].address, other.address, **terms)
    post(relayer, stage.sign(stage.members[0], adopt, link_signature=link.signature))
    settle(relayer, stage)
    posted = [post(relayer, ballot(stage, draft, who)) for who in (stage.members[0], other)]
    settle(relayer, stage)
    assert words(relayer, posted) == [GOOD, VOTED]
    assert counts(stage, draft) == (0, 1, 0)


def test_vote__vote_ends_before_the_block__all_are_told_so(stage, relayer, draft, clock):
    end = stage.town.now() + 30 * DAY
    posted = [
        post(relayer, ballot(stage, draft, voter, deadline=end)) for voter in stage.members[:3]
    ]
    hold_blocks(stage)
    clock.wait(2)
    relayer.step()
    rpc(stage.url, "evm_setNextBlockTimestamp", stage.town.now() + DAYS_TO_VOTE * DAY)
    stage.mine()
    relayer.step()
    assert words(relayer, posted) == [("refused", "proposal_elsewhere")] * 3
    assert stage.count() == 1


def test_vote__vote_ends_before_sending__nothing_is_sent(stage, relayer, posted):
    stage.town.pass_time(DAYS_TO_VOTE * DAY)
    settle(relayer, stage)
    assert {one[0] for one in words(relayer, posted)} == {"refused"}
    assert slots(relayer) == []


def test_vote__told_after_a_restart__is_the_same(stage, relayer, new_relayer, draft, posted, send):
    relayer.close()
    vote = acts.vote(stage.deployment, draft.id, 0)
    send_as(stage, stage.members[1].address, vote, **HIGH)
    stage.mine()
    again = new_relayer()
    assert words(again, posted) == [GOOD, VOTED, GOOD, GOOD, GOOD]
    assert stage.count() == len(slots(again)) == 1
