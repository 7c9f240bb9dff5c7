"""A community of five with a treasury of 1,000, its Governor, and twins that leave defences out."""

from dataclasses import dataclass
from typing import Any

from tests.attacks.votes_stage import CAREFUL, attempt, build
from tests.drafts import DAY, IN_FAVOUR, Draft, terms
from tests.house import ONE

TREASURY = 1_000
FIRST = terms(quorum=4_000)  # two of five
PAYING = terms(
    voting_period=2 * DAY, queue_delay=DAY, quorum=2_000, season_share=5_000,
    is_bounded=True, is_vetoable=True,
)  # fmt: skip
CAP = 500  # of one payment in the paying class
TRANSFER = bytes.fromhex("a9059cbb")


@dataclass(frozen=True)
class Seat:
    """A Governor, its Guard, and what it may spend."""

    governor: Any
    guard: Any
    token: Any
    house: Any


def seat(project, chain, *, admin, steward, members, trusting=None, house=None, rules=CAREFUL):
    """Ours; or, with `trusting` terms, over a Guard that guards nothing."""
    house = house or build(
        project, chain, rules, ONE, admin=admin, steward=steward, members=members
    )
    charter, token = house.membership.charter(), admin.deploy(project.FakeToken)
    if trusting is None:
        scopes = [(2, token, TRANSFER, CAP, 2, True)]
        guard = admin.deploy(project.Guard, charter, [FIRST, PAYING], scopes, [token])
    else:
        guard = admin.deploy(project.TrustingGuard, charter, trusting)
    governor = admin.deploy(project.Governor, "Cercle Governor", house.electorate, guard)
    token.mint(governor, TREASURY, sender=admin)
    admin.transfer(governor, TREASURY)
    return Seat(governor, guard, token, house)


def payment(token, to, amount, text):
    """Pay somebody in the token."""
    return Draft(((token, 0, bytes(token.transfer.encode_input(to, amount))),), text)


def propose(place, chain, draft, proposer, class_id=1):
    """Make a proposal, and wait until it is voted on; why not, where it is refused."""
    governor = place.governor
    if refused := attempt(governor.propose, *draft.proposed, class_id, sender=proposer):
        return refused
    chain.mine(timestamp=governor.proposalSnapshot(draft.id) + 1)
    return None


def cast(place, draft, voters, support=IN_FAVOUR):
    """They vote, as far as they may."""
    return [attempt(place.governor.castVote, draft.id, support, sender=one) for one in voters]


def wait_until(chain, when):
    if when > chain.blocks.head.timestamp:
        chain.mine(timestamp=when)


def close(place, chain, draft):
    """Wait for the end of the vote."""
    wait_until(chain, place.governor.proposalDeadline(draft.id) + 1)


def act(place, chain, draft, sender):
    """Queue, wait and execute, as far as that goes; why not, where it is refused."""
    governor = place.governor
    if refused := attempt(governor.queue, *draft.named, sender=sender):
        return refused
    wait_until(chain, governor.proposalEta(draft.id))
    return attempt(governor.execute, *draft.named, sender=sender)


def carry(place, chain, draft, voters, class_id=1):
    """All of it; why not, where it is refused."""
    if refused := propose(place, chain, draft, voters[0], class_id):
        return refused
    cast(place, draft, voters)
    close(place, chain, draft)
    return act(place, chain, draft, voters[0])


def careless(project, admin, votes, token, quorum, period=DAY):
    """The twin governor, over any votes, with the same treasury."""
    governor = admin.deploy(project.CarelessGovernor, votes, period, quorum)
    token.mint(governor, TREASURY, sender=admin)
    return governor


def transfer_of_all(token, to, text):
    """As the twin takes a proposal: everything to somebody."""
    return token, 0, bytes(token.transfer.encode_input(to, TREASURY)), text
