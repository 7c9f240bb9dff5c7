"""
The Profile against a model of it, on a ledger in memory: people, wallets, worlds and tokens change
in any order. Asked after each step: a reference has at most one verified person, and it is the one
that is found; what is unverified finds nobody; nobody's act moves another's text or avatar.
"""

import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.invariant.profile_ground import MOVES
from tests.invariant.profile_world import ProfileWorld, deploy


class ProfileMachine(RuleBasedStateMachine):
    stage = None  # the deployed contracts, from the fixture below

    @initialize()
    def begin(self):
        self.world = ProfileWorld(self.stage)

    def teardown(self):
        if hasattr(self, "world"):
            self.world.end()

    @invariant()
    def chain_and_model_agree(self):
        self.world.agree()


def move_of(name, words):
    """The rule by which a move is made."""

    @rule(**{word: st.sampled_from(choices) for word, choices in words.items()})
    def move(self, **given):
        getattr(self.world, name)(**given)
        function, refusal = self.world.last
        event(f"{function}: {refusal or 'done'}")  # pytest --hypothesis-show-statistics

    return move


for name, words in MOVES.items():
    setattr(ProfileMachine, name, move_of(name, words))


@pytest.fixture(scope="module", autouse=True)
def stage(project):
    ProfileMachine.stage = deploy(project)


TestProfile = ProfileMachine.TestCase
TestProfile.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
