"""What people sign for a token that is none of ours: that the book of agreements may take of it.

Apart from `STRUCTS`, whose domains are the deployment's own: a token's domain is read from the
token, and anybody may have written that.
"""

from __future__ import annotations

from .fields import DEADLINE, NONCE, Field, Struct, wallet_field

TOKEN_STRUCTS = {
    "TokenPermit": Struct(
        "TokenPermit",
        "Agreements",  # whom it allows; its domain is the token's
        "Let my contracts take so much of mine",
        "owner",
        (
            wallet_field("owner", "From"),
            wallet_field("spender", "Spender"),
            Field("value", "uint256", "At most, in smallest units"),
            NONCE,
            DEADLINE,
        ),
        type="Permit",
    )
}

__all__ = ["TOKEN_STRUCTS"]
