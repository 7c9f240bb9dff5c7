"""What goes over the wire, both ways. All bytes are base64url without padding, times are seconds.

What a member or a company sends is read strictly; what the service answers may grow by fields.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from eth_account import Account
from eth_account.messages import SignableMessage, _hash_eip191_message, encode_typed_data
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ..deployments import Deployment
from ..values import Address, Frozen, Hash, checksum
from .bindings import Bit, Contract, Id, Number, ReleaseBinding
from .envelopes import Envelope, Released
from .keys import Bytes32, Wrap
from .rings import Ring

Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
Nonce = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{8,64}$")]  # as ERC-4361 has it
Signature = Annotated[str, StringConstraints(pattern=r"^0x([0-9a-fA-F]{2}){1,2048}$")]

DOMAIN_NAME = "Cercle Vault service"
DOMAIN_VERSION = "1"
STATEMENT = "Open what this vault keeps of me."  # of a sign-in: it opens no other door
FETCH_WINDOW = 60  # seconds between `at` and the service's clock


class Refusal(StrEnum):
    """Why not: words that never change."""

    # ---- a company
    BAD_SIGNATURE = "bad_signature"
    STALE = "stale"
    REPLAYED = "replayed"
    UNKNOWN_COMPANY = "unknown_company"
    NOT_THEIRS = "not_theirs"
    UNLOGGED = "unlogged"
    OTHER_EVENT = "other_event"
    UNCONFIRMED = "unconfirmed"
    NOT_ALLOWED = "not_allowed"
    STALE_HEAD = "stale_head"
    NO_RECORD = "no_record"
    ERASED = "erased"
    # ---- a member
    UNSIGNED = "unsigned"  # no session, or one that is over
    UNKNOWN_NONCE = "unknown_nonce"  # the challenge served already, or is over
    NO_PASSPORT = "no_passport"  # the wallet is nobody's, or not any more
    NO_RING = "no_ring"
    OTHER_RING = "other_ring"  # the ring changed since, or If-Match is missing
    OTHER_VERSION = "other_version"  # not the version that the next move gives
    UNKNOWN_ASK = "unknown_ask"
    NO_CONTACT = "no_contact"
    NOT_ASKED = "not_asked"
    # ---- anybody
    WRONG_BINDING = "wrong_binding"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    TOO_OFTEN = "too_often"
    NODE_DOWN = "node_down"
    STORAGE_DOWN = "storage_down"


class Told(BaseModel):
    """An answer. A newer service may say more than an older client reads."""

    model_config = ConfigDict(frozen=True, extra="ignore")


# ---- who the service is -------------------------------------------------------------------


class TermsAnswer(Told):
    """Which vault this is."""

    site: str = Field(description="the host that members sign in to")
    chain_id: Id
    consent: Contract
    vault: Contract
    records: Contract
    public_key: Bytes32 = Field(description="the vault's own: to it goes an unattended wrap")
    custodian: Address = Field(description="who signs shred certificates")


# ---- signing in -----------------------------------------------------------------------------


class ChallengeRequest(Frozen):
    """Who wants to sign in."""

    account: Address


class ChallengeAnswer(Told):
    """What to sign."""

    nonce: Nonce
    text: Annotated[str, StringConstraints(max_length=2_048)]
    until: Number


class SessionRequest(Frozen):
    """A challenge, signed."""

    nonce: Nonce
    signature: Signature


class SessionAnswer(Told):
    """Who one is, and for how long."""

    token: Token
    passport_id: Id
    until: Number


# ---- a member -------------------------------------------------------------------------------


class RingAnswer(Told):
    """A sealed key, and the digest that `If-Match` asks for."""

    ring: Ring
    digest: str


class KeyAnswer(Told):
    """A person's public key."""

    passport_id: Id
    public_key: Bytes32


class KeptRecord(Told):
    """A sealed record, and whether it is the one that the ledger knows."""

    state: Literal["waiting", "kept"]
    envelope: Envelope
    until: Number | None = Field(default=None, description="a waiting one is deleted then")


class RecordsAnswer(Told):
    """All that is kept of a member, the waiting ones too."""

    records: tuple[KeptRecord, ...]


class UnattendedRequest(Frozen):
    """Let the service release a record alone, or no longer."""

    vault: Wrap | None


class MemberAsk(Told):
    """A company's look that waits for the member: seal the record's key to it, for this."""

    id: Id
    info: ReleaseBinding
    public_key: Bytes32 = Field(description="the company's, as the ledger has it")
    transaction_hash: Hash
    log_index: Number
    asked_at: Number


class AsksAnswer(Told):
    """All of them."""

    asks: tuple[MemberAsk, ...]


class AskRequest(Frozen):
    """A member's answer to one."""

    wrap: Wrap


class DoneAnswer(Told):
    """It is so now."""

    state: Literal["done"] = "done"


class ReleaseLine(Told):
    """What went out."""

    company_id: Id
    purpose: Bit
    category: Bit
    record_version: Id
    order_hash: Hash
    transaction_hash: Hash
    log_index: Number
    issued_at: Number
    released_at: Number
    expires_at: Number
    is_attended: bool = Field(description="whether the member answered it, or the service alone")


class ReleasesAnswer(Told):
    """All that went out, the newest first."""

    releases: tuple[ReleaseLine, ...]


class CertificateLine(Told):
    """That something is gone, signed by the custodian for `Records.certify_shred`."""

    passport_id: Id
    category: Bit
    version: Id = Field(description="the one that erased it")
    certificate: dict[str, Any] = Field(description="what was done: canonical JSON is hashed")
    certificate_hash: Hash
    custodian: Address
    signature: Signature
    made_at: Number


class CertificatesAnswer(Told):
    """All of them."""

    certificates: tuple[CertificateLine, ...]


class Export(Told):
    """Everything that is kept of a person, in one file."""

    version: Literal[1] = 1
    chain_id: Id
    consent: Contract
    passport_id: Id
    made_at: Number
    ring: Ring | None
    records: tuple[KeptRecord, ...]
    asks: tuple[MemberAsk, ...] = ()
    releases: tuple[ReleaseLine, ...] = ()
    certificates: tuple[CertificateLine, ...] = ()


class RecoveryRequest(Frozen):
    """A fresh public key, shown to one's contact too."""

    public_key: Bytes32


class RecoveryAnswer(Told):
    """What came of asking one's contact."""

    state: Literal["none", "asked", "answered"]
    contact_id: Id | None = None
    public_key: Bytes32 | None = None
    sealed: Wrap | None = None


class AskedRecovery(Told):
    """Somebody who trusts the reader with their key, and asks for it."""

    passport_id: Id
    public_key: Bytes32 = Field(description="to seal to, once they showed the same themselves")
    sealed: Wrap = Field(description="their key, sealed to the reader")
    asked_at: Number


class AskedRecoveriesAnswer(Told):
    """All who ask."""

    asked: tuple[AskedRecovery, ...]


class GiveBackRequest(Frozen):
    """A contact's answer."""

    sealed: Wrap


# ---- a company ------------------------------------------------------------------------------


class Fetch(Frozen):
    """What a company signs for a release."""

    company_id: Id
    passport_id: Id
    purpose: Bit
    category: Bit
    order_hash: Hash
    transaction_hash: Hash
    log_index: Number
    at: Number
    nonce: Hash

    def full(self, chain_id: int, vault: str) -> dict[str, Any]:
        """The EIP-712 message, as eth_account takes it.

        Args:
            chain_id: The ledger's.
            vault: The address of its Vault.
        """
        return {
            "types": {
                "EIP712Domain": [
                    {"name": "name", "type": "string"},
                    {"name": "version", "type": "string"},
                    {"name": "chainId", "type": "uint256"},
                    {"name": "verifyingContract", "type": "address"},
                ],
                "Fetch": [{"name": name, "type": kind} for name, kind in _FETCH.items()],
            },
            "primaryType": "Fetch",
            "domain": {
                "name": DOMAIN_NAME,
                "version": DOMAIN_VERSION,
                "chainId": chain_id,
                "verifyingContract": checksum(vault),
            },
            "message": self.model_dump(mode="json"),
        }

    def digest(self, deployment: Deployment) -> bytes:
        """The 32 bytes that are signed."""
        return bytes(_hash_eip191_message(self.signable(deployment)))

    def signer(self, deployment: Deployment, signature: str) -> str | None:
        """The ordinary wallet that signed it; None: these bytes are nobody's signature."""
        try:
            raw = bytes.fromhex(signature.removeprefix("0x"))
            return str(Account.recover_message(self.signable(deployment), signature=raw))
        except Exception:  # the library raises a dozen kinds for bytes that are no signature
            return None

    def signable(self, deployment: Deployment) -> SignableMessage:
        """What an account signs."""
        vault = deployment.address("Vault")
        return encode_typed_data(full_message=self.full(deployment.chain_id, vault))


_FETCH = {
    "company_id": "uint256",
    "passport_id": "uint256",
    "purpose": "uint256",
    "category": "uint256",
    "order_hash": "bytes32",
    "transaction_hash": "bytes32",
    "log_index": "uint256",
    "at": "uint256",
    "nonce": "bytes32",
}


class FetchRequest(Frozen):
    """A signed wish for a release."""

    ask: Fetch
    signature: Signature


class ReleasedAnswer(Released, Told):
    """A release."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    state: Literal["released"] = "released"


class WaitingAnswer(Told):
    """The member has to answer first."""

    state: Literal["waiting"] = "waiting"


__all__ = [
    "FETCH_WINDOW",
    "STATEMENT",
    "AskRequest",
    "AskedRecoveriesAnswer",
    "AskedRecovery",
    "AsksAnswer",
    "CertificateLine",
    "CertificatesAnswer",
    "ChallengeAnswer",
    "ChallengeRequest",
    "DoneAnswer",
    "Export",
    "Fetch",
    "FetchRequest",
    "GiveBackRequest",
    "KeptRecord",
    "KeyAnswer",
    "MemberAsk",
    "RecordsAnswer",
    "RecoveryAnswer",
    "RecoveryRequest",
    "Refusal",
    "ReleaseLine",
    "ReleasedAnswer",
    "ReleasesAnswer",
    "RingAnswer",
    "SessionAnswer",
    "SessionRequest",
    "TermsAnswer",
    "Told",
    "UnattendedRequest",
    "WaitingAnswer",
]
