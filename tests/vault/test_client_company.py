"""A company's client, at the real routes: it waits, and compares what it gets with the ledger."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cercle.vault import SealBroken, keys
from cercle.vault.client import (
    ReleaseRefused,
    StillWaiting,
    VaultError,
    look_at,
    looks_in,
)
from cercle.vault.envelopes import Record, release, seal_record

from .stage import ADDRESS, COMPANY_KEY, MEMBER_KEY, PLAIN, SIZE
from .wired import Wire, company_of

WRITTEN = datetime(2027, 1, 2, tzinfo=UTC)
_RELEASE = (
    *("category", "version", "company_id", "purpose"),
    *("order_hash", "issued_at", "expires_at"),
)


@pytest.fixture
def wire(nobody) -> Wire:
    return Wire(nobody.http)


@pytest.fixture
def look(stage, keep):
    keep()
    stage.grant()
    return stage.look()


def test_fetch__what_was_logged__opens(stage, wire, clock, look):
    town = stage.town
    assert looks_in(town.chain, town.deployment, look.transaction_hash) == [look]
    assert look_at(town.chain, town.deployment, look.transaction_hash, look.log_index) == look
    record = company_of(stage, wire, clock).fetch(look)
    assert (record.content, record.category) == (PLAIN, "ClothingSize")


def test_fetch__unconfirmed__asks_again_until_blocks_followed(stage, wire, clock, keep):
    keep(category=ADDRESS)
    stage.grant()
    look = stage.look(ADDRESS, wait=1)
    shop = company_of(stage, wire, clock, meanwhile=lambda: stage.mine(2))
    assert shop.fetch(look).content == PLAIN
    assert wire.seen.count("POST /v1/releases") > 1


def test_fetch__nobody_answers__ends_with_the_patience(stage, wire, clock, keep):
    keep(unattended=False)
    stage.grant()
    shop, start = company_of(stage, wire, clock), clock()
    with pytest.raises(StillWaiting, match="the person has not answered"):
        shop.fetch(stage.look())
    assert 20 <= clock() - start <= 30


def test_fetch__service_away_for_a_while__is_asked_again(stage, wire, clock, look):
    def bend(path, status, told):
        return (
            (503, {"code": "node_down", "message": "Away."})
            if len(wire.seen) < 3
            else (
                status,
                told,
            )
        )

    wire.bend = bend
    assert company_of(stage, wire, clock).fetch(look).content == PLAIN
    assert len(wire.seen) == 3


def test_fetch__a_no__is_final(stage, wire, clock, look):
    stage.withdraw()
    with pytest.raises(VaultError) as refused:
        company_of(stage, wire, clock).fetch(look)
    assert refused.value.code == "not_allowed"
    assert wire.seen == ["POST /v1/releases"]


def test_fetch__other_private_key__does_not_open(stage, wire, clock, look):
    with pytest.raises(SealBroken):
        company_of(stage, wire, clock, private=MEMBER_KEY).fetch(look)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"chain_id": 1}, "not about what the ledger logged"),
        ({"consent": "0x" + "11" * 20}, "not about what the ledger logged"),
        ({"passport_id": 99}, "not about what the ledger logged"),
        ({"category": ADDRESS}, "not about what the ledger logged"),
        ({"company_id": 99}, "not about what the ledger logged"),
        ({"purpose": 9}, "not about what the ledger logged"),
        ({"order_hash": "0x" + "11" * 32}, "not about what the ledger logged"),
        ({"issued_at": 1}, "not about what the ledger logged"),
        ({"expires_at": 1}, "lasts longer than the person allowed"),
        ({"expires_at": 2**40}, "lasts longer than the person allowed"),
    ],
)
def test_fetch__bound_to_what_the_ledger_does_not_say__is_refused(
    stage, wire, clock, look, changes, words
):
    wire.bend = lambda path, status, told: (status, {**told, "info": {**told["info"], **changes}})
    with pytest.raises(ReleaseRefused, match=words):
        company_of(stage, wire, clock).fetch(look)


def test_fetch__another_record_of_a_lying_vault__is_refused(stage, wire, clock, look):
    def bend(path, status, told):
        made = Record.new(SIZE, "somewhere else", WRITTEN)
        envelope = seal_record(
            made,
            stage.ledger,
            stage.passport_id,
            told["record_version"],
            keys.public_of(MEMBER_KEY),
        )
        info = stage.ledger.release(
            stage.passport_id,
            **{n: v for n, v in told["info"].items() if n in _RELEASE},
        )
        company = keys.public_of(COMPANY_KEY)
        wrap = release(envelope, stage.ledger, MEMBER_KEY, "member", info, company)
        sealed = {"nonce": envelope.nonce, "ciphertext": envelope.ciphertext, "wrap": wrap}
        return status, {**told, **sealed}

    wire.bend = bend
    with pytest.raises(ReleaseRefused, match="not the record that the person published"):
        company_of(stage, wire, clock).fetch(look)


def test_fetch__earlier_version__is_not_what_was_published_last(stage, wire, clock, look):
    def bend(path, status, told):
        return status, {**told, "record_version": 2, "info": {**told["info"], "version": 2}}

    wire.bend = bend
    with pytest.raises(SealBroken):
        company_of(stage, wire, clock).fetch(look)


def test_look_at__nothing_there__is_refused(stage, look):
    town = stage.town
    for place in [("0x" + "11" * 32, 0), (look.transaction_hash, look.log_index + 1)]:
        with pytest.raises(ReleaseRefused, match="The ledger has no such look"):
            look_at(town.chain, town.deployment, *place)
