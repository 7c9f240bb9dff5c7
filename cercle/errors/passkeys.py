"""What passkey accounts and their factory refuse, and what cannot be made of a passkey's answer."""

from .base import CercleError, Refused

# ---- the chain -----------------------------------------------------------------------


class PasskeyAnswerTooShort(Refused):
    """The passkey's answer is cut off: try again."""

    reason = "webauthn: too short"


class PasskeyOfAnotherSite(Refused):
    """This passkey belongs to another site."""

    reason = "webauthn: another site"


class NobodyAtThePasskey(Refused):
    """Nobody touched the device: try again."""

    reason = "webauthn: nobody present"


class PersonNotVerified(Refused):
    """The device did not check who touched it: unlock it and try again."""

    reason = "webauthn: not verified"


class ChallengeGoesOn(Refused):
    """The passkey signed more than it was asked to."""

    reason = "webauthn: challenge goes on"


class PasskeyAnswerNotFolded(Refused):
    """The passkey's answer is not in the one form that is taken."""

    reason = "webauthn: high s"


class NotByThisPasskey(Refused):
    """The passkey of this account did not sign this."""

    reason = "webauthn: not by this passkey"


class NotAnAccount(Refused):
    """This is the code that all passkey accounts run, and nobody's account."""

    reason = "passkey_account: not an account"


class PasskeyCallExpired(Refused):
    """What the passkey signed has expired: sign it again."""

    reason = "passkey_account: expired"


class CallOfNobody(Refused):
    """There is no contract at the address that is to be called."""

    reason = "passkey_account: no contract"


class TooLittleEther(Refused):
    """This account holds less than it is to send."""

    reason = "passkey_account: too little"


class UnknownCall(Refused):
    """A passkey account has no such function."""

    reason = "passkey_account: unknown call"


class NoPasskeysHere(Refused):
    """This network cannot check passkeys: use a wallet."""

    reason = "passkey_factory: no P-256 here"


class NotAPasskeysKey(Refused):
    """This is no public key of a passkey."""

    reason = "passkey_factory: not on curve"


class AccountExists(Refused):
    """This passkey has its account already."""

    reason = "passkey_factory: exists"


class FactoryWithoutCode(Refused):
    """A factory of passkey accounts needs their code first."""

    reason = "passkey_factory: no code there"


# ---- the browser ---------------------------------------------------------------------


class PasskeyError(CercleError):
    """What a browser said of a passkey cannot be used."""

    code = "passkey"


class PasskeyCannotSend(PasskeyError):
    """A passkey's account sends nothing by itself, and nobody carries this."""

    code = "passkey_cannot_send"


class PasskeyKey(PasskeyError):
    """A passkey's public key is of no kind that the chain can check."""

    code = "passkey_key"


class PasskeySignature(PasskeyError):
    """What a passkey answered cannot be used."""

    code = "passkey_signature"


class PasskeyUnreadable(PasskeySignature):
    """A passkey's answer is not of the form that browsers give it."""

    code = "passkey_unreadable"


class PasskeyOtherKind(PasskeySignature):
    """A passkey answered another kind of question, or wrote its words down otherwise."""

    code = "passkey_other_kind"


class PasskeyOtherChallenge(PasskeySignature):
    """A passkey signed something else than it was asked to."""

    code = "passkey_other_challenge"


class PasskeyOtherOrigin(PasskeySignature):
    """A passkey was asked by another site, or inside another site's page."""

    code = "passkey_other_origin"


class PasskeyNotVerified(PasskeySignature):
    """A passkey answered without its person being there and verified."""

    code = "passkey_not_verified"


class PasskeyOtherKey(PasskeySignature):
    """Another passkey answered than the one that was asked."""

    code = "passkey_other_key"


class PasskeyTooLong(PasskeySignature):
    """A passkey's answer is longer than the chain takes."""

    code = "passkey_too_long"
