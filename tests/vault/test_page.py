"""A page's desk at the real service: the wallet signs later, and only sealed things pass."""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
import requests

from cercle.vault import keys, make_ring, release
from cercle.vault.envelopes import leave_to_vault
from cercle.vault.looking import ReleaseRefused
from cercle.vault.talking import VaultError
from cercle.vault.wire import STATEMENT
from frontend import services, settings, vaults
from frontend.vault_member import PageMember

from .process import PATIENCE, Process
from .stage import COMPANY_KEY, MEMBER_KEY, SITE, SIZE, VAULT_KEY, sign_text

PASSPHRASE = "une phrase qui se retient"


@dataclass
class Answered:
    """What a wallet answered."""

    result: str | None


@pytest.fixture
def process(stage, tmp_path):
    made = Process(stage, tmp_path)
    made.start()
    yield made
    made.end()


@pytest.fixture
def desk(stage, process, monkeypatch):
    """A session's, with a wallet that answers at once by what `signs` says."""
    town = SimpleNamespace(chain=stage.town.chain, deployment=stage.town.deployment)
    monkeypatch.setattr(services, "connection", lambda: town)
    told = settings.Settings(public_url=f"https://{SITE}", vault_url=process.url)
    monkeypatch.setattr(settings, "current", lambda: told)
    made = vaults.LiveVaults(process.url)
    made.signs = lambda text: sign_text(stage.person, text)

    def ask(text, label, account, kind, *, then):
        assert text.split("\n")[3] == STATEMENT
        then(Answered(made.signs(text)))

    monkeypatch.setattr(vaults, "sign_text", ask)
    return made


def test_desk__a_members_walk__goes_through_the_real_service(stage, process, desk):
    me = stage.person.address
    assert not desk.is_signed_in(me)
    with pytest.raises(VaultError) as no:
        desk.look()
    assert vaults.say(no.value) == "Your sign-in is over. Sign in once more."
    desk.sign_in(me)
    assert desk.is_signed_in(me)
    assert desk.look().ring is None
    assert desk.place(stage.passport_id) == {
        "chain_id": stage.ledger.chain_id,
        "consent": stage.ledger.consent,
        "passport_id": stage.passport_id,
    }

    ring = make_ring(PASSPHRASE, stage.ledger, stage.passport_id, MEMBER_KEY)
    desk.put_ring(ring, None)
    assert desk.look().ring.ring == ring
    with pytest.raises(VaultError) as no:
        desk.put_ring(ring, "0" * 64)
    assert no.value.code == "other_ring"
    desk.put_ring(ring, ring.digest)
    assert desk.key_of(stage.passport_id) == ring.public_key

    envelope = stage.envelope(unattended=False)
    desk.put_record(envelope)
    assert desk.look().waiting(SIZE) == envelope
    stage.move(envelope)
    stage.grant()
    look = stage.look()
    signed = stage.fetch(look, int(time.time()))
    waits = requests.post(f"{process.url}/v1/releases", json=signed, timeout=PATIENCE)
    assert waits.status_code == 202
    desk._seen = None
    (asked,) = desk.look().asks
    desk.require(asked)
    with pytest.raises(ReleaseRefused):
        desk.require(
            asked.model_copy(update={"public_key": keys.text_of(keys.public_of(VAULT_KEY))})
        )
    kept = desk.look().record(SIZE)
    to = keys.public_of(COMPANY_KEY)
    desk.answer(asked.id, release(kept, stage.ledger, MEMBER_KEY, "member", asked.info, to))
    assert desk.look().asks == ()
    assert [one.is_attended for one in desk.look().releases] == [True]

    wrap = leave_to_vault(kept, stage.ledger, MEMBER_KEY, keys.bytes_of(desk.look().public_key))
    desk.leave(SIZE, wrap)
    assert desk.look().record(SIZE).vault == wrap
    desk.leave(SIZE, None)
    assert desk.look().record(SIZE).vault is None
    assert keys.text_of(keys.public_of(MEMBER_KEY)).encode() in desk.export()
    desk.sign_out()
    assert not desk.is_signed_in(me)


def test_sign_in__by_another_key_or_declined__opens_nothing(stage, desk):
    desk.signs = lambda text: sign_text(stage.shop, text)
    desk.sign_in(stage.person.address)
    assert desk.was_refused()
    assert not desk.is_signed_in(stage.person.address)
    desk.signs = lambda text: None
    desk.sign_in(stage.person.address)
    assert not desk.was_refused()
    assert not desk.is_signed_in(stage.person.address)


@pytest.mark.parametrize(
    ("old", "new"),
    [(STATEMENT, "Show me the code of my perk."), (SITE, "evil.example"), ("Chain ID", "Chain")],
)
def test_challenge__another_text_than_a_vaults__is_not_put_to_the_wallet(
    stage, process, monkeypatch, old, new
):
    town = stage.town
    member = PageMember(process.url, town.chain, town.deployment, stage.person.address, SITE)
    right = member.challenge()
    wrong = right.model_copy(update={"text": right.text.replace(old, new)})
    monkeypatch.setattr(member, "_get", lambda *asked: wrong)
    with pytest.raises(VaultError, match="something else than a sign-in"):
        member.challenge()
