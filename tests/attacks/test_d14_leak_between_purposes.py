"""D14, a category that leaks from one purpose to another (bit sets as a cross product).

The person lets a company see how to reach them, for marketing, and their health data, for
analytics. Where purposes and data are two lists, each purpose gets all the data: the twin lets the
company advertise by illness. At Consent each purpose has what was agreed to for it.
"""

from tests.attacks.consent_stage import ANALYTICS, EVERY_KIND, HEALTH, MAIL, MARKETING


def seen(book):
    """All that the company may see, by purpose."""
    return {
        purpose: {kind for kind in range(64) if book.sees(purpose=purpose, category=kind)}
        for purpose in range(64)
        if any(book.sees(purpose=purpose, category=kind) for kind in (MAIL, HEALTH))
    }


def test_two_purposes__each_gets_its_own(books, victim):
    ours, twin = books
    for book in books:
        book.give(victim, purpose=MARKETING, categories=1 << MAIL)
        book.give(victim, purpose=ANALYTICS, categories=1 << HEALTH)
    assert seen(ours) == {MARKETING: {MAIL}, ANALYTICS: {HEALTH}}
    both = {MAIL, HEALTH}
    assert seen(twin) == {MARKETING: both, ANALYTICS: both}


def test_one_withdrawn__the_other_keeps_its_own(books, victim):
    ours, twin = books
    for book in books:
        book.give(victim, purpose=MARKETING, categories=1 << MAIL)
        book.give(victim, purpose=ANALYTICS, categories=EVERY_KIND)
        book.contract.withdraw(1, ANALYTICS, sender=victim)
    assert seen(ours) == {MARKETING: {MAIL}}
    assert seen(twin) == {MARKETING: {MAIL, HEALTH}}  # health data, for marketing


def test_number_beyond_the_purposes__is_no_way_round(books, victim):
    """Were the place of a grant a sum, purpose 65 of company 0 would be purpose 1 of company 1."""
    ours, _ = books
    ours.give(victim)
    for company_id, purpose in ((0, 64 + ANALYTICS), (1, 64 + ANALYTICS), (1, 2**64 + ANALYTICS)):
        assert not ours.sees(company_id=company_id, purpose=purpose)
