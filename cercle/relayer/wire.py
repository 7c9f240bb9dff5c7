"""What goes over the wire, both ways: the requests and their answers."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from eth_abi.exceptions import EncodingError
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    field_validator,
)

from ..agreements.models import Terms as AgreementTerms
from ..deployments import Deployment
from ..errors import CercleError, RelayerRefused, refusal_by_code
from ..limits import MAX_PARAMS, MAX_REASON
from ..slips import Attestation, Invitation
from ..typed_data import (
    TOKEN_STRUCTS,
    SignedMessage,
    TokenDomain,
    message,
    read_token_permit,
    struct_of,
)
from ..typed_data import Field as StructField
from ..values import Address, Frozen, Hash

ACCOUNT = "PasskeyAccount"  # what the creation of a passkey's account is called among the acts

_Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")]
# An address, a hash or a number; in JSON the large ones are text, or a browser would round them.
_TEXT = r"(0x[0-9a-fA-F]{40}|0x[0-9a-fA-F]{64}|[0-9]{1,78})"
_Text = Annotated[str, StringConstraints(pattern=f"^{_TEXT}$")]
_Number = Annotated[StrictInt, Field(ge=0, lt=2**256)]
_Value = _Text | _Number | StrictBool
_Word = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,16}$")]  # of a few: STOP, SWITCH
# Of a list of structs.
_Struct = Annotated[dict[_Name, _Text | _Number | _Word], Field(max_length=8)]
# A reason in somebody's own words, or bytes: only where the struct has such a field.
_ROOM = {"string": MAX_REASON, "bytes": len("0x") + 2 * MAX_PARAMS}
_Words = Annotated[str, StringConstraints(max_length=MAX_REASON)]
_Signature = Annotated[str, StringConstraints(pattern=r"^0x([0-9a-fA-F]{2}){1,1024}$")]


class ActState(StrEnum):
    """Where an act stands."""

    ACCEPTED = "accepted"
    SENT = "sent"
    MINED = "mined"
    REFUSED = "refused"
    FAILED = "failed"


class ActRequest(Frozen):
    """A message that somebody signed. Its domain is not among it: that is the deployment's."""

    struct: _Name
    message: dict[
        _Name, _Value | Annotated[list[_Value | _Struct], Field(max_length=64)] | _Words
    ] = Field(max_length=16)
    signature: _Signature
    invitation: Invitation | None = None
    attestation: Attestation | None = None
    link_signature: _Signature | None = None
    terms: AgreementTerms | None = None
    token: Address | None = Field(default=None, description="with `TokenPermit`: whose it is")

    @field_validator("terms")
    @classmethod
    def _are_terms(cls, terms: AgreementTerms | None) -> AgreementTerms | None:
        """Such as a contract could have; whether it has these, it says itself."""
        try:
            if terms is not None:
                str(terms.hash)  # packs every word of them
        except (CercleError, EncodingError, OverflowError) as error:
            raise ValueError("these are no terms of a contract") from error
        return terms

    @classmethod
    def of(cls, signed: SignedMessage) -> ActRequest:
        """The request for a message."""
        return cls(
            struct=signed.struct,
            message={name: as_text(value) for name, value in signed.message.message.items()},
            signature=signed.signature,
            invitation=signed.invitation,
            attestation=signed.attestation,
            link_signature=signed.link_signature,
            terms=signed.terms,
            token=signed.message.contract if signed.struct in TOKEN_STRUCTS else None,
        )

    def signed(self, deployment: Deployment, token: TokenDomain | None = None) -> SignedMessage:
        """The message in this deployment's own domain, or a permit in its token's.

        Raises:
            KeyError: No struct has this name.
            ValueError: Its fields are not those of the struct.
        """
        fields = struct_of(self.struct).fields
        lists = {field.name for field in fields if "[" in field.type}
        if lists != {name for name, value in self.message.items() if isinstance(value, list)}:
            raise ValueError("a list stands where none is, or none where one is")
        for field in fields:
            _require_fit(field, self.message.get(field.name))
        if token is None:
            told = message(deployment, self.struct, **self.message)
        else:
            told = read_token_permit(deployment, token, self.message)
        return SignedMessage(
            message=told,
            signature=self.signature.lower(),
            invitation=self.invitation,
            attestation=self.attestation,
            link_signature=self.link_signature and self.link_signature.lower(),
            terms=self.terms,
        )


def _require_fit(field: StructField, value: Any) -> None:
    """Refuse words where an address, a hash or a number stands, and more of them than may be.

    Raises:
        ValueError: It does not fit.
    """
    if isinstance(value, list):
        for one in value:
            for part in field.parts if isinstance(one, dict) else ():
                _require_fit(part, one.get(part.name))
    if not isinstance(value, str):
        return
    if field.type not in _ROOM:
        if not re.fullmatch(_TEXT, value):
            raise ValueError("words stand where none are")
    elif len(value.encode()) > _ROOM[field.type]:
        raise ValueError("a text is too long")


class AccountRequest(Frozen):
    """A passkey for which somebody who was invited wants an account."""

    x: Hash
    y: Hash
    rp_id_hash: Hash
    credential_hash: Hash
    invitation: Invitation

    @property
    def terms(self) -> tuple[int, int, bytes, bytes]:
        """The four as the factory takes them."""
        site, credential = (
            bytes.fromhex(self.rp_id_hash[2:]),
            bytes.fromhex(self.credential_hash[2:]),
        )
        return int(self.x, 16), int(self.y, 16), site, credential


class Told(BaseModel):
    """What a relayer says; fields that this version does not know are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ActStatus(Told):
    """Where an act stands with the relayer: a claim, until the chain says so."""

    id: str = Field(description="the digest that was signed")
    struct: str | None = None
    actor: Address | None = None
    state: ActState
    tx: str | None = None
    block: int | None = None
    refusal: str | None = Field(default=None, description="a code of cercle.errors")
    created_at: datetime | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the relayer does nothing more about it."""
        return self.state in (ActState.MINED, ActState.REFUSED, ActState.FAILED)

    def error(self) -> CercleError | None:
        """Why it came to nothing, if it did."""
        if self.state not in (ActState.REFUSED, ActState.FAILED):
            return None
        return RelayerRefused() if self.refusal is None else refusal_by_code(self.refusal)


class Budgets(Told):
    """How much is carried from one midnight (UTC) to the next."""

    per_member: int
    per_kind: dict[str, int]
    gas_per_day: int
    wei_per_day: int


class Terms(Told):
    """What a relayer offers."""

    chain_id: int
    relayer: Address
    structs: tuple[str, ...]
    batch_seconds: float = 0
    passkeys: bool = False
    budgets: Budgets | None = None
    tokens: dict[Address, int] = Field(
        default={}, description="whose permits are carried, and the most that one may allow"
    )


def as_text(value: Any) -> Any:
    """A value of a message as it travels."""
    if isinstance(value, list | tuple):
        return [as_text(one) for one in value]
    if isinstance(value, dict):
        return {name: as_text(one) for name, one in value.items()}
    return value if isinstance(value, bool) else str(value)


__all__ = [
    "ACCOUNT",
    "AccountRequest",
    "ActRequest",
    "ActState",
    "ActStatus",
    "Budgets",
    "Terms",
    "Told",
    "as_text",
]
