"""
Consent against a model of what it promises, on a ledger in memory: people give, sign, send late,
refuse, withdraw and deny; companies ask, publish and end notices; clocks run. Asked after each
step: may this company see this, now, for this; how do things stand; how long may it be kept. And no
category agreed to for one purpose is ever allowed for another.
"""

import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.invariant.consent_world import MOVES, ConsentWorld, deploy


class ConsentMachine(RuleBasedStateMachine):
    stage = None  # the deployed contracts, from the fixture below

    @initialize()
    def begin(self):
        self.world = ConsentWorld(self.stage)

    def teardown(self):
        if hasattr(self, "world"):
            self.world.end()

    @invariant()
    def chain_and_model_agree(self):
        if hasattr(self, "world"):
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
    setattr(ConsentMachine, name, move_of(name, words))


@pytest.fixture(scope="module", autouse=True)
def stage(project):
    ConsentMachine.stage = deploy(project)


TestConsent = ConsentMachine.TestCase
TestConsent.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
