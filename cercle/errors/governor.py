"""What the Governor refuses: by OpenZeppelin's custom errors, and by reasons of its own."""

from .base import Refused

# ---- OpenZeppelin's custom errors -------------------------------------------------------


class UnknownProposal(Refused):
    """There is no such proposal."""

    error = "GovernorNonexistentProposal(uint256)"


class ProposalElsewhere(Refused):
    """This proposal is at another stage: that cannot be done with it now."""

    error = "GovernorUnexpectedProposalState(uint256,uint8,bytes32)"


class ProposalIncomplete(Refused):
    """A proposal names at least one action, and of each whom, how much and what."""

    error = "GovernorInvalidProposalLength(uint256,uint256,uint256)"


class TooFewVotesToPropose(Refused):
    """You do not have enough votes to make this proposal."""

    error = "GovernorInsufficientProposerVotes(address,uint256,uint256)"


class ReservedForItsProposer(Refused):
    """This proposal names who alone may make it, and that is somebody else."""

    error = "GovernorRestrictedProposer(address)"


class NotYoursToCancel(Refused):
    """Only its proposer cancels a proposal, and only before the vote begins."""

    error = "GovernorUnableToCancel(uint256,address)"


class ExecutionTooEarly(Refused):
    """This proposal must wait until its delay has passed."""

    error = "GovernorUnmetDelay(uint256,uint256)"


class VotedAlready(Refused):
    """You have voted on this proposal already, and a vote is final."""

    error = "GovernorAlreadyCastVote(address)"


class UnknownSupport(Refused):
    """A vote is against, in favour, or an abstention."""

    error = "GovernorInvalidVoteType()"


class BallotNotSigned(Refused):
    """This ballot was not signed by them, for this proposal, here."""

    error = "GovernorInvalidSignature(address)"


# ---- its own reasons ------------------------------------------------------------------------


class NoVotes(Refused):
    """You had no votes when the vote on this proposal began."""

    reason = "governor: no votes"


class TargetCodeChanged(Refused):
    """The code of a contract that this calls was exchanged after it was proposed."""

    reason = "governor: code changed"


class VetoWithoutReason(Refused):
    """A veto needs a reason that everybody can read."""

    reason = "governor: no reason"


class NoSignedBallots(Refused):
    """There is no ballot in this batch of votes on a proposal."""

    reason = "governor: no ballots"


class NothingToDoHere(Refused):
    """The Governor knows no such call."""

    reason = "governor: unknown call"


class GovernorNeedsElectorate(Refused):
    """A Governor needs the address of the Electorate."""

    reason = "governor: zero electorate"
