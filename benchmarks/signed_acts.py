"""The acts that a member signs and somebody else carries, measured like the others."""

from __future__ import annotations

from collections.abc import Sequence

from eth_account.signers.local import LocalAccount

from benchmarks.acts import (
    REPEATS,
    TEXT,
    Measured,
    everybody_votes,
    open_perk,
    open_poll,
)
from benchmarks.node import call
from benchmarks.town import DAY, Town
from cercle import typed_data
from cercle.typed_data import SignedMessage, TypedData


def signed(member: LocalAccount, message: TypedData) -> SignedMessage:
    """What a member's wallet answers."""
    signature = member.sign_typed_data(full_message=message.full).signature
    return SignedMessage(message=message, signature="0x" + bytes(signature).hex())


def perk_claim_by_sig(town: Town) -> Measured:
    """A member's first signed claim in the period, priced, one tier gate."""
    perk_id = open_perk(town)
    people = town.draw(4 + REPEATS, "signed claim")
    order = b"\x22" * 32
    for number, who in enumerate(people[:4]):
        town.node.send(call(town.perks, "claim", perk_id, number % 2, order, sender=who.address))
    receipts = []
    for number, who in enumerate(people[4:]):
        message = typed_data.claim(
            town.deployment,
            who.address,
            perk_id=perk_id,
            content_hash="0x" + "11" * 32,
            variant=number % 2,
            price=250,
            order_hash="0x" + order.hex(),
            claim_id=town.perks.functions.next_claim_id(perk_id, town.number(who)).call(),
            deadline=town.node.now + DAY,
        )
        made = typed_data.carry(town.deployment, signed(who, message))
        receipts.append(town.node.send(town.carried(made)))
    return receipts, 1


def poll_batch_100(town: Town) -> Measured:
    """A hundred signed first ballots in one call; the other nine hundred have voted."""
    poll_id = open_poll(town)
    voters = town.draw(100, "batch")
    everybody_votes(town, poll_id, but=voters)
    return batch(town, poll_id, voters)


def poll_batch_100_first(town: Town) -> Measured:
    """A hundred signed first ballots in one call, in a poll that nobody has answered."""
    return batch(town, open_poll(town), town.draw(100, "first batch"))


def batch(town: Town, poll_id: int, voters: Sequence[LocalAccount]) -> Measured:
    """One ballot each, in one call."""
    ballots = [
        signed(
            voter,
            typed_data.ballot(
                town.deployment,
                voter.address,
                poll_id=poll_id,
                content_hash="0x" + TEXT.hex(),
                options=[1 + place % 5],
                sequence=1,
                deadline=town.node.now + DAY,
            ),
        )
        for place, voter in enumerate(voters)
    ]
    made = typed_data.carry_ballots(town.deployment, ballots, is_approval=False)
    receipt = town.node.send(town.carried(made))
    assert town.polls.functions.poll(poll_id).call()[-1] >= len(voters)
    return [receipt], len(voters)
