"""Scripts of services run twice, stopped in between, or brought what no longer counts."""

from __future__ import annotations

from cercle.agreements.client import PriceLists
from tests.scripts.service.market import DAY, OPERATOR, PROVIDER, STRANGER, account, by, later

HEADER = "agreement,sequence,read_at,register,outage\n"


def readings(files, name, rows):
    """A CSV file, and how it is reported."""
    lines = "".join(",".join(map(str, row)) + "\n" for row in rows)
    (files / name).write_text(HEADER + lines)
    return "meter", "report", str(files / name), "--key", str(files / "meter.key")


def test_plan__run_again__finds_what_is_there(ape, brand, files, opened):
    lists = PriceLists(brand.node.chain, brand.deployment)
    words = ("1", str(files / "list.yaml"), *by(brand, PROVIDER))
    assert "open already, as list 1." in ape.run("plan", "list-open", *words).text
    plan = ("1", str(files / "Large.yaml"))
    told = ape.run("plan", "publish", *plan, *by(brand, PROVIDER))
    assert "offered already, as plan 2." in told.text, told.text
    told = ape.run("plan", "publish", *plan, "--revise", "2", *by(brand, PROVIDER))
    assert "offered already, as plan 2." in told.text, told.text
    assert (lists.numbers(1), lists.price_list(1).plan_count) == ((1,), 2)
    told = ape.run("plan", "publish", *plan, "--again", *by(brand, PROVIDER))
    assert "plan 3" in told.text, told.text
    told = ape.run("plan", "list-open", *words, "--again")
    assert "price list 2" in told.text, told.text


def test_report__more_than_a_batch__goes_on_where_it_stopped(ape, brand, files, opened):
    start = later(brand, DAY) - 1_000
    rows = [(1, one, start + one, one, 0) for one in range(1, 61)]
    half = ape.run(*readings(files, "half.csv", rows[:5]), *by(brand, STRANGER))
    assert "5 counted" in half.text, half.text
    told = ape.run(*readings(files, "whole.csv", rows), *by(brand, STRANGER))
    assert "5 counted before" in told.text, told.text
    assert "count 50 readings of 1 agreements: done" in told.text
    assert "count 5 readings of 1 agreements: done" in told.text
    assert "\n55 counted" in told.text
    assert (account(brand).sequence, account(brand).use) == (60, 60)


def test_report__the_contract_would_refuse_one__names_it_and_sends_nothing(
    ape, brand, files, opened
):
    now = later(brand, 60)
    first = readings(files, "first.csv", [(1, 1, now, 10, 0)])
    assert "1 counted" in ape.run(*first, *by(brand, STRANGER)).text
    seen = account(brand)
    for row, said in (
        ((1, 98, 1_000, 999, 0), "it was read before the contract began."),
        ((1, 98, now, seen.shown - 1, 0), "it shows less than the last one that counts."),
    ):
        told = ape.run(*readings(files, "bad.csv", [row]), *by(brand, STRANGER))
        assert told.refusal == f"reading 98 of contract 1: {said}"
    assert account(brand) == seen


def test_report__after_the_end__says_that_it_costs_nothing(ape, brand, files, opened):
    now = later(brand, 400 * DAY)
    seen = account(brand)
    row = (1, seen.sequence + 1, now, seen.shown + 5, 0)
    told = ape.run(*readings(files, "late.csv", [row]), *by(brand, OPERATOR))
    where = f"reading {seen.sequence + 1} of contract 1"
    assert f"{where}: too late to count, it costs nothing\n0 counted" in told.text, told.text
