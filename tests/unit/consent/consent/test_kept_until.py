"""`Consent.kept_until`: from when on a company may not keep what it read."""

import pytest

from tests.conftest import DAY

from .words import OTHER_PURPOSE, PURPOSE

pytestmark = pytest.mark.usefixtures("company", "person")


@pytest.fixture
def kept(consent):
    return lambda: consent.kept_until(1, 1, PURPOSE)


def test_kept_until__never_given__is_never(kept, consent, person):
    assert kept() == 0
    consent.withdraw_all(sender=person)
    assert kept() == 0


def test_kept_until__given__is_what_was_agreed(kept, give, wait):
    agreed = give()
    assert kept() == agreed.keep_until
    wait(90 * DAY)
    assert kept() == agreed.keep_until


def test_kept_until__withdrawn__is_the_withdrawal(kept, withdrawn):
    assert kept() == withdrawn[1]


def test_kept_until__all_withdrawn__is_the_withdrawal(kept, give, consent, person):
    give()
    assert kept() != consent.withdraw_all(sender=person).timestamp
    assert kept() == consent.person_of(1).withdrawn_at


def test_kept_until__withdrawn_after_it_was_over__is_what_was_agreed(
    kept, give, consent, person, wait
):
    agreed = give()
    wait(90 * DAY)
    consent.withdraw_all(sender=person)
    assert kept() == agreed.keep_until


def test_kept_until__withdrawn_alone_then_all__is_the_first(kept, withdrawn, consent, person, wait):
    wait(DAY)
    consent.withdraw_all(sender=person)
    assert kept() == withdrawn[1]


def test_kept_until__given_anew__is_what_was_agreed_now(kept, withdrawn, give, wait):
    wait(DAY)
    assert kept() == withdrawn[1]
    agreed = give()
    assert kept() == agreed.keep_until


def test_kept_until__denied_or_notice_ended__is_what_was_agreed(
    kept, give, consent, person, controller
):
    agreed = give()
    consent.deny_company(1, True, sender=person)
    consent.end_notice(1, PURPOSE, sender=controller)
    assert kept() == agreed.keep_until


@pytest.mark.parametrize("number", [0, 2, 2**64 | 1, 2**186 | 1, 2**250 | 1, 2**256 - 1])
def test_kept_until__other_numbers__are_nobodys(consent, give, number):
    give()
    assert consent.kept_until(number, 1, PURPOSE) == 0
    assert consent.kept_until(1, number, PURPOSE) == 0
    assert consent.kept_until(1, 1, number) == 0
    assert consent.kept_until(1, 1, OTHER_PURPOSE) == 0
