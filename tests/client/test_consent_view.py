"""A person's board: whom they allow what, who asks, what ends when; moves, income, reasons."""

from datetime import timedelta

import pytest

from cercle import lens
from cercle.chain import Chain
from cercle.consent import Acknowledgement, ConsentStatus, DecisionState, calls, company
from cercle.consent.finding import companies_of, decisions_of, looks_of, owners_of
from cercle.index.history import open_history
from cercle.values import checksum

from .community import DAY
from .data_town import CATEGORIES, KEY, NOTICE, PURPOSE
from .nodes import FakeNode, rpc

ORDER, SEAL = "0x" + "77" * 32, "0x" + "66" * 32


@pytest.fixture
def person(data_town):
    wallet = data_town.members[0]
    data_town.passport(wallet)
    return wallet


@pytest.fixture
def number(data_town, person):
    return data_town.found_company()


@pytest.fixture
def board(data_town, person, number):
    """Read the board anew."""

    def _read():
        passport_id = data_town.passport(person)
        return lens.consents(data_town.chain, data_town.deployment, passport_id, [number])

    return _read


def line(board):
    (found,) = board.companies[0].lines
    return found


def test_consents__company_that_was_given_nothing__shows_its_notice(board, data_town, number):
    (found,) = board().companies
    assert (found.company.id, found.company.controller) == (number, data_town.controller)
    assert (found.company.hpke_key, found.company.agent) == (KEY, None)
    assert (found.is_denied, found.is_brands) == (False, False)
    (shown,) = found.lines
    assert (shown.status, shown.grant, shown.duty) == (ConsentStatus.NONE, None, None)
    assert (shown.notice.version, shown.notice.categories) == (1, CATEGORIES)
    assert (shown.notice.content_hash, shown.notice.counts) == (NOTICE, True)
    assert (shown.reads_left, shown.reminder, shown.is_asked) == (0, 0, False)


def test_consents__asked_given_renewed_withdrawn__tells_each(board, data_town, person, number):
    d, passport_id = data_town.deployment, data_town.passport(person)
    ask = company.request_consent(d, number, passport_id, PURPOSE, CATEGORIES)
    data_town.send(ask, data_town.controller)
    assert (line(board()).status, len(board().asks)) == (ConsentStatus.REQUESTED, 1)
    terms = data_town.give(person, number)
    given = line(board())
    assert (given.status, given.grant.word) == (ConsentStatus.GIVEN, given.grant.word)
    assert (given.grant.until, given.reads_left, given.reads_used) == (terms.until, 2, 0)
    assert board().asks == ()
    data_town.give(person, number)
    assert line(board()).status == ConsentStatus.RENEWED
    data_town.send(calls.withdraw(d, number, PURPOSE), person)
    taken = line(board())
    assert (taken.status, taken.reads_left, taken.reminder) == (ConsentStatus.WITHDRAWN, 0, 0)


def test_consents__time_passes__reminds_the_most_urgent_first(board, data_town, person, number):
    data_town.give(person, number)
    assert board().reminders == ()
    data_town.pass_time(50 * DAY)
    assert [one.reminder for one in board().reminders] == [50]
    data_town.pass_time(45 * DAY)
    assert [one.reminder for one in board().reminders] == [95]
    data_town.pass_time(5 * DAY)
    ended = board()
    assert (ended.reminders, line(ended).status) == ((), ConsentStatus.EXPIRED)


def test_consents__everything_shut__is_said_once(board, data_town, person, number):
    d = data_town.deployment
    data_town.give(person, number)
    for call in (
        calls.withdraw_all(d),
        calls.deny_company(d, number, True),
        calls.deny_purpose(d, PURPOSE, True),
    ):
        data_town.send(call, person)
    found = board()
    assert found.withdrawn_at is not None
    assert (found.denied_purposes, found.companies[0].is_denied) == ((PURPOSE,), True)
    assert line(found).status == ConsentStatus.REFUSED


def test_consents__brands_own_company__is_there_unasked(data_town, person, number):
    d = data_town.deployment
    charter = d.contract("Charter")
    data_town.send(charter.call("set_company_id", number), data_town.people[0])
    found = lens.consents(data_town.chain, d, data_town.passport(person))
    assert [(one.company.id, one.is_brands) for one in found.companies] == [(number, True)]


def test_consents__read_again__is_one_request(data_town, person, number):
    """The whole board at one block: what was asked the last time is asked at once."""
    data_town.give(person, number)
    counted = []

    def bend(asked, answers):
        counted.append(len(asked))
        return answers

    between = FakeNode(data_town.url, bend)
    chain = Chain([between.url], 31337, head_age=600.0)
    d, passport_id = data_town.deployment, data_town.passport(person)
    lens.consents(chain, d, passport_id, [number])
    rpc(data_town.url, "evm_mine")
    chain.forget_head()
    chain.head()
    counted.clear()
    lens.consents(chain, d, passport_id, [number])
    between.close()
    assert len(counted) == 1


def test_company__number_that_nobody_has__is_none(data_town, number):
    assert lens.company(data_town.chain, data_town.deployment, number).uri
    assert lens.company(data_town.chain, data_town.deployment, number + 1) is None


def test_looks__read_under_a_grant__are_counted_and_paid(board, data_town, person, number):
    d, passport_id = data_town.deployment, data_town.passport(person)
    data_town.pay_in(number, 10_000)
    data_town.send(calls.set_price(d, PURPOSE, 1, 250), person)
    data_town.give(person, number)
    data_town.send(company.set_bond(d, number, 1_000), data_town.controller)
    look = company.request_access(d, number, passport_id, PURPOSE, 1, ORDER, 250)
    data_town.send(look, data_town.controller)
    shown = line(board())
    assert (shown.reads_used, shown.reads_left, shown.duty.bond) == (1, 1, 1_000)
    assert shown.duty.due_at == shown.kept_until + timedelta(days=30)
    earned = lens.income(data_town.chain, d, passport_id, [(PURPOSE, 1), (PURPOSE, 0)])
    assert (earned.income, earned.due, earned.prices) == (250, 250, {(PURPOSE, 1): 250})
    assert earned.token == checksum(d.contracts["Vault"].args[1])
    assert company.funds(data_town.chain, d, number).free == 10_000 - 1_000 - 250
    history = open_history(data_town.chain, d)
    (seen,) = looks_of(history, d, passport_id)
    assert (seen.name, seen.args["price"]) == ("AccessRequested", 250)
    assert companies_of(history, d, passport_id) == (number,)


def test_income__shared__counts_from_the_next_month(data_town, person):
    d, passport_id = data_town.deployment, data_town.passport(person)
    other = data_town.passport(data_town.members[1])
    data_town.send(calls.set_shares(d, [(other, 2_500)]), person)
    earned = lens.income(data_town.chain, d, passport_id)
    assert (earned.shares, earned.next_shares) == ((), ((other, 2_500),))
    assert earned.next_from > data_town.chain.head().time


def test_income__of_another__has_the_co_owners_part(data_town, person, number):
    d, passport_id = data_town.deployment, data_town.passport(person)
    other, stranger = (data_town.passport(wallet) for wallet in data_town.members[1:3])
    data_town.send(calls.set_shares(d, [(other, 2_500)]), person)
    data_town.pass_time(31 * DAY)
    data_town.pay_in(number, 10_000)
    data_town.send(calls.set_price(d, PURPOSE, 1, 250), person)
    data_town.give(person, number)
    look = company.request_access(d, number, passport_id, PURPOSE, 1, ORDER, 250)
    data_town.send(look, data_town.controller)

    kinds = (("Vault", "SharesSet"),)
    page = open_history(data_town.chain, d).of_passport(other, kinds=kinds)
    told = [entry.event for entry in page.entries]
    assert owners_of(told, other) == (passport_id,)
    assert owners_of(told, stranger) == ()
    asked = lens.income(data_town.chain, d, other, owners=(passport_id, other, stranger))
    assert asked.parts == ((passport_id, 62),)
    data_town.send(calls.collect(d, passport_id, other), person)
    assert lens.income(data_town.chain, d, other, owners=(passport_id,)).parts == ()


def test_moves__told_once__each_company_stands_by_itself(data_town, person, number):
    d, passport_id = data_town.deployment, data_town.passport(person)
    data_town.give(person, number)
    data_town.pass_time(10)
    data_town.send(calls.move(d, 1, SEAL), person)
    pairs = [(number, PURPOSE), (number, PURPOSE + 1)]
    (moved,) = lens.moves(data_town.chain, d, passport_id, pairs)
    assert (moved.category, moved.version, moved.is_erased) == (1, 1, False)
    assert moved.told == ((number, PURPOSE, Acknowledgement.EXPECTED),)
    note = company.acknowledge(d, number, passport_id, PURPOSE, 1, 1)
    data_town.send(note, data_town.controller)
    (moved,) = lens.moves(data_town.chain, d, passport_id, pairs)
    assert moved.told == ((number, PURPOSE, Acknowledgement.ACKNOWLEDGED),)


def test_decisions__committed_demanded_opened__tells_each(data_town, person, number):
    d, passport_id = data_town.deployment, data_town.passport(person)
    opening, secret = tuple("0x" + digit * 64 for digit in "1234"), "0x" + "9" * 64
    book = d.contract("Decisions")
    read = book.read(
        "commitment_of", number, passport_id, tuple(map(calls.raw, opening)), calls.raw(secret)
    )
    sealed = data_town.chain.read([read], data_town.chain.head(fresh=True))[0]
    data_town.send(
        company.commit(d, number, passport_id, "0x" + sealed.hex()), data_town.controller
    )
    history = open_history(data_town.chain, d)
    (decision,) = decisions_of(history, d, passport_id)
    states = []
    for call, sender in (
        (None, None),
        (calls.demand(d, decision), person),
        (company.open_decision(d, decision, opening, secret), data_town.controller),
    ):
        if call is not None:
            data_town.send(call, sender)
        (found,) = lens.decisions(data_town.chain, d, [decision, decision + 1])
        states.append(found.state)
    assert states == [DecisionState.COMMITTED, DecisionState.DEMANDED, DecisionState.OPENED]
    assert found.due_at - found.demanded_at == timedelta(days=30)
