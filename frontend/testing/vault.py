# ruff: noqa: E501  (a sentence stays whole)
"""A vault that lives in memory, with envelopes and rings that really open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cercle.consent.vocabulary import category_of
from cercle.errors import CercleError
from cercle.values import checksum
from cercle.vault import keys
from cercle.vault.bindings import Ledger
from cercle.vault.envelopes import Envelope, Record, seal_record
from cercle.vault.keys import text_of
from cercle.vault.rings import Ring, make_ring, share
from cercle.vault.talking import VaultError
from cercle.vault.wire import (
    AskedRecovery,
    CertificateLine,
    KeptRecord,
    MemberAsk,
    RecoveryAnswer,
    ReleaseLine,
    RingAnswer,
)
from frontend.testing.consent import BIT_ADDRESS, BIT_PHONE, CARE, CARRIER, DELIVERY, SHOP
from frontend.testing.fakes import GATE, MEMBER, NOW, seal
from frontend.vaults import Kept

LEDGER = Ledger(chain_id=31_337, consent=GATE)
ME, FRIEND = 17, 23
PHRASE = "lilas violon 42 cailloux"
MINE, VAULT, COMPANY, THEIRS = (bytes([number]) * 32 for number in (1, 2, 3, 4))
TIME = int(NOW.timestamp())
DAY = 86_400


def envelope(category: int, version: int, content: str, *, is_left: bool = False) -> Envelope:
    """A record of the member's; left to the vault or not."""
    record = Record.new(category_of(category).code, content, NOW - timedelta(days=15))
    vault = keys.public_of(VAULT) if is_left else None
    return seal_record(record, LEDGER, ME, version, keys.public_of(MINE), vault)


def kept(one: Envelope, state: str = "kept") -> KeptRecord:
    return KeptRecord.model_validate({"state": state, "envelope": one, "until": None})


def ring(**more: Any) -> RingAnswer:
    """The member's key, shut by `PHRASE`."""
    made = make_ring(PHRASE, LEDGER, ME, MINE, **more)
    return RingAnswer(ring=made, digest=made.digest)


def ask(number: int, company: int = CARRIER, purpose: int = DELIVERY) -> MemberAsk:
    """A company's look that waits."""
    info = LEDGER.release(
        ME, category=BIT_ADDRESS, version=2, company_id=company, purpose=purpose,
        order_hash=seal(700 + number), issued_at=TIME - 30 * DAY, expires_at=TIME + 12 * DAY,
    )  # fmt: skip
    return MemberAsk(
        id=number, info=info, public_key=text_of(keys.public_of(COMPANY)),
        transaction_hash=seal(800 + number), log_index=2, asked_at=TIME - 3_600,
    )  # fmt: skip


def release(number: int, company: int, purpose: int, days: int, *, attended: bool) -> ReleaseLine:
    """What went out so many days ago."""
    return ReleaseLine(
        company_id=company, purpose=purpose, category=BIT_ADDRESS, record_version=2,
        order_hash=seal(700 + number), transaction_hash=seal(800 + number), log_index=1,
        issued_at=TIME - 40 * DAY, released_at=TIME - days * DAY, expires_at=TIME + DAY, is_attended=attended,
    )  # fmt: skip


ADDRESS_SAID = "12, rue des Lilas, 44000 Nantes"
PHONE_SAID = "+33 6 12 34 56 78"
RELEASES = (
    release(3, CARRIER, DELIVERY, 2, attended=True),
    release(2, SHOP, CARE, 20, attended=False),
)
CUSTODIAN = checksum("0x" + "c5" * 20)
CERTIFICATE = CertificateLine(
    passport_id=ME, category=BIT_PHONE, version=2, certificate={}, certificate_hash=seal(900),
    custodian=CUSTODIAN, signature="0x" + "1b" * 65, made_at=TIME - DAY,
)  # fmt: skip


class FakeVaults:
    """A vault whose figures a test sets; it notes what it was handed."""

    def __init__(self) -> None:
        self.signed_in = {MEMBER}
        self.refused = False
        self.trouble: CercleError | None = None
        self.untrue: CercleError | None = None
        self.no_key: CercleError | None = None
        self.handed: list[tuple[object, ...]] = []
        self.kept = Kept(
            ring=ring(),
            public_key=text_of(keys.public_of(VAULT)),
            custodian=CUSTODIAN,
            records=(
                kept(envelope(BIT_ADDRESS, 2, ADDRESS_SAID)),
                kept(envelope(BIT_PHONE, 1, PHONE_SAID, is_left=True)),
            ),
            asks=(ask(5),),
            releases=RELEASES,
        )

    def _note(self, *what: object) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.handed.append(what)

    def place(self, passport_id: int) -> dict[str, Any]:
        return LEDGER.ring(passport_id).model_dump(exclude={"what"})

    def is_signed_in(self, account: str) -> bool:
        return account in self.signed_in

    def was_refused(self) -> bool:
        return self.refused

    def sign_in(self, account: str) -> None:
        self._note("sign_in", account)
        self.signed_in.add(account)

    def sign_out(self) -> None:
        self.signed_in.clear()

    def look(self) -> Kept:
        if self.trouble is not None:
            raise self.trouble
        return self.kept

    def require(self, ask: MemberAsk) -> None:
        if self.untrue is not None:
            raise self.untrue

    def key_of(self, passport_id: int) -> str:
        self._note("key_of", passport_id)
        if self.no_key is not None:
            raise self.no_key
        return text_of(keys.public_of(THEIRS))

    def put_ring(self, ring: Ring, before: str | None) -> None:
        self._note("ring", ring, before)
        self._now(ring=RingAnswer(ring=ring, digest=ring.digest))

    def put_record(self, envelope: Envelope) -> None:
        self._note("record", envelope)
        others = [
            one
            for one in self.kept.records
            if one.state == "kept" or one.envelope.category != envelope.category
        ]
        self._now(records=(*others, kept(envelope, "waiting")))

    def leave(self, category: int, wrap: str | None) -> None:
        self._note("leave", category, wrap)
        changed = [
            one.model_copy(update={"envelope": one.envelope.model_copy(update={"vault": wrap})})
            if one.envelope.category == category else one
            for one in self.kept.records
        ]  # fmt: skip
        self._now(records=tuple(changed))

    def answer(self, ask_id: int, wrap: str) -> None:
        self._note("answer", ask_id, wrap)
        self._now(asks=tuple(one for one in self.kept.asks if one.id != ask_id))

    def export(self) -> bytes:
        self._note("export")
        return b'{"version": 1}'

    def ask_recovery(self, public_key: str) -> None:
        self._note("recover", public_key)
        self._now(recovery=RecoveryAnswer(state="asked", contact_id=FRIEND, public_key=public_key))

    def give_back(self, passport_id: int, sealed: str) -> None:
        self._note("give_back", passport_id, sealed)
        self._now(asked=())

    def _now(self, **changes: Any) -> None:
        self.kept = self.kept.model_copy(update=changes)


# ---- scenes: what `fakes.SCENES` do to a community, these do to its vault -----------


def empty(fake: FakeVaults) -> None:
    """Somebody who has no key yet."""
    fake.kept = Kept(ring=None, public_key=fake.kept.public_key, custodian=CUSTODIAN)


def busy(fake: FakeVaults) -> None:
    """Sealed and not written down; a contact; somebody who asks for their key."""
    contact = share(MINE, LEDGER, ME, FRIEND, keys.public_of(THEIRS))
    fresh = text_of(keys.public_of(bytes([9]) * 32))
    lost = share(THEIRS, LEDGER, FRIEND, ME, keys.public_of(MINE))
    fake._now(
        ring=ring(contact=contact),
        asks=(),
        records=(
            *fake.kept.records[:1],
            kept(envelope(BIT_ADDRESS, 3, "1, place Bellecour"), "waiting"),
        ),
        asked=(
            AskedRecovery(passport_id=FRIEND, public_key=fresh, sealed=lost.sealed, asked_at=TIME),
        ),
    )


def late(fake: FakeVaults) -> None:
    """Something was erased; the contact gave the key back."""
    contact = share(MINE, LEDGER, ME, FRIEND, keys.public_of(THEIRS))
    shown = keys.public_of(bytes([9]) * 32)
    sealed = keys.seal(shown, MINE, LEDGER.recovery(ME, FRIEND, text_of(shown)).as_bytes())
    answer = RecoveryAnswer(
        state="answered", contact_id=FRIEND, public_key=text_of(shown), sealed=text_of(sealed)
    )
    fake._now(
        ring=ring(contact=contact), asks=(), records=fake.kept.records[:1], releases=(),
        certificates=(CERTIFICATE,), recovery=answer,
    )  # fmt: skip


def erased(fake: FakeVaults) -> None:
    """The telephone number is gone, and the vault signed so."""
    fake._now(asks=(), records=fake.kept.records[:1], certificates=(CERTIFICATE,))


def asked(fake: FakeVaults) -> None:
    """The passphrase is lost; the contact has not answered."""
    late(fake)
    told = fake.kept.recovery.model_copy(update={"state": "asked", "sealed": None})
    fake._now(recovery=told, certificates=())


def out(fake: FakeVaults) -> None:
    """Somebody who has not signed in."""
    fake.signed_in.clear()


def gone(fake: FakeVaults) -> None:
    """The vault does not answer."""
    fake.trouble = VaultError("unreachable", "The vault does not answer.")


SCENES: dict[str, Callable[[FakeVaults], None]] = {
    "empty": empty,
    "busy": busy,
    "late": late,
    "erased": erased,
    "asked": asked,
    "out": out,
    "gone": gone,
}
