"""`cercle.orders`: what a claim of something that is sent seals, and how anybody checks it."""

import json

import pytest

from cercle.consent import salted_hash
from cercle.orders import BadOrder, Order, OrderFile

PERKS = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
ORDER = Order(
    chain_id=31_337, perks=PERKS, perk_id="3", variant=1, passport_id="17", claim_id=str(3 << 80)
)
DOCUMENT = (
    b'{"chain_id":31337,"claim_id":"3626777458843887524118528","passport_id":"17","perk_id":"3",'
    b'"perks":"0x5FbDB2315678afecb367f032d93F642f64180aa3","variant":1,"what":"cercle order 1"}'
)


def test_order__document__is_canonical_and_names_nobody():
    assert ORDER.document == DOCUMENT


def test_seal__twice__has_nothing_in_common():
    one, other = OrderFile.seal(ORDER), OrderFile.seal(ORDER)
    assert one.salt != other.salt
    assert one.order_hash != other.order_hash
    assert one.order_hash == salted_hash(DOCUMENT, bytes.fromhex(one.salt[2:]))


def test_parse__its_own_file__reads_back_and_matches():
    kept = OrderFile.seal(ORDER)
    again = OrderFile.parse(kept.raw)
    assert again == kept
    assert again.matches(kept.order_hash)
    assert again.require(kept.order_hash) == ORDER


@pytest.mark.parametrize(
    "changes",
    [{"variant": 0}, {"passport_id": "18"}, {"claim_id": "1"}, {"perk_id": "4"}, {"chain_id": 1}],
)
def test_require__any_word_changed__is_refused(changes):
    kept = OrderFile.seal(ORDER)
    other = kept.model_copy(update={"order": ORDER.model_copy(update=changes)})
    assert not other.matches(kept.order_hash)
    with pytest.raises(BadOrder, match="not the order that the claim carries"):
        other.require(kept.order_hash)


def test_require__another_salt__is_refused():
    kept = OrderFile.seal(ORDER)
    assert not OrderFile.seal(ORDER).matches(kept.order_hash)


def broken(**changes):
    return json.dumps({**json.loads(OrderFile.seal(ORDER).raw), **changes}).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b" " * 70_000,
        broken(salt="0x12"),
        broken(name="Ada"),
        broken(order={**json.loads(DOCUMENT), "address": "here"}),
        broken(order={**json.loads(DOCUMENT), "what": "cercle order 2"}),
        broken(order={**json.loads(DOCUMENT), "perk_id": "03"}),
        broken(order={**json.loads(DOCUMENT), "variant": 16}),
    ],
)
def test_parse__what_is_no_order__is_refused(raw):
    with pytest.raises(BadOrder):
        OrderFile.parse(raw)
