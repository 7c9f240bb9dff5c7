"""`Charter.pause` and `unpause`: one wing's new business stops for a while."""

import ape
import pytest

from tests.conftest import entry_name

DAY = 86_400
POINTS, PERKS = entry_name("points"), entry_name("perks")


@pytest.fixture
def paused(sealed, warden):
    """Points are paused for three days."""
    sealed.pause(POINTS, 3 * DAY, sender=warden)
    return sealed


def test_pause__entry__halts_it_until_then(sealed, wing, warden, limits):
    receipt = sealed.pause(POINTS, 3 * DAY, sender=warden)

    until = receipt.timestamp + 3 * DAY
    assert receipt.events == [
        wing.Halted(until=until),
        sealed.PauseStarted(name=POINTS, warden=warden, until=until),
    ]
    assert wing.halted_until() == until
    assert sealed.pause_allowed_from(POINTS) == until + limits.MAX_PAUSE()


def test_pause__while_founding__works_too(founding, wing, warden):
    founding.pause(POINTS, 1, sender=warden)
    assert wing.halted_until() > 0


def test_pause__longest__is_taken(sealed, warden, limits):
    sealed.pause(POINTS, limits.MAX_PAUSE(), sender=warden)


def test_pause__a_second_too_long__reverts(sealed, warden, limits):
    with ape.reverts("charter: pause too long"):
        sealed.pause(POINTS, limits.MAX_PAUSE() + 1, sender=warden)


def test_pause__no_duration__reverts(sealed, warden):
    with ape.reverts("charter: no duration"):
        sealed.pause(POINTS, 0, sender=warden)


def test_pause__another_name__is_not_held_up(paused, successor, warden, admin, chain):
    paused.announce_replacement(PERKS, successor, sender=admin)
    chain.mine(deltatime=14 * DAY)
    paused.replace(PERKS, sender=admin)
    paused.pause(PERKS, DAY, sender=warden)


def test_pause__during_a_pause__reverts(paused, warden):
    with ape.reverts("charter: paused lately"):
        paused.pause(POINTS, DAY, sender=warden)


def test_pause__last_second_of_the_rest__reverts(paused, warden, chain):
    chain.pending_timestamp = paused.pause_allowed_from(POINTS) - 1
    with ape.reverts("charter: paused lately"):
        paused.pause(POINTS, DAY, sender=warden)


def test_pause__replaced_meanwhile__rests_all_the_same(paused, successor, warden, admin, chain):
    paused.announce_replacement(POINTS, successor, sender=admin)
    chain.mine(deltatime=14 * DAY)
    paused.replace(POINTS, sender=admin)
    assert successor.halted_until() == 0, "a pause stays with the contract it halted"
    with ape.reverts("charter: paused lately"):
        paused.pause(POINTS, DAY, sender=warden)


def test_pause__after_the_rest__is_taken_again(paused, warden, chain):
    chain.pending_timestamp = paused.pause_allowed_from(POINTS)
    paused.pause(POINTS, DAY, sender=warden)


def test_pause__ended_early__rests_as_long(paused, warden, chain):
    allowed_from = paused.pause_allowed_from(POINTS)
    paused.unpause(POINTS, sender=warden)
    assert paused.pause_allowed_from(POINTS) == allowed_from
    with ape.reverts("charter: paused lately"):
        paused.pause(POINTS, DAY, sender=warden)


def test_pause__last_second_of_the_office__is_taken(sealed, warden, chain):
    chain.pending_timestamp = sealed.warden_until() - 1
    sealed.pause(POINTS, DAY, sender=warden)


def test_pause__office_ended__reverts(sealed, warden, chain):
    chain.pending_timestamp = sealed.warden_until()
    with ape.reverts("charter: office ended"):
        sealed.pause(POINTS, DAY, sender=warden)


def test_pause__unknown_name__reverts(sealed, warden):
    with ape.reverts("directory: no such entry"):
        sealed.pause(PERKS, DAY, sender=warden)


def test_pause__shared_contract__reverts(charter, passport, admin, warden):
    charter.set_entry(entry_name("passport"), passport, sender=admin)
    with ape.reverts("charter: cannot be paused"):
        charter.pause(entry_name("passport"), DAY, sender=warden)


def test_pause__contract_that_agrees_to_everything__reverts(project, charter, admin, warden):
    agreeable = admin.deploy(project.AgreeableFake)
    charter.set_entry(POINTS, agreeable, sender=admin)
    with ape.reverts("charter: cannot be paused"):
        charter.pause(POINTS, DAY, sender=warden)


def test_pause__by_admin__reverts(sealed, admin):
    with ape.reverts("authority: lacks the role"):
        sealed.pause(POINTS, DAY, sender=admin)


def test_unpause__paused__ends_it_now(paused, wing, warden):
    receipt = paused.unpause(POINTS, sender=warden)

    assert receipt.events == [
        wing.Halted(until=receipt.timestamp),
        paused.PauseEnded(name=POINTS, warden=warden),
    ]
    assert wing.halted_until() == receipt.timestamp


def test_unpause__office_ended__still_ends_it(sealed, warden, chain):
    chain.pending_timestamp = sealed.warden_until() - 1
    sealed.pause(POINTS, 3 * DAY, sender=warden)
    chain.pending_timestamp = sealed.warden_until() + DAY
    sealed.unpause(POINTS, sender=warden)


def test_unpause__over_already__reverts(paused, wing, warden, chain):
    chain.pending_timestamp = wing.halted_until()
    with ape.reverts("charter: not paused"):
        paused.unpause(POINTS, sender=warden)


def test_unpause__twice__reverts(paused, warden):
    paused.unpause(POINTS, sender=warden)
    with ape.reverts("charter: not paused"):
        paused.unpause(POINTS, sender=warden)


def test_unpause__never_paused__reverts(sealed, warden):
    with ape.reverts("charter: not paused"):
        sealed.unpause(POINTS, sender=warden)


def test_unpause__by_outsider__reverts(paused, outsider):
    with ape.reverts("authority: lacks the role"):
        paused.unpause(POINTS, sender=outsider)
