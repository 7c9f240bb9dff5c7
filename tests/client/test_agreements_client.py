"""Agreements through the package: what is sent, what is signed, what is read back."""

import pytest
from eth_utils import keccak

from cercle.agreements import Standing, acts, calls, course
from cercle.agreements.client import HAPPENINGS, Agreements
from cercle.contracts import packaged_abi
from cercle.errors import AgreementUnknown, LessThanBefore, MoneyIsBound, OtherTerms
from cercle.index.history import open_history

from .service_town import (
    CHOICES,
    DAY,
    GRACE,
    LIST,
    METER,
    OPERATOR,
    PERIOD,
    PROVIDER,
    SMALL,
    STOP,
    SWITCH,
    WORDS,
)


def named(events, *names):
    """The events of these names, by their names and arguments."""
    return [(event.name, event.args) for event in events if event.name in names]


def on_chain(town, view):
    """How the calculator says that an agreement stands."""
    read = town.deployment.contract("Tariff").read(
        "standing", view.current.words, view.account.words, view.going.words
    )
    return Standing(**town.chain.read([read], town.chain.head())[0])


# ---- price lists ----------------------------------------------------------------------


def test_shelf__list_of_three__has_all_that_signing_takes(service):
    shelf = service.shelf()
    assert (shelf.price_list.company_id, shelf.price_list.operator_id) == (PROVIDER, OPERATOR)
    assert (shelf.price_list.period, shelf.price_list.grace) == (PERIOD, GRACE)
    assert (shelf.price_list.outage_factor, shelf.price_list.revision) == (10_000, 3)
    assert shelf.price_list.token == service.token.address
    assert shelf.offers[1].plan == SMALL
    assert shelf.meters == {METER.address: OPERATOR}
    assert (shelf.allowing, shelf.now) == (frozenset(), service.now())
    assert service.lists.words(LIST) == {0: WORDS, 1: WORDS, 2: WORDS, 3: WORDS}


def test_shelf__some_plans__looks_at_no_others(service):
    assert sorted(service.lists.shelf(LIST, plans=(3, 1, 9)).offers) == [1, 3]
    assert (service.lists.heading(LIST), service.lists.heading(9)) == (WORDS, None)


def test_shelf__plan_withdrawn_or_revised__shows_it(service):
    cheaper = SMALL.model_copy(update={"base_price": 900})
    for call in (
        calls.withdraw_plan(service.deployment, LIST, 2),
        calls.revise_plan(service.deployment, LIST, 1, cheaper, NEW := "0x" + "78" * 32),
    ):
        service.send(call, service.controller)
    shelf = service.shelf()
    assert (sorted(shelf.offers), shelf.offers[1].plan) == ([1, 3], cheaper)
    assert shelf.price_list.revision == 5
    assert service.lists.words(LIST)[1] == NEW


def test_numbers__of_a_company__are_its_lists(service):
    call = service.list_call(period=DAY, grace=0)
    assert calls.made(service.deployment, call, service.receipt(call, service.controller)["logs"])
    assert service.lists.numbers() == service.lists.numbers(PROVIDER) == (1, 2)
    assert service.lists.numbers(OPERATOR) == ()


def test_price_list__of_no_such_number__is_unknown(service):
    with pytest.raises(AgreementUnknown, match="no price list 9"):
        service.lists.price_list(9)
    with pytest.raises(AgreementUnknown, match="no price list 9"):
        service.lists.shelf(9)


# ---- agreements -----------------------------------------------------------------------


def test_view__after_readings_and_periods__is_what_the_contracts_say(service):
    number = service.open()
    for seconds, shown in ((DAY, 15), (PERIOD, 50), (2 * PERIOD + GRACE, 110)):
        service.pass_time(seconds)
        service.settle(number, shown, shown, 60)
        view = service.book.view(number)
        assert view.standing == on_chain(service, view)
        assert view.is_entitled == view.standing.is_entitled
        assert view.account == service.book.account(number)
    service.pass_time(5 * PERIOD)
    view = service.book.view(number)
    assert view.standing == on_chain(service, view)
    assert view.standing.escrow < view.account.escrow
    assert view.now == service.now()


def test_view__list_got_cheaper__counts_it_before_it_is_written_down(service):
    number = service.open()
    cheaper = SMALL.model_copy(update={"base_price": 700, "unit_price": 10})
    revise = calls.revise_plan(service.deployment, LIST, 1, cheaper, WORDS)
    service.send(revise, service.controller)
    view = service.book.view(number)
    assert (view.terms.rungs[0].plan, view.current.rungs[0].plan) == (SMALL, cheaper)
    assert (view.standing.price, view.is_worse_now) == (700, False)
    service.poke(number)
    assert service.book.terms(number) == view.current
    with pytest.raises(OtherTerms):
        service.book.view(number, terms=view.terms)


def test_view__plan_got_dearer__says_that_one_may_leave(service):
    number = service.open()
    service.send(calls.withdraw_plan(service.deployment, LIST, 3), service.controller)
    view = service.book.view(number)
    assert (view.is_worse_now, view.current) == (True, view.terms)
    end = calls.end(service.deployment, number, view.terms, is_at_once=True)
    service.pass_time(PERIOD // 2)
    service.send(end, service.customer)
    after = service.book.view(number)
    assert after.standing == on_chain(service, after)
    assert (after.is_entitled, after.account.has_left) == (False, True)


def test_terms__of_no_such_agreement__are_unknown(service):
    with pytest.raises(AgreementUnknown, match="no contract 7"):
        service.book.terms(7)
    with pytest.raises(AgreementUnknown):
        service.book.view(7)


def test_terms__hash__is_the_contracts(service):
    number = service.open()
    read = service.deployment.contract("Agreements").read("terms_hash_of", number)
    (told,) = service.chain.read([read], service.chain.head(fresh=True))
    assert service.book.terms(number).hash == "0x" + told.hex()


def test_of__customers_and_lists__find_their_agreements(service):
    other = service.people[8]
    service.enrich(other)
    mine = service.open(), service.open((1, STOP))
    theirs = service.open(wallet=other)
    assert service.book.of(service.passport(service.customer)) == mine
    assert service.book.of(service.passport(other)) == (theirs,)
    assert service.book.under(LIST) == (*mine, theirs)


def test_history__from_the_chain_or_through_pages__is_the_same(service):
    number = service.open()
    service.pass_time(DAY)
    service.settle(number, 1, 25)
    service.pass_time(PERIOD + GRACE)
    service.poke(number)
    found = service.book.history(number)
    names = [event.name for event in found]
    assert names[:2] == ["AgreementOpened", "EscrowPaid"]
    assert {"ReadingSettled", "PeriodClosed"} <= set(names)
    paged = Agreements(
        service.chain, service.deployment, open_history(service.chain, service.deployment, None)
    )
    assert paged.history(number) == found
    assert paged.terms(number) == service.book.terms(number)


def test_happenings__against_the_abi__are_all_that_name_an_agreement():
    told = {
        entry["name"]
        for entry in packaged_abi("Agreements")
        if entry["type"] == "event" and entry["inputs"][0]["name"] == "agreement_id"
    }
    assert set(HAPPENINGS) == told


# ---- acts, in both ways ---------------------------------------------------------------


def test_open__carried_for_the_customer__is_the_same_as_sent(service, keys):
    act = acts.open(service.deployment, service.ladder())
    told = service.carried(act, service.customer, keys[9])
    assert [name for name, _ in named(told, "AgreementOpened", "EscrowPaid")] == [
        "AgreementOpened",
        "EscrowPaid",
    ]
    sent = service.send(act.call, service.customer)
    mine, theirs = (one[0].args for one in (told, sent))
    assert mine["terms"]["rungs"] == theirs["terms"]["rungs"]


def test_open__message__is_hashed_as_the_contract_hashes_it(service):
    ladder = service.ladder()
    act = acts.open(service.deployment, ladder)
    message = act.sign(service.chain, service.customer)
    words = message.message["nonce"], message.message["deadline"]
    read = service.deployment.contract("PriceLists").read(
        "opening_hash", service.customer, ladder.words, *words
    )
    (told,) = service.chain.read([read], service.chain.head())
    domain = service.deployment.contract("Agreements").read("DOMAIN_SEPARATOR")
    (separator,) = service.chain.read([domain], service.chain.head())
    assert message.digest() == keccak(b"\x19\x01" + separator + told)


def test_go_on__carried__raises_the_limit_of_that_period(service, keys):
    number = service.open((1, STOP), (2, STOP))
    terms = service.book.terms(number)
    words = {"period": 0, "limit": 60, "period_cap": 7_000}
    act = acts.go_on(service.deployment, number, terms, **words)
    told = service.carried(act, service.customer, keys[9])
    assert named(told, "WentOn") == [("WentOn", {"agreement_id": number, **words})]
    view = service.book.view(number)
    assert (view.standing.limit, view.standing.cap) == (60, 7_000)
    less = acts.go_on(service.deployment, number, terms, period=0, limit=59, period_cap=7_000)
    with pytest.raises(LessThanBefore):
        service.chain.simulate(less.call, service.customer)


def test_end_and_withdraw__carried__pay_all_back(service, keys):
    number = service.open()
    terms = service.book.terms(number)
    service.carried(acts.end(service.deployment, number, terms), service.customer, keys[9])
    bound = acts.withdraw(service.deployment, number, terms, service.customer, 9_000)
    with pytest.raises(MoneyIsBound):
        service.chain.simulate(bound.call, service.customer)
    service.pass_time(PERIOD + GRACE)
    told = service.carried(bound, service.customer, keys[9])
    paid = {"agreement_id": number, "payee": service.customer, "amount": 9_000}
    assert named(told, "EscrowWithdrawn") == [("EscrowWithdrawn", paid)]
    assert service.book.account(number).escrow == 0
    assert service.book.due(LIST) == 1_000
    collect = calls.collect(service.deployment, LIST, service.operator)
    told = service.send(collect, service.controller)
    assert named(told, "EarningsCollected")[0][1]["amount"] == 1_000


def test_top_up_and_discontinue__by_those_who_may__are_written_down(service):
    number = service.open()
    terms = service.book.terms(number)
    service.enrich(service.outsider)
    act = acts.top_up(service.deployment, number, terms, 500)
    assert act.sign is None
    told = service.send(act.call, service.outsider)
    assert named(told, "EscrowPaid")[0][1]["payer"] == service.outsider
    told = service.send(calls.discontinue(service.deployment, number, terms), service.controller)
    assert named(told, "AgreementEnded")[0][1]["ends_at"] == terms.begins(2)


def test_settle_many__with_one_that_is_in__counts_the_others(service):
    one, two = service.open(), service.open((1, SWITCH), (2, STOP))
    service.pass_time(DAY)
    service.settle(one, 1, 5)
    now = service.now()
    settlements = [
        (number, service.book.terms(number), service.reading(number, sequence, now, 8))
        for number, sequence in ((one, 1), (one, 2), (two, 1))
    ]
    told = service.send(calls.settle_many(service.deployment, settlements), service.outsider)
    counted = named(told, "ReadingSettled")
    assert [(args["agreement_id"], args["sequence"]) for _, args in counted] == [(one, 2), (two, 1)]


def test_course__clock__puts_a_reading_at_the_end_into_the_period_that_ends(service):
    number = service.open(*CHOICES)
    terms = service.book.terms(number)
    end = terms.begins(1)
    assert [course.dated_in(terms, end + step) for step in (-PERIOD, 0, 1)] == [0, 0, 1]
    service.pass_time(end + 1 - service.now())
    reading = service.reading(number, 1, end, 12)
    told = service.send(calls.settle(service.deployment, number, terms, reading), service.outsider)
    assert named(told, "ReadingSettled")[0][1]["period"] == 0
