"""`wing`: what a halt stops, when it ends, and that a retirement does not."""

import ape
import pytest

ZERO = "0x" + "00" * 20
FOR_GOOD = 2**256 - 1


@pytest.fixture(scope="session")
def fake_charter(project, admin):
    return admin.deploy(project.FakeCharter)


@pytest.fixture(scope="session")
def wing(project, admin, fake_charter):
    return admin.deploy(project.WingHarness, fake_charter)


def test_constructor__zero_charter__reverts(project, admin):
    with ape.reverts("wing: zero charter"):
        admin.deploy(project.WingHarness, ZERO)


def test_halt_until__last_second__stops_new_business(wing, fake_charter, outsider, now, chain):
    receipt = fake_charter.halt(wing, now + 100, sender=outsider)
    assert receipt.events == [wing.Halted(until=now + 100)]

    chain.pending_timestamp = now + 99
    with ape.reverts("wing: halted"):
        wing.do_business(sender=outsider)


def test_halt_until__over__new_business_goes_on(wing, fake_charter, outsider, now, chain):
    fake_charter.halt(wing, now + 100, sender=outsider)
    chain.pending_timestamp = now + 100
    wing.do_business(sender=outsider)


def test_halt_until__an_earlier_moment__ends_the_halt(wing, fake_charter, outsider, now):
    fake_charter.halt(wing, now + 100, sender=outsider)
    fake_charter.halt(wing, 0, sender=outsider)
    wing.do_business(sender=outsider)


def test_retire__ever_after__takes_no_new_business(wing, fake_charter, outsider, now, chain):
    receipt = fake_charter.retire(wing, sender=outsider)
    assert receipt.events == [wing.Retired()]
    assert wing.halted_until() == FOR_GOOD

    chain.pending_timestamp = now + 100 * 365 * 86_400
    with ape.reverts("wing: halted"):
        wing.do_business(sender=outsider)


def test_retire__cannot_be_lifted_by_a_halt(wing, fake_charter, outsider):
    fake_charter.retire(wing, sender=outsider)
    with ape.reverts("wing: retired"):
        fake_charter.halt(wing, 0, sender=outsider)


def test_retire__twice__changes_nothing(wing, fake_charter, outsider):
    fake_charter.retire(wing, sender=outsider)
    fake_charter.retire(wing, sender=outsider)
    assert wing.halted_until() == FOR_GOOD


def test_require_role__held__passes(project, admin, charter, steward):
    wing = admin.deploy(project.WingHarness, charter)
    wing.steward_business(sender=steward)


def test_require_role__another_role__reverts(project, admin, charter, issuer):
    wing = admin.deploy(project.WingHarness, charter)
    with ape.reverts("wing: lacks the role"):
        wing.steward_business(sender=issuer)
