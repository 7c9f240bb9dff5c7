"""The acts of the Governor, measured like the others: one class that may do anything, bounded.

A payment was decided before, so the token's code is pinned and the season open; all but those who
vote last have voted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eth_account.signers.local import LocalAccount
from eth_utils.crypto import keccak
from web3.contract import Contract

from benchmarks.acts import REPEATS, Measured
from benchmarks.node import Act, Receipt, call
from benchmarks.town import DAY, MEMBERS, Town, account
from tools.artifacts import artifacts

# A day before the vote, three of voting, one at least after the quorum, two in the queue; one vote
# to propose, 4 % make the quorum, a tenth of the treasury a season; the warden may veto.
TERMS = (DAY, 3 * DAY, DAY, 2 * DAY, 1, 400, 1_000, True, True)
TEXT = 37  # bytes of a description
IN_FAVOUR = 1
BALLOT = (
    *(("proposalId", "uint256"), ("support", "uint8")),
    *(("voter", "address"), ("nonce", "uint256")),
)
UNTIL = (*BALLOT[:3], ("deadline", "uint256"))


@dataclass(frozen=True)
class Proposal:
    """A payment out of the treasury."""

    targets: list[str]
    values: list[int]
    calls: list[bytes]
    description: str

    @property
    def named(self) -> tuple[Any, ...]:
        """As `queue` and `execute` take it."""
        return self.targets, self.values, self.calls, keccak(text=self.description)


def governor_of(town: Town) -> Contract:
    """The town's Governor, with a treasury in points and one payment behind it."""
    if town.governor is None:
        made, admin = artifacts(), account("admin").address
        words: tuple[Any, ...] = (town.charter.address, [TERMS], [], [town.points.address])
        guard = town.node.deploy(made["Guard"], *words, sender=admin)
        house = ("Town", town.electorate.address, guard.address)
        town.governor = town.node.deploy(made["Governor"], *house, sender=admin)
        givers = town.draw(20, "treasury")
        town.node.send_together(
            [
                call(town.points, "transfer", town.governor.address, 4_000, sender=who.address)
                for who in givers
            ]
        )
        first = payment(town, "The first payment.")
        send_proposal(town, first)
        everybody_votes(town, first, but=[])
        finish(town, first)
    return town.governor


def payment(town: Town, title: str) -> Proposal:
    """Pay a member a few points."""
    member = town.draw(1, "payee")[0].address
    data = bytes.fromhex(town.points.encode_abi("transfer", [member, 10])[2:])
    text = title.ljust(TEXT, ".")  # as long as the peers' was
    return Proposal([town.points.address], [0], [data], text)


def send_proposal(town: Town, proposal: Proposal) -> Receipt:
    """Make it, as a member."""
    governor = governor_of(town) if town.governor is None else town.governor
    proposer = town.draw(1, "proposer")[0].address
    words = (proposal.targets, proposal.values, proposal.calls, proposal.description)
    # The name stands for two functions; the one without a class is everybody's.
    abi = next(
        entry
        for entry in governor.abi
        if entry["type"] == "function"
        and entry["name"] == "propose"
        and len(entry["inputs"]) == len(words)
    )
    plain = town.node.web3.eth.contract(address=governor.address, abi=[abi])
    return town.node.send(call(plain, "propose", *words, sender=proposer))


def id_of(town: Town, proposal: Proposal) -> int:
    """Its number."""
    number: int = governor_of(town).functions.hashProposal(*proposal.named).call()
    return number


def everybody_votes(town: Town, proposal: Proposal, but: list[LocalAccount]) -> int:
    """Wait for the vote, and let all vote but for some; gives the proposal's number."""
    number, away = id_of(town, proposal), {member.address for member in but}
    town.node.wait(DAY + 60)
    votes = [
        call(governor_of(town), "castVote", number, IN_FAVOUR, sender=member.address)
        for member in town.members
        if member.address not in away
    ]
    town.node.send_together(votes)
    return number


def finish(town: Town, proposal: Proposal) -> Receipt:
    """Queue it and execute it; what both cost together."""
    governor, sender = governor_of(town), account("relayer").address
    town.node.wait(4 * DAY)
    queued = town.node.send(call(governor, "queue", *proposal.named, sender=sender))
    town.node.wait(2 * DAY)
    executed = town.node.send(call(governor, "execute", *proposal.named, sender=sender))
    return Receipt(executed.tx, queued.gas + executed.gas, "")


# ---- the acts -------------------------------------------------------------------------


def propose(town: Town) -> Measured:
    """A payment whose target's code is compared with its pin, by a member with a vote."""
    governor_of(town)
    return [
        send_proposal(town, payment(town, f"Pay for the summer festival, part {number}."))
        for number in range(REPEATS)
    ], 1


def queue_execute(town: Town) -> Measured:
    """The two transactions that carry a payment out, its season's bound included."""
    governor_of(town)
    receipts = []
    for number in range(2):
        proposal = payment(town, f"Pay the band, part {number}.")
        send_proposal(town, proposal)
        everybody_votes(town, proposal, but=[])
        receipts.append(finish(town, proposal))
    return receipts, 1


def cast_vote(town: Town) -> Measured:
    """A vote where nine hundred have voted; nothing moved the voter's votes since the snapshot."""
    governor = governor_of(town)
    proposal = payment(town, "Pay the gardeners.")
    send_proposal(town, proposal)
    late = town.draw(MEMBERS // 10, "cast vote")
    number = everybody_votes(town, proposal, but=late)
    return [
        town.node.send(call(governor, "castVote", number, place % 3, sender=member.address))
        for place, member in enumerate(late[:REPEATS])
    ], 1


def cast_vote_history(town: Town) -> Measured:
    """The same by voters whose votes moved three times since the snapshot."""
    governor = governor_of(town)
    proposal = payment(town, "Pay the painters.")
    send_proposal(town, proposal)
    late = town.draw(2 * REPEATS, "vote of history")
    number = everybody_votes(town, proposal, but=late)
    voters, helpers = late[:REPEATS], late[REPEATS:]
    for voter, helper in zip(voters, helpers, strict=True):
        for to in (voter, helper, voter):
            lend(town, helper, to)
    receipts = [
        town.node.send(call(governor, "castVote", number, IN_FAVOUR, sender=voter.address))
        for voter in voters
    ]
    for helper in helpers:
        lend(town, helper, helper)
    return receipts, 1


def lend(town: Town, helper: LocalAccount, to: LocalAccount) -> None:
    """Delegate, which moves the votes of both."""
    town.node.send(call(town.electorate, "delegate", to.address, sender=helper.address))


def cast_vote_by_sig(town: Town) -> Measured:
    """OpenZeppelin's ballot with the proposal's own nonce, carried by somebody else."""
    governor = governor_of(town)
    proposal = payment(town, "Pay the carpenters.")
    send_proposal(town, proposal)
    late = town.draw(MEMBERS // 10, "signed vote")
    number = everybody_votes(town, proposal, but=late)
    receipts = []
    for member in late[:REPEATS]:
        nonce = governor.functions.nonces(member.address, number & (2**192 - 1)).call()
        words = {"proposalId": number, "support": IN_FAVOUR, "voter": member.address}
        signature = sign(town, member, "Ballot", BALLOT, words | {"nonce": nonce})
        act = (number, IN_FAVOUR, member.address, bytes(signature.signature))
        receipts.append(town.node.send(carried(governor, "castVoteBySig", *act)))
    return receipts, 1


def ballot_batch_100(town: Town) -> Measured:
    """A hundred signed ballots in one call; the other nine hundred have voted."""
    governor = governor_of(town)
    proposal = payment(town, "Pay the masons.")
    send_proposal(town, proposal)
    late = town.draw(100, "governor batch")
    number = everybody_votes(town, proposal, but=late)
    until, ballots = town.node.now + DAY, []
    for member in late:
        words = {"proposalId": number, "support": IN_FAVOUR, "voter": member.address}
        signed = sign(town, member, "BallotUntil", UNTIL, words | {"deadline": until})
        head = int(member.address, 16) << 96 | IN_FAVOUR << 40 | until
        ballots.append([head, signed.r, signed.s | (signed.v - 27) << 255])
    receipt = town.node.send(carried(governor, "cast_votes_by_signatures", number, ballots))
    assert sum(governor.functions.proposalVotes(number).call()) == MEMBERS
    return [receipt], len(late)


def carried(governor: Contract, function: str, *arguments: Any) -> Act:
    """A call by somebody who has nothing to do with it."""
    return call(governor, function, *arguments, sender=account("relayer").address)


def sign(town: Town, member: LocalAccount, name: str, fields: Any, words: dict[str, Any]) -> Any:
    """What a member's wallet answers."""
    domain = {
        "name": "Town",
        "version": "1",
        "chainId": town.node.web3.eth.chain_id,
        "verifyingContract": governor_of(town).address,
    }
    types = {name: [{"name": field, "type": kind} for field, kind in fields]}
    return member.sign_typed_data(domain, types, words)
