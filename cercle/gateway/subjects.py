"""Whom a question is about."""

from __future__ import annotations

from dataclasses import dataclass

from .. import lens
from ..chain import Chain
from ..deployments import Deployment
from ..errors import Refused
from ..models import Head
from ..values import ZERO_ADDRESS, checksum
from . import declined


@dataclass(frozen=True)
class Subject:
    """Whom a question is about: a wallet, a passport, or an avatar of a world."""

    wallet: str | None = None
    passport_id: int = 0
    world: str = ""
    reference: str = ""


def account_of(chain: Chain, deployment: Deployment, subject: Subject, head: Head) -> str | None:
    """The wallet to look at; None for nobody."""
    if subject.wallet is not None:
        return subject.wallet
    passport_id = subject.passport_id
    if subject.world:
        if not deployment.has("Profile"):
            raise declined.nothing("no_worlds", "This brand reads no avatars.")
        passport_id = lens.member_of_avatar(
            chain, deployment, subject.world, subject.reference, head
        )
    if not passport_id:
        return None
    read = deployment.contract("Passport").read("wallet_of", passport_id)
    found = chain.try_read([read], head)[0]
    return None if isinstance(found, Refused) or found == ZERO_ADDRESS else str(found)


def passport_of(
    chain: Chain, deployment: Deployment, account: str | None, head: Head
) -> int | None:
    """The person behind a wallet; None for nobody."""
    if account is None:
        return None
    read = deployment.contract("Passport").read("id_of", account)
    return int(chain.read([read], head)[0]) or None


def address(text: str) -> str:
    """An address as somebody wrote it.

    Raises:
        Declined: Its mixed case contradicts its checksum: a letter is wrong.
    """
    try:
        return checksum(text)
    except ValueError:
        raise declined.nothing(
            "bad_checksum", "There is no such address: a letter of it is wrong."
        ) from None


__all__ = ["Subject", "account_of", "address", "passport_of"]
