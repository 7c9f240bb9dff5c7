"""What every contract that holds money keeps to, whatever the token: asserted of one on a stage."""

from tests.money.stage import Act
from tests.money.taker import Taker
from tests.odd_tokens import Habit

AMOUNT = 1_000

# What a way in says to a token of each habit, and a way out to one that came into it later.
IN: dict[Habit, str | None] = {
    Habit.PLAIN: None,
    Habit.TAXED: "tokens: took a share",
    Habit.MUTE: None,
    Habit.SOFT: None,
    Habit.WORDY: None,
    Habit.VAGUE: "tokens: not paid",
    Habit.CHOOSY: None,
    Habit.HOLLOW: "tokens: took a share",
    Habit.GREEDY: None,
    Habit.LAVISH: "tokens: gave too much",
    Habit.CHATTY: None,
}
OUT: dict[Habit, str | None] = {
    Habit.PLAIN: None,
    Habit.TAXED: None,
    Habit.MUTE: None,
    Habit.SOFT: None,
    Habit.WORDY: None,
    Habit.VAGUE: "tokens: not sent",
    Habit.CHOOSY: None,
    Habit.HOLLOW: "tokens: not sent",
    Habit.GREEDY: "tokens: took too much",
    Habit.LAVISH: None,
    Habit.CHATTY: None,
}


def settles_exactly(taker: Taker, act: Act, change: int, reason: str | None) -> None:
    """What is held and what is owed change alike, by the amount; or the reason says why not."""
    held, owed = taker.held, taker.owed()
    assert taker.attempt(act) == reason
    if reason is not None:
        change = 0
    assert (taker.held - held, taker.owed() - owed) == (change, change)


def pays_in(taker: Taker, way: str, reason: str | None) -> None:
    """A payment in is booked as it came."""
    settles_exactly(taker, taker.pay_in(way, 1, AMOUNT), AMOUNT, reason)


def pays_out(taker: Taker, way: str, reason: str | None) -> None:
    """A payment out is booked as it went, and once; what did not go is still due."""
    taker.stage.rest()
    for who in range(2):  # another's money lies there, too
        taker.owe(way, who, AMOUNT)
    taker.stage.rest(False)
    due = taker.due(way, 1)
    assert due >= AMOUNT
    act = taker.pay_out(way, 1, due)
    settles_exactly(taker, act, -due, reason)
    assert taker.due(way, 1) == (0 if reason is None else due)
    if reason is None:
        held = taker.held
        assert taker.attempt(act) is not None, "paid twice"
        assert taker.held == held


def blocks_nobody_else(taker: Taker, way: str) -> None:
    """One person cannot receive: all others do, and that one does as soon as they can."""
    for who in range(3):
        taker.owe(way, who, AMOUNT)
    taker.stage.list_person(0)
    taker.stage.list_person(2)
    due = taker.due(way, 0)
    settles_exactly(taker, taker.pay_out(way, 0, due), 0, "tokens: not sent")
    theirs = taker.due(way, 1)
    settles_exactly(taker, taker.pay_out(way, 1, theirs), -theirs, None)
    taker.stage.list_person(0, False)
    settles_exactly(taker, taker.pay_out(way, 0, due), -due, None)


def lets_nobody_back_in(taker: Taker, outer: Act, inner: Act, change: int) -> None:
    """Whom the token calls in the midst of a payment gets nowhere."""
    taker.stage.call_back(taker.host, inner)
    settles_exactly(taker, outer, change, None)
    assert taker.stage.let_back() == (1, 0)


def pays_as_long_as_it_lasts(taker: Taker, way: str) -> None:
    """The token takes from everybody's: who comes first is paid in full, and nobody more."""
    for who in range(2):
        taker.owe(way, who, AMOUNT)
    due = [taker.due(way, who) for who in range(2)]
    taker.stage.shrink(taker.host, taker.held - due[0])
    settles_exactly(taker, taker.pay_out(way, 0, due[0]), -due[0], None)
    settles_exactly(taker, taker.pay_out(way, 1, due[1]), 0, "tokens: not sent")
