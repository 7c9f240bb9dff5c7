"""A ledger in memory with a token of one kind, and people who hold it; each is a contract."""

from typing import Any, NamedTuple

from tests.invariant.revm import SOMEBODY, Contract, Ledger
from tests.odd_tokens import Habit

MONTH = 30 * 86_400
START = 700 * MONTH
PEOPLE = 4
PURSE = 10**23  # which fits an escrow


class Kind(NamedTuple):
    """A token's habit, and its decimals."""

    habit: Habit
    decimals: int = 18

    def __str__(self) -> str:
        six = "" if self.decimals == 18 else f"-{self.decimals}"
        return self.habit.name.lower() + six


KINDS = (*map(Kind, Habit), Kind(Habit.PLAIN, 6))


class Stage:
    """The token, the people, and whatever contract is to hold the money."""

    def __init__(self, project: Any, kind: Kind) -> None:
        self.project, self.kind = project, kind
        self.ledger = Ledger(START)
        self.token = self.ledger.deploy(project.OddToken, kind.habit, kind.decimals)
        self.people = [self.ledger.deploy(project.Puppet) for _ in range(PEOPLE)]
        for person in self.people:
            self.tell("mint", person.address, PURSE)

    def tell(self, name: str, *words: Any) -> None:
        """Have the token do something."""
        self.token.send(name, *words, sender=SOMEBODY)

    def do(self, target: Contract, act: "Act") -> None:
        """Have a person ask a contract for something."""
        call = target.encoded(act.function, *act.words)
        self.people[act.who].send("act_at_once", target.address, [call], sender=SOMEBODY)

    def allow(self, host: Contract) -> None:
        """Let the host take from everybody."""
        for who in range(PEOPLE):
            self.do(self.token, Act(who, "approve", (host.address, 2**256 - 1)))

    def held(self, account: Contract) -> int:
        """What somebody has of the token."""
        return self.token.view("balanceOf", account.address)

    def wait(self, seconds: int) -> None:
        self.ledger.turn_to(self.ledger.now + seconds)

    # ---- the habits ----

    def rest(self, is_resting: bool = True) -> None:
        """Let the token behave for a while, or no longer."""
        self.tell("rest", is_resting)

    def list_person(self, who: int, is_listed: bool = True) -> None:
        self.tell("list_account", self.people[who].address, is_listed)

    def shrink(self, host: Contract, amount: int) -> None:
        self.tell("shrink", host.address, amount)

    def call_back(self, host: Contract, act: "Act") -> None:
        """In the midst of the next payment, this act comes from the same person."""
        data = host.encoded(act.function, *act.words)
        puppet = self.people[act.who]
        strings = puppet.encoded("act_at_once", host.address, [data])
        self.tell("call_back", puppet.address, strings)

    def let_back(self) -> tuple[int, int]:
        """How often the token called back, and how many of the calls were let."""
        return self.token.view("calls_made"), self.token.view("calls_let")


class Act(NamedTuple):
    """What a person asks of the contract that holds the money, or of another."""

    who: int
    function: str
    words: tuple[Any, ...] = ()
    target: Contract | None = None  # where it is another contract beside it
