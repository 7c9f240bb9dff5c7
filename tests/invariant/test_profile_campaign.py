"""
The same model as in test_profile_machine, walked for thousands of acts. Fixed seeds, so a red run
can be repeated; and the walks must have gone where it matters.
"""

import random
from collections import Counter

import pytest

from tests.invariant.profile_ground import MOVES
from tests.invariant.profile_world import ProfileWorld, deploy

WALKS, STEPS = 6, 300
WEIGHTS = {"set_attested_avatar": 8, "set_token_avatar": 8, "give": 5, "wait": 3}


@pytest.fixture(scope="module")
def stage(project):
    return deploy(project)


def test_profile__any_walk__agrees_with_the_model(stage):
    outcomes = Counter()
    for seed in range(WALKS):
        dice, world = random.Random(seed), ProfileWorld(stage)
        for step in range(STEPS):
            name = dice.choices(list(MOVES), [WEIGHTS.get(move, 2) for move in MOVES])[0]
            words = {word: dice.choice(choices) for word, choices in MOVES[name].items()}
            getattr(world, name)(**words)
            if step % 3 == 0:
                world.agree()
        world.agree()
        outcomes += world.outcomes
        world.end()
    for act in ("set_token_avatar", "set_attested_avatar", "set_stated_avatar", "remove_avatar"):
        assert outcomes[act, None] > 3, outcomes
        assert outcomes[f"{act}_by_signature", None] > 3, outcomes
    for refusal in (
        *("avatars: unknown collection", "avatars: not the holder", "avatars: a token's reference"),
        *("avatars: issued in the future", "avatars: older than the key"),
        *("avatars: a newer one exists", "worlds: unknown world", "worlds: not the candidate"),
        *("worlds: registered already", "signatures: not by signer", "profile: no passport"),
        *("profile: not the main wallet", "worlds: not the controller"),
    ):
        assert any(told == refusal for _, told in outcomes), refusal
