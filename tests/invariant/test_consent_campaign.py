"""
The same model as in test_consent_machine, walked for thousands of acts. Fixed seeds, so a red run
can be repeated; and the walks must have gone where it matters.
"""

import random
from collections import Counter

import pytest

from tests.invariant.consent_world import MOVES, ConsentWorld, deploy

WALKS, STEPS = 8, 250
WEIGHTS = {"grant": 10, "sign_grant": 4, "send_late": 6, "wait": 6, "publish": 1, "end_notice": 1}


@pytest.fixture(scope="module")
def stage(project):
    return deploy(project)


def test_consent__any_walk__agrees_with_the_model(stage):
    outcomes = Counter()
    for seed in range(WALKS):
        dice, world = random.Random(seed), ConsentWorld(stage)
        for step in range(STEPS):
            name = dice.choices(list(MOVES), [WEIGHTS.get(move, 2) for move in MOVES])[0]
            words = {word: dice.choice(choices) for word, choices in MOVES[name].items()}
            getattr(world, name)(**words)
            if step % 3 == 0:
                world.agree()
        world.agree()
        outcomes += world.outcomes
        world.end()
    went_where_it_matters(outcomes)


def went_where_it_matters(outcomes):
    for act in ("grant", "refuse", "withdraw", "withdraw_all", "deny_company", "deny_purpose"):
        assert outcomes[act, None] > 3, outcomes
        assert outcomes[f"{act}_by_signature", None] > 3, outcomes
    for act in ("request_consent", "note_end", "publish_notice", "end_notice"):
        assert outcomes[act, None] > 3, outcomes
    assert outcomes["allowed", True] > 100, outcomes
    for status in range(8):
        assert outcomes["status", status] > 3, (status, outcomes)
    for refusal in (
        *("consent: issued before", "consent: issued long ago", "consent: dated ahead"),
        *("consent: withdrawn since", "consent: denied", "consent: outdated"),
        *("consent: no notice", "consent: other notice", "consent: beyond the notice"),
        *("consent: empty window", "consent: endless window", "consent: kept too short"),
        *("consent: kept too long", "consent: no category", "consent: not withdrawn"),
        *("consent: given already", "consent: refused lately", "consent: asked lately"),
        "companies: no notice",
    ):
        assert any(told == refusal for _, told in outcomes), refusal
