"""A member's client, at the real routes: all it can do, and what it does not believe."""

from __future__ import annotations

import pytest

from cercle.vault import (
    give_back,
    keys,
    make_ring,
    open_record,
    open_ring,
    share,
    take_back,
)
from cercle.vault.client import ReleaseRefused, VaultError
from cercle.vault.opening import open_export

from .stage import MEMBER_KEY, PLAIN, SIZE
from .wired import Wire, company_of, member_of

PASSPHRASE = "une phrase qui se retient"
CONTACT_KEY, FRESH_KEY = bytes(range(97, 129)), bytes(range(129, 161))
OTHER_PUBLIC = keys.text_of(keys.public_of(FRESH_KEY))


@pytest.fixture
def wire(nobody) -> Wire:
    return Wire(nobody.http)


@pytest.fixture
def client(stage, wire, clock):
    return member_of(stage, wire, stage.person, clock)


def ringed(client, private=MEMBER_KEY, contact=None):
    made = make_ring(PASSPHRASE, client.ledger, client.passport_id, private, contact=contact)
    before = client.ring()
    client.put_ring(made, None if before is None else before.digest)
    return made


# ---- all it can do ----------------------------------------------------------------------------


def test_member__keeps_and_takes_out__reads_it_again_from_the_file(stage, client):
    assert client.ring() is None
    ring = ringed(client)
    assert client.ring().ring == ring
    assert client.ring().digest == ring.digest
    envelope = stage.envelope(unattended=False)
    client.put_record(envelope)
    assert [one.state for one in client.records()] == ["waiting"]
    stage.move(envelope)
    stage.mine()
    private = open_ring(client.ring().ring, PASSPHRASE, client.ledger, client.passport_id)
    kept = client.records()[0]
    assert kept.state == "kept"
    assert open_record(kept.envelope, client.ledger, private).content == PLAIN
    assert open_export(client.export(), PASSPHRASE)[0]["content"] == PLAIN


def test_member__replaces_a_ring__only_the_one_that_they_saw(stage, client):
    ringed(client)
    ringed(client)
    made = make_ring(PASSPHRASE, client.ledger, client.passport_id, MEMBER_KEY)
    with pytest.raises(VaultError) as refused:
        client.put_ring(made, "0" * 64)
    assert refused.value.code == "other_ring"


def test_member__answers_an_ask__the_company_opens_it(stage, client, wire, keep, clock):
    keep(unattended=False)
    stage.grant()
    look = stage.look()

    def answered() -> None:
        for one in client.asks():
            client.answer(one, MEMBER_KEY)

    shop = company_of(stage, wire, clock, meanwhile=answered)
    assert shop.fetch(look).content == PLAIN
    line = client.releases()[0]
    assert (line.order_hash, line.is_attended) == (look.order_hash, True)


def test_member__leaves_a_record_to_the_vault__then_no_longer(stage, client, wire, keep, clock):
    keep(unattended=False)
    stage.mine()
    clock.wait(1)  # one account gets one challenge a moment
    client.leave_to_vault(SIZE, MEMBER_KEY)
    stage.grant()
    shop = company_of(stage, wire, clock)
    assert shop.fetch(stage.look()).content == PLAIN
    client.leave_to_vault(SIZE, None)
    assert client.records()[0].envelope.vault is None


def test_member__lost_the_key__has_it_again_from_the_contact(stage, client, wire, clock):
    contact = member_of(stage, wire, stage.contact, clock)
    ringed(contact, CONTACT_KEY)
    public = client.public_key_of(stage.contact_id)
    ringed(
        client,
        contact=share(MEMBER_KEY, client.ledger, stage.passport_id, stage.contact_id, public),
    )
    client.recover(keys.public_of(FRESH_KEY))
    assert client.recovery().state == "asked"
    asked = contact.asked_recoveries()[0]
    who = (client.ledger, stage.passport_id, stage.contact_id)
    contact.give_back(
        asked.passport_id, give_back(asked.sealed, CONTACT_KEY, *who, asked.public_key)
    )
    answer = client.recovery()
    assert answer.state == "answered"
    assert take_back(answer.sealed, FRESH_KEY, *who) == MEMBER_KEY


def test_member__session_is_over__signs_in_again(stage, client, wire, clock):
    client.records()
    clock.wait(901)
    stage.town.pass_time(901)
    stage.mine(1)
    client.records()
    assert wire.seen.count("POST /v1/sessions") == 2


# ---- what it does not believe -------------------------------------------------------------------


def test_sign_in__text_for_another_site__is_not_signed(stage, wire, clock):
    other = member_of(stage, wire, stage.person, clock, site="club.example")
    with pytest.raises(VaultError, match="something else than a sign-in"):
        other.records()
    assert wire.seen == ["POST /v1/challenges"]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("Chain ID: 31337", "Chain ID: 1"),
        ("Nonce: ", "Nonce: 0"),
        ("0x", "0X"),
        ("Version: 1", ""),
        ("Open what this vault keeps", "Show the code"),
        ("URI: https://", "URI: https://evil."),
        ("Expiration", "Resources:\n- https://evil.example\nExpiration"),
    ],
)
def test_sign_in__another_text__is_not_signed(client, wire, was, becomes):
    wire.bend = lambda path, status, told: (
        status,
        {**told, "text": told["text"].replace(was, becomes)},
    )
    with pytest.raises(VaultError, match="something else than a sign-in"):
        client.sign_in()


def test_terms__of_another_ledger__are_refused(client, wire):
    wire.bend = lambda path, status, told: (status, {**told, "chain_id": 1})
    with pytest.raises(VaultError, match="obeys another ledger"):
        client.terms()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"company_id": 99}, "not about what the ledger logged"),
        ({"purpose": 9}, "not about what the ledger logged"),
        ({"order_hash": "0x" + "11" * 32}, "not about what the ledger logged"),
        ({"expires_at": 2**40}, "lasts longer than the person allowed"),
        (
            {"public_key": keys.text_of(keys.public_of(FRESH_KEY))},
            "another key than the vault says",
        ),
        ({"log_index": 99}, "The ledger has no such look"),
        ({"transaction_hash": "0x" + "11" * 32}, "The ledger has no such look"),
    ],
)
def test_answer__ask_that_the_ledger_does_not_say__seals_nothing(
    stage, client, keep, ask, changes, words
):
    keep(unattended=False)
    stage.grant()
    assert ask(stage.look()).status_code == 202
    told = client.asks()[0]
    info = {name: value for name, value in changes.items() if hasattr(told.info, name)}
    rest = {name: value for name, value in changes.items() if name not in info}
    bent = told.model_copy(update={**rest, "info": told.info.model_copy(update=info)})
    with pytest.raises(ReleaseRefused, match=words):
        client.answer(bent, MEMBER_KEY)
    assert len(client.asks()) == 1


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, b"<html>", "misbehaved"),
        (200, b"[" * 100, "misbehaved"),
        (200, {}, "misbehaved"),
        (500, {"no": "code"}, "misbehaved"),
        (502, b"<html>", "unreachable"),
        (429, {"code": "too_often", "message": "Slower."}, "too_often"),
    ],
)
def test_member__nonsense_or_a_no__is_one_kind_of_error(client, wire, status, body, code):
    wire.bend = lambda *_: (status, body)
    with pytest.raises(VaultError) as refused:
        client.terms()
    assert refused.value.code == code


def test_member__nobody_there__is_unreachable(stage, clock):
    away = member_of(stage, Wire(None), stage.person, clock)
    away._line.url = "https://127.0.0.1:9"
    with pytest.raises(VaultError) as refused:
        away.terms()
    assert refused.value.code == "unreachable"
