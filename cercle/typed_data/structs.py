"""Every message that people sign, once: its fields for EIP-712, its words for a wallet's screen."""

from __future__ import annotations

from .consent_structs import CONSENT
from .fields import DEADLINE as _DEADLINE
from .fields import NONCE as _NONCE
from .fields import Field, Show, Struct
from .fields import wallet_field as _wallet
from .record_structs import RECORDS
from .service_structs import SERVICE
from .token_structs import TOKEN_STRUCTS

_WORLD = Field("world", "bytes32", "World")
_REFERENCE = Field("reference", "bytes32", "Avatar")
_CONTENT = Field("content_hash", "bytes32", "Seal of the text", Show.HIDDEN)
_PROPOSAL = Field("proposalId", "uint256", "Proposal number")
_SUPPORT = Field("support", "uint8", "My vote", Show.SUPPORT)

_ALL = (
    # ---- the person
    Struct(
        "Register",
        "Passport",
        "Take a passport",
        "wallet",
        (_wallet("wallet", "For"), _NONCE, _DEADLINE),
    ),
    Struct(
        "Link",
        "Passport",
        "Become a wallet of a passport",
        "wallet",
        (
            Field("passport_id", "uint256", "Passport number"),
            _wallet("wallet", "This wallet"),
            _NONCE,
            _DEADLINE,
        ),
    ),
    Struct(
        "Adopt",
        "Passport",
        "Add a wallet to my passport",
        "main_wallet",
        (_wallet("main_wallet", "My main wallet"), _wallet("wallet", "Add"), _NONCE, _DEADLINE),
    ),
    Struct(
        "Unlink",
        "Passport",
        "Take a wallet off my passport",
        "sender",
        (_wallet("sender", "From"), _wallet("wallet", "Let go"), _NONCE, _DEADLINE),
    ),
    Struct(
        "SetMain",
        "Passport",
        "Make another wallet my main one",
        "main_wallet",
        (
            _wallet("main_wallet", "Instead of"),
            _wallet("wallet", "New main wallet"),
            _NONCE,
            _DEADLINE,
        ),
    ),
    # ---- how they appear
    Struct(
        "SetProfile",
        "Profile",
        "Show a text of my own",
        "wallet",
        (_wallet("wallet", "As"), _CONTENT, _NONCE, _DEADLINE),
    ),
    Struct(
        "ClearProfile",
        "Profile",
        "Show no text any more",
        "wallet",
        (_wallet("wallet", "As"), _NONCE, _DEADLINE),
    ),
    Struct(
        "SetTokenAvatar",
        "Profile",
        "Appear as a token of mine",
        "wallet",
        (
            _wallet("wallet", "As"),
            _WORLD,
            _wallet("token", "Collection"),
            Field("token_id", "uint256", "Token number"),
            _NONCE,
            _DEADLINE,
        ),
    ),
    Struct(
        "SetAttestedAvatar",
        "Profile",
        "Appear as what this world confirms",
        "wallet",
        (_wallet("wallet", "As"), _WORLD, _REFERENCE, _NONCE, _DEADLINE),
    ),
    Struct(
        "SetStatedAvatar",
        "Profile",
        "Say how I appear, unverified",
        "wallet",
        (_wallet("wallet", "As"), _WORLD, _REFERENCE, _NONCE, _DEADLINE),
    ),
    Struct(
        "RemoveAvatar",
        "Profile",
        "Appear there no more",
        "wallet",
        (_wallet("wallet", "As"), _WORLD, _NONCE, _DEADLINE),
    ),
    Struct(
        "AvatarAttestation",
        "Profile",
        "Attest whose avatar it is",
        "key",
        (
            _wallet("key", "By"),
            _WORLD,
            _REFERENCE,
            Field("passport_id", "uint256", "Passport number"),
            Field("issued_at", "uint256", "Issued", Show.DATE),
            _DEADLINE,
        ),
    ),
    # ---- a person at a brand
    Struct(
        "Invitation",
        "Membership",
        "Invite somebody to join",
        "inviter",
        (
            _wallet("inviter", "Invited by"),
            Field("passport_id", "uint256", "Passport number (0: whoever bears it)"),
            _NONCE,
            _DEADLINE,
        ),
    ),
    Struct(
        "Join",
        "Membership",
        "Join as a member",
        "wallet",
        (_wallet("wallet", "As"), _wallet("inviter", "Invited by"), _NONCE, _DEADLINE),
    ),
    Struct(
        "Leave",
        "Membership",
        "Leave",
        "wallet",
        (_wallet("wallet", "As"), _NONCE, _DEADLINE),
    ),
    Struct(
        "DelegateUntil",
        "Electorate",
        "Let another member speak for me",
        "delegator",
        (
            _wallet("delegator", "From"),
            _wallet("delegatee", "To"),
            Field("expires_at", "uint256", "Ends (0: when I say so)", Show.DATE),
            _NONCE,
            _DEADLINE,
        ),
    ),
    # ---- points and perks
    Struct(
        "Permit",
        "Points",
        "Let somebody spend my points",
        "owner",
        (
            _wallet("owner", "From"),
            _wallet("spender", "Spender"),
            Field("value", "uint256", "At most", Show.POINTS),
            _NONCE,
            _DEADLINE,
        ),
    ),
    Struct(
        "Claim",
        "Perks",
        "Claim a perk",
        "wallet",
        (
            _wallet("wallet", "For, and paid from"),
            Field("perk_id", "uint256", "Perk number"),
            _CONTENT,
            Field("variant", "uint256", "Variant"),
            Field("price", "uint256", "Price", Show.POINTS),
            Field("order_hash", "bytes32", "Seal of the order", Show.HIDDEN),
            Field("claim_id", "uint256", "Claim number", Show.HIDDEN),
            _DEADLINE,
        ),
    ),
    Struct(
        "Cancel",
        "Perks",
        "Give a claim back",
        "wallet",
        (_wallet("wallet", "As"), Field("claim_id", "uint256", "Claim number"), _DEADLINE),
    ),
    Struct(
        "Miss",
        "Perks",
        "Have my points back: it was not delivered",
        "wallet",
        (_wallet("wallet", "As"), Field("claim_id", "uint256", "Claim number"), _DEADLINE),
        is_checked_on_chain=False,
    ),
    Struct(
        "Redeem",
        "Perks",
        "Take at the till what I claimed",
        "wallet",
        (_wallet("wallet", "As"), Field("claim_id", "uint256", "Claim number"), _DEADLINE),
    ),
    # ---- polls
    Struct(
        "Ballot",
        "Polls",
        "Vote in a poll",
        "voter",
        (
            _wallet("voter", "As"),
            Field("poll_id", "uint256", "Poll number"),
            _CONTENT,
            Field("options", "uint256[]", "My answer: option"),
            Field("sequence", "uint256", "Ballot number, replaces lower ones"),
            _DEADLINE,
        ),
    ),
    # ---- proposals: OpenZeppelin's two, and one for batches
    Struct(
        "GovernorBallot",
        "Governor",
        "Vote on a proposal, for good",
        "voter",
        (_PROPOSAL, _SUPPORT, _wallet("voter", "As"), _NONCE),
        type="Ballot",
    ),
    Struct(
        "ExtendedBallot",
        "Governor",
        "Vote on a proposal, for good, and say why",
        "voter",
        (
            *(_PROPOSAL, _SUPPORT, _wallet("voter", "As"), _NONCE),
            Field("reason", "string", "Why, for everybody to read"),
            Field("params", "bytes", "Besides", Show.HIDDEN),
        ),
    ),
    Struct(
        "BallotUntil",
        "Governor",
        "Vote on a proposal, for good",
        "voter",
        (_PROPOSAL, _SUPPORT, _wallet("voter", "As"), _DEADLINE),
    ),
    # ---- who may see their data
    *CONSENT,
    *RECORDS,
    # ---- service contracts
    *SERVICE,
)
STRUCTS: dict[str, Struct] = {struct.name: struct for struct in _ALL}


def struct_of(name: str) -> Struct:
    """A message's definition, ours or for a token.

    Raises:
        KeyError: There is none of that name.
    """
    return STRUCTS[name] if name in STRUCTS else TOKEN_STRUCTS[name]


__all__ = ["STRUCTS", "TOKEN_STRUCTS", "Field", "Show", "Struct", "struct_of"]
