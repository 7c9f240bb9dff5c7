"""Proposals on the relayer's stage, and what members sign about them."""

from __future__ import annotations

from typing import Any

from eth_account.signers.local import LocalAccount

from cercle import typed_data
from cercle.flags import Support
from cercle.proposals import Draft, acts, build, draft_of
from cercle.typed_data import SignedMessage
from tests.authenticator import Passkey
from tests.client.community import DAY

from .acting import post, set_balance, settle
from .stage import ETHER, Stage

DAYS_TO_VOTE = 3  # of the stage's first class


def proposed(stage: Stage, text: str = "Pay them.") -> Draft:
    """A proposal, made and not open yet."""
    draft = draft_of([build.pay_ether(stage.town.outsider, 7)], text)
    proposer = stage.members[-1].address
    set_balance(stage, proposer, ETHER)
    stage.town.pass_time(60)  # what came to count this second gives no vote yet
    stage.town.send(acts.propose(stage.deployment, draft), proposer)
    return draft


def ballot(
    stage: Stage,
    draft: Draft,
    voter: LocalAccount,
    support: int = Support.IN_FAVOUR,
    *,
    deadline: int | None = None,
) -> SignedMessage:
    """A ballot that travels with others."""
    words = {"proposalId": draft.id, "support": int(support), "voter": voter.address}
    end = stage.soon() if deadline is None else deadline
    return stage.sign(
        voter, typed_data.message(stage.deployment, "BallotUntil", **words, deadline=end)
    )


def counts(stage: Stage, draft: Draft) -> tuple[int, int, int]:
    """Against, in favour, abstaining."""
    votes: Any = stage.read("Governor", "proposalVotes", draft.id)
    return tuple(votes)


def second_wallet(stage: Stage, relayer: Any, member: LocalAccount) -> tuple[Passkey, str]:
    """A passkey's account, which is a contract, made a wallet of a member's own."""
    passkey = Passkey("a phone")
    at = stage.read("PasskeyFactory", "account_of", *passkey.terms)
    factory = stage.deployment.contract("PasskeyFactory")
    stage.events(factory.call("create", *passkey.terms), stage.town.outsider)
    terms = {"nonce": 1, "deadline": stage.soon()}
    number = stage.read("Passport", "id_of", member.address)
    link = typed_data.link(stage.deployment, number, at, **terms)
    agreed = stage.by_passkey(passkey, at, link).signature
    adopt = typed_data.adopt(stage.deployment, member.address, at, **terms)
    post(relayer, stage.sign(member, adopt, link_signature=agreed))
    settle(relayer, stage)
    return passkey, at


__all__ = ["DAY", "DAYS_TO_VOTE", "ballot", "counts", "proposed", "second_wallet"]
