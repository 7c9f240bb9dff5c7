"""
V5: what was voted on is exchanged before it is carried out (Tornado Cash, 2023-05: a contract
that destroyed itself came back as another one at the same address).

The community agrees to put 500 into a contract that it has read. Between the vote and the
act other code stands there. A Governor that looks at addresses only hands the money to it.
Ours wrote the code's hash down when it was proposed, with that of the implementation that it
names, and compares both just before each call.
"""

import pytest

from tests.attacks.governor_stage import FIRST, TREASURY, act, cast, close, propose
from tests.drafts import Draft

CHANGED = "governor: code changed"
STAKE = 500


@pytest.fixture
def chest(project, outsider):
    """A contract whose implementation its maker can exchange."""
    chest = outsider.deploy(project.FakeTarget)
    chest.name_implementation(outsider.deploy(project.FakeToken), sender=outsider)
    return chest


@pytest.fixture
def bait_and_switch(project, chain, members, outsider, chest):
    """Let all agree; exchange the code; have it carried out."""

    def _bait(place):
        draft = Draft(((chest, STAKE, bytes(chest.work.encode_input(7))),), "A safe place.")
        propose(place, chain, draft, members[0])
        cast(place, draft, members)
        close(place, chain, draft)
        chest.name_implementation(outsider.deploy(project.FakeGate), sender=outsider)
        return act(place, chain, draft, outsider), chest.balance

    return _bait


def test_bait_and_switch__ours__keeps_its_money(ours, bait_and_switch):
    assert bait_and_switch(ours) == (CHANGED, 0)
    assert ours.governor.balance == TREASURY


def test_bait_and_switch__trusting__hands_it_over(trusting, bait_and_switch):
    assert bait_and_switch(trusting(FIRST)) == (None, STAKE)
