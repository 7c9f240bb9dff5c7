"""What a Governor says of itself, and what its constructor takes."""

import ape
import pytest
from eth_utils.crypto import keccak

from tests.drafts import BALLOT, EXTENDED, FIRST, UNTIL

NOBODY = "0x" + "00" * 20


def test_constructor__its_arguments__are_kept(governor, guard, charter, electorate):
    assert governor.name() == "Cercle Governor"
    assert governor.version() == "1"
    assert governor.token() == electorate
    assert governor.guard() == guard
    assert governor.charter() == charter
    assert governor.eip712Domain()[1:3] == ("Cercle Governor", "1")
    assert guard.governor() == governor


def test_constructor__no_electorate__reverts(project, admin, charter):
    guard = admin.deploy(project.Guard, charter, [FIRST], [], [])
    with ape.reverts("governor: zero electorate"):
        admin.deploy(project.Governor, "Cercle Governor", NOBODY, guard)


def test_constructor__guard_of_another__reverts(project, admin, electorate, guard, governor):
    with ape.reverts("guard: bound already"):
        admin.deploy(project.Governor, "Cercle Governor", electorate, guard)


def test_views__of_the_standard__are_its_words(governor, chain):
    assert governor.COUNTING_MODE() == "support=bravo&quorum=for,abstain"
    assert governor.CLOCK_MODE() == "mode=timestamp"
    assert abs(governor.clock() - chain.pending_timestamp) <= 2


def test_views__of_the_first_class__are_its_terms(governor, community, chain):
    assert governor.votingDelay() == FIRST[0]
    assert governor.votingPeriod() == FIRST[1]
    assert governor.lateQuorumVoteExtension() == FIRST[2]
    assert governor.proposalThreshold() == FIRST[4]
    assert governor.quorumNumerator() == FIRST[5]
    assert governor.quorumDenominator() == 10_000
    chain.mine(deltatime=10)
    assert governor.quorum(chain.blocks.head.timestamp - 5) == 2  # 40 % of five
    assert governor.quorum(1) == 1


def test_views__unknown_proposal__are_nothing(governor, outsider):
    assert governor.proposalSnapshot(5) == 0
    assert governor.proposalDeadline(5) == 0
    assert governor.proposalProposer(5) == NOBODY
    assert governor.proposalEta(5) == 0
    assert governor.class_of(5) == 0
    assert list(governor.proposalVotes(5)) == [0, 0, 0]
    assert not governor.hasVoted(5, outsider)


def test_views__type_hashes__are_openzeppelins(governor, chain):
    assert governor.BALLOT_TYPEHASH() == keccak(text=BALLOT)
    assert governor.EXTENDED_BALLOT_TYPEHASH() == keccak(text=EXTENDED)
    assert governor.BALLOT_UNTIL_TYPE_HASH() == keccak(text=UNTIL)


@pytest.mark.parametrize(
    ("interface_id", "is_kept"),
    [
        ("01ffc9a7", True),
        ("cdbdfcee", True),
        ("65455a86", True),
        ("4e2312e0", True),
        ("ffffffff", False),
        ("00000000", False),
        ("6ba42aaa", False),
    ],
)
def test_supports_interface__each__as_it_keeps_them(governor, interface_id, is_kept):
    assert governor.supportsInterface(bytes.fromhex(interface_id)) == is_kept


# ---- the treasury ---------------------------------------------------------------------


def test_default__ether__stays(governor, outsider):
    outsider.transfer(governor, 7)
    assert governor.balance == 1_007


def test_default__unknown_call__reverts(governor, outsider):
    with ape.reverts("governor: unknown call"):
        outsider.transfer(governor, 7, data=b"\x12\x34\x56\x78")


def test_hooks__of_tokens__answer_as_the_standards_ask(governor, outsider):
    assert governor.onERC721Received(outsider, outsider, 1, b"x") == bytes.fromhex("150b7a02")
    assert governor.onERC1155Received(outsider, outsider, 1, 2, b"x") == bytes.fromhex("f23a6e61")
    answer = governor.onERC1155BatchReceived(outsider, outsider, [1, 2], [3, 4], b"x")
    assert answer == bytes.fromhex("bc197c81")
