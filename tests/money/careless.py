"""The twin of the till: one carelessness each, which the rules and the machine must notice."""

from enum import IntEnum
from typing import Any, ClassVar

from tests.money.till import TillTaker


class Carelessness(IntEnum):
    """As in contracts/testing/CarelessTill.vy."""

    CREDULOUS = 0
    FORGETFUL = 1
    HASTY = 2
    PUSHY = 3


class CarelessTaker(TillTaker):
    """A till that is careless in one way."""

    contract = "CarelessTill"
    carelessness: ClassVar[Carelessness]

    def deploy(self) -> Any:
        return self.stage.ledger.deploy(self.stage.project.CarelessTill, *self.words())

    def words(self) -> tuple[Any, ...]:
        return self.stage.token.address, self.carelessness


class Credulous(CarelessTaker):
    carelessness = Carelessness.CREDULOUS


class Forgetful(CarelessTaker):
    carelessness = Carelessness.FORGETFUL


class Hasty(CarelessTaker):
    carelessness = Carelessness.HASTY


class Pushy(CarelessTaker):
    carelessness = Carelessness.PUSHY
