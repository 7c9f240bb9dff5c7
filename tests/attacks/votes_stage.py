"""A small brand to be outvoted: five members who count, polls, and staff who may be bad."""

from dataclasses import dataclass
from typing import Any

from ape.exceptions import ContractLogicError
from eth_abi import encode
from eth_utils import keccak

from tests.conftest import DAY, entry_name
from tests.house import MATURITY, open_house

CAREFUL = (MATURITY, (10, 20, 100_000, 30 * DAY))
WITHOUT_DEFENCE = (0, (2**24 - 1, 2**24 - 1, 2**40 - 1, 30 * DAY))


@dataclass(frozen=True)
class House:
    """What an attack acts on; the twin differs in its rules alone."""

    passport: Any
    membership: Any
    electorate: Any
    polls: Any
    rewards: Any
    steward: Any


def build(project, chain, rules, unit_rule, *, admin, steward, members):
    """A brand at work: the members joined long ago, have 100 standing each, and count."""
    maturity, caps = rules
    office = chain.blocks.head.timestamp + 365 * DAY
    charter = admin.deploy(project.Charter, admin, admin, office)
    charter.give_roles(steward, 8, sender=admin)
    passport = admin.deploy(project.Passport)
    rewards = admin.deploy(project.FakeRewards)
    rule = {"rule": unit_rule, "maturity": maturity, "caps": caps, "tiers": [100]}
    membership, electorate = open_house(project, admin, charter, passport, **rule)
    polls = admin.deploy(project.Polls, charter, electorate)
    charter.set_entry(entry_name("rewards"), rewards, sender=admin)
    charter.seal(sender=admin)
    for member in members:
        passport.register(sender=member)
    ids = [passport.id_of(member) for member in members]
    membership.admit(ids, sender=steward)
    rewards.credit(membership, [id_ << 96 | 100 for id_ in ids], sender=admin)
    chain.mine(deltatime=MATURITY + DAY)
    electorate.refresh([1, 2, 3, 4, 5], sender=admin)
    chain.mine(deltatime=31 * DAY)
    return House(passport, membership, electorate, polls, rewards, steward)


def open_poll(house, chain, hours=24):
    """A question with two options; the brand wants the second."""
    end = chain.blocks.head.timestamp + hours * 3_600
    house.polls.open_poll(b"\x01" * 32, 1, 2, end, sender=house.steward)
    return house.polls.poll_count()


def data(signature, *arguments):
    """Calldata for a puppet."""
    types = signature[signature.index("(") + 1 : -1]
    return keccak(text=signature)[:4] + encode(types.split(",") if types else [], arguments)


def attempt(call, *arguments, sender):
    """One step of an attack: it goes on whether or not it is refused."""
    try:
        call(*arguments, sender=sender)
    except ContractLogicError as refusal:
        return refusal.revert_message
    return None
