"""D4, "valid" that means "exists" (EAS `isAttestationValid`, maci#2842).

A shop asks, before it opens a record, whether it may. Each reason why it may not is brought about
in turn. Consent answers no each time, to one question that asks for all of it; the twin finds the
consent written down, and that is enough for it.
"""

import pytest

from tests.attacks.consent_stage import ANALYTICS, EVERY_KIND, HEALTH, MARKETING, RECORD
from tests.conftest import DAY

ENDS = (
    "it expired",
    "everything was withdrawn",
    "the company was shut out",
    "the purpose was shut out",
    "the notice was replaced",
    "the notice was ended",
)


@pytest.mark.parametrize("end", ENDS)
def test_given_once__over_since__is_not_allowed(books, victim, company, chain, end):
    ours, twin = books
    for book in books:
        book.give(victim)
        assert book.sees()
    acts = {
        "it expired": lambda: chain.mine(deltatime=30 * DAY),
        "everything was withdrawn": lambda: ours.contract.withdraw_all(sender=victim),
        "the company was shut out": lambda: ours.contract.deny_company(1, True, sender=victim),
        "the purpose was shut out": lambda: ours.contract.deny_purpose(
            ANALYTICS, True, sender=victim
        ),
        "the notice was replaced": lambda: ours.contract.publish_notice(
            1, ANALYTICS, EVERY_KIND, RECORD, sender=company
        ),
        "the notice was ended": lambda: ours.contract.end_notice(1, ANALYTICS, sender=company),
    }
    acts[end]()
    assert ours.contract.grant_of(1, 1, ANALYTICS).categories != 0  # it is there
    assert (ours.sees(), twin.sees()) == (False, True)
    access = ours.contract.access_of(1, 1, ANALYTICS, 0, company)
    assert (access.may_act, access.is_allowed, access.reads) == (True, False, 0)


def test_given__for_anything_else__is_not_allowed(books, victim):
    ours, _ = books
    ours.give(victim)
    for other in ({"passport_id": 2}, {"company_id": 2}, {"purpose": MARKETING}):
        assert not ours.sees(**other)
    assert not ours.sees(category=HEALTH)
