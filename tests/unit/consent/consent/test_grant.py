"""`Consent.grant`: a person lets a company see data of theirs, for one purpose, to an end."""

import ape
import pytest

from tests.conftest import DAY

from .words import CATEGORIES, NOTICE, OTHER_PURPOSE, PURPOSE, ZERO_HASH, Status

pytestmark = pytest.mark.usefixtures("person")


def test_grant__first__is_written_whole(consent, terms, person):
    agreed = terms()
    receipt = consent.grant(agreed, sender=person)

    assert receipt.events == [
        consent.ConsentGiven(
            passport_id=1,
            company_id=1,
            purpose=PURPOSE,
            grant=agreed.word(),
            record_hash=agreed.record_hash,
        )
    ]
    grant = consent.grant_of(1, 1, PURPOSE)
    assert (grant.categories, grant.issued_at) == (agreed.categories, agreed.issued_at)
    assert (grant.until, grant.keep_until) == (agreed.until, agreed.keep_until)
    assert (grant.reads, grant.notice_version, grant.renewed_from) == (5, 1, 0)
    assert consent.status(1, 1, PURPOSE) == Status.GIVEN


def test_grant__while_one_counts__renews_it(consent, terms, person, give):
    first = give()
    newer = terms(categories=0b1000)
    receipt = consent.grant(newer, sender=person)

    assert receipt.events == [
        consent.ConsentGiven(
            passport_id=1,
            company_id=1,
            purpose=PURPOSE,
            grant=newer.word(renewed_from=first.issued_at),
            record_hash=newer.record_hash,
        )
    ]
    assert consent.grant_of(1, 1, PURPOSE).renewed_from == first.issued_at
    assert consent.status(1, 1, PURPOSE) == Status.RENEWED
    assert [consent.allowed(1, 1, PURPOSE, one) for one in range(4)] == [False, False, False, True]


def test_grant__after_the_last_one_ended__is_no_renewal(consent, terms, person, give, at):
    first = give()
    at(first.until)
    consent.grant(terms(issued_at=first.until, until=first.until + 1), sender=person)
    assert consent.grant_of(1, 1, PURPOSE).renewed_from == 0
    assert consent.status(1, 1, PURPOSE) == Status.GIVEN


def test_grant__in_the_last_second_of_another__renews_it(consent, terms, person, give, at):
    first = give()
    at(first.until - 1)
    consent.grant(terms(issued_at=first.until - 1, until=first.until + 1), sender=person)
    assert consent.grant_of(1, 1, PURPOSE).renewed_from == first.issued_at


def test_grant__after_a_withdrawal__is_no_renewal(consent, withdrawn, terms, person, wait):
    wait()
    consent.grant(terms(), sender=person)
    assert consent.grant_of(1, 1, PURPOSE).renewed_from == 0
    assert consent.status(1, 1, PURPOSE) == Status.GIVEN


def test_grant__by_a_linked_wallet__is_the_persons(consent, terms, person, link, newcomer):
    link(person, newcomer)
    receipt = consent.grant(terms(), sender=newcomer)
    assert receipt.events[0].passport_id == 1
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_grant__by_two_people__each_has_their_own(consent, give, other, terms):
    give(categories=0b1)
    give(other, categories=0b10)
    assert [consent.allowed(who, 1, PURPOSE, 0) for who in (1, 2)] == [True, False]
    assert [consent.allowed(who, 1, PURPOSE, 1) for who in (1, 2)] == [False, True]


def test_grant__shut_out__is_kept_and_does_not_count(consent, terms, person):
    consent.deny_company(1, True, sender=person)
    consent.grant(terms(), sender=person)
    assert not consent.allowed(1, 1, PURPOSE, 0)
    consent.deny_company(1, False, sender=person)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_grant__made_up_before_all_was_withdrawn__does_not_count(consent, terms, person, wait):
    """Sent before, mined after: what was withdrawn stays so."""
    sent_before = terms()
    consent.withdraw_all(sender=person)
    consent.grant(sent_before, sender=person)
    assert not consent.allowed(1, 1, PURPOSE, 0)
    assert consent.status(1, 1, PURPOSE) == Status.WITHDRAWN


# ---- bounds ----------------------------------------------------------------------


@pytest.fixture
def in_an_hour(consent, at, now, person, terms):
    """Grant at a known second; the change is told as a distance from it."""

    def _grant(**distances):
        moment = now() + 7_200
        words = {"issued_at": moment, "until": moment + DAY, "keep_until": moment + DAY}
        words |= {name: moment + distance for name, distance in distances.items()}
        agreed = terms(**words)
        at(moment)
        consent.grant(agreed, sender=person)

    return _grant


def test_grant__issued_an_hour_ago__counts(in_an_hour, limits):
    in_an_hour(issued_at=-limits.MAX_ISSUE_AGE())


def test_grant__issued_longer_ago__reverts(in_an_hour, limits):
    with ape.reverts("consent: issued long ago"):
        in_an_hour(issued_at=-limits.MAX_ISSUE_AGE() - 1)


def test_grant__issued_never__reverts(consent, terms, person):
    with ape.reverts("consent: issued long ago"):
        consent.grant(terms(issued_at=0), sender=person)


def test_grant__issued_now__counts(in_an_hour):
    in_an_hour(issued_at=0)


def test_grant__dated_ahead__reverts(in_an_hour, consent, terms, person):
    with ape.reverts("consent: dated ahead"):
        in_an_hour(issued_at=1)
    for far in (2**40, 2**256 - 1):
        with ape.reverts("consent: dated ahead"):
            consent.grant(terms(issued_at=far), sender=person)


def test_grant__one_second__counts(in_an_hour):
    in_an_hour(until=1, keep_until=1)


def test_grant__no_second__reverts(in_an_hour, consent, terms, person):
    with ape.reverts("consent: empty window"):
        in_an_hour(until=0)
    with ape.reverts("consent: empty window"):
        consent.grant(terms(until=0), sender=person)


def test_grant__as_long_as_may_be__counts(in_an_hour, limits):
    in_an_hour(until=limits.MAX_GRANT(), keep_until=limits.MAX_GRANT())


def test_grant__endless__reverts(in_an_hour, limits, consent, terms, person):
    with ape.reverts("consent: endless window"):
        in_an_hour(until=limits.MAX_GRANT() + 1, keep_until=limits.MAX_GRANT() + 1)
    for far in (2**40, 2**256 - 1):
        with ape.reverts("consent: endless window"):
            consent.grant(terms(until=far, keep_until=far), sender=person)


def test_grant__kept_to_its_end__counts(in_an_hour):
    in_an_hour(until=DAY, keep_until=DAY)


def test_grant__kept_less_than_it_lasts__reverts(in_an_hour):
    with ape.reverts("consent: kept too short"):
        in_an_hour(until=DAY, keep_until=DAY - 1)


def test_grant__kept_as_long_as_may_be__counts(in_an_hour, limits):
    in_an_hour(keep_until=limits.MAX_KEEP())


def test_grant__kept_longer__reverts(in_an_hour, limits, consent, terms, person):
    with ape.reverts("consent: kept too long"):
        in_an_hour(keep_until=limits.MAX_KEEP() + 1)
    for far in (2**40, 2**256 - 1):
        with ape.reverts("consent: kept too long"):
            consent.grant(terms(keep_until=far), sender=person)


def test_grant__most_reads__are_kept(consent, terms, person):
    consent.grant(terms(reads=2**16 - 1), sender=person)
    assert consent.grant_of(1, 1, PURPOSE).reads == 2**16 - 1
    assert consent.grant_of(1, 1, PURPOSE).notice_version == 1


def test_grant__no_reads__is_a_grant(consent, terms, person):
    consent.grant(terms(reads=0), sender=person)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_grant__too_many_reads__reverts(consent, terms, person):
    for reads in (2**16, 2**256 - 1):
        with ape.reverts("consent: too many reads"):
            consent.grant(terms(reads=reads), sender=person)


def test_grant__last_purpose_and_category__counts(consent, terms, person, controller, limits):
    purpose, category = limits.PURPOSES() - 1, limits.CATEGORIES() - 1
    consent.publish_notice(1, purpose, 1 << category, NOTICE, sender=controller)
    agreed = terms(purpose=purpose, categories=1 << category)
    consent.grant(agreed, sender=person)
    assert consent.allowed(1, 1, purpose, category)
    assert consent.grant_of(1, 1, purpose).issued_at == agreed.issued_at


# ---- refusals -------------------------------------------------------------------


def test_grant__by_nobody__reverts(consent, terms, outsider):
    with ape.reverts("consent: no passport"):
        consent.grant(terms(), sender=outsider)


def test_grant__unknown_purpose__reverts(consent, terms, person, limits):
    for purpose in (limits.PURPOSES(), 2**64 | PURPOSE, 2**256 - 1):
        with ape.reverts("consent: unknown purpose"):
            consent.grant(terms(purpose=purpose), sender=person)


def test_grant__beyond_any_company__reverts(consent, terms, person):
    for company_id in (2**64, 2**64 | 1, 2**250 | 1, 2**256 - 1):
        with ape.reverts("consent: unknown company"):
            consent.grant(terms(company_id=company_id), sender=person)


def test_grant__company_without_a_notice__reverts(consent, terms, person):
    for changes in ({"company_id": 0}, {"company_id": 2}, {"purpose": OTHER_PURPOSE}):
        with ape.reverts("consent: no notice"):
            consent.grant(terms(**changes), sender=person)


def test_grant__another_version__reverts(consent, terms, person):
    for version in (0, 2, 2**16 | 1, 2**256 - 1):
        with ape.reverts("consent: other notice"):
            consent.grant(terms(notice_version=version), sender=person)


def test_grant__nothing__reverts(consent, terms, person):
    with ape.reverts("consent: no category"):
        consent.grant(terms(categories=0), sender=person)


def test_grant__beyond_the_notice__reverts(consent, terms, person):
    for categories in (0b100, 0b111, CATEGORIES | 1 << 63, 1 << 64 | 1, 2**256 - 1):
        with ape.reverts("consent: beyond the notice"):
            consent.grant(terms(categories=categories), sender=person)


def test_grant__without_a_record__reverts(consent, terms, person):
    with ape.reverts("consent: no record"):
        consent.grant(terms(record_hash=ZERO_HASH), sender=person)


def test_grant__again_with_the_same_date__reverts(consent, terms, person, give):
    agreed = give()
    for issued_at in (agreed.issued_at, agreed.issued_at - 1):
        with ape.reverts("consent: issued before"):
            consent.grant(terms(issued_at=issued_at), sender=person)


def test_grant__issued_up_to_a_withdrawal__reverts(consent, terms, person, withdrawn, wait):
    _, moment = withdrawn
    for issued_at in (moment - 1, moment):
        with ape.reverts("consent: issued before"):
            consent.grant(terms(issued_at=issued_at), sender=person)
    wait()
    consent.grant(terms(issued_at=moment + 1), sender=person)
    assert consent.allowed(1, 1, PURPOSE, 0)
