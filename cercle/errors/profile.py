"""What the Profile refuses: texts, worlds and avatars."""

from .base import Refused


class ProfileNeedsPassport(Refused):
    """This wallet has no passport, so nobody appears by it: open one first."""

    reason = "profile: no passport"


class ProfileNeedsMainWallet(Refused):
    """Only the passport's main wallet decides how you appear: switch to it."""

    reason = "profile: not the main wallet"


class ProfileWithoutContent(Refused):
    """A profile names a text by its hash: to show none, clear it."""

    reason = "profile: no content"


class AvatarsNeedPassport(Refused):
    """Avatars need the Passport to read."""

    reason = "avatars: zero passport"


class UnknownCollection(Refused):
    """This world does not call that collection its own."""

    reason = "avatars: unknown collection"


class NotTheHolder(Refused):
    """No wallet of this passport holds that token now."""

    reason = "avatars: not the holder"


class ReferenceOfAToken(Refused):
    """This reference stands for a token: it belongs to whoever holds that."""

    reason = "avatars: a token's reference"


class AttestedInTheFuture(Refused):
    """This attestation says that it was given later than now."""

    reason = "avatars: issued in the future"


class AttestedByFormerKey(Refused):
    """The world has changed its key since it gave this attestation: ask for a new one."""

    reason = "avatars: older than the key"


class NewerAttestation(Refused):
    """The world has attested or revoked this avatar since: ask for a new attestation."""

    reason = "avatars: a newer one exists"


class ZeroReference(Refused):
    """An avatar needs a reference: zero is nobody."""

    reason = "avatars: zero reference"


class TooLittleGas(Refused):
    """The call has too little gas to ask the token whose it is: allow more."""

    reason = "avatars: too little gas"


class UnknownWorld(Refused):
    """There is no world of this id."""

    reason = "worlds: unknown world"


class WorldRegistered(Refused):
    """You have registered a world of this name already."""

    reason = "worlds: registered already"


class WorldWithoutName(Refused):
    """A world needs a name."""

    reason = "worlds: empty name"


class ZeroWorldKey(Refused):
    """A world needs a key: zero signs nothing."""

    reason = "worlds: zero key"


class NotTheController(Refused):
    """Only the world's controller may do this."""

    reason = "worlds: not the controller"


class NotTheWorldsCandidate(Refused):
    """This world was not offered to this account."""

    reason = "worlds: not the candidate"
