"""
The polls against a model of them on a ledger in memory: thousands of acts of both kinds of poll,
sent directly, by signature and in batches, many in one second, by members with numbers at the edges
of a slot of cells and at the highest that there is. A tally is the count of last ballots, and
nothing but the closing second ends a voice.
"""

from collections import Counter

import pytest

from tests.invariant import polls_world as world
from tests.invariant.polls_model import REASONS
from tests.invariant.polls_walk import Walk
from tests.invariant.polls_world import DAY, NUMBERS

WALKS, STEPS = 8, 300


@pytest.fixture(scope="module")
def stage(project):
    """Polls in a sealed brand, and ten people with two wallets each."""
    return world.build(project)


def test_polls__any_walk__agree_with_the_model(stage):
    ledger = stage.ledger
    outcomes = Counter()
    for seed in range(WALKS):
        snapshot = ledger.evm.snapshot()
        walk = Walk(stage, seed)
        for _ in range(STEPS):
            walk.step()
        walk.wait(91 * DAY)
        walk.agree(walk.polled, range(len(NUMBERS)))
        outcomes += walk.outcomes
        ledger.evm.revert(snapshot)
    # The walks went where it matters.
    for act in ("vote", "vote_for", "vote_by_signature", "open_poll", "withdraw_poll"):
        assert outcomes[act, None] > 10, outcomes
    direct = ("not open", "unknown poll", "unknown option", "no voice", "has ballots",
              "options not ascending", "one option only", "no ballots")  # fmt: skip
    for refusal in direct:
        assert any(told == f"polls: {refusal}" for _, told in outcomes), refusal
    assert outcomes["open_poll", "wing: halted"], outcomes
    for why, reason in REASONS.items():
        assert outcomes["vote_by_signatures", why], (why, outcomes)
        assert outcomes["vote_by_signature", reason], (reason, outcomes)
    assert outcomes["vote_by_signatures", "counted"] > 100, outcomes
