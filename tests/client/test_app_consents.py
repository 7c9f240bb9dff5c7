"""What the app's pages about data are handed, read from a real chain; and what their acts do."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from cercle import lens
from cercle.consent import Acknowledgement, ConsentStatus, DecisionState, Document, Reasons, company
from cercle.content import NoticeDocument, document_hash
from cercle.index.history import open_history
from frontend import consented, consents, keeping
from frontend.services import LiveCommunity
from frontend.testing.consent import TEXTS
from frontend.testing.fakes import seal

PURPOSE, CATEGORY = 0, 1
ORDER = "0x" + "77" * 32
TEXT: NoticeDocument = TEXTS[seal(201)]
REASONS = Reasons(
    rule=Document(text="Three orders paid in time."),
    inputs=Document(text="Two."),
    outcome=Document(text="No."),
    counterfactual=Document(text="One more."),
)


@pytest.fixture
def open_app(data_town):
    """What a server that starts now would read."""

    def _open():
        past = open_history(data_town.chain, data_town.deployment)
        found = LiveCommunity(data_town.chain, data_town.deployment, data_town.store, past)
        return consents.LiveConsents(data_town.chain, data_town.deployment, past, found)

    return _open


@pytest.fixture
def live(open_app):
    return open_app()


@pytest.fixture
def wallet(data_town):
    account = data_town.members[0]
    data_town.passport(account)
    return account


@pytest.fixture
def card(data_town, wallet):
    return lens.card(data_town.chain, data_town.deployment, wallet)


@pytest.fixture
def number(data_town):
    """A company whose notice can be read."""
    found = data_town.found_company()
    name = data_town.store.put(TEXT)
    assert name == document_hash(TEXT)
    told = company.publish_notice(data_town.deployment, found, PURPOSE, TEXT.categories, name)
    data_town.send(told, data_town.controller)
    return found


@pytest.fixture
def give(live, data_town, card, wallet, number):
    """Allow what the notice asks, for 100 days, as the page does."""

    def _give(language="fr"):
        data_town.pass_time(1)
        notice = live.my_data(card, also=number).companies[-1].notice(PURPOSE)
        end = datetime.fromtimestamp(data_town.now(), UTC) + timedelta(days=100)
        act = live.grant(
            card,
            notice,
            categories=TEXT.categories,
            until=end,
            keep_until=end,
            reads=3,
            language=language,
        )
        return data_town.send(act.call, wallet)

    return _give


def one(live, card):
    (found,) = live.my_data(card).consents
    return found


def test_my_data__stranger_to_all__finds_a_company_by_its_number(live, card, number):
    assert live.my_data(card).companies == ()
    found = live.my_data(card, also=number)
    assert [known.id for known in found.companies] == [number]
    assert found.companies[0].notice(PURPOSE).version == 2
    assert found.consents[0].status == ConsentStatus.NONE
    assert live.my_data(card, also=number + 1).companies == ()


def test_notices_of__published_then_ended__names_the_company_while_it_stands(
    live, data_town, number, monkeypatch
):
    monkeypatch.setattr(consents, "consents", lambda: live)
    unknown = number + 1
    assert live.notices_of(number) == (document_hash(TEXT),)
    assert live.notices_of(unknown) == ()
    assert consented.names_of((number, unknown)) == {number: TEXT.controller.name}

    data_town.send(company.end_notice(data_town.deployment, number, PURPOSE), data_town.controller)
    assert live.notices_of(number) == ()
    assert consented.names_of((number,)) == {}


def test_my_data__asked_given_looked_withdrawn__follows(
    live, data_town, card, wallet, number, give
):
    d, passport_id = data_town.deployment, card.passport_id
    ask = company.request_consent(d, number, passport_id, PURPOSE, 0b10)
    data_town.send(ask, data_town.controller)
    asked = one(live, card)
    assert (asked.status, asked.asked, asked.asked_at is None) == (
        *(ConsentStatus.REQUESTED, 0b10),
        False,
    )
    give()
    given = one(live, card)
    assert (given.status, given.categories, given.reads_left) == (
        *(ConsentStatus.GIVEN, TEXT.categories),
        3,
    )
    look = company.request_access(d, number, passport_id, PURPOSE, CATEGORY, ORDER, 0)
    data_town.send(look, data_town.controller)
    assert (one(live, card).reads_used, one(live, card).reads_left) == (1, 2)
    data_town.send(live.withdraw_all().call, wallet)
    gone = one(live, card)
    assert (gone.status, gone.counts) == (ConsentStatus.WITHDRAWN, False)
    assert gone.due_at is not None


def test_my_data__shut_out__says_which_way(live, data_town, card, wallet, number, give):
    give()
    data_town.send(live.deny_company(number, True).call, wallet)
    data_town.send(live.deny_purpose(PURPOSE, True).call, wallet)
    shut = one(live, card)
    assert (shut.is_company_denied, shut.is_purpose_denied) == (True, True)
    assert shut.status == ConsentStatus.REFUSED
    assert shut.categories == TEXT.categories


def test_receipts__all_of_a_life__are_rebuilt_as_they_were_signed(
    live, data_town, card, wallet, give
):
    first = give("fr")
    second = give("en")
    data_town.send(live.withdraw_all().call, wallet)
    told = json.loads(live.receipts(card))
    assert told["not_rebuilt"] == []
    signed = ["0x" + bytes(logs[0].args["record_hash"]).hex() for logs in (first, second)]
    assert [receipt["record_hash"] for receipt in told["@graph"]] == signed
    assert [receipt["event_state"] for receipt in told["@graph"]] == [
        "dpv:RenewedConsentGiven",
        "dpv:ConsentWithdrawn",
    ]


def test_receipts__a_text_that_is_gone__is_named_and_hides_no_other(
    open_app, data_town, card, give
):
    give()
    data_town.store.forget(document_hash(TEXT))
    told = json.loads(open_app().receipts(card))
    assert told["@graph"] == []
    assert [missing["why"] for missing in told["not_rebuilt"]] == ["ContentMissing"]


def test_moves__told_and_noted__is_on_the_board(live, data_town, card, wallet, number, give):
    give()
    data_town.pass_time(10)
    sealed = keeping.seal(CATEGORY, "12, rue des Lilas")
    data_town.send(live.move(CATEGORY, sealed.commitment).call, wallet)
    (moved,) = live.moves(card)
    assert (moved.category, moved.version) == (CATEGORY, 1)
    assert [told.state for told in moved.notified] == [Acknowledgement.EXPECTED]
    assert moved.notified[0].expected_until == moved.moved_at + timedelta(days=14)
    note = company.acknowledge(data_town.deployment, number, card.passport_id, PURPOSE, CATEGORY, 1)
    data_town.send(note, data_town.controller)
    assert live.moves(card)[0].notified[0].state == Acknowledgement.ACKNOWLEDGED


def test_earnings__a_paid_look__is_due_then_collected(live, data_town, card, wallet, number, give):
    d = data_town.deployment
    data_town.pay_in(number, 10_000)
    data_town.send(live.set_price(card, PURPOSE, CATEGORY, Decimal("2.5")).call, wallet)
    give()
    units = 25 * 10 ** (live.earnings(card).decimals - 1)
    look = company.request_access(d, number, card.passport_id, PURPOSE, CATEGORY, ORDER, units)
    data_town.send(look, data_town.controller)
    earned = live.earnings(card)
    assert (earned.due, earned.collected, earned.is_main) == (Decimal("2.5"), 0, True)
    assert [(seen.read, seen.price, seen.order_hash) for seen in earned.looks] == [
        (1, Decimal("2.5"), ORDER)
    ]
    assert [price.price for price in earned.prices] == [Decimal("2.5")]
    data_town.send(live.collect(card).call, wallet)
    assert (live.earnings(card).due, live.earnings(card).collected) == (0, Decimal("2.5"))


def test_earnings__shares__stand_for_the_next_month(live, data_town, card, wallet):
    other = data_town.passport(data_town.members[1])
    data_town.send(live.set_shares([(other, 2_500)]).call, wallet)
    earned = live.earnings(card)
    assert earned.shares == ()
    assert [(share.passport_id, share.basis_points) for share in earned.next_shares] == [
        (other, 2_500)
    ]


def test_decisions__sealed_by_the_sdk__open_to_the_same_seals(
    live, data_town, card, wallet, number
):
    d = data_town.deployment
    sealed = REASONS.commitment(number, card.passport_id)
    data_town.send(company.commit(d, number, card.passport_id, sealed), data_town.controller)
    (decision,) = live.decisions(card)
    assert (decision.state, decision.commitment) == (DecisionState.COMMITTED, sealed)
    data_town.send(live.demand(decision.id).call, wallet)
    opening = company.open_decision(d, decision.id, REASONS.opening, REASONS.secret)
    data_town.send(opening, data_town.controller)
    (decision,) = live.decisions(card)
    assert decision.state == DecisionState.OPENED
    assert decision.opening.counterfactual == REASONS.counterfactual.hash
    assert decision.opening.is_late is False


def test_decisions__silent__can_be_written_down(live, data_town, card, wallet, number):
    d = data_town.deployment
    sealed = REASONS.commitment(number, card.passport_id)
    data_town.send(company.commit(d, number, card.passport_id, sealed), data_town.controller)
    (decision,) = live.decisions(card)
    data_town.send(live.demand(decision.id).call, wallet)
    data_town.pass_time(31 * 86_400)
    assert live.decisions(card)[0].state == DecisionState.SILENT
    (marked,) = data_town.send(live.mark_silence(decision.id).call, wallet)
    assert marked.name == "SilenceMarked"
