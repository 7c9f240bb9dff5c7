"""What a contract that takes any token says of itself, for the matrix and the machine."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from tests.invariant.revm import Contract, Refused
from tests.money.reading import Reading
from tests.money.stage import PEOPLE, Act, Stage


class Taker(ABC):
    """A contract that holds money, on a stage."""

    contract: ClassVar[str]
    ins: ClassVar[tuple[str, ...]]
    outs: ClassVar[tuple[str, ...]]

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.host = self.deploy()
        self.reading = Reading(self.host)
        stage.allow(self.host)

    # ---- what each contract says ----

    @abstractmethod
    def deploy(self) -> Contract:
        """The contract, for the stage's token."""

    @abstractmethod
    def pay_in(self, way: str, who: int, amount: int) -> Act:
        """Somebody pays in."""

    @abstractmethod
    def pay_out(self, way: str, who: int, amount: int) -> Act:
        """Somebody has paid out to them what is theirs; where they may say how much, so much."""

    @abstractmethod
    def owe(self, way: str, who: int, amount: int) -> None:
        """See to it that so much, or more, may go out to somebody; others may be owed, too."""

    @abstractmethod
    def due(self, way: str, who: int) -> int:
        """What may go out to somebody this way."""

    @abstractmethod
    def owed(self) -> int:
        """All that the contract says it owes."""

    @abstractmethod
    def moves(self, who: int, number: int, amount: int) -> Sequence[Act]:
        """Acts that change what is owed to whom, and move no money."""

    # ---- what follows for all ----

    def do(self, act: Act) -> None:
        self.stage.do(act.target or self.host, act)
        if act.target is None:
            self.reading.note()

    def attempt(self, act: Act) -> str | None:
        """Do it; the reason of a refusal, or None."""
        try:
            self.do(act)
        except Refused as refused:
            return str(refused)
        return None

    @property
    def held(self) -> int:
        """What the contract holds."""
        return self.stage.held(self.host)

    def dues(self) -> int:
        """All that may go out to anybody."""
        return sum(self.due(way, who) for way in self.outs for who in range(PEOPLE))

    def starts(self) -> Sequence[Act]:
        """What the machine begins with, besides something owed in every way."""
        return ()

    def releases(self) -> Sequence[Act]:
        """What lets go of all that may not go out yet."""
        return ()
