"""`Electorate.__init__`: every argument is read back, every bad one refused."""

import ape
import pytest

from tests.house import CAPPED, DAY, MATURITY, ONE, SQRT

NOBODY = "0x" + "00" * 20


@pytest.fixture
def deploy(project, admin, passport):
    """Deploy with one argument or more replaced."""
    plain = {"passport": passport, "rule": ONE, "cap": 0, "maturity": MATURITY}

    def _deploy(**changed):
        return admin.deploy(project.Electorate, *(plain | changed).values())

    return _deploy


def test_constructor__arguments__read_back(deploy, passport):
    electorate = deploy(rule=CAPPED, cap=77, maturity=12_345)
    assert electorate.passport() == passport
    assert electorate.unit_rule() == CAPPED
    assert electorate.unit_cap() == 77
    assert electorate.maturity() == 12_345
    assert electorate.membership() == NOBODY
    assert electorate.VERSION() == "1.0.0"
    assert electorate.eip712Domain()[1:3] == ("Cercle Electorate", "1")
    assert electorate.creation_metadata.receipt.events == []


def test_constructor__widest__is_taken(deploy):
    electorate = deploy(rule=CAPPED, cap=2**26, maturity=180 * DAY)
    assert (electorate.unit_cap(), electorate.maturity()) == (2**26, 180 * DAY)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"passport": NOBODY}, "electorate: zero passport"),
        ({"rule": 0}, "electorate: one unit rule"),
        ({"rule": ONE | SQRT}, "electorate: one unit rule"),
        ({"cap": 1}, "electorate: bad unit cap"),
        ({"rule": SQRT, "cap": 1}, "electorate: bad unit cap"),
        ({"rule": CAPPED}, "electorate: bad unit cap"),
        ({"rule": CAPPED, "cap": 2**26 + 1}, "electorate: bad unit cap"),
        ({"maturity": 180 * DAY + 1}, "electorate: maturity too long"),
    ],
)
def test_constructor__bad_argument__reverts(deploy, changed, reason):
    with ape.reverts(reason):
        deploy(**changed)
