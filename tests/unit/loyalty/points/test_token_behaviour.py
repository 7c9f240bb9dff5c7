"""Points keep the promises of a token and of a wing."""

from typing import ClassVar

import pytest

from tests.behaviours.erc20 import ERC20Behaviour, ERC2612Behaviour, ERC5267Behaviour
from tests.behaviours.wing import WingBehaviour


class TestPointsToken(ERC20Behaviour, ERC2612Behaviour, ERC5267Behaviour):
    REASONS: ClassVar[dict[str, str]] = {
        "balance": "points: balance too low",
        "receiver": "points: bad receiver",
        "allowance": "points: allowance too low",
        "signature": "points: bad signature",
        "expired": "points: permit expired",
    }

    @pytest.fixture
    def subject(self, points):
        return points

    @pytest.fixture
    def holder(self, holders):
        return holders[0]

    @pytest.fixture
    def receiver(self, holders):
        return holders[3]

    @pytest.fixture
    def spender(self, spare_wallets):
        return spare_wallets[0]


class TestPointsWing(WingBehaviour):
    @pytest.fixture
    def subject(self, points):
        return points
