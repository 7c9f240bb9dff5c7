"""What the Passport refuses, and what any signed message may meet."""

from .base import Refused


class WalletHasAPassport(Refused):
    """This wallet belongs to a passport already."""

    reason = "passport: wallet has one"


class NoPassport(Refused):
    """This wallet has no passport: open one first."""

    reason = "passport: no passport"


class NotTheMainWallet(Refused):
    """Only the passport's main wallet may do this: switch to it."""

    reason = "passport: not the main wallet"


class NotLinked(Refused):
    """This wallet is not linked to the passport."""

    reason = "passport: not linked"


class MainAlready(Refused):
    """This wallet is the main one already."""

    reason = "passport: main already"


class MainWalletStays(Refused):
    """The main wallet cannot be unlinked: make another the main one first."""

    reason = "passport: main wallet stays"


class NotYourWallet(Refused):
    """Only the main wallet, or the wallet itself, may unlink it."""

    reason = "passport: not yours"


class Soulbound(Refused):
    """A passport belongs to a person and cannot be transferred."""

    reason = "passport: soulbound"


class UnknownPassport(Refused):
    """There is no passport of this number."""

    reason = "passport: unknown"


class ZeroPassportOwner(Refused):
    """The zero address owns nothing."""

    reason = "passport: zero address"


class NonceUsed(Refused):
    """This signed message was used or cancelled: ask for a new one."""

    reason = "signatures: nonce used"


class SignatureExpired(Refused):
    """This signed message has expired: ask for a new one."""

    reason = "signatures: expired"


class NotSignedByThem(Refused):
    """The signature is not of the account that it names."""

    reason = "signatures: not by signer"


class ZeroSigner(Refused):
    """The zero address signs nothing."""

    reason = "signatures: zero signer"
