"""What the app's pages on service contracts are handed, read from a real chain."""

import pytest
from eth_account import Account

from cercle import lens, typed_data
from cercle.agreements import calls
from cercle.content import PlanDocument, PriceListDocument
from cercle.errors import ContentMissing
from cercle.index.history import open_history
from frontend import agreed, agreeing, choosing
from frontend.agreed import State
from frontend.services import LiveCommunity
from frontend.testing.agreements import HOME_WORDS

from .service_town import DAY, LIST, MEDIUM, METER, OPERATOR, PERIOD, SMALL, WORDS

TEXT: PriceListDocument = HOME_WORDS.price_list.document
NAME: PlanDocument = HOME_WORDS.plans[4].document


@pytest.fixture
def live(service):
    past = open_history(service.chain, service.deployment)
    found = LiveCommunity(service.chain, service.deployment, service.store, past)
    return agreeing.LiveAgreeing(service.chain, service.deployment, past, found)


@pytest.fixture
def card(service):
    return lens.card(service.chain, service.deployment, service.customer)


@pytest.fixture
def offer(service, keys):
    """Plan 4, for the customer alone, with words that can be read."""
    service.allow_offers(service.customer)
    message = typed_data.personal_offer(
        *(service.deployment, service.controller),
        **{
            "list_id": LIST,
            "passport_id": service.passport(service.customer),
            "plan": SMALL.model_copy(update={"base_price": 900}),
        },
        **{"content_hash": service.store.put(NAME), "nonce": 1, "deadline": service.now() + DAY},
    )
    raw = Account.sign_typed_data(keys[15], full_message=message.full).signature
    signed = typed_data.SignedMessage(message=message, signature="0x" + raw.hex())
    service.send(calls.publish_offer(service.deployment, signed), service.outsider)
    return 4


def test_offered__offer_for_one_alone__is_read_for_them_and_nobody_else(live, card, offer):
    mine, nobodys = live.offered(LIST, card), live.offered(LIST, None)
    assert sorted(mine.shelf.offers) == sorted(mine.wording.plans) == [1, 2, 3, offer]
    assert mine.wording.plans[offer].document == NAME
    assert sorted(nobodys.shelf.offers) == sorted(nobodys.wording.plans) == [1, 2, 3]


def test_offered__whoever_may_sign__finds_all_that_it_takes(live, card, service):
    found = live.offered(LIST, card)
    assert (found.meters, found.shelf.meters) == ((METER.address,), {METER.address: OPERATOR})
    assert (found.purse.balance, found.purse.allowed) == (10**9, 10**9)
    offers = found.shelf.offers_for(card.passport_id)
    ladder, _terms = choosing.made(choosing.proposed(offers, [35]), found, card)
    service.send(live.open(ladder).call, service.customer)
    (number,) = live.numbers(card)
    mine = live.contract(number, card)
    assert (agreed.state(mine), mine.view.standing.limit) == (State.SERVED, MEDIUM.capacity)
    assert mine.view.standing.escrow == ladder.deposit == 2 * MEDIUM.base_price


def test_numbers__several__are_the_newest_first(live, card, service):
    first, second = service.open(), service.open()
    assert live.numbers(card) == (second, first)


def test_offered__many_plans__the_newest_are_read(live, service, monkeypatch):
    monkeypatch.setattr(agreeing, "PLANS", 2)
    found = live.offered(LIST, None)
    assert sorted(found.shelf.offers) == sorted(found.wording.plans) == [2, 3]


def test_heading__text_that_is_here__is_read_without_the_plans(live, service):
    call = service.list_call(content_hash=service.store.put(TEXT))
    logs = service.receipt(call, service.controller)["logs"]
    number = calls.made(service.deployment, call, logs)
    assert live.lists() == (LIST, number)
    assert live.heading(number).document == TEXT
    assert live.heading(LIST).problem is ContentMissing  # nobody has the text of `WORDS`
    assert service.lists.heading(LIST) == WORDS


def test_checked__period_that_is_over__has_its_price(live, card, service):
    number = service.open()
    service.pass_time(DAY)
    service.settle(number, 1, 15)
    service.pass_time(PERIOD + 4 * DAY)
    service.settle(number, 2, 15)
    found = live.checked(number)
    assert found.is_sound
    assert [(one.use, one.price) for one in found.periods] == [(15, 1_250)]
    assert (
        choosing.compared(found.periods, live.offered(LIST, card).shelf.offers_for(0))[0].saving
        == 0
    )
