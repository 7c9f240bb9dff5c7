"""What somebody signed, as the call that carries it to its contract; anybody may send it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eth_abi.exceptions import DecodingError
from pydantic import Field

from ..agreements.models import Terms
from ..calls import Call
from ..codec import decode
from ..deployments import Deployment
from ..limits import MAX_BATCH, MAX_SIGNATURE
from ..slips import Attestation, Invitation
from ..values import Frozen
from .consent import CARRIED as CONSENTS
from .consent import carry_consent
from .message import TypedData
from .profile import CARRIED, carry_profile
from .records import CARRIED as RECORDS
from .records import carry_record
from .service import CARRIED as SERVICES
from .service import carry_service
from .token_structs import TOKEN_STRUCTS
from .tokens import carry_permit
from .votes import carry_vote, is_among_votes

_HALF = 2**255
_BATCH = ("uint256", "uint256[3][]")  # the arguments of `vote_by_signatures`


class SignedMessage(Frozen):
    """A message with the signature that its actor gave, and what else its call needs."""

    message: TypedData
    signature: str = Field(pattern=rf"^0x([0-9a-f]{{2}}){{1,{MAX_SIGNATURE}}}$")
    invitation: Invitation | None = Field(default=None, description="with `Join`")
    attestation: Attestation | None = Field(
        default=None, description="with `SetAttestedAvatar`: the world's"
    )
    link_signature: str | None = Field(
        default=None,
        pattern=rf"^0x([0-9a-f]{{2}}){{1,{MAX_SIGNATURE}}}$",
        description="with `Adopt`: the other wallet's, of `Link`",
    )
    terms: Terms | None = Field(
        default=None, description="with `GoOn`, `EndAgreement`, `WithdrawEscrow`: the contract's"
    )

    @property
    def raw(self) -> bytes:
        """The signature as contracts take it."""
        return bytes.fromhex(self.signature[2:])

    @property
    def struct(self) -> str:
        """The message's name."""
        return self.message.struct


class CannotCarry(ValueError):
    """No call takes this message, or something that its call needs is missing."""


def carry(deployment: Deployment, signed: SignedMessage) -> Call:
    """The call that carries a signed message.

    Raises:
        CannotCarry: Nobody can send this one for its signer.
    """
    build = _CARRIERS.get(signed.struct)
    if build is None:
        raise CannotCarry(f"No call carries a {signed.struct}.")
    return build(deployment, signed)


def can_carry(struct: str) -> bool:
    """Whether somebody else may send this message for its signer."""
    return struct in _CARRIERS


def carry_ballots(
    deployment: Deployment, ballots: Sequence[SignedMessage], *, is_approval: bool
) -> Call:
    """One call for many ballots of one poll, all by ordinary wallets.

    Args:
        deployment: The brand.
        ballots: At most a hundred.
        is_approval: The poll's kind, which says how a choice is written.

    Raises:
        CannotCarry: They are of several polls, too many or none, or one travels alone.
    """
    words = [ballot_words(one, is_approval=is_approval) for one in ballots]
    polls = {one.message.message["poll_id"] for one in ballots}
    if len(polls) != 1:
        raise CannotCarry("A batch is of one poll.")
    if len(words) > MAX_BATCH:
        raise CannotCarry(f"A batch holds {MAX_BATCH} ballots at most.")
    return deployment.contract("Polls").call("vote_by_signatures", polls.pop(), words)


def is_carried(deployment: Deployment, signed: SignedMessage, data: str) -> bool:
    """Whether a transaction's data carries just this: alone, or as a ballot among others.

    A part of a signature is not enough: whoever carries it could put that anywhere.
    """
    try:
        if data == carry(deployment, signed).data:
            return True
        if signed.struct == "BallotUntil":
            return is_among_votes(deployment, signed.message, signed.raw, data)
        polls, function = deployment.contract("Polls"), "vote_by_signatures"
        if not fits_a_batch(signed) or data[:10] != polls.call(function, 0, []).data[:10]:
            return False
        poll_id, ballots = decode(_BATCH, bytes.fromhex(data[10:]))
        if polls.call(function, poll_id, ballots).data != data:  # something is behind it
            return False
    except (CannotCarry, DecodingError, ValueError, OverflowError):
        return False
    words = tuple(map(tuple, ballots))
    return poll_id == signed.message.message["poll_id"] and any(
        tuple(ballot_words(signed, is_approval=is_approval)) in words
        for is_approval in (True, False)
        if is_approval or len(signed.message.message["options"]) == 1
    )


def fits_a_batch(signed: SignedMessage) -> bool:
    """Whether a ballot can travel in three words."""
    return (
        signed.struct == "Ballot"
        and len(signed.raw) == 65
        and signed.raw[64] in (27, 28)
        and int.from_bytes(signed.raw[32:64]) < _HALF
        and signed.message.message["sequence"] < 2**8
        and signed.message.message["deadline"] < 2**40
        and all(0 < option <= 32 for option in signed.message.message["options"])
    )


def ballot_words(signed: SignedMessage, *, is_approval: bool) -> list[int]:
    """A ballot in three words: voter 160 | choice 48 | sequence 8 | deadline 40, and the
    signature as ERC-2098 writes it.

    Raises:
        CannotCarry: It does not fit.
    """
    if not fits_a_batch(signed):
        raise CannotCarry("This ballot travels alone.")
    told = signed.message.message
    options = told["options"]
    if not is_approval and len(options) != 1:
        raise CannotCarry("This poll takes one option.")
    choice = sum(1 << (option - 1) for option in options) if is_approval else options[0]
    head = int(told["voter"], 16) << 96 | choice << 48 | told["sequence"] << 40 | told["deadline"]
    r, s = int.from_bytes(signed.raw[:32]), int.from_bytes(signed.raw[32:64])
    return [head, r, s | (signed.raw[64] - 27) << 255]


# ---- one a message -------------------------------------------------------------------


def _register(deployment: Deployment, signed: SignedMessage) -> Call:
    told = signed.message.message
    return deployment.contract("Passport").call(
        "register_by_signature", told["wallet"], told["nonce"], told["deadline"], signed.raw
    )


def _adopt(deployment: Deployment, signed: SignedMessage) -> Call:
    told = signed.message.message
    if signed.link_signature is None:
        raise CannotCarry("The other wallet has not signed.")
    return deployment.contract("Passport").call(
        "link_by_signatures",
        told["main_wallet"],
        told["wallet"],
        told["nonce"],
        told["deadline"],
        signed.raw,
        bytes.fromhex(signed.link_signature[2:]),
    )


def _unlink(deployment: Deployment, signed: SignedMessage) -> Call:
    told = signed.message.message
    return deployment.contract("Passport").call(
        "unlink_by_signature",
        told["sender"],
        told["wallet"],
        told["nonce"],
        told["deadline"],
        signed.raw,
    )


def _set_main(deployment: Deployment, signed: SignedMessage) -> Call:
    told = signed.message.message
    return deployment.contract("Passport").call(
        "set_main_by_signature",
        told["main_wallet"],
        told["wallet"],
        told["nonce"],
        told["deadline"],
        signed.raw,
    )


def _join(deployment: Deployment, signed: SignedMessage) -> Call:
    told, invitation = signed.message.message, signed.invitation
    if invitation is None or invitation.inviter != told["inviter"]:
        raise CannotCarry("Joining takes the invitation that is named.")
    return deployment.contract("Membership").call(
        "join_by_signature",
        told["wallet"],
        told["nonce"],
        told["deadline"],
        signed.raw,
        invitation.inviter,
        invitation.nonce,
        invitation.deadline,
        invitation.signature_bytes,
    )


def _leave(deployment: Deployment, signed: SignedMessage) -> Call:
    told = signed.message.message
    return deployment.contract("Membership").call(
        "leave_by_signature", told["wallet"], told["nonce"], told["deadline"], signed.raw
    )


def _delegate(deployment: Deployment, signed: SignedMessage) -> Call:
    told = signed.message.message
    return deployment.contract("Electorate").call(
        "delegate_by_signature",
        told["delegator"],
        told["delegatee"],
        told["expires_at"],
        told["nonce"],
        told["deadline"],
        signed.raw,
    )


def _claim(deployment: Deployment, signed: SignedMessage) -> Call:
    told = signed.message.message
    return deployment.contract("Perks").call(
        "claim_by_signature",
        told["wallet"],
        told["perk_id"],
        told["variant"],
        bytes.fromhex(told["order_hash"][2:]),
        told["claim_id"],
        told["deadline"],
        signed.raw,
    )


def _cancel(deployment: Deployment, signed: SignedMessage) -> Call:
    told = signed.message.message
    return deployment.contract("Perks").call(
        "cancel_by_signature", told["wallet"], told["claim_id"], told["deadline"], signed.raw
    )


def _miss(deployment: Deployment, signed: SignedMessage) -> Call:
    return deployment.contract("Perks").call("miss", signed.message.message["claim_id"])


def _ballot(deployment: Deployment, signed: SignedMessage) -> Call:
    told = signed.message.message
    return deployment.contract("Polls").call(
        "vote_by_signature",
        told["voter"],
        told["poll_id"],
        told["options"],
        told["sequence"],
        told["deadline"],
        signed.raw,
    )


def _vote(deployment: Deployment, signed: SignedMessage) -> Call:
    try:
        return carry_vote(deployment, signed.message, signed.raw)
    except ValueError as why:
        raise CannotCarry(str(why)) from why


def _appear(deployment: Deployment, signed: SignedMessage) -> Call:
    try:
        return carry_profile(deployment, signed.message, signed.raw, signed.attestation)
    except ValueError as why:
        raise CannotCarry(str(why)) from why


def _consent(deployment: Deployment, signed: SignedMessage) -> Call:
    return carry_consent(deployment, signed.message, signed.raw)


def _record(deployment: Deployment, signed: SignedMessage) -> Call:
    return carry_record(deployment, signed.message, signed.raw)


def _serve(deployment: Deployment, signed: SignedMessage) -> Call:
    try:
        return carry_service(deployment, signed.message, signed.raw, signed.terms)
    except ValueError as why:
        raise CannotCarry(str(why)) from why


def _permit(deployment: Deployment, signed: SignedMessage) -> Call:
    try:
        return carry_permit(deployment, signed.message, signed.raw)
    except ValueError as why:
        raise CannotCarry(str(why)) from why


_CARRIERS: dict[str, Callable[[Deployment, SignedMessage], Call]] = {
    "Adopt": _adopt,
    "Ballot": _ballot,
    "BallotUntil": _vote,
    "Cancel": _cancel,
    "Claim": _claim,
    "DelegateUntil": _delegate,
    "ExtendedBallot": _vote,
    "GovernorBallot": _vote,
    "Join": _join,
    "Leave": _leave,
    "Miss": _miss,
    "Register": _register,
    "SetMain": _set_main,
    "Unlink": _unlink,
    **dict.fromkeys(CARRIED, _appear),
    **dict.fromkeys(CONSENTS, _consent),
    **dict.fromkeys(RECORDS, _record),
    **dict.fromkeys(SERVICES, _serve),
    **dict.fromkeys(TOKEN_STRUCTS, _permit),
}

__all__ = [
    "CannotCarry",
    "SignedMessage",
    "ballot_words",
    "can_carry",
    "carry",
    "carry_ballots",
    "fits_a_batch",
    "is_carried",
]
