"""The brand of the relayer's tests, after some days on which everybody did something."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from cercle import core, governance, identity, typed_data
from cercle.calls import Call
from cercle.flags import Role
from cercle.loyalty import electorate, membership, perks, points, rewards
from cercle.loyalty.words import Award
from tests.client.nodes import rpc
from tests.relayer import stage as relayed
from tests.relayer.stage import ETHER, Stage, account, batch

DAYS = 3
Act = tuple[str, Call]
GAS = 8_000_000


def set_up(url: str, folder: Path) -> Stage:
    """Deploy, let a hundred people join, and let them act."""
    stage = relayed.set_up(url, folder)
    wallets = [one.address for one in stage.members]
    extra = [account(f"second wallet {number}").address for number in range(5)]
    batch(url, [("anvil_setBalance", [who, hex(1_000 * ETHER)]) for who in wallets + extra])
    rng = random.Random(2_026)
    act_together(stage, _first_acts(stage))
    for _ in range(DAYS):
        act_together(stage, [random_act(stage, rng) for _ in range(40)])
        stage.town.pass_time(86_400)
    return stage


def act_together(stage: Stage, acts: Sequence[Act], per_block: int = 0) -> None:
    """Send acts, each in a block of its own, or so many in one; what is refused is refused."""
    if per_block:
        rpc(stage.url, "evm_setAutomine", False)
    for start in range(0, len(acts), per_block or len(acts) or 1):
        part = acts[start : start + (per_block or len(acts))]
        hashes = [  # one after the other: a node takes those of a batch in any order
            rpc(
                stage.url,
                "eth_sendTransaction",
                {"from": who, "to": call.to, "data": call.data, "gas": hex(GAS)},
            )
            for who, call in part
        ]
        if per_block:
            rpc(stage.url, "evm_mine")
        while None in batch(stage.url, [("eth_getTransactionReceipt", [one]) for one in hashes]):
            pass  # anvil answers with the hash a moment before the block is there
    if per_block:
        rpc(stage.url, "evm_setAutomine", True)
    stage.chain.forget_head()


def random_act(stage: Stage, rng: random.Random) -> Act:
    """Something that a member, or staff, may try."""
    d, who = stage.deployment, rng.choice(stage.members[:30]).address
    other = rng.choice(stage.members[:30]).address
    staff = stage.town
    number = rng.randrange(1, 31)
    choices: list[tuple[int, Act]] = [
        (6, (who, governance.vote(d, 1, rng.randrange(1, 5)))),
        (6, (who, governance.vote_for(d, 2, rng.sample([1, 2, 3, 4], rng.randrange(4))))),
        (5, (who, points.transfer(d, other, rng.randrange(3)))),
        (5, (who, perks.claim(d, 1, 0))),
        (2, (who, _cancel(stage, number))),
        (3, (who, electorate.delegate(d, other))),
        (1, (who, membership.leave(d))),
        (2, (staff.steward, membership.admit(d, [number]))),
        (2, (staff.issuer, _award(stage, rng))),
        (1, (who, points.approve(d, other, 2**256 - 1))),
        (1, (who, identity.set_profile(d, "0x" + rng.randbytes(32).hex()))),
        (1, (who, identity.register_world(d, rng.choice(["Rêves", "", "a" * 64]), who))),
        (1, (staff.steward, electorate.refresh(d, list(range(1, 31))))),
        (1, (staff.steward, perks.add_stock(d, 1, 0, 3))),
    ]
    weights = [weight for weight, _ in choices]
    return rng.choices([act for _, act in choices], weights)[0]


def _first_acts(stage: Stage) -> list[Act]:
    """What each history should hold at least once."""
    d, members, town = stage.deployment, stage.members, stage.town
    second, first = account("second wallet 0"), members[0]
    link = typed_data.link(d, 1, second.address, nonce=5, deadline=stage.soon())
    signed = stage.sign(second, link)
    words = next(iter(rewards.batches([Award(members[3].address, 10, 3)], "undone")))
    return [
        (first.address, points.transfer(d, second.address, 1)),
        (
            first.address,
            identity.link(
                d, second.address, 5, link.message["deadline"], bytes.fromhex(signed.signature[2:])
            ),
        ),
        (first.address, identity.set_main(d, second.address)),
        (members[1].address, perks.claim(d, 1, 0)),
        (members[2].address, perks.claim(d, 1, 0)),
        (members[1].address, governance.vote(d, 1, 2)),
        (members[1].address, governance.vote_for(d, 2, [])),
        (members[1].address, governance.vote_for(d, 2, [1, 4])),
        (town.issuer, rewards.award(d, words.id, words.words)),
        (town.issuer, rewards.reverse(d, words.id, words.words, 0)),
        (town.people[0], core.give_roles(d, members[9].address, Role.TILL | Role.STEWARD)),
        (members[9].address, core.renounce_roles(d, Role.STEWARD)),
        (members[4].address, electorate.delegate(d, members[5].address)),
        (second.address, points.transfer(d, members[2].address, 1)),
    ]


def _award(stage: Stage, rng: random.Random) -> Call:
    rows = [
        Award(member.address, rng.randrange(50), rng.randrange(20))
        for member in rng.sample(stage.members[:30], 5)
    ]
    made = next(iter(rewards.batches(rows, f"town {rng.random()}")))
    return rewards.award(stage.deployment, made.id, made.words)


def _cancel(stage: Stage, member_no: int) -> Call:
    claims = stage.read("Perks", "claims_of", 1, member_no)
    return perks.cancel(stage.deployment, claims[-1] if claims else 0)
