"""The acts that are measured: each sets its stage in the town and returns the receipts.

Conditions: a transaction in a block of its own, so that everything is cold; steady state, which
means that whoever acts has done the like before; drawn by a fixed seed.
"""

from __future__ import annotations

from eth_account.signers.local import LocalAccount

from benchmarks.node import Act, Receipt, call
from benchmarks.town import DAY, MEMBERS, Town, account

TEXT = b"\x44" * 32  # of every poll
Measured = tuple[list[Receipt], int]  # receipts and how many items each holds
REPEATS = 5


def points_transfer(town: Town) -> Measured:
    """An existing holder pays another."""
    people = town.draw(2 * REPEATS, "transfer")
    pairs = zip(people[:REPEATS], people[REPEATS:], strict=True)
    return [
        town.node.send(
            call(town.points, "transfer", to.address, 100 + number, sender=sender.address)
        )
        for number, (sender, to) in enumerate(pairs)
    ], 1


def points_permit(town: Town) -> Measured:
    """A holder's second permit for the same spender."""
    relayer, receipts = account("relayer").address, []
    for holder in town.draw(REPEATS, "permit"):
        town.node.send(permit(town, holder, 50, 0, relayer))
        receipts.append(town.node.send(permit(town, holder, 70, 1, relayer)))
    return receipts, 1


def permit(town: Town, holder: LocalAccount, amount: int, nonce: int, relayer: str) -> Act:
    """An EIP-2612 permit, signed and sent by somebody else."""
    spender, deadline = account("shop").address, town.node.now + DAY
    signed = holder.sign_typed_data(
        domain(town, town.points),
        {
            "Permit": [
                {"name": "owner", "type": "address"},
                {"name": "spender", "type": "address"},
                {"name": "value", "type": "uint256"},
                {"name": "nonce", "type": "uint256"},
                {"name": "deadline", "type": "uint256"},
            ]
        },
        {
            "owner": holder.address,
            "spender": spender,
            "value": amount,
            "nonce": nonce,
            "deadline": deadline,
        },
    )
    r, s = signed.r.to_bytes(32, "big"), signed.s.to_bytes(32, "big")
    words = (holder.address, spender, amount, deadline, signed.v, r, s)
    return call(town.points, "permit", *words, sender=relayer)


def domain(town: Town, contract: object) -> dict[str, object]:
    """The EIP-712 domain that a contract says it has (ERC-5267)."""
    _, name, version, chain_id, verifier, _, _ = contract.functions.eip712Domain().call()  # type: ignore[attr-defined]
    return {
        "name": name,
        "version": version,
        "chainId": chain_id,
        "verifyingContract": verifier,
    }


def award_batch_100(town: Town) -> Measured:
    """A hundred members get points and standing, as they did before.

    Sent with an access list, as `ape run award csv` sends it.
    """
    return [town.node.send(town.node.listed(a_hundred_awards(town)))], 100


def award_unlisted(town: Town) -> Measured:
    """The same without the access list; it has no target, `benchmarks.award` tells it."""
    return [town.node.send(a_hundred_awards(town))], 100


def a_hundred_awards(town: Town) -> Act:
    """A batch for a hundred members drawn from all."""
    wallets = [member.address for member in town.draw(100, "award")]
    return town.award_batch(wallets, 120, 12)


def open_perk(town: Town, kind: int = 1, gates: list[tuple[str, int]] | None = None) -> int:
    """A priced perk behind one tier gate, unless others are named; some have claimed it already."""
    now, steward = town.node.now, account("steward").address
    tier_one = 1 << 88 | 1
    gates = gates or [(town.membership.address, tier_one)]
    terms = (kind, 250, now, now + 300 * DAY, 30 * DAY, 2, 10 * DAY, gates)
    words = (b"\x11" * 32, terms, [500, 500])
    town.node.send(call(town.perks, "open_perk", *words, sender=steward))
    perk_id: int = town.perks.functions.perk_count().call()
    return perk_id


def perk_claim(town: Town) -> Measured:
    """A member's first claim in the period, priced, one tier gate."""
    perk_id = open_perk(town)
    people = town.draw(4 + REPEATS, "claim")
    order = b"\x22" * 32
    receipts = [
        town.node.send(call(town.perks, "claim", perk_id, number % 2, order, sender=who.address))
        for number, who in enumerate(people)
    ]
    return receipts[4:], 1


def perk_redeem(town: Town) -> Measured:
    """A till redeems a member's signed code."""
    perk_id, till, receipts = open_perk(town), account("till").address, []
    for member in town.draw(1 + REPEATS, "redeem"):
        order = b"\x33" * 32
        town.node.send(call(town.perks, "claim", perk_id, 0, order, sender=member.address))
        number = town.number(member)
        claim_id = town.perks.functions.claims_at(perk_id, number, town.node.now).call()[0]
        deadline = town.node.now + DAY
        signed = member.sign_typed_data(
            domain(town, town.perks),
            {
                "Redeem": [
                    {"name": "wallet", "type": "address"},
                    {"name": "claim_id", "type": "uint256"},
                    {"name": "deadline", "type": "uint256"},
                ]
            },
            {"wallet": member.address, "claim_id": claim_id, "deadline": deadline},
        )
        words = (claim_id, member.address, deadline, bytes(signed.signature))
        receipts.append(town.node.send(call(town.perks, "redeem", *words, sender=till)))
    return receipts[1:], 1


def poll_ballot(town: Town) -> Measured:
    """A first ballot in a poll where nine hundred have voted."""
    poll_id = open_poll(town)
    late = town.draw(MEMBERS // 10, "ballot")
    everybody_votes(town, poll_id, but=late)
    return [
        town.node.send(call(town.polls, "vote", poll_id, 3, sender=member.address))
        for member in late[:REPEATS]
    ], 1


def open_poll(town: Town) -> int:
    """A poll of five options that nobody has answered."""
    words = (TEXT, 1, 5, town.node.now + 20 * DAY)
    town.node.send(call(town.polls, "open_poll", *words, sender=account("steward").address))
    poll_id: int = town.polls.functions.poll_count().call()
    return poll_id


def everybody_votes(town: Town, poll_id: int, but: list[LocalAccount]) -> None:
    """All vote, but for some."""
    away = {member.address for member in but}
    others = [member for member in town.members if member.address not in away]
    town.node.send_together(
        [
            call(town.polls, "vote", poll_id, 1 + number % 5, sender=member.address)
            for number, member in enumerate(others)
        ]
    )


def delegate(town: Town) -> Measured:
    """Members with several checkpoints, who stand for themselves, delegate to others like them.

    Traces keep two checkpoints a slot, so both sides come with even and odd lengths.
    """
    people = town.draw(3 * 4, "delegate")
    givers, takers, helpers = people[:4], people[4:8], people[8:]

    def lend(helper: LocalAccount, to: LocalAccount) -> Receipt:
        step = call(town.electorate, "delegate", to.address, sender=helper.address)
        return town.node.send(step)

    for number, helper in enumerate(helpers):
        giver, taker = givers[number], takers[number]
        for to in (giver, taker, giver, helper):  # two comings and goings with the giver
            lend(helper, to)
        if number & 1:
            lend(helper, giver)
        if number & 2:
            lend(helper, taker)
    return [lend(giver, taker) for giver, taker in zip(givers, takers, strict=True)], 1
