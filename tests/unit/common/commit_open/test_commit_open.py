"""The `commit_open` module: what a host cannot ask of it through its own door."""

import ape
import pytest
from ape.exceptions import ContractLogicError
from eth_utils import keccak

DIGEST, SECRET = keccak(text="what is said"), keccak(text="a secret")
NOTHING, COMMITTED, DEMANDED, OPENED, SILENT, UNASKED = range(6)
WIDEST = 2**64 - 1


@pytest.fixture
def sealed(project, admin):
    return admin.deploy(project.CommitOpenHarness)


@pytest.fixture
def commit(sealed, outsider):
    """Commit; tells the number."""

    def _commit(committer=7, subject=9):
        seal = sealed.seal(committer, subject, DIGEST, SECRET)
        return sealed.commit(committer, subject, seal, sender=outsider).return_value

    return _commit


def test_commit__widest_numbers__lie_beside_each_other(sealed, commit, now):
    assert commit(WIDEST, WIDEST) == 1
    assert commit(WIDEST, 0) == 2
    assert commit(0, WIDEST) == 3
    assert [tuple(sealed.parties(id)) for id in (1, 2, 3)] == [
        (WIDEST, WIDEST),
        (WIDEST, 0),
        (0, WIDEST),
    ]
    assert tuple(sealed.times(3)) == (now(), 0, 0)
    assert sealed.count() == 3


@pytest.mark.parametrize("parties", [(WIDEST + 1, 1), (1, WIDEST + 1)])
def test_commit__numbers_too_wide__reverts(sealed, outsider, parties):
    with pytest.raises(ContractLogicError):  # no host lets it come to that, so it has no words
        sealed.commit(*parties, DIGEST, sender=outsider)


def test_times__through_a_life__are_kept_apart(sealed, commit, outsider, now, wait):
    commit(WIDEST, WIDEST)
    committed = now()
    wait()
    sealed.demand(1, sender=outsider)
    demanded = now()
    wait()
    sealed.open(1, DIGEST, SECRET, sender=outsider)
    assert tuple(sealed.times(1)) == (committed, demanded, now())
    assert tuple(sealed.parties(1)) == (WIDEST, WIDEST)


def test_open__by_a_mark__changes_nothing_else(sealed, commit, outsider, limits, wait, now):
    commit()
    sealed.demand(1, sender=outsider)
    wait(limits.OPENING_TIME() + 1)
    before = tuple(sealed.times(1))
    sealed.mark(1, sender=outsider)
    assert (tuple(sealed.times(1)), sealed.state(1)) == (before, SILENT)
    sealed.open(1, DIGEST, SECRET, sender=outsider)
    assert tuple(sealed.times(1)) == (*before[:2], now())
    assert sealed.state(1) == OPENED


def test_open__nothing_committed__reverts(sealed, commit, outsider):
    commit()
    for id in (0, 2):
        with ape.reverts("commit_open: nothing committed"):
            sealed.open(id, DIGEST, SECRET, sender=outsider)


def test_demand__nothing_committed__reverts(sealed, outsider):
    with ape.reverts("commit_open: not to demand"):
        sealed.demand(1, sender=outsider)


def test_open__sealed_by_another__reverts(sealed, outsider):
    """The seal is of who commits and of whom it concerns."""
    seal = sealed.seal(7, 9, DIGEST, SECRET)
    for committer, subject in ((8, 9), (7, 8), (9, 7)):
        id = sealed.commit(committer, subject, seal, sender=outsider).return_value
        with ape.reverts("commit_open: something else"):
            sealed.open(id, DIGEST, SECRET, sender=outsider)


def test_state__each_second_that_turns_it__turns(sealed, commit, outsider, limits, chain, now):
    def at(second):
        chain.pending_timestamp = second
        chain.mine()
        return sealed.state(1)

    assert sealed.state(1) == NOTHING
    commit()
    ends = now() + limits.DEMAND_WINDOW()
    assert at(ends - 1) == COMMITTED
    snapshot = chain.snapshot()
    assert (at(ends), at(ends + 1)) == (COMMITTED, UNASKED)
    chain.restore(snapshot)
    sealed.demand(1, sender=outsider)
    due = now() + limits.OPENING_TIME()
    assert (at(due), at(due + 1)) == (DEMANDED, SILENT)
