"""`PriceLists.open_list` and `register_meter`: what a provider promises, and who meters."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import DAY, GRACE, LIST_WORDS, METER, METER_WORDS, PERIOD
from tests.consents import ZERO_HASH

YEAR = 366 * DAY


@pytest.fixture
def open_list(price_lists, provider, metering, token, controller):
    """Open a list of company 1, whose meters company 2 operates."""

    def _open(sender=controller, **changes):
        words = {"company_id": provider, "operator_id": metering, "token": token, "period": PERIOD}
        words |= {"grace": GRACE, "outage_factor": 10_000, "content_hash": LIST_WORDS} | changes
        return price_lists.open_list(*words.values(), sender=sender)

    return _open


def test_open_list__by_who_acts_for_it__is_written_down(price_lists, open_list, token, agent):
    receipt = open_list(agent)
    assert receipt.events == [
        price_lists.PriceListOpened(
            list_id=1,
            company_id=1,
            token=token,
            operator_id=2,
            period=PERIOD,
            grace=GRACE,
            outage_factor=10_000,
            content_hash=LIST_WORDS,
        )
    ]
    assert receipt.return_value == price_lists.list_count() == 1
    assert tuple(price_lists.list_of(1)) == (1, 2, token, PERIOD, GRACE, 10_000, 0, 0)
    assert price_lists.token_of(1) == token


@pytest.mark.parametrize(
    "words",
    [
        {"period": DAY, "grace": DAY},
        {"period": YEAR, "grace": 31 * DAY},
        {"outage_factor": 100_000, "grace": 0},
        {"outage_factor": 0},
    ],
)
def test_open_list__at_the_bounds__passes(price_lists, open_list, words):
    open_list(**words)
    told = price_lists.list_of(1)
    assert {name: getattr(told, name) for name in words} == words


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"company_id": 2}, "price_lists: not the company"),
        ({"company_id": 2**64}, "price_lists: not the company"),
        ({"operator_id": 1}, "price_lists: own operator"),
        ({"operator_id": 3}, "price_lists: unknown operator"),
        ({"operator_id": 0}, "price_lists: unknown operator"),
        ({"operator_id": 2**64}, "price_lists: unknown operator"),
        ({"period": DAY - 1, "grace": 0}, "price_lists: period too short"),
        ({"period": YEAR + 1}, "price_lists: period too long"),
        ({"period": 2 * DAY, "grace": 2 * DAY + 1}, "price_lists: grace too long"),
        ({"period": YEAR, "grace": 31 * DAY + 1}, "price_lists: grace too long"),
        ({"outage_factor": 100_001}, "price_lists: credit too large"),
        ({"content_hash": ZERO_HASH}, "price_lists: no content"),
    ],
)
def test_open_list__otherwise__reverts(open_list, words, reason):
    with ape.reverts(reason):
        open_list(**words)


def test_open_list__token_without_code__reverts(open_list, outsider):
    with ape.reverts("price_lists: no token"):
        open_list(token=outsider)


def test_open_list__by_a_stranger__reverts(open_list, outsider):
    with ape.reverts("price_lists: not the company"):
        open_list(outsider)


# ---- meters ----------------------------------------------------------------------------


def test_register_meter__with_its_word__is_written_down(price_lists, metering, operator):
    receipt = stage.register_meter(price_lists, metering, operator)
    assert receipt.events == [
        price_lists.MeterRegistered(meter=METER.address, company_id=2, content_hash=METER_WORDS)
    ]
    assert price_lists.operator_of(METER.address) == 2


def test_register_meter__again__reverts(price_lists, metering, operator, provider, controller):
    stage.register_meter(price_lists, metering, operator)
    with ape.reverts("price_lists: meter registered"):
        stage.register_meter(price_lists, provider, controller)


def test_register_meter__otherwise__reverts(price_lists, metering, operator, outsider):
    with ape.reverts("price_lists: not the company"):
        stage.register_meter(price_lists, metering, outsider)
    with ape.reverts("price_lists: no content"):
        price_lists.register_meter(METER.address, metering, ZERO_HASH, b"", sender=operator)
    with ape.reverts("signatures: not by signer"):
        price_lists.register_meter(METER.address, metering, METER_WORDS, bytes(65), sender=operator)
    with ape.reverts("signatures: zero signer"):
        zero = "0x" + "00" * 20
        price_lists.register_meter(zero, metering, METER_WORDS, bytes(65), sender=operator)


def test_open_list__operator_of_the_same_controller__reverts(consent, open_list, controller):
    consent.register_company(b"\1" * 32, "x", sender=controller)
    with ape.reverts("price_lists: own operator"):
        open_list(operator_id=3)
