"""A passport never changes hands."""

import pytest

from tests.behaviours.soulbound import SoulboundBehaviour


class TestPassportSoulbound(SoulboundBehaviour):
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

    @pytest.fixture
    def refusal(self):
        return "passport: soulbound"
