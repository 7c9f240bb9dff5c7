"""Permits of tokens: carried for the tokens that the operator named, for the book of agreements
alone, and for no more money than the operator said."""

from __future__ import annotations

from ..agreements.permit import read_permit
from ..typed_data import TOKEN_STRUCTS, TokenDomain, TypedData
from ..values import checksum
from . import declined
from .declined import Declined
from .parts import Parts
from .wire import ActRequest


def domain_of(parts: Parts, request: ActRequest) -> TokenDomain | None:
    """The domain that a permit is signed in, as its token tells it; None for any other message.

    Raises:
        Declined: It names no token, or one that the operator did not name.
    """
    if request.struct not in TOKEN_STRUCTS:
        if request.token is not None:
            raise declined.malformed("it names a token")
        return None
    if request.token not in parts.settings.tokens:
        raise declined.not_offered(f"permit of {request.token or 'no token'}")
    try:
        owner = checksum(request.message.get("owner"))
    except ValueError as error:
        raise declined.malformed("it names no owner") from error
    found = read_permit(parts.chain, request.token, owner)
    if found is None:
        raise declined.not_offered(f"permit of {request.token}")
    return found.domain


def require_modest(parts: Parts, message: TypedData) -> None:
    """Refuse a permit for more than the operator carries.

    Raises:
        Declined: It is for too much.
    """
    if message.struct not in TOKEN_STRUCTS:
        return
    most = parts.settings.tokens[message.contract]
    if message.message["value"] > most:
        raise Declined(403, "too_much", f"The relayer carries a permit of {most} at most.")


__all__ = ["domain_of", "require_modest"]
