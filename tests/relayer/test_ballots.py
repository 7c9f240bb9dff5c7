"""Ballots by the hundred: one transaction, the good ones counted, each bad one told why."""

import pytest

from cercle import governance
from cercle.relayer.wire import ActState
from tests.client.community import DAY
from tests.client.nodes import rpc

from .acting import hold_blocks, post, said, send_as, set_balance, settle, slots
from .stage import ETHER

FIRST_OF_A_POLL = 26_000  # gas a ballot, as tests/gas/budgets.json has it


def receipt_of(stage, status):
    return stage.chain.request("eth_getTransactionReceipt", [status.tx])


def test_a_hundred_ballots__posted__are_one_transaction(stage, relayer, record_property):
    before = stage.count()
    posted = [
        post(relayer, stage.ballot(voter, [1 + place % 4]))
        for place, voter in enumerate(stage.members[:100])
    ]
    assert {one.state for one in posted} == {ActState.ACCEPTED}
    settle(relayer, stage)
    assert stage.count() - before == 1
    assert stage.tally() == [25, 25, 25, 25]
    found = [relayer.status(one.id) for one in posted]
    assert {one.state for one in found} == {ActState.MINED}
    assert len({(one.tx, one.block) for one in found}) == 1
    a_ballot = int(receipt_of(stage, found[0])["gasUsed"], 16) / 100
    record_property("gas_a_ballot", a_ballot)
    assert a_ballot < FIRST_OF_A_POLL
    assert "batch_size_sum 100.0" in relayer.parts.metrics.text().decode()


def test_ballots__wait_for_each_other__but_not_for_long(stage, relayer, clock):
    first = post(relayer, stage.ballot(stage.members[0]))
    clock.wait(1.9)
    relayer.step()
    second = post(relayer, stage.ballot(stage.members[1]))
    relayer.step()
    assert [said(relayer, one)[0] for one in (first, second)] == ["accepted"] * 2
    clock.wait(0.1)
    relayer.step()
    assert [said(relayer, one)[0] for one in (first, second)] == ["sent"] * 2
    assert slots(relayer)[-1][2] == "vote_by_signatures"


def test_ballots__more_than_a_batch__go_at_once_and_the_rest_later(stage, new_relayer, clock):
    relayer = new_relayer(batch_size=3)
    posted = [post(relayer, stage.ballot(voter)) for voter in stage.members[:4]]
    relayer.step()
    assert [said(relayer, one)[0] for one in posted] == ["sent"] * 3 + ["accepted"]
    settle(relayer, stage)
    assert [said(relayer, one)[0] for one in posted] == ["mined"] * 4
    assert stage.tally()[0] == 4


def test_ballot__alone__travels_alone(stage, relayer):
    posted = post(relayer, stage.ballot(stage.members[0]))
    settle(relayer, stage)
    assert said(relayer, posted) == ("mined", None)
    assert [slot[2] for slot in slots(relayer)] == ["vote_by_signature"]


def test_ballots__of_two_polls__are_two_transactions(stage, relayer):
    for poll, options in ((1, [2]), (2, [1, 3])):
        for voter in stage.members[poll * 3 : poll * 3 + 3]:
            post(relayer, stage.ballot(voter, options, poll=poll))
    settle(relayer, stage)
    assert [slot[2] for slot in slots(relayer)] == ["vote_by_signatures"] * 2
    assert (stage.tally(1), stage.tally(2)) == ([0, 3, 0, 0], [3, 0, 3, 0])


def test_ballots__one_member_twice__the_last_one_counts(stage, relayer):
    voter = stage.members[0]
    early = post(relayer, stage.ballot(voter, [1], sequence=1))
    late = post(relayer, stage.ballot(voter, [2], sequence=2))
    other = post(relayer, stage.ballot(stage.members[1], [1]))
    settle(relayer, stage)
    assert said(relayer, late) == said(relayer, other) == ("mined", None)
    assert said(relayer, early) == ("refused", "stale_ballot")
    assert stage.tally() == [1, 1, 0, 0]


def test_ballots__too_much_gas_together__are_cut_in_two(stage, new_relayer):
    relayer = new_relayer(batch_gas_cap=200_000)
    for voter in stage.members[:8]:
        post(relayer, stage.ballot(voter))
    settle(relayer, stage)
    assert stage.tally()[0] == 8
    assert len(slots(relayer)) > 1


# ---- poison -------------------------------------------------------------------------


@pytest.fixture
def posted(stage, relayer):
    """Five ballots, not sent yet; the second one's voter has ether of their own."""
    set_balance(stage, stage.members[1].address, ETHER)
    deadline = stage.town.now() + 600
    signed = [stage.ballot(voter) for voter in stage.members[:4]]
    signed.append(stage.ballot(stage.members[4], deadline=deadline))
    return [post(relayer, one) for one in signed]


def words(relayer, posted):
    return [said(relayer, one) for one in posted]


GOOD = ("mined", None)


def test_poison__stale_before_sending__is_dropped_alone(stage, relayer, posted):
    stage.town.send(governance.vote(stage.deployment, 1, 2), stage.members[1].address)
    settle(relayer, stage)
    assert words(relayer, posted) == [GOOD, ("refused", "stale_ballot"), GOOD, GOOD, GOOD]
    assert stage.tally() == [4, 1, 0, 0]
    assert len(slots(relayer)) == 1


def test_poison__expired_before_sending__is_dropped_alone(stage, relayer, posted):
    stage.town.pass_time(700)
    settle(relayer, stage)
    assert words(relayer, posted) == [GOOD] * 4 + [("refused", "signature_expired")]
    assert "vote_by_signatures" in slots(relayer)[0]


def test_poison__stale_in_the_block__is_skipped_alone(stage, relayer, posted, clock):
    hold_blocks(stage)
    clock.wait(2)
    relayer.step()
    tip = hex(50 * 10**9)
    call = governance.vote(stage.deployment, 1, 2)
    first = {"maxFeePerGas": tip, "maxPriorityFeePerGas": tip}
    send_as(stage, stage.members[1].address, call, **first)
    stage.mine()
    relayer.step()
    assert words(relayer, posted) == [GOOD, ("refused", "stale_ballot"), GOOD, GOOD, GOOD]
    assert stage.tally() == [4, 1, 0, 0]


def test_poison__expired_in_the_block__is_skipped_alone(stage, relayer, posted, clock):
    hold_blocks(stage)
    clock.wait(2)
    relayer.step()
    rpc(stage.url, "evm_setNextBlockTimestamp", stage.town.now() + 700)
    stage.mine()
    relayer.step()
    assert words(relayer, posted) == [GOOD] * 4 + [("refused", "signature_expired")]


def test_poison__poll_closes_before_the_block__all_are_told_so(stage, relayer, clock):
    signed = [
        stage.ballot(voter, deadline=stage.town.now() + 30 * DAY) for voter in stage.members[:3]
    ]
    posted = [post(relayer, one) for one in signed]
    hold_blocks(stage)
    clock.wait(2)
    relayer.step()
    rpc(stage.url, "evm_setNextBlockTimestamp", stage.town.now() + 8 * DAY)
    stage.mine()
    relayer.step()
    assert words(relayer, posted) == [("refused", "poll_not_open")] * 3
    assert stage.count() == 1


def test_poison__poll_closes_before_sending__nothing_is_sent(stage, relayer, posted):
    stage.town.pass_time(8 * DAY)
    settle(relayer, stage)
    assert {one[0] for one in words(relayer, posted)} == {"refused"}
    assert slots(relayer) == []
