"""Electorate keeps the promises of ERC-5805 and ERC-6372."""

import pytest

from tests.behaviours.votes import VotesBehaviour


class TestElectorateVotes(VotesBehaviour):
    @pytest.fixture
    def subject(self, electorate, voters):
        return electorate
