"""The same community summed from the file alone: no chain, no SDK, no `demo.history`.

What a page shows is compared with this. Only the demo's script of claims and ballots is
shared, as input; the arithmetic is this module's own.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

from . import decisions, script

NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
FILE = Path(__file__).parent / "data" / "cdnow_sample.txt"


@dataclass
class Person:
    """One customer as the file tells it."""

    number: int
    purchases: list[tuple[dt.date, Decimal]] = field(default_factory=list)
    points: int = 0
    standing: int = 0
    last: dt.datetime = NEVER
    gift: int = 0  # to the common chest

    def give(self, at: dt.datetime) -> None:
        """Their part of the common chest, of what they have then."""
        self.lapse(at)
        self.gift = decisions.gift_of(self.number, self.points)
        if self.gift:
            self.points -= self.gift
            self.last = at

    def lapse(self, at: dt.datetime) -> None:
        """Forget the points of somebody who has done nothing for too long."""
        if at - self.last > dt.timedelta(seconds=script.EXPIRY):
            self.points = 0

    @property
    def tier(self) -> int:
        return len([t for t in script.TIERS if self.standing >= t])


def earned(dollars: Decimal) -> tuple[int, int]:
    """The points and the standing that a purchase brings: five and one a dollar, rounded down."""
    points = (dollars * 5).quantize(Decimal(1), ROUND_DOWN)
    return int(points), int(dollars.quantize(Decimal(1), ROUND_DOWN))


def people(
    members: int, last_day: dt.date, claimed_at: dt.datetime, at: dt.datetime
) -> dict[int, Person]:
    """Everyone's points (expired ones gone), standing and tier at a moment.

    Args:
        members: How many customers the demo took.
        last_day: The day that the last purchase was moved to.
        claimed_at: When the claims of the demo's script were made.
        at: The moment asked about, after the claims.
    """
    everyone: dict[int, Person] = {}
    with FILE.open(newline="") as file:
        for row in csv.reader(file, delimiter=" ", skipinitialspace=True):
            cells = [cell for cell in row if cell]
            if not cells:
                continue
            number = int(cells[1])
            when = dt.datetime.strptime(cells[2], "%Y%m%d").date()
            person = everyone.setdefault(number, Person(number))
            person.purchases.append((when, Decimal(cells[4])))
    numbers = sorted(everyone)
    taken = min(members, len(numbers))
    chosen = [numbers[k * len(numbers) // taken] for k in range(taken)]
    newest = max(day for n in chosen for day, _ in everyone[n].purchases)
    moved = last_day - newest
    filled_on = last_day - dt.timedelta(days=decisions.CHEST_DAYS_AGO)
    filled_at = dt.datetime.combine(filled_on, dt.time(14), dt.UTC)
    result = {}
    for number in chosen:
        person = everyone[number]
        has_given = False
        for day, dollars in sorted(person.purchases):
            noon = dt.datetime.combine(day + moved, dt.time(12), dt.UTC)
            if noon > filled_at and not has_given:
                person.give(filled_at)
                has_given = True
            person.lapse(noon)
            points, standing = earned(dollars)
            person.points += points
            person.standing += standing
            person.last = noon
        if not has_given:
            person.give(filled_at)
        person.lapse(claimed_at)
        result[number] = person
    _claim(result, claimed_at)
    for person in result.values():
        person.lapse(at)
    return result


def _claim(everyone: dict[int, Person], at: dt.datetime) -> None:
    """The script's claims, in its order: the evening first, then the coffees."""
    chairs = script.PERKS[script.EVENING - 1].stock[0]
    evening = script.PERKS[script.EVENING - 1].price
    coffee = script.PERKS[script.COFFEE - 1].price
    for person in everyone.values():
        if chairs and person.tier >= 3 and person.points >= evening:
            person.points -= evening
            person.last = at
            chairs -= 1
    for person in everyone.values():
        if script.wants_coffee(person.number) and person.points >= coffee:
            person.points -= coffee
            person.last = at


def tally(poll: int, numbers: list[int]) -> list[int]:
    """The count of a poll of the script, after every change."""
    options = script.POLLS[poll - 1]["options"]
    counts = [0] * len(options)
    for number in numbers:
        for option in script.changed_ballot(poll, number) or script.ballot(poll, number) or ():
            counts[option - 1] += 1
    return counts


def chest(everyone: dict[int, Person]) -> int:
    """The points of the common chest, once what was decided is paid."""
    filled = sum(person.gift for person in everyone.values())
    paid = [one.name for one in decisions.DECISIONS if one.end is decisions.End.EXECUTED]
    return filled - sum(
        decisions.share_of(name, filled) for name in paid if name in decisions.SHARES
    )


def weights(numbers: list[int]) -> dict[int, int]:
    """How many votes each person has: their own, and of those for whom they speak."""
    speaking = decisions.speakers(numbers)
    count = dict.fromkeys(numbers, 0)
    for number in numbers:
        count[decisions.delegate_of(number, speaking) or number] += 1
    return count


def votes(place: int, numbers: list[int]) -> list[int]:
    """Against, in favour and abstaining, of the proposal at a place of the script."""
    speaking, weight = decisions.speakers(numbers), weights(numbers)
    counts = [0, 0, 0]
    for number in numbers:
        said = decisions.vote(place, number, speaking)
        if said is not None:
            counts[said] += weight[number]
    return counts
