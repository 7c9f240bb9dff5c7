"""Acts that protect a person: they go first, and no budget of the carrier's is in their way.

Taking back, saying no, shutting out, erasing; ending a service contract and taking money out of
it. Whoever has a passport may, member or not: one who left still has a consent to withdraw. So that
nobody spends the carrier's money by them, they have a room of their own, and one that would change
nothing is not carried.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..consent import ConsentStatus
from ..contracts import Read
from ..deployments import Deployment
from ..typed_data import TypedData
from .declined import Declined

ALWAYS = ("Withdraw", "WithdrawAll", "Refuse", "Erase", "EndAgreement", "WithdrawEscrow")
IF_DENIED = ("DenyCompany", "DenyPurpose")
STRUCTS = (*ALWAYS, *IF_DENIED)


def protects(message: TypedData) -> bool:
    """Whether this act only ever takes something away from others."""
    if message.struct in IF_DENIED:
        return bool(message.message["is_denied"])
    return message.struct in ALWAYS


def asks_whether_done(
    deployment: Deployment, message: TypedData, passport_id: int
) -> Sequence[Read]:
    """What tells whether the act would change anything; nothing where it always would."""
    told, book = message.message, deployment.contract("Consent")
    if message.struct == "DenyCompany":
        return [book.read("is_company_denied", passport_id, told["company_id"])]
    if message.struct == "DenyPurpose":
        return [book.read("person_of", passport_id)]
    if message.struct in ("Withdraw", "Refuse"):
        return [book.read("status", passport_id, told["company_id"], told["purpose"])]
    return []


def is_done(message: TypedData, answers: Sequence[object]) -> bool:
    """Whether the answers say that there is nothing left to do."""
    if message.struct == "DenyCompany":
        return answers == [True]
    if message.struct == "DenyPurpose":
        person = answers[0]
        mask = person["denied_purposes"] if isinstance(person, dict) else 0
        return bool(mask >> message.message["purpose"] & 1)
    if message.struct == "Refuse":
        return answers == [ConsentStatus.REFUSED]
    return False


def done_already() -> Declined:
    """409: it stands so already."""
    return Declined(409, "done_already", "This stands already as you want it.")


__all__ = ["STRUCTS", "asks_whether_done", "done_already", "is_done", "protects"]
