"""
V2: a quiet community is taken over for next to nothing (Build Finance, 2022-02; StrongBlock,
2026-08: whoever still came to vote took what there was).

Of five members one votes, which is the quorum of a class that pays. They propose to pay
themselves, again and again. A Guard that guards nothing lets them have all 1,000. Ours pays
its share times the turnout, half of a fifth: 100 in a year, over all proposals, in however
many pieces; and no call of it may be past 500, or to anything but the token.
"""

import pytest

from tests.attacks.governor_stage import CAP, PAYING, TREASURY, carry, payment

SHARE = TREASURY // 2 // 5  # half of the treasury at a full turnout, of which this is a fifth


@pytest.fixture
def raid(chain, members, outsider):
    """One member pays a friend, as much as goes through; tells what they got, and why not more."""

    def _raid(place, amounts):
        refusals = []
        for turn, amount in enumerate(amounts):
            draft = payment(place.token, outsider, amount, f"Thanks, for the {turn}th time.")
            refusals.append(carry(place, chain, draft, members[:1], class_id=2))
        return place.token.balanceOf(outsider), refusals

    return _raid


def test_raid__ours__gets_the_share_of_its_turnout(ours, raid):
    paid, refusals = raid(ours, [TREASURY, CAP, SHARE + 1, SHARE - 40, 41, 40])
    assert paid == SHARE == 100
    bound = "seasons: past the bound"
    assert refusals == ["scopes: past the cap", bound, bound, None, bound, None]


def test_raid__trusting__gets_everything(trusting, raid):
    paid, refusals = raid(trusting(PAYING, PAYING), [TREASURY])
    assert (paid, refusals) == (TREASURY, [None])
