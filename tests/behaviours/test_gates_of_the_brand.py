"""Whoever answers perks keeps a gate's promises: Membership, Polls and Consent."""

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


class TestConsentGate(GateBehaviour):
    @pytest.fixture
    def subject(self, consent):
        return consent

    @pytest.fixture
    def argument(self):
        """Company 1, purpose 3, category 1."""
        return 1 << 16 | 3 << 8 | 1

    @pytest.fixture
    def let_in(self, consent, steward, chain, community):
        consent.register_company(b"\x55" * 32, "", sender=steward)
        consent.publish_notice(1, 3, 0b10, b"\x55" * 32, sender=steward)

        def _grant(person):
            now = chain.blocks.head.timestamp
            terms = (1, 3, 0b10, now, now + DAY, now + DAY, 0, 1, b"\x55" * 32)
            consent.grant(terms, sender=person)

        return _grant
