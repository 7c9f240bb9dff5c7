"""`Polls.__init__`: every argument reaches its place, and none may be missing."""

import ape

ZERO = "0x" + "00" * 20


def test_constructor__arguments__are_read_back(polls, charter, electorate):
    assert polls.charter() == charter
    assert polls.ELECTORATE() == electorate
    assert polls.poll_count() == 0
    assert polls.VERSION() == "1.0.0"


def test_constructor__zero_charter__reverts(project, admin, electorate):
    with ape.reverts("wing: zero charter"):
        admin.deploy(project.Polls, ZERO, electorate)


def test_constructor__zero_electorate__reverts(project, admin, charter):
    with ape.reverts("polls: zero electorate"):
        admin.deploy(project.Polls, charter, ZERO)
