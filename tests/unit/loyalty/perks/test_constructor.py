"""`Perks.__init__`: every argument reaches its place, and none may be missing."""

import ape
import pytest

ZERO = "0x" + "00" * 20


def test_constructor__arguments__are_read_back(perks, charter, passport, membership, points):
    assert perks.charter() == charter
    assert perks.PASSPORT() == passport
    assert perks.MEMBERSHIP() == membership
    assert perks.POINTS() == points
    assert perks.perk_count() == 0
    assert perks.escrowed() == 0


def test_eip712_domain__is_its_own(perks, chain):
    _, name, version, chain_id, contract, _, _ = perks.eip712Domain()
    assert (name, version) == ("Cercle Perks", "1")
    assert (chain_id, contract) == (chain.chain_id, perks)
    assert perks.DOMAIN_SEPARATOR() != b"\x00" * 32


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (0, "wing: zero charter"),
        (1, "perks: zero passport"),
        (2, "perks: zero membership"),
        (3, "perks: points without code"),
    ],
)
def test_constructor__zero_address__reverts(
    project, admin, charter, passport, membership, points, place, reason
):
    arguments = [charter, passport, membership, points]
    arguments[place] = ZERO
    with ape.reverts(reason):
        admin.deploy(project.Perks, *arguments)


def test_constructor__points_is_a_wallet__reverts(
    project, admin, charter, passport, membership, outsider
):
    with ape.reverts("perks: points without code"):
        admin.deploy(project.Perks, charter, passport, membership, outsider)
