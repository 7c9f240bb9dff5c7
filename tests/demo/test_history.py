"""`demo.history` and `demo.independent`: two readings of one file, by different code."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from demo import independent, script
from demo.history import DAY, BadLog, by_day, choose, noon, read, shift

NOW = dt.datetime(2030, 5, 6, 9, 30, tzinfo=dt.UTC)


def test_read__the_log__is_whole():
    purchases = read()
    assert len(purchases) == 6_919
    assert len({p.customer for p in purchases}) == 2_357


def test_shift__keeps_every_interval__and_ends_yesterday():
    before = read()
    after = shift(before, NOW)
    moved = {b.day - a.day for a, b in zip(before, after, strict=True)}
    assert len(moved) == 1
    last = max(p.day for p in after)
    assert dt.datetime.fromtimestamp(last * DAY, dt.UTC).date() == dt.date(2030, 5, 5)


@pytest.mark.parametrize("members", [10, 400, 2_357])
def test_choose__takes_so_many_customers__with_all_they_bought(members):
    purchases = read()
    chosen = choose(purchases, members)
    customers = {p.customer for p in chosen}
    assert len(customers) == members
    assert chosen == [p for p in purchases if p.customer in customers]


def test_by_day__oldest_first__by_customer_within_a_day():
    days = list(by_day(choose(read(), 400)))
    assert [day for day, _ in days] == sorted({day for day, _ in days})
    for day, bought in days:
        assert [p.customer for p in bought] == sorted(p.customer for p in bought)
        assert {p.day for p in bought} == {day}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (" 00004 0001 19970101  2", "line 2"),
        (" 00004 0001 19971301  2   29.33", "line 2"),
        (" 00004 0001 19970101  2   money", "line 2"),
    ],
)
def test_read__malformed_line__is_named(tmp_path: Path, line, said):
    path = tmp_path / "log.txt"
    path.write_text(f" 00004 0001 19970101  2   29.33\r\n{line}\r\n")
    with pytest.raises(BadLog, match=said):
        read(path)


@pytest.mark.parametrize("members", [25, 400, 2_357])
def test_independent__sums_what_the_history_plays(members):
    played = shift(choose(read(), members), NOW)
    last_day = dt.date(2030, 5, 5)
    people = independent.people(members, last_day, NOW, NOW)
    assert set(people) == {p.customer for p in played}
    standing = dict.fromkeys(people, 0)
    balance, last = dict.fromkeys(people, 0), dict.fromkeys(people, 0)
    for purchase in sorted(played, key=lambda p: p.day):
        who, at = purchase.customer, noon(purchase.day)
        standing[who] += purchase.standing
        alive = last[who] == 0 or at - last[who] <= script.EXPIRY
        balance[who] = (balance[who] if alive else 0) + purchase.points
        last[who] = at
    assert {n: p.standing for n, p in people.items()} == standing
    untouched = [
        n
        for n, person in people.items()
        if not script.wants_coffee(n) and person.tier < 3 and not person.gift
    ]
    for number in untouched:
        alive = NOW.timestamp() - last[number] <= script.EXPIRY
        assert people[number].points == (balance[number] if alive else 0), number


def test_tally__counts_each_once__after_changes():
    numbers = list(range(1, 200))
    voted = [n for n in numbers if script.ballot(script.OPEN_POLL, n) is not None]
    assert sum(independent.tally(script.OPEN_POLL, numbers)) == len(voted)
    assert any(script.changed_ballot(script.OPEN_POLL, n) for n in numbers)
    # Of several answers each counts for itself, and some people approve of none.
    said = [script.ballot(script.EVENINGS_POLL, n) for n in numbers]
    assert () in said
    assert None in said
    named = sum(len(one) for one in said if one is not None)
    assert sum(independent.tally(script.EVENINGS_POLL, numbers)) == named
