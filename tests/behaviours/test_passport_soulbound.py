"""A passport never changes hands."""

import pytest

from tests.behaviours.soulbound import SoulboundBehaviour


class TestPassportSoulbound(SoulboundBehaviour):
    SOULBOUND = "passport: soulbound"
    UNKNOWN = "passport: unknown"
    ZERO_ADDRESS = "passport: zero address"

    @pytest.fixture
    def subject(self, passport):
        return passport

    @pytest.fixture
    def holder(self, newcomer):
        return newcomer

    @pytest.fixture
    def token(self, passport, newcomer):
        passport.register(sender=newcomer)
        return passport.id_of(newcomer)
