"""What the Charter and the contracts of a brand refuse."""

from .base import Refused


class LacksTheRole(Refused):
    """This account does not hold the role that this takes: ask the brand's admin."""

    reason = "wing: lacks the role"


class WingHalted(Refused):
    """This part of the brand is paused for now: try again when the pause is over."""

    reason = "wing: halted"


class WingRetired(Refused):
    """This contract was replaced and takes no new business: use the brand's current one."""

    reason = "wing: retired"


class NotTheCharter(Refused):
    """Only the brand's Charter may do this."""

    reason = "wing: not the charter"


class ZeroCharter(Refused):
    """A contract of a brand needs the address of its Charter."""

    reason = "wing: zero charter"


class CharterRoleMissing(Refused):
    """This account does not hold the role that this takes: ask the brand's admin."""

    reason = "authority: lacks the role"


class NotTheAdmin(Refused):
    """Only the brand's admin may do this."""

    reason = "authority: not the admin"


class AdminIsHandedOver(Refused):
    """The office of admin is not given or taken: it is offered and accepted."""

    reason = "authority: admin is handed over"


class AdminAlready(Refused):
    """This account is the admin already."""

    reason = "authority: admin already"


class NotTheCandidate(Refused):
    """The office of admin was not offered to this account."""

    reason = "authority: not the candidate"


class NoRoleNamed(Refused):
    """Name at least one role."""

    reason = "authority: no role"


class RoleHeldAlready(Refused):
    """This account holds one of these roles already."""

    reason = "authority: role held already"


class RoleNotHeld(Refused):
    """This account does not hold one of these roles."""

    reason = "authority: role not held"


class ZeroAccount(Refused):
    """The zero address cannot hold a role."""

    reason = "authority: zero account"


class ZeroAdmin(Refused):
    """A Charter needs an admin."""

    reason = "authority: zero admin"


class CharterSealed(Refused):
    """The Charter is sealed: announce a replacement, and wait its delay."""

    reason = "directory: sealed"


class CharterNotSealed(Refused):
    """The Charter is not sealed yet: set the entry at once instead."""

    reason = "directory: not sealed"


class NoSuchEntry(Refused):
    """The directory has no entry of this name."""

    reason = "directory: no such entry"


class ListedAlready(Refused):
    """This contract is in the directory already."""

    reason = "directory: listed already"


class DirectoryFull(Refused):
    """The directory has no room for another name."""

    reason = "directory: full"


class EmptyEntryName(Refused):
    """An entry needs a name."""

    reason = "directory: empty name"


class EntryWithoutCode(Refused):
    """There is no contract at this address."""

    reason = "directory: no code"


class EntryIsAWallet(Refused):
    """This address is a wallet, not a contract."""

    reason = "directory: a wallet's code"


class EntryOfAnotherBrand(Refused):
    """This contract answers to another brand's Charter."""

    reason = "directory: another's contract"


class AnnouncedAlready(Refused):
    """A replacement of this name is announced already: cancel it first."""

    reason = "directory: announced already"


class NothingAnnounced(Refused):
    """No replacement of this name is announced."""

    reason = "directory: nothing announced"


class ReplacementTooEarly(Refused):
    """The replacement must wait until its delay has passed."""

    reason = "directory: too early"


class ReplacementCodeChanged(Refused):
    """The contract's code is not the one that was announced: announce it again."""

    reason = "directory: code changed"


class NotAPlainWallet(Refused):
    """A replacement is carried out by an ordinary wallet that runs no code of its own."""

    reason = "directory: no plain wallet"


class OfficeEnded(Refused):
    """The warden's office has ended: only a vote extends it."""

    reason = "charter: office ended"


class NoPauseDuration(Refused):
    """A pause needs a duration."""

    reason = "charter: no duration"


class PauseTooLong(Refused):
    """A pause lasts 14 days at most."""

    reason = "charter: pause too long"


class PausedLately(Refused):
    """This was paused lately: the next pause must wait."""

    reason = "charter: paused lately"


class NotPaused(Refused):
    """This is not paused."""

    reason = "charter: not paused"


class CannotBePaused(Refused):
    """This contract cannot be paused: it has no warden."""

    reason = "charter: cannot be paused"


class OnlyAVoteExtends(Refused):
    """Only the members' vote extends the warden's office."""

    reason = "charter: only a vote extends"


class NoExtension(Refused):
    """The new end must be later than the present one."""

    reason = "charter: no extension"


class WardenTermTooLong(Refused):
    """The warden's office lasts two years at most."""

    reason = "charter: term too long"


class ZeroCompanyId(Refused):
    """A company id is at least 1."""

    reason = "charter: zero company id"


class CompanyIdIsSet(Refused):
    """The company id is set, for good."""

    reason = "charter: company id is set"
