"""A meter's word: its signature in two words (ERC-2098), its sequence, and one meter for many."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import METER
from tests.signing import ORDER, sign, typed

HIGH_BIT = 1 << 255


@pytest.fixture
def send(running, outsider):
    """Bring in a reading as it is given."""
    return lambda reading: running.contract.settle(1, running.terms, reading, sender=outsider)


def test_settle__malformed_signature__reverts(running, send):
    good = running.reading(9)
    high_s = ORDER - (good.vs & (HIGH_BIT - 1))
    for bad in (
        good._replace(vs=good.vs ^ HIGH_BIT),
        good._replace(vs=high_s | (good.vs ^ HIGH_BIT) & HIGH_BIT),
        good._replace(r=0),
        good._replace(vs=0),
        good._replace(r=0, vs=0),
        good._replace(r=ORDER),
        good._replace(r=good.r ^ 1),
    ):
        with ape.reverts("agreements: not by the meter"):
            send(bad)
    send(good)


@pytest.mark.parametrize("field", ["sequence", "register", "outage"])
def test_settle__otherwise_than_signed__reverts(running, send, field):
    good = running.reading(9, outage=3)
    with ape.reverts("agreements: not by the meter"):
        send(good._replace(**{field: getattr(good, field) + 1}))


def test_settle__dated_otherwise_than_signed__reverts(running, send):
    good = running.reading(9)
    with ape.reverts("agreements: not by the meter"):
        send(good._replace(read_at=good.read_at - 1))


def test_settle__another_kind_of_message__reverts(running, now, send):
    words = {"agreement_id": 1, "sequence": 1, "read_at": now(), "register": 9, "outage": 0}
    text = stage.READING.replace("Reading", "Report")
    signed = METER.sign_message(typed(running.contract, text, **words))
    vs = int.from_bytes(signed.s, "big") | (signed.v - 27) << 255
    with ape.reverts("agreements: not by the meter"):
        send(stage.Reading(1, now(), 9, 0, int.from_bytes(signed.r, "big"), vs))


def test_settle__elsewhere_signed__reverts(running, project, admin, price_lists, send):
    """Of a second book of the same version, whose agreement has the same number."""
    twin = admin.deploy(project.Agreements, price_lists)
    reading = stage.reading(twin, 1, 1, running.starts_at, 9)
    with ape.reverts("agreements: not by the meter"):
        send(reading)


def test_settle__sequence_jumps__takes_only_what_rises(running, outsider):
    running.settle(outsider, 1, sequence=1_000)
    for sequence in (2, 999, 1_000):
        with ape.reverts("agreements: old reading"):
            running.settle(outsider, 2, sequence=sequence)
    running.settle(outsider, 2, sequence=1_001)
    assert running.account.register == 2


def test_settle__zero_sequence__reverts(running, outsider):
    with ape.reverts("agreements: old reading"):
        running.settle(outsider, 1, sequence=0)


def test_settle__read_earlier_than_the_last__counts_all_the_same(running, outsider, now):
    """The sequence is the order; a meter's clock may be set back."""
    running.settle(outsider, 5, now())
    running.settle(outsider, 8, running.starts_at)
    assert running.account.use == 8


def test_settle__one_meter_of_two_agreements__each_counts_its_own(agreements, open_one, outsider):
    first, second = open_one(), open_one()
    first.settle(outsider, 5)
    second.settle(outsider, 12)
    assert [one.account.use for one in (first, second)] == [5, 12]


def test_settle__meter_is_a_contract__never_speaks(
    agreements, price_lists, open_one, metering, operator, new_wallet, admin, outsider, now
):
    """It may be registered, for it can say so itself; but a reading has no room for its answer."""
    wallet = new_wallet(admin)
    words = {"meter": wallet, "company_id": 2, "content_hash": stage.METER_WORDS}
    signature = sign(admin, price_lists, stage.REGISTER_METER, **words)
    price_lists.register_meter(wallet, 2, stage.METER_WORDS, signature, sender=operator)
    one = open_one(meter=wallet.address)
    with ape.reverts("agreements: not by the meter"):
        one.settle(outsider, 5, meter=stage.METER)


def test_settle__same_reading_as_before_later__changes_the_date_alone(running, outsider, wait):
    running.settle(outsider, 5, outage=2)
    wait(60)
    before = running.account
    running.settle(outsider, 5, outage=2)
    after = running.account
    assert (after.use, after.outage, after.price) == (before.use, before.outage, before.price)
    assert after.sequence == before.sequence + 1
