"""The harness that the matrix and the machine are proved on."""

from collections.abc import Sequence
from typing import Any

from tests.invariant.revm import Contract
from tests.money.stage import MONTH, PEOPLE, Act, Stage
from tests.money.taker import Taker


class TillTaker(Taker):
    """Purses, and one income that all share evenly."""

    contract = "TillHarness"
    ins = ("fund",)
    outs = ("refund", "collect")
    shared = 1

    def deploy(self) -> Contract:
        return self.stage.ledger.deploy(self.stage.project.TillHarness, *self.words())

    def words(self) -> tuple[Any, ...]:
        return (self.stage.token.address,)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        for who, person in enumerate(stage.people):
            self.do(Act(0, "enrol", (who + 1, person.address)))
        even = 10_000 // PEOPLE
        self.do(Act(0, "set_shares", (self.shared, [(who + 1, even) for who in range(1, PEOPLE)])))
        stage.wait(MONTH)

    def pay_in(self, way: str, who: int, amount: int) -> Act:
        return Act(who, "fund", (amount,))

    def pay_out(self, way: str, who: int, amount: int) -> Act:
        if way == "refund":
            return Act(who, "refund", (amount,))
        return Act(who, "collect", (self.shared, who + 1))

    def owe(self, way: str, who: int, amount: int) -> None:
        needed = amount if way == "refund" else amount * PEOPLE
        self.do(Act(who, "fund", (needed,)))
        if way == "collect":
            self.do(Act(who, "spend", (self.shared, needed)))

    def due(self, way: str, who: int) -> int:
        if way == "refund":
            return self.host.view("purses", self.stage.people[who].address)
        return self.host.view("due", self.shared, who + 1)

    def owed(self) -> int:
        return self.host.view("owed")

    def moves(self, who: int, number: int, amount: int) -> Sequence[Act]:
        other = 2 + number % (PEOPLE - 1)
        shares = [(other, 1 + amount % 9_999)] if number % 2 else []
        return (
            Act(who, "spend", (self.shared, amount)),
            Act(who, "set_shares", (self.shared, shares)),
        )
