"""Money and fees: nothing is promised that cannot be paid, what is stuck is offered more."""

import pytest

from tests.client.nodes import rpc

from .acting import declined, hold_blocks, post, said, set_balance, settle, signed_count, slots
from .stage import ETHER

GWEI = 10**9


def fees_of(relayer):
    rows = relayer.parts.store.rows("SELECT max_fee, tip FROM transactions ORDER BY signed_at")
    return [tuple(row) for row in rows]


# ---- out of money -------------------------------------------------------------------------


def test_balance__below_its_floor__accepts_nothing(stage, relayer):
    set_balance(stage, stage.payer.address, ETHER // 100 - 1)
    relayer.step()
    assert declined(relayer, stage.leave(stage.members[0])) == (503, "out_of_money")
    assert relayer.parts.conditions.parts["money"] == "out_of_money"


def test_balance__gone_after_acceptance__act_waits_and_goes_when_there_is_some(stage, relayer):
    posted = post(relayer, stage.leave(stage.members[0]))
    set_balance(stage, stage.payer.address, 1)
    relayer.step()
    assert (said(relayer, posted)[0], slots(relayer)) == ("accepted", [])
    set_balance(stage, stage.payer.address, ETHER)
    settle(relayer, stage)
    assert said(relayer, posted) == ("mined", None)


def test_balance__enough_for_one__sends_one_and_says_so(stage, new_relayer):
    relayer = new_relayer(balance_floor=1)
    hold_blocks(stage)
    posted = [post(relayer, stage.leave(member)) for member in stage.members[:3]]
    base = int(rpc(stage.url, "eth_getBlockByNumber", "latest", False)["baseFeePerGas"], 16)
    set_balance(stage, stage.payer.address, 300_000 * (2 * base + GWEI))
    relayer.step()
    words = [said(relayer, one)[0] for one in posted]
    assert words == ["sent", "accepted", "accepted"]
    assert relayer.parts.conditions.parts["money"] == "out_of_money"
    relayer.step()
    assert len(slots(relayer)) == 1
    set_balance(stage, stage.payer.address, ETHER)
    stage.mine()
    relayer.step()
    stage.mine()
    relayer.step()
    assert {said(relayer, one)[0] for one in posted} == {"mined"}


def test_known_act__out_of_money__is_still_told_of(stage, relayer):
    signed = stage.leave(stage.members[0])
    posted = post(relayer, signed)
    settle(relayer, stage)
    set_balance(stage, stage.payer.address, 0)
    relayer.step()
    assert post(relayer, signed).id == posted.id
    assert said(relayer, posted) == ("mined", None)


# ---- fees -------------------------------------------------------------------------------


def test_fees__above_the_cap__nothing_is_accepted_or_sent(stage, relayer):
    posted = post(relayer, stage.leave(stage.members[0]))
    rpc(stage.url, "anvil_setNextBlockBaseFeePerGas", hex(200 * GWEI))
    stage.mine()
    relayer.step()
    assert declined(relayer, stage.leave(stage.members[1])) == (503, "fees_too_high")
    assert said(relayer, posted)[0] == "accepted"
    rpc(stage.url, "anvil_setNextBlockBaseFeePerGas", hex(GWEI))
    stage.mine()
    settle(relayer, stage)
    assert said(relayer, posted) == ("mined", None)


def test_fees__offered__never_pass_the_caps(stage, new_relayer):
    relayer = new_relayer(max_fee=2 * GWEI, max_tip=GWEI // 2)
    rpc(stage.url, "anvil_setNextBlockBaseFeePerGas", hex(3 * GWEI // 2))
    stage.mine()
    relayer.step()
    post(relayer, stage.leave(stage.members[0]))
    relayer.step()
    assert fees_of(relayer) == [(2 * GWEI, GWEI // 2)]


# ---- stuck ------------------------------------------------------------------------------


@pytest.fixture
def stuck(stage, relayer):
    """An act whose transaction no block takes."""
    hold_blocks(stage)
    posted = post(relayer, stage.leave(stage.members[0]))
    relayer.step()
    return posted


def test_stuck__after_a_minute__is_offered_an_eighth_more(stage, relayer, stuck, clock):
    clock.wait(59)
    relayer.step()
    assert signed_count(relayer) == 1
    clock.wait(1)
    relayer.step()
    (fee, tip), (more, higher) = fees_of(relayer)
    assert more >= fee * 9 // 8
    assert higher >= tip * 9 // 8
    assert len(slots(relayer)) == 1
    newest = relayer.status(stuck.id).tx
    stage.mine()
    relayer.step()
    status = relayer.status(stuck.id)
    assert (status.state, status.tx) == ("mined", newest)
    assert stage.count() == 1


def test_stuck__the_older_one_is_mined__is_told_of_that_one(stage, relayer, stuck, clock):
    first = relayer.status(stuck.id).tx
    clock.wait(60)
    relayer.step()
    assert relayer.status(stuck.id).tx != first
    raw = relayer.parts.store.row("SELECT raw FROM transactions WHERE hash = ?", first)[0]
    rpc(stage.url, "anvil_dropAllTransactions")
    rpc(stage.url, "eth_sendRawTransaction", raw)
    stage.mine()
    relayer.step()
    assert (relayer.status(stuck.id).state, relayer.status(stuck.id).tx) == ("mined", first)


def test_stuck__at_the_cap__waits_without_a_second_signature(stage, new_relayer, clock):
    relayer = new_relayer(max_fee=2 * GWEI)
    rpc(stage.url, "anvil_setNextBlockBaseFeePerGas", hex(GWEI))
    stage.mine()
    relayer.step()
    hold_blocks(stage)
    posted = post(relayer, stage.leave(stage.members[0]))
    relayer.step()
    for _ in range(3):
        clock.wait(60)
        relayer.step()
    assert signed_count(relayer) == 1
    stage.mine()
    relayer.step()
    assert said(relayer, posted) == ("mined", None)


def test_stuck__forgotten_by_the_node__is_handed_over_again(stage, new_relayer):
    relayer = new_relayer(rebroadcast_seconds=0.001)
    hold_blocks(stage)
    posted = post(relayer, stage.leave(stage.members[0]))
    relayer.step()
    rpc(stage.url, "anvil_dropAllTransactions")
    relayer.step()
    stage.mine()
    relayer.step()
    assert said(relayer, posted) == ("mined", None)
    assert signed_count(relayer) == 1


def test_in_flight__no_more_than_told__the_rest_waits(stage, new_relayer):
    relayer = new_relayer(max_in_flight=2)
    hold_blocks(stage)
    posted = [post(relayer, stage.leave(member)) for member in stage.members[:3]]
    relayer.step()
    relayer.step()
    assert [said(relayer, one)[0] for one in posted] == ["sent", "sent", "accepted"]
    stage.mine()
    relayer.step()
    stage.mine()
    relayer.step()
    assert {said(relayer, one)[0] for one in posted} == {"mined"}


# ---- blocks that are gone -----------------------------------------------------------------


def test_block__reorganised_away__act_is_sent_again_as_it_was_signed(stage, relayer):
    snapshot = rpc(stage.url, "evm_snapshot")
    posted = [post(relayer, stage.ballot(voter)) for voter in stage.members[:3]]
    settle(relayer, stage)
    assert stage.tally()[0] == 3
    rpc(stage.url, "evm_revert", snapshot)
    stage.mine(3)  # another chain, longer
    assert stage.tally()[0] == 0
    relayer.step()
    assert {said(relayer, one)[0] for one in posted} == {"sent"}
    settle(relayer, stage)
    assert {said(relayer, one)[0] for one in posted} == {"mined"}
    assert (stage.tally()[0], signed_count(relayer)) == (3, 1)


def test_block__deep_enough__is_not_asked_after_again(stage, relayer):
    post(relayer, stage.leave(stage.members[0]))
    settle(relayer, stage)
    assert [slot[1] for slot in slots(relayer)] == ["mined"]
    stage.mine()
    relayer.step()
    assert [slot[1] for slot in slots(relayer)] == ["final"]
