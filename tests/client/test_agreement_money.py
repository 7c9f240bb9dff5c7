"""What of an agreement's money may be taken back, and what somebody can pay with."""

from decimal import Decimal

import pytest

from cercle.agreements import acts
from cercle.agreements.purse import purse
from cercle.errors import MoneyIsBound

from .service_town import DAY, GRACE, METER, OPERATOR, PERIOD, PROVIDER


def test_withdrawable__in_each_period__is_all_that_the_contract_gives_and_no_more(service):
    number = service.open(deposit=15_000)
    # The second falls into a period whose predecessor may still be read: both caps bind.
    steps = ((DAY, 5), (PERIOD, None), (1, 30), (PERIOD, 31), (GRACE, None), (15 * PERIOD, None))
    for wait, shown in steps:
        service.pass_time(wait)
        if shown:
            service.settle(number, shown, shown)
        view = service.book.view(number)
        words = (service.deployment, number, view.terms, service.customer)
        more = acts.withdraw(*words, view.withdrawable + 1)
        with pytest.raises(MoneyIsBound):
            service.chain.simulate(more.call, service.customer)
        assert view.withdrawable
        act = acts.withdraw(*words, view.withdrawable)
        assert service.chain.simulate(act.call, service.customer)
    assert view.withdrawable == view.standing.escrow


def test_meters_of__company__are_its_own(service):
    assert service.lists.meters_of(OPERATOR) == (METER.address,)
    assert service.lists.meters_of(PROVIDER) == ()


def test_purse__of_a_token__tells_its_words_and_what_the_book_may_take(service):
    token = service.token.address
    mine = purse(service.chain, service.deployment, token, service.customer)
    assert (mine.token, mine.symbol, mine.decimals) == (token, "", 2)  # it tells no symbol
    assert (mine.balance, mine.allowed) == (10**9, 10**9)
    assert (mine.amount(1_250), mine.units(mine.amount(1_250))) == (Decimal("12.5"), 1_250)
    service.open(deposit=2_000)
    mine = purse(service.chain, service.deployment, token, service.customer)
    assert (mine.balance, mine.allowed) == (10**9 - 2_000, 10**9 - 2_000)
    nobodys = purse(service.chain, service.deployment, token, None)
    assert (nobodys.symbol, nobodys.balance, nobodys.allowed) == ("", 0, 0)


def test_purse__of_what_is_no_token__is_empty(service):
    found = purse(service.chain, service.deployment, service.outsider, service.customer)
    assert (found.symbol, found.decimals, found.balance, found.allowed) == ("", 0, 0, 0)
