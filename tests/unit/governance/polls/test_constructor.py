"""`Polls.__init__`: every argument reaches its place, and none may be missing."""

import ape

ZERO = "0x" + "00" * 20


def test_constructor__arguments__are_read_back(polls, charter, membership):
    assert polls.charter() == charter
    assert polls.MEMBERSHIP() == membership
    assert polls.poll_count() == 0


def test_constructor__zero_charter__reverts(project, admin, membership):
    with ape.reverts("wing: zero charter"):
        admin.deploy(project.Polls, ZERO, membership)


def test_constructor__zero_membership__reverts(project, admin, charter):
    with ape.reverts("polls: zero membership"):
        admin.deploy(project.Polls, charter, ZERO)
