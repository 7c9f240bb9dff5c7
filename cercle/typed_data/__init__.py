"""The messages that people sign: one definition for each EIP-712 struct of the contracts.

Contracts' tests, scripts, the app and the relayer all build them here; `carry` says which call
takes one that was signed.
"""

from .build import (
    adopt,
    ballot,
    cancel,
    claim,
    delegate_until,
    invitation,
    join,
    leave,
    link,
    message,
    miss,
    permit,
    redeem,
    register,
    set_main,
    unlink,
)
from .carry import (
    CannotCarry,
    SignedMessage,
    ballot_words,
    can_carry,
    carry,
    carry_ballots,
    fits_a_batch,
    is_carried,
)
from .message import TypedData
from .profile import (
    attested,
    avatar_attestation,
    clear_profile,
    remove_avatar,
    set_attested_avatar,
    set_profile,
    set_stated_avatar,
    set_token_avatar,
)
from .slips import invitation_link, redeem_code
from .structs import STRUCTS, Field, Show, Struct

__all__ = [
    "STRUCTS",
    "CannotCarry",
    "Field",
    "Show",
    "SignedMessage",
    "Struct",
    "TypedData",
    "adopt",
    "attested",
    "avatar_attestation",
    "ballot",
    "ballot_words",
    "can_carry",
    "cancel",
    "carry",
    "carry_ballots",
    "claim",
    "clear_profile",
    "delegate_until",
    "fits_a_batch",
    "invitation",
    "invitation_link",
    "is_carried",
    "join",
    "leave",
    "link",
    "message",
    "miss",
    "permit",
    "redeem",
    "redeem_code",
    "register",
    "remove_avatar",
    "set_attested_avatar",
    "set_main",
    "set_profile",
    "set_stated_avatar",
    "set_token_avatar",
    "unlink",
]
