"""Whoever answers perks keeps a gate's promises: Membership and Polls."""

import pytest

from tests.behaviours.gate import GateBehaviour

DAY = 86_400


class TestMembershipTierGate(GateBehaviour):
    @pytest.fixture
    def subject(self, membership):
        return membership

    @pytest.fixture
    def argument(self):
        """At least the second tier."""
        return 1 << 88 | 2

    @pytest.fixture
    def let_in(self, rewards, issuer):
        def _award(person):
            rewards.award(b"\x07" * 32, [int(person.address, 16) << 96 | 600], sender=issuer)

        return _award


class TestMembershipStandingGate(TestMembershipTierGate):
    @pytest.fixture
    def argument(self):
        """At least 600 of standing."""
        return 2 << 88 | 600


class TestPollsGate(GateBehaviour):
    @pytest.fixture
    def subject(self, polls):
        return polls

    @pytest.fixture
    def argument(self, polls, community, steward, chain):
        """Took part in this poll."""
        closes_at = chain.blocks.head.timestamp + DAY
        return polls.open_poll(b"\x44" * 32, 1, 2, closes_at, sender=steward).return_value

    @pytest.fixture
    def let_in(self, polls, argument, chain):
        def _vote_and_close(person):
            polls.vote(argument, 1, sender=person)
            chain.mine(deltatime=DAY)

        return _vote_and_close
