"""What every contract of a brand must do for its Charter, and for nobody else.

Inherit and give `subject`, a contract that answers to the `charter` fixture:

    class TestPointsWing(WingBehaviour):
        @pytest.fixture
        def subject(self, points):
            return points
"""

import ape
import pytest

from tests.conftest import entry_name

DAY = 86_400
FOR_GOOD = 2**256 - 1
NAME = entry_name("subject")
OTHER = entry_name("other")


class WingBehaviour:
    @pytest.fixture
    def subject(self):
        raise NotImplementedError

    @pytest.fixture
    def successor(self, project, admin, charter):
        """Whatever is announced in the subject's place."""
        return admin.deploy(project.WingHarness, charter)

    @pytest.fixture
    def listed(self, charter, subject, admin):
        """The charter knows the subject; gives the name under which it does."""
        if not charter.is_current(subject):
            charter.set_entry(NAME, subject, sender=admin)
        if not charter.is_sealed():
            charter.seal(sender=admin)
        return charter.name_of(subject)

    def test_charter__from_the_start__is_the_brands(self, subject, charter):
        assert subject.charter() == charter

    def test_halted_until__from_the_start__is_zero(self, subject):
        assert subject.halted_until() == 0

    def test_halt_until__paused_by_the_warden__lasts_as_long(
        self, subject, charter, listed, warden
    ):
        receipt = charter.pause(listed, DAY, sender=warden)

        until = receipt.timestamp + DAY
        assert subject.Halted(until=until) in receipt.events
        assert subject.halted_until() == until

    def test_halt_until__unpaused__ends_now(self, subject, charter, listed, warden):
        charter.pause(listed, DAY, sender=warden)
        receipt = charter.unpause(listed, sender=warden)

        assert subject.Halted(until=receipt.timestamp) in receipt.events
        assert subject.halted_until() == receipt.timestamp

    def test_retire__replaced__is_for_good(self, subject, charter, listed, successor, admin, chain):
        charter.announce_replacement(listed, successor, sender=admin)
        chain.mine(deltatime=14 * DAY)
        receipt = charter.replace(listed, sender=admin)

        assert subject.Retired() in receipt.events
        assert subject.halted_until() == FOR_GOOD

    def test_halt_until__by_anyone_but_the_charter__reverts(self, subject, admin, warden, outsider):
        for sender in (admin, warden, outsider):
            with ape.reverts("wing: not the charter"):
                subject.halt_until(0, sender=sender)

    def test_retire__by_anyone_but_the_charter__reverts(self, subject, admin, warden, outsider):
        for sender in (admin, warden, outsider):
            with ape.reverts("wing: not the charter"):
                subject.retire(sender=sender)
