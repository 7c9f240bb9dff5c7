"""
V8: what failed for want of a quorum passes when the quorum is lowered (GHSA-xrc4-737v-9q75,
OpenZeppelin before 4.7.2).

One of five once asked for everything; nobody cared, and for want of a second vote it failed.
A year later the community lowers the quorum to one, for good reasons. A governor that asks
for the quorum of today pays all 1,000 on the spot. Ours keeps in the proposal the version of
the terms that it was made under: it stays defeated, for ever.
"""

from tests.attacks.governor_stage import (
    FIRST,
    TREASURY,
    act,
    careless,
    carry,
    cast,
    close,
    payment,
    propose,
    transfer_of_all,
)
from tests.attacks.votes_stage import attempt
from tests.drafts import DAY, DEFEATED, Draft, terms

TEXT = "Give me everything."


def test_lower_quorum__ours__wakes_nothing(ours, chain, members, outsider):
    old = payment(ours.token, outsider, TREASURY, TEXT)
    propose(ours, chain, old, members[0])
    cast(ours, old, members[:1])
    close(ours, chain, old)
    call = bytes(ours.guard.set_terms.encode_input(1, terms(FIRST, quorum=2_000)))
    assert carry(ours, chain, Draft(((ours.guard, 0, call),), "Ask one."), members) is None

    assert ours.governor.quorumNumerator() == 2_000
    assert ours.governor.state(old.id) == DEFEATED
    assert act(ours, chain, old, outsider) is not None
    assert ours.token.balanceOf(outsider) == 0


def test_lower_quorum__careless__pays_what_had_failed(
    project, ours, chain, admin, members, outsider
):
    token, electorate = ours.token, ours.house.electorate
    twin = careless(project, admin, electorate, token, quorum=2)
    call = transfer_of_all(token, outsider, TEXT)
    twin.propose(*call, sender=members[0])
    twin.vote(twin.id_of(*call), True, sender=members[0])
    chain.mine(deltatime=2 * DAY)
    assert attempt(twin.execute, *call, sender=outsider) == "careless_governor: no quorum"

    twin.set_quorum(1, sender=members[0])
    twin.execute(*call, sender=outsider)
    assert token.balanceOf(outsider) == TREASURY
