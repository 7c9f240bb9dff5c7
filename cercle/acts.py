"""What a member may do, in both ways: sent by themselves, or signed for somebody else to carry."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import governance, identity, typed_data
from .agreements.models import Terms
from .calls import Call
from .chain import Chain
from .deployments import Deployment
from .errors import PerkLimitReached
from .loyalty import membership, perks
from .models import PerkView, PollView
from .slips import Attestation, Invitation
from .typed_data import SignedMessage, TypedData
from .values import ZERO_HASH

LIFETIME = 3_600  # seconds that a signed act is good, unless its signer says otherwise
WORD = 256  # nonces that share a slot: the second one in it costs a fifth of the first
TRIES = 8  # nonces that are looked at together

Sign = Callable[[Chain, str], TypedData]


@dataclass(frozen=True)
class Act:
    """One thing that a member may do.

    Usage example::

        act = acts.vote(deployment, poll, [2])
        gas = chain.simulate(act.call, wallet)  # refused here, in words
        message = act.sign(chain, wallet)  # what the wallet is to sign, if somebody else carries
    """

    call: Call
    sign: Sign | None = None
    struct: str | None = None
    invitation: Invitation | None = None
    attestation: Attestation | None = None
    terms: Terms | None = None  # of the agreement that it is about
    token: str | None = None  # whose permit it is, if it is one

    def signed(self, message: TypedData, signature: str) -> SignedMessage:
        """What a carrier takes."""
        return SignedMessage(
            message=message,
            signature=signature.lower(),
            invitation=self.invitation,
            attestation=self.attestation,
            terms=self.terms,
        )


# ---- the person ---------------------------------------------------------------------


def register(deployment: Deployment, invitation: Invitation | None = None) -> Act:
    """Take a passport.

    Args:
        deployment: The brand.
        invitation: On which somebody else pays for it; the contract asks for none.
    """

    def sign(chain: Chain, wallet: str) -> TypedData:
        nonce = free_nonce(chain, deployment, "Passport", wallet)
        return typed_data.register(deployment, wallet, nonce=nonce, deadline=deadline(chain))

    return Act(identity.register(deployment), sign, "Register", invitation)


def unlink(deployment: Deployment, wallet: str) -> Act:
    """Let a linked wallet go."""

    def sign(chain: Chain, sender: str) -> TypedData:
        nonce = free_nonce(chain, deployment, "Passport", sender)
        return typed_data.unlink(deployment, sender, wallet, nonce=nonce, deadline=deadline(chain))

    return Act(identity.unlink(deployment, wallet), sign, "Unlink")


def set_main(deployment: Deployment, wallet: str) -> Act:
    """Make another wallet the main one."""

    def sign(chain: Chain, main: str) -> TypedData:
        nonce = free_nonce(chain, deployment, "Passport", main)
        return typed_data.set_main(deployment, main, wallet, nonce=nonce, deadline=deadline(chain))

    return Act(identity.set_main(deployment, wallet), sign, "SetMain")


# ---- a person at a brand --------------------------------------------------------------


def join_invited(deployment: Deployment, invitation: Invitation) -> Act:
    """Join by an invitation."""

    def sign(chain: Chain, wallet: str) -> TypedData:
        nonce = free_nonce(chain, deployment, "Membership", wallet)
        return typed_data.join(
            deployment, wallet, invitation.inviter, nonce=nonce, deadline=deadline(chain)
        )

    return Act(membership.join_invited(deployment, invitation), sign, "Join", invitation)


def join_open(deployment: Deployment) -> Act:
    """Join through the open door; everybody pays for that themselves."""
    return Act(membership.join_open(deployment))


def leave(deployment: Deployment) -> Act:
    """Leave."""

    def sign(chain: Chain, wallet: str) -> TypedData:
        nonce = free_nonce(chain, deployment, "Membership", wallet)
        return typed_data.leave(deployment, wallet, nonce=nonce, deadline=deadline(chain))

    return Act(membership.leave(deployment), sign, "Leave")


# ---- perks ------------------------------------------------------------------------------


def claim(deployment: Deployment, perk: PerkView, variant: int, order_hash: str = ZERO_HASH) -> Act:
    """Claim one piece of a perk; what is sent, by the hash of its order (`cercle.orders`)."""

    def sign(chain: Chain, wallet: str) -> TypedData:
        head = chain.head(fresh=True)
        contract = deployment.contract("Perks")
        member = deployment.contract("Membership").read("member_of", wallet)
        _, member_no = chain.read([member], head)[0]
        asked = [contract.read("next_claim_id", perk.id, member_no), contract.read("perk", perk.id)]
        claim_id, terms = chain.read(asked, head)
        if not claim_id:
            raise PerkLimitReached()
        return typed_data.claim(
            deployment,
            wallet,
            perk_id=perk.id,
            content_hash="0x" + bytes(terms["content_hash"]).hex(),
            variant=variant,
            price=terms["terms"]["price"],
            order_hash=order_hash,
            claim_id=claim_id,
            deadline=head.timestamp + LIFETIME,
        )

    return Act(perks.claim(deployment, perk.id, variant, order_hash), sign, "Claim")


def cancel(deployment: Deployment, claim_id: int) -> Act:
    """Give a claim back."""

    def sign(chain: Chain, wallet: str) -> TypedData:
        return typed_data.cancel(deployment, wallet, claim_id, deadline(chain))

    return Act(perks.cancel(deployment, claim_id), sign, "Cancel")


def miss(deployment: Deployment, claim_id: int) -> Act:
    """Have the price of a claim back that nobody delivered."""

    def sign(chain: Chain, wallet: str) -> TypedData:
        return typed_data.miss(deployment, wallet, claim_id, deadline(chain))

    return Act(perks.miss(deployment, claim_id), sign, "Miss")


# ---- polls --------------------------------------------------------------------------------


def vote(deployment: Deployment, poll: PollView, options: Sequence[int]) -> Act:
    """Vote, or change one's vote. Options count from 1."""

    def sign(chain: Chain, wallet: str) -> TypedData:
        head = chain.head(fresh=True)
        electorate, polls = deployment.contract("Electorate"), deployment.contract("Polls")
        own = electorate.read("own", wallet, int(poll.snapshot.timestamp()))
        member_no, _ = chain.read([own], head)[0]
        _, sequence = chain.read([polls.read("ballot_of", poll.id, member_no)], head)[0]
        return typed_data.ballot(
            deployment,
            wallet,
            poll_id=poll.id,
            content_hash=poll.content_hash,
            options=options,
            sequence=sequence + 1,
            deadline=min(head.timestamp + LIFETIME, int(poll.closes_at.timestamp())),
        )

    if poll.is_approval:
        call = governance.vote_for(deployment, poll.id, options)
    else:
        call = governance.vote(deployment, poll.id, options[0])
    return Act(call, sign, "Ballot")


# ---- what all need --------------------------------------------------------------------------


def deadline(chain: Chain) -> int:
    """The last second of what is signed now, by the chain's clock."""
    return chain.head(fresh=True).timestamp + LIFETIME


def free_nonce(chain: Chain, deployment: Deployment, name: str, account: str) -> int:
    """A nonce that this account has not used at a contract.

    Taken from the first word of nonces that has one to spare, by chance within it: so two pages
    that sign at the same time hardly meet, and whoever carries it writes to a slot in use.
    """
    contract, head = deployment.contract(name), chain.head(fresh=True)
    for word in range(WORD):
        candidates = [word * WORD + secrets.randbelow(WORD) for _ in range(TRIES)]
        used = chain.read([contract.read("is_nonce_used", account, n) for n in candidates], head)
        for nonce, is_used in zip(candidates, used, strict=True):
            if not is_used:
                return nonce
    return secrets.randbits(255)


__all__ = [
    "LIFETIME",
    "Act",
    "cancel",
    "claim",
    "deadline",
    "free_nonce",
    "join_invited",
    "join_open",
    "leave",
    "miss",
    "register",
    "set_main",
    "unlink",
    "vote",
]
