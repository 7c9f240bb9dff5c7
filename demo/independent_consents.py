"""What people allow, what they earned and what is late, from the script alone: no chain, no SDK.

A day-book of each person is kept here and added up anew; only who does what is shared with the
stage, as input.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from . import companies, consents
from .companies import COMPANIES, OFFERS, Offer
from .consents import Answer, Fate

NOTHING, REQUESTED, REFUSED, GIVEN, EXPIRED, WITHDRAWN = 0, 1, 2, 3, 5, 7
NOTED, EXPECTED, LATE, NOT_ALLOWED = 1, 2, 3, 4
ANSWER_WITHIN, DAYS_LATE = 14, 30  # days to take note of a move, and to open a decision


@dataclass
class Place:
    """One offer and one person."""

    given_on: int | None = None  # days ago
    ends_on: int = 0
    is_taken_back: bool = False
    was_renewed: bool = False
    refused: bool = False
    asked: bool = False
    looks: int = 0  # under the grant of `given_on`
    stake: int = 0
    is_held: bool = False

    def is_live(self, today: float) -> bool:
        """Whether it counts so many days ago."""
        return self.given_on is not None and not self.is_taken_back and today > self.ends_on


@dataclass
class Board:
    """All of one person's."""

    places: dict[str, Place] = field(default_factory=dict)
    income: int = 0
    moved_on: int | None = None
    noted: set[str] = field(default_factory=set)
    is_panel_out: bool = False

    def status(self, offer: Offer, today: float) -> int:
        """How things stand, by the names of the Data Privacy Vocabulary."""
        place = self.places[offer.name]
        if offer.company_id == companies.PANEL and self.is_panel_out:
            return REFUSED
        if place.is_live(today):
            return GIVEN
        if place.given_on is not None:
            return WITHDRAWN if place.is_taken_back else EXPIRED
        if place.asked:
            return REQUESTED
        return REFUSED if place.refused else NOTHING

    def note(self, offer: Offer, today: float) -> int:
        """Whether the offer's company took note of the last move."""
        place = self.places[offer.name]
        if self.moved_on is None or place.given_on is None:
            return NOTHING
        if not place.is_live(today):
            return NOT_ALLOWED
        if offer.name in self.noted:
            return NOTED
        if place.given_on < self.moved_on and not place.was_renewed:
            return NOTHING
        return EXPECTED if self.moved_on - today <= ANSWER_WITHIN else LATE


@dataclass
class Sums:
    """Everybody's boards, and what each company has left in the Vault."""

    boards: dict[int, Board]
    free: dict[int, int]
    looks: int


def sums(numbers: list[int]) -> Sums:
    """Add everything up."""
    free = {number: companies.PAID_IN for number in range(1, len(COMPANIES) + 1)}
    boards = {number: _board(number, free) for number in numbers}
    looks = sum(consents.is_read(place, n) for place in range(len(consents.LOOKS)) for n in numbers)
    return Sums(boards, free, looks)


def _board(number: int, free: dict[int, int]) -> Board:
    board = Board({offer.name: Place() for offer in OFFERS})
    for day in range(max(offer.days_ago for offer in OFFERS), -1, -1):
        _say(board, number, day)
        _read(board, number, day, free)
        _end(board, number, day, free)
        _move(board, number, day)
    return board


def _say(board: Board, number: int, day: int) -> None:
    """What the person says on a day."""
    for offer in OFFERS:
        place = board.places[offer.name]
        if offer.days_ago == day:
            said = consents.answer(offer, number)
            place.refused = said is Answer.REFUSES
            if said is Answer.GIVES:
                place.given_on, place.ends_on = day, day - offer.lasts
        if offer.name == "delivery" and day == consents.CAME_BACK and consents.comes_back(number):
            board.places["delivery"] = Place(
                day, day - offer.lasts, was_renewed=True, is_held=place.is_held, stake=place.stake
            )
    if day == consents.TAKEN_BACK and consents.takes_care_back(number):
        board.places["care"].is_taken_back = True
    if day == consents.TAKEN_ALL_BACK and consents.takes_all_back(number):
        for place in board.places.values():
            place.is_taken_back = place.given_on is not None
    if day == consents.SHUT_OUT and consents.shuts_out(number):
        board.is_panel_out = True
    if day == consents.ASKED and consents.is_asked(number):
        board.places["news"].asked = True


def _read(board: Board, number: int, day: int, free: dict[int, int]) -> None:
    """What companies read on a day, and pay for it."""
    for turn, look in enumerate(consents.LOOKS):
        if look.days_ago != day or not consents.is_read(turn, number):
            continue
        offer, place = companies.OFFER[look.offer], board.places[look.offer]
        place.looks += 1
        if not place.stake:
            place.stake = COMPANIES[offer.company_id - 1].bond
            free[offer.company_id] -= place.stake
        place.is_held = True
        if offer.name == "insights":
            free[offer.company_id] -= consents.price_of(number)
            board.income += consents.price_of(number)


def _end(board: Board, number: int, day: int, free: dict[int, int]) -> None:
    """What companies delete, or lose their stake on."""
    ends = []
    if day == consents.ATTESTED and consents.takes_care_back(number):
        ends = ["care"] if consents.is_attested(number) else []
    elif day == consents.ATTESTED_ALL and consents.takes_all_back(number):
        ends = [one.name for one in OFFERS]
        if consents.takes_care_back(number):
            ends.remove("care")  # attested before, or about to be overdue
    elif day == consents.STUDY_ATTESTED:
        ends = ["study"]
    for name in ends:
        place = board.places[name]
        if place.is_held:
            free[companies.OFFER[name].company_id] += place.stake
            place.is_held, place.stake = False, 0
    if day == consents.OVERDUE and consents.takes_care_back(number):
        place = board.places["care"]
        if place.is_held:
            board.income += place.stake
            place.stake = 0


def _move(board: Board, number: int, day: int) -> None:
    """Moves, and who takes note of them."""
    for turn, moved_on in enumerate(consents.MOVED):
        if not consents.moves(turn, number):
            continue
        if day == moved_on:
            board.moved_on = day
        if day == consents.NOTED[turn]:
            board.noted |= {
                name for name in ("delivery", "club") if consents.takes_note(turn, name, number)
            }


def decisions(numbers: list[int]) -> list[tuple[int, int]]:
    """About whom each decision is, and where it stands: 1 sealed, 3 opened, 4 silent."""
    state = {Fate.UNASKED: 1, Fate.OPENED: 3, Fate.SILENT: 4}
    return [(number, state[fate]) for number, fate in consents.decided(numbers)]
