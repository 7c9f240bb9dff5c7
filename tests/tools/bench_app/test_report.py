"""The benchmark's sums: percentiles, medians, ratios, the verdict, and what is written."""

import json
import math
import os

import pytest

from benchmarks.app import machine, report
from benchmarks.app.server import DEFAULT, OURS, Server, command
from benchmarks.app.visitor import Answer
from tools.ports import free_port


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([7], 50, 7),
        ([7], 95, 7),
        ([3, 1, 2], 50, 2),
        ([4, 3, 2, 1], 50, 2),
        (range(1, 101), 50, 50),
        (range(1, 101), 95, 95),
        (range(1, 21), 95, 19),
        (range(1, 20), 95, 19),
        (range(1, 101), 100, 100),
    ],
)
def test_percentile__nearest_rank__is_a_measured_value(values, share, expected):
    assert report.percentile(list(values), share) == expected


def test_percentile__nothing_measured__is_no_number():
    assert math.isnan(report.percentile([], 50))


def answers(milliseconds, kind="click", trouble=""):
    return [Answer(kind, "/", ms / 1_000, 2_048, trouble) for ms in milliseconds]


def row(clicks, server=OURS, sessions=100, **more):
    given = answers(clicks) + answers([200], "first")
    also = more.pop("also", [])
    return report.row(server, sessions, given + also, 0.5, 210.0, **more)


def test_row__a_crowd__is_summed_up():
    also = [*answers([40], "live"), *answers([5], "click", "broken"), *answers([0], "lost", "gone")]
    found = row([10, 30], also=also)
    assert (found.runs, found.errors) == (5, 2)
    assert found.cpu_ms == pytest.approx(100)
    assert found.kb == pytest.approx(2)
    assert found.times["click"] == pytest.approx({"count": 3, "p50": 10, "p95": 30, "max": 30})
    assert found.times["live"]["p50"] == pytest.approx(40)


def test_medians__one_noisy_round__does_not_count():
    rounds = [row([40, 60]), row([400, 600]), row([50, 70])]
    (found,) = report.medians(rounds)
    assert found.times["click"]["p50"] == pytest.approx(50)
    assert found.times["click"]["p95"] == pytest.approx(70)
    assert found.runs == 9


def test_ratios__default_beside_ours__at_the_same_crowd():
    rows = [row([50]), row([500], DEFAULT), row([10], sessions=20)]
    found = report.ratios(rows)
    assert list(found) == [100]
    assert found[100]["click p50"] == pytest.approx(10)


@pytest.mark.parametrize(
    ("clicks", "missed"),
    [
        ([60] * 19 + [150], []),
        ([61] * 20, ["click p50 is 61 ms, not at most 60"]),
        ([10] * 10 + [151] * 2, ["click p95 is 151 ms, not at most 150"]),
        ([], ["click p50 is nan ms, not at most 60", "click p95 is nan ms, not at most 150"]),
    ],
)
def test_faults__target_of_ours__met_or_said(clicks, missed):
    rows = [row(clicks), row([900], DEFAULT), row([900], sessions=20)]
    assert report.faults(rows) == missed


def test_faults__an_error_or_no_crowd__is_a_miss():
    assert report.faults([row([10], also=answers([5], "click", "broken"))]) == ["1 errors"]
    assert report.faults([row([10], DEFAULT)]) == ["100 sessions were not measured"]


def test_table__rows__say_every_figure():
    told = report.table([row([500], DEFAULT), row([50], others=0.62)])
    head, default, ours, ratio = told.splitlines()
    assert head.split()[:2] == ["sessions", "settings"]
    assert len(head) == len(default) == len(ours)
    assert "62 %" in ours
    assert "500 / 500" in default
    assert "50 / 50" in ours
    assert "nan / nan" in ours  # nothing lived
    assert "click p50 10.0" in ratio


def test_as_json__not_measured__is_null():
    written = json.dumps(report.as_json([row([])], cores=2), allow_nan=False)
    found = json.loads(written)
    assert found["medians"][0]["times"]["click"]["p50"] is None
    assert found["target"] == {"sessions": 100, "p50_ms": 60.0, "p95_ms": 150.0}
    assert found["missed"]
    assert found["cores"] == 2
    assert found["medians"][0]["others"] is None


# ---- servers -----------------------------------------------------------------------


def test_command__both_ways__serve_the_same_port():
    port = free_port()
    assert command(OURS, port)[-2:] == ["--port", str(port)]
    assert "streamlit" in command(DEFAULT, port)
    assert f"--server.port={port}" in command(DEFAULT, port)


def test_server__a_process__says_what_it_costs():
    mine = Server(OURS, "", os.getpid())
    before = mine.cpu_seconds()
    while mine.cpu_seconds() - before < 0.05:
        sum(range(10_000))
    assert mine.memory_mb() > 5


def test_busy_seconds__all_but_idle_and_waiting__in_seconds(tmp_path):
    stat = tmp_path / "stat"
    stat.write_text("cpu  100 20 30 9000 800 0 40 10 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n")
    assert machine.busy_seconds(stat) == pytest.approx(200 / os.sysconf("SC_CLK_TCK"))
    assert math.isnan(machine.busy_seconds(tmp_path / "none"))


def test_watch__our_own_work__is_not_the_others(monkeypatch):
    told = iter([(10.0, 4.0, 100.0), (30.0, 14.0, 110.0)])
    monkeypatch.setattr(machine.Watch, "_now", lambda self: next(told))
    monkeypatch.setattr(machine.os, "cpu_count", lambda: 4)
    assert machine.Watch([1]).others() == pytest.approx(0.25)
