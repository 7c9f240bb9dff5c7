"""OpenZeppelin's Governor in the same town, for the same acts in the same run.

Its own token of votes, a timelock that holds the treasury, and the least of its extensions that
decides, waits and pays: no late quorum, no pins, no bound on spending. Each act is what ours is: a
transaction in a block of its own, by somebody who has done the like before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eth_account.signers.local import LocalAccount

from benchmarks.acts import REPEATS, Measured
from benchmarks.governor_acts import BALLOT, IN_FAVOUR, Proposal, payment
from benchmarks.node import Receipt, call
from benchmarks.town import DAY, Town, account
from tools.places import ROOT
from tools.solidity import compiled

SOURCES = ROOT / "benchmarks" / "openzeppelin" / "Peers.sol"
VOTERS = 60
NOBODY = "0x" + "00" * 20  # as an executor: anybody
CLASS_TERMS = (DAY, 3 * DAY, 1, 4)  # delay, period, threshold, and 4 % make the quorum


class Peer:
    """The votes, the timelock and the Governor, with voters who have decided once."""

    def __init__(self, town: Town) -> None:
        made, self.town, self.node = compiled(SOURCES), town, town.node
        admin = account("admin").address
        self.votes = self.node.deploy(made["PeerVotes"], sender=admin)
        words = (2 * DAY, [NOBODY])
        self.timelock = self.node.deploy(made["PeerTimelock"], *words, sender=admin)
        places = (self.votes.address, self.timelock.address)
        self.governor = self.node.deploy(made["PeerGovernor"], *places, *CLASS_TERMS, sender=admin)
        role = self.timelock.functions.PROPOSER_ROLE().call()
        self.node.send(call(self.timelock, "grantRole", role, self.governor.address, sender=admin))
        self.voters = town.draw(VOTERS, "peer")
        for act in ("mint", "delegate"):
            extra = (1,) if act == "mint" else ()
            for voter in self.voters:
                words = (voter.address, *extra)
                self.node.send(call(self.votes, act, *words, sender=voter.address))
        self.node.send_together(
            [
                call(town.points, "transfer", self.timelock.address, 4_000, sender=who.address)
                for who in town.draw(5, "peer treasury")
            ]
        )
        self.decide(payment(town, "The peer's first payment."))

    # ---- the way of a proposal ----

    def propose(self, proposal: Proposal) -> Receipt:
        words = (proposal.targets, proposal.values, proposal.calls, proposal.description)
        return self.node.send(call(self.governor, "propose", *words, sender=self.voters[0].address))

    def open_vote(self, title: str, late: int = 0) -> tuple[int, list[LocalAccount]]:
        """Have a proposal voted on by all but the last so many; its id, and who is left."""
        proposal = payment(self.town, title)
        self.propose(proposal)
        return self.vote(proposal, late)

    def vote(self, proposal: Proposal, late: int) -> tuple[int, list[LocalAccount]]:
        number = self.governor.functions.hashProposal(*proposal.named).call()
        self.node.wait(DAY + 60)
        early = self.voters[: len(self.voters) - late]
        self.node.send_together([self._cast(number, IN_FAVOUR, voter) for voter in early])
        return number, self.voters[len(early) :]

    def decide(self, proposal: Proposal) -> Receipt:
        """All of it; what queueing and executing cost together."""
        self.propose(proposal)
        self.vote(proposal, 0)
        sender = account("relayer").address
        self.node.wait(4 * DAY)
        queued = self.node.send(call(self.governor, "queue", *proposal.named, sender=sender))
        self.node.wait(2 * DAY)
        done = self.node.send(call(self.governor, "execute", *proposal.named, sender=sender))
        return Receipt(done.tx, queued.gas + done.gas, "")

    def cast(self, number: int, support: int, voter: LocalAccount) -> Receipt:
        return self.node.send(self._cast(number, support, voter))

    def _cast(self, number: int, support: int, voter: LocalAccount) -> Any:
        return call(self.governor, "castVote", number, support, sender=voter.address)

    def lend(self, helper: LocalAccount, to: LocalAccount) -> Receipt:
        return self.node.send(call(self.votes, "delegate", to.address, sender=helper.address))


def propose(peer: Peer) -> Measured:
    """The same payment, by a holder of a vote."""
    titles = (f"Pay for the peer's festival, part {number}." for number in range(REPEATS))
    return [peer.propose(payment(peer.town, title)) for title in titles], 1


def cast_vote(peer: Peer) -> Measured:
    """A vote where others have voted the same: there, the first of each side costs 17,100 more."""
    number, late = peer.open_vote("Pay the peer's gardeners.", REPEATS)
    return [peer.cast(number, IN_FAVOUR, voter) for voter in late], 1


def cast_vote_history(peer: Peer) -> Measured:
    """The same by voters whose votes moved three times since the snapshot."""
    number, late = peer.open_vote("Pay the peer's painters.", 2 * REPEATS)
    voters, helpers = late[:REPEATS], late[REPEATS:]
    for voter, helper in zip(voters, helpers, strict=True):
        for to in (voter, helper, voter):
            peer.lend(helper, to)
    receipts = [peer.cast(number, IN_FAVOUR, voter) for voter in voters]
    for helper in helpers:
        peer.lend(helper, helper)
    return receipts, 1


def cast_vote_by_sig(peer: Peer) -> Measured:
    """A ballot carried by somebody else, by voters whose nonce has risen before."""
    receipts: list[Receipt] = []
    for part in ("first", "second"):
        number, late = peer.open_vote(f"Pay the peer's carpenters, {part}.", REPEATS)
        receipts = [_carry(peer, number, voter) for voter in late]
    return receipts, 1


def _carry(peer: Peer, number: int, voter: LocalAccount) -> Receipt:
    words = {"proposalId": number, "support": IN_FAVOUR, "voter": voter.address}
    nonce = peer.governor.functions.nonces(voter.address).call()
    domain = {
        "name": "Town",
        "version": "1",
        "chainId": peer.node.web3.eth.chain_id,
        "verifyingContract": peer.governor.address,
    }
    types = {"Ballot": [{"name": field, "type": kind} for field, kind in BALLOT]}
    signed = voter.sign_typed_data(domain, types, words | {"nonce": nonce})
    act = (number, IN_FAVOUR, voter.address, bytes(signed.signature))
    sender = account("relayer").address
    return peer.node.send(call(peer.governor, "castVoteBySig", *act, sender=sender))


def queue_execute(peer: Peer) -> Measured:
    """The two transactions that carry a payment out, through the timelock."""
    titles = (f"Pay the peer's band, part {number}." for number in range(2))
    return [peer.decide(payment(peer.town, title)) for title in titles], 1


def delegate(peer: Peer) -> Measured:
    """Holders with several checkpoints, who stand for themselves, delegate to others like them."""
    givers, takers, helpers = (peer.voters[start : start + 4] for start in (1, 5, 9))
    for giver, taker, helper in zip(givers, takers, helpers, strict=True):
        for to in (giver, taker, giver, helper):
            peer.lend(helper, to)
    return [peer.lend(giver, taker) for giver, taker in zip(givers, takers, strict=True)], 1


ACTS: dict[str, Callable[[Peer], Measured]] = {
    "propose": propose,
    "cast_vote": cast_vote,
    "cast_vote_history": cast_vote_history,
    "cast_vote_by_sig": cast_vote_by_sig,
    "queue_execute": queue_execute,
    "delegate": delegate,
}
