"""What a member may do about decisions, in both ways: sent by themselves, or signed."""

from __future__ import annotations

from datetime import datetime

from . import typed_data
from .acts import LIFETIME, Act, deadline, free_nonce
from .chain import Chain
from .decision_models import ProposalView
from .deployments import Deployment
from .flags import Support
from .loyalty import electorate
from .proposals import acts
from .typed_data import TypedData


def vote(deployment: Deployment, proposal: ProposalView, support: Support, reason: str = "") -> Act:
    """Vote on a proposal, for good.

    Signed without a reason it travels with others; a contract wallet's fits no batch, and what
    says why is longer: these travel alone.

    Args:
        deployment: The brand.
        proposal: What is voted on.
        support: What the vote says.
        reason: Why, for everybody to read.
    """

    def sign(chain: Chain, voter: str) -> TypedData:
        return typed_data.extended_ballot(
            deployment, voter, proposal_id=proposal.id, support=support, reason=reason
        )

    def sign_until(chain: Chain, voter: str) -> TypedData:
        head = chain.head(fresh=True)
        end = min(head.timestamp + LIFETIME, int(proposal.deadline.timestamp()))
        return typed_data.ballot_until(
            deployment, voter, proposal_id=proposal.id, support=support, deadline=end
        )

    call = acts.vote(deployment, proposal.id, support, reason)
    return Act(call, sign, "ExtendedBallot") if reason else Act(call, sign_until, "BallotUntil")


def vote_by_contract(deployment: Deployment, proposal: ProposalView, support: Support) -> Act:
    """The same for an account that is a contract, such as a passkey's or a Safe."""

    def sign(chain: Chain, voter: str) -> TypedData:
        return typed_data.governor_ballot(
            deployment, voter, proposal_id=proposal.id, support=support
        )

    return Act(acts.vote(deployment, proposal.id, support), sign, "GovernorBallot")


def delegate(deployment: Deployment, delegatee: str, until: datetime | None = None) -> Act:
    """Let another member speak for oneself; to end it, name oneself.

    Args:
        deployment: The brand.
        delegatee: Whom.
        until: When it ends by itself; None: when one says so.
    """
    expires_at = 0 if until is None else int(until.timestamp())

    def sign(chain: Chain, delegator: str) -> TypedData:
        nonce = free_nonce(chain, deployment, "Electorate", delegator)
        return typed_data.delegate_until(
            deployment,
            delegator,
            delegatee,
            expires_at=expires_at,
            nonce=nonce,
            deadline=deadline(chain),
        )

    if until is None:
        call = electorate.delegate(deployment, delegatee)
    else:
        call = electorate.delegate_until(deployment, delegatee, expires_at)
    return Act(call, sign, "DelegateUntil")


__all__ = ["delegate", "vote", "vote_by_contract"]
