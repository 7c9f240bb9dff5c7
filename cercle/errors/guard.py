"""What the Guard of a Governor refuses: terms, scopes, code, spending, vetoes."""

from .base import Refused

# ---- who ------------------------------------------------------------------------------------


class NotTheGovernor(Refused):
    """Only a proposal that was carried out may change this."""

    reason = "guard: not the governor"


class GuardIsBound(Refused):
    """This Guard serves a Governor already."""

    reason = "guard: bound already"


class GuardNeedsCharter(Refused):
    """A Guard needs the address of the Charter."""

    reason = "guard: zero charter"


class NotAWarden(Refused):
    """Only a warden may veto."""

    reason = "guard: not a warden"


class VetoOfficeEnded(Refused):
    """The warden's office has ended: there is no veto any more."""

    reason = "guard: office ended"


class ClassWithoutVeto(Refused):
    """Proposals of this class cannot be vetoed."""

    reason = "guard: class without veto"


# ---- what a class may do ----------------------------------------------------------------------


class LendsTheTreasury(Refused):
    """A class whose spending is bounded cannot let others take from the treasury later."""

    reason = "guard: lends the treasury"


class BoundedItself(Refused):
    """A class whose spending is bounded cannot change what bounds it: propose that in the first."""

    reason = "guard: bounded itself"


class OutOfScope(Refused):
    """This class of proposals may not make this call."""

    reason = "scopes: out of scope"


class PastTheCap(Refused):
    """This is more than this class of proposals may move in one action."""

    reason = "scopes: past the cap"


class EtherOutOfScope(Refused):
    """This class of proposals may not send ether along with this call."""

    reason = "scopes: ether out of scope"


class CallTooShort(Refused):
    """This call is too short to name what it moves."""

    reason = "scopes: short call"


class ClassWithoutScopes(Refused):
    """The first class may call anything: scopes are for the classes after it."""

    reason = "scopes: class without scopes"


class ScopeCapTooHigh(Refused):
    """A scope's cap has 128 bits at most."""

    reason = "scopes: cap too high"


class NoSuchArgument(Refused):
    """No call has that many arguments."""

    reason = "scopes: no such argument"


# ---- what code it meets -------------------------------------------------------------------------


class NoContractToCall(Refused):
    """There is no contract at an address that this calls."""

    reason = "pins: no contract"


class TooLittleGasToPin(Refused):
    """This needs more gas: the code of what it calls is looked at."""

    reason = "pins: too little gas"


class SilentToken(Refused):
    """A token of the treasury tells no balance: let a proposal of the first class unlist it."""

    reason = "seasons: silent token"


# ---- what it may pay ----------------------------------------------------------------------------


class PastTheSeasonsBound(Refused):
    """This is more than this class may pay this season, by how many took part."""

    reason = "seasons: past the bound"


class AssetWithoutCode(Refused):
    """There is no token at this address."""

    reason = "seasons: no token"


class AssetListedTwice(Refused):
    """Name each token of the treasury once."""

    reason = "seasons: listed twice"


# ---- terms --------------------------------------------------------------------------------------


class UnknownClass(Refused):
    """There is no such class of proposals."""

    reason = "settings: unknown class"


class NoClass(Refused):
    """A Guard needs at least one class of proposals."""

    reason = "settings: no class"


class TooManyClasses(Refused):
    """There are 15 classes of proposals at most."""

    reason = "settings: too many classes"


class NoVotingDelay(Refused):
    """A vote begins at least a second after its proposal."""

    reason = "settings: no voting delay"


class VotingDelayTooLong(Refused):
    """A vote begins 90 days after its proposal at the latest."""

    reason = "settings: voting delay too long"


class VoteTooShort(Refused):
    """A vote lasts an hour at least."""

    reason = "settings: vote too short"


class VoteTooLong(Refused):
    """A vote lasts 90 days at most."""

    reason = "settings: vote too long"


class ExtensionTooLong(Refused):
    """A vote is not extended by more than it lasts."""

    reason = "settings: extension too long"


class QueueDelayTooShort(Refused):
    """What was decided waits an hour at least."""

    reason = "settings: queue delay too short"


class QueueDelayTooLong(Refused):
    """What was decided waits 90 days at most."""

    reason = "settings: queue delay too long"


class ProposalThresholdTooHigh(Refused):
    """Nobody could ever have that many votes."""

    reason = "settings: threshold too high"


class QuorumTooHigh(Refused):
    """A quorum is all votes at most."""

    reason = "settings: quorum too high"


class ShareTooHigh(Refused):
    """A season's share is the whole treasury at most."""

    reason = "settings: share too high"


class ShareWithoutBound(Refused):
    """A season's share belongs to a class whose spending is bounded."""

    reason = "settings: share without bound"
