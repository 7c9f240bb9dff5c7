"""`Charter.set_entry` and `seal`: the directory while the brand is founded."""

import ape
import pytest

from tests.conftest import entry_name
from tests.scripted import RETURN, REVERT, deploy_scripted

ZERO = "0x" + "00" * 20
POINTS, PERKS = entry_name("points"), entry_name("perks")


def test_set_entry__new_name__is_listed(charter, wing, admin, codehash_of):
    receipt = charter.set_entry(POINTS, wing, sender=admin)

    assert receipt.events == [
        charter.EntrySet(name=POINTS, contract=wing, codehash=codehash_of(wing))
    ]
    assert charter.entry(POINTS) == wing
    assert charter.name_of(wing) == POINTS
    assert charter.is_current(wing)
    assert charter.entry_count() == 1
    assert charter.entry_name(0) == POINTS


def test_set_entry__another_contract__forgets_the_first(founding, wing, successor, admin):
    founding.set_entry(POINTS, successor, sender=admin)

    assert founding.entry(POINTS) == successor
    assert founding.name_of(wing) == bytes(32)
    assert not founding.is_current(wing)
    assert wing.halted_until() == 0
    assert founding.entry_count() == 1


def test_set_entry__displaced_contract__may_bear_another_name(founding, wing, successor, admin):
    founding.set_entry(POINTS, successor, sender=admin)
    founding.set_entry(PERKS, wing, sender=admin)
    assert founding.name_of(wing) == PERKS


def test_set_entry__shared_contract_without_charter__is_listed(charter, passport, admin):
    charter.set_entry(entry_name("passport"), passport, sender=admin)
    assert charter.is_current(passport)


def test_set_entry__directory_full__reverts(charter, new_wing, admin, limits):
    for number in range(limits.MAX_ENTRIES()):
        charter.set_entry(entry_name(f"wing {number}"), new_wing(), sender=admin)
    assert charter.entry_count() == limits.MAX_ENTRIES()
    assert charter.entry_name(limits.MAX_ENTRIES() - 1) == entry_name("wing 31")

    with ape.reverts("directory: full"):
        charter.set_entry(POINTS, new_wing(), sender=admin)
    charter.set_entry(entry_name("wing 0"), new_wing(), sender=admin)


@pytest.mark.parametrize("name", [POINTS, PERKS], ids=["same name", "other name"])
def test_set_entry__listed_contract__reverts(founding, wing, admin, name):
    with ape.reverts("directory: listed already"):
        founding.set_entry(name, wing, sender=admin)


def test_set_entry__empty_name__reverts(charter, wing, admin):
    with ape.reverts("directory: empty name"):
        charter.set_entry(bytes(32), wing, sender=admin)


def test_set_entry__account_without_code__reverts(charter, admin, newcomer):
    with ape.reverts("directory: no code"):
        charter.set_entry(POINTS, newcomer, sender=admin)


def test_set_entry__zero_address__reverts(charter, admin):
    with ape.reverts("directory: no code"):
        charter.set_entry(POINTS, ZERO, sender=admin)


def test_set_entry__wallet_with_borrowed_code__reverts(charter, wing, admin, borrower):
    borrower.set_delegate(wing, receiver=admin)
    with ape.reverts("directory: a wallet's code"):
        charter.set_entry(POINTS, borrower, sender=admin)


def test_set_entry__wing_of_another_charter__reverts(project, charter, admin):
    other = admin.deploy(project.Charter, admin, ZERO, 0)
    foreign_wing = admin.deploy(project.WingHarness, other)
    with ape.reverts("directory: another's contract"):
        charter.set_entry(POINTS, foreign_wing, sender=admin)


@pytest.mark.parametrize(
    ("answer", "end"),
    [(bytes([1] * 31), RETURN), (bytes([1] * 32), REVERT)],
    ids=["less than a word", "a word in refusal"],
)
def test_set_entry__no_plain_answer_about_its_charter__names_none(charter, admin, answer, end):
    contract = deploy_scripted(admin, answer, end)
    charter.set_entry(POINTS, contract, sender=admin)
    assert charter.is_current(contract)


def test_set_entry__sealed__reverts(sealed, successor, admin):
    with ape.reverts("directory: sealed"):
        sealed.set_entry(POINTS, successor, sender=admin)


def test_set_entry__by_outsider__reverts(charter, wing, outsider):
    with ape.reverts("authority: not the admin"):
        charter.set_entry(POINTS, wing, sender=outsider)


def test_seal__founding__ends_it(founding, admin):
    receipt = founding.seal(sender=admin)

    assert receipt.events == [founding.CharterSealed(entries=1)]
    assert founding.is_sealed()


def test_seal__again__reverts(sealed, admin):
    with ape.reverts("directory: sealed"):
        sealed.seal(sender=admin)


def test_seal__by_outsider__reverts(charter, outsider):
    with ape.reverts("authority: not the admin"):
        charter.seal(sender=outsider)


def test_entry_name__past_the_end__reverts(founding):
    with ape.reverts("directory: no such entry"):
        founding.entry_name(1)


def test_entry__unknown_name__is_zero(charter, outsider):
    assert charter.entry(PERKS) == ZERO
    assert charter.name_of(outsider) == bytes(32)
    assert not charter.is_current(outsider)
    assert not charter.is_current(ZERO)
