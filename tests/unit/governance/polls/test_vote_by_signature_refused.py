"""`Polls.vote_by_signature`: whose signature is worth nothing, and where, and when."""

from dataclasses import replace

import ape
import pytest

from tests.ballots import TEXT
from tests.signing import twin

from .conftest import APPROVAL, DAY

NOBODY = "0x" + "00" * 20
NOT_SIGNED = "signatures: not by signer"


# ---- the poll and the answer ------------------------------------------------------------


def test_vote_by_signature__closing_second__reverts(polls, poll, voters, ballot, carry, at):
    signed = ballot(voters[0], until=2**40)
    at(polls.poll(poll).closes_at)
    with ape.reverts("polls: not open"):
        carry(signed)


def test_vote_by_signature__withdrawn__reverts(polls, poll, voters, steward, ballot, carry):
    signed = ballot(voters[0])
    polls.withdraw_poll(poll, sender=steward)
    with ape.reverts("polls: not open"):
        carry(signed)


def test_vote_by_signature__unknown_poll__reverts(poll, voters, ballot, carry):
    for number in (0, poll + 1, 2**255):
        with ape.reverts("polls: unknown poll"):
            carry(replace(ballot(voters[0], poll_id=number), poll_id=number))


def test_vote_by_signature__expired__reverts(voters, ballot, carry, at):
    signed = ballot(voters[0])
    at(signed.deadline + 1)
    with ape.reverts("signatures: expired"):
        carry(signed)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ((0,), "polls: unknown option"),
        ((4,), "polls: unknown option"),
        ((2**200,), "polls: unknown option"),
        ((2, 2), "polls: options not ascending"),
        ((3, 1), "polls: options not ascending"),
        ((), "polls: one option only"),
        ((1, 2), "polls: one option only"),
    ],
)
def test_vote_by_signature__no_answer_to_a_single__reverts(voters, ballot, carry, options, reason):
    with ape.reverts(reason):
        carry(ballot(voters[0], options))


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ((1, 4), "polls: unknown option"),
        ((1, 1), "polls: options not ascending"),
        ((2, 1), "polls: options not ascending"),
    ],
)
def test_vote_by_signature__no_answer_to_an_approval__reverts(
    approval, voters, ballot, carry, options, reason
):
    with ape.reverts(reason):
        carry(ballot(voters[0], options, number=approval))


def test_vote_by_signature__no_voice__reverts(ballot, carry, outsider, newcomer, passport):
    passport.register(sender=newcomer)
    for who in (outsider, newcomer):
        with ape.reverts("polls: no voice"):
            carry(ballot(who))


def test_vote_by_signature__in_nobodys_name__reverts(voters, ballot, carry):
    """A recovery that fails gives the zero address: it has no voice, and signs nothing."""
    signed = ballot(voters[0], voter=NOBODY)
    for signature in (signed.signature, bytes(65), b""):
        with ape.reverts("polls: no voice"):
            carry(replace(signed, voter=NOBODY, signature=signature))


# ---- who signed what ----------------------------------------------------------------------


def test_vote_by_signature__signed_by_another_member__reverts(polls, poll, voters, ballot, carry):
    with ape.reverts(NOT_SIGNED):
        carry(ballot(voters[0], signer=voters[1]))
    with ape.reverts(NOT_SIGNED):
        carry(replace(ballot(voters[1]), voter=voters[0]))
    assert polls.tally(poll) == [0, 0, 0]


def test_vote_by_signature__by_the_wallets_sibling__reverts(
    link, voters, spare_wallets, ballot, carry
):
    """Two wallets of one person: each signs for itself."""
    link(voters[0], spare_wallets[0])
    with ape.reverts(NOT_SIGNED):
        carry(ballot(voters[0], signer=spare_wallets[0]))


@pytest.mark.parametrize(
    "differing",
    [
        {"content_hash": b"\x45" * 32},
        {"content_hash": bytes(32)},
        {"options": [1]},
        {"options": []},
        {"options": [2, 2]},
        {"sequence": 2},
        {"deadline": 2**40},
    ],
    ids=lambda differing: " ".join(map(str, differing)),
)
def test_vote_by_signature__signed_otherwise__reverts(voters, ballot, carry, differing):
    with ape.reverts(NOT_SIGNED):
        carry(ballot(voters[0], **differing))


def test_vote_by_signature__signed_for_another_poll__reverts(open_poll, voters, ballot, carry):
    """With the same text, even: a question asked twice is answered twice."""
    first, second = open_poll(), open_poll()
    signed = ballot(voters[0], number=first)
    with ape.reverts(NOT_SIGNED):
        carry(replace(signed, poll_id=second))
    carry(signed)


def test_vote_by_signature__another_polls_text__reverts(polls, open_poll, voters, ballot, carry):
    """Who signed a question has not signed another one of the same number."""
    other = b"\x45" * 32
    first, second = open_poll(), open_poll(text=other)
    for number, wrong in ((first, other), (second, TEXT)):
        with ape.reverts(NOT_SIGNED):
            carry(ballot(voters[0], number=number, content_hash=wrong))
    carry(ballot(voters[0], number=second, content_hash=other))
    assert polls.tally(second) == [0, 1, 0]


def test_vote_by_signature__approval_signed_for_less__reverts(approval, voters, ballot, carry):
    signed = ballot(voters[0], (1, 2), number=approval)
    for options in ((), (1,), (2,), (1, 2, 3)):
        with ape.reverts(NOT_SIGNED):
            carry(replace(signed, options=options))


def test_vote_by_signature__signed_for_another_chain__reverts(voters, ballot, carry, chain):
    with ape.reverts(NOT_SIGNED):
        carry(ballot(voters[0], chain_id=chain.chain_id + 1))


def test_vote_by_signature__signed_for_another_contract__reverts(
    project, admin, charter, electorate, voters, ballot, carry
):
    other = admin.deploy(project.Polls, charter, electorate)
    with ape.reverts(NOT_SIGNED):
        carry(ballot(voters[0], verifying_contract=other))


def test_vote_by_signature__replayed__reverts(polls, poll, voters, ballot, carry):
    signed = ballot(voters[0])
    carry(signed)
    with ape.reverts("polls: stale ballot"):
        carry(signed)
    polls.vote(poll, 3, sender=voters[0])
    with ape.reverts("polls: stale ballot"):
        carry(signed)
    assert polls.tally(poll) == [0, 0, 1]


def test_vote_by_signature__wallet_let_go_since__reverts(
    passport, link, voters, spare_wallets, ballot, carry
):
    link(voters[0], spare_wallets[0])
    signed = ballot(spare_wallets[0])
    passport.unlink(spare_wallets[0], sender=voters[0])
    with ape.reverts("polls: no voice"):
        carry(signed)


# ---- malformed --------------------------------------------------------------------------


def test_vote_by_signature__twin_with_high_s__reverts(voters, ballot, carry):
    signed = ballot(voters[0])
    with ape.reverts(NOT_SIGNED):
        carry(replace(signed, signature=twin(signed.signature)))


@pytest.mark.parametrize("v", [0, 1, 26, 29, 255])
def test_vote_by_signature__strange_v__reverts(voters, ballot, carry, v):
    signed = ballot(voters[0])
    with ape.reverts(NOT_SIGNED):
        carry(replace(signed, signature=signed.signature[:64] + bytes([v])))


@pytest.mark.parametrize("length", [0, 64, 66, 1_024])
def test_vote_by_signature__wrong_length__reverts(voters, ballot, carry, length):
    signed = ballot(voters[0])
    signature = signed.signature.ljust(length, b"\x00")[:length]
    with ape.reverts(NOT_SIGNED):
        carry(replace(signed, signature=signature))


def test_vote_by_signature__wallet_that_calls_back__changes_nothing(
    project, polls, open_poll, voters, borrower, admin, enlist, ballot, carry
):
    """It is asked by a static call, before anything is counted."""
    tricky = admin.deploy(project.TrickyWallet)
    borrower.set_delegate(tricky, receiver=admin)
    number = enlist(borrower)
    poll = open_poll(duration=60 * DAY, kind=APPROVAL)
    mine = project.TrickyWallet.at(borrower.address)
    mine.call_back(polls, polls.vote_for.encode_input(poll, [1]), sender=admin)
    carry(replace(ballot(borrower, (3,), number=poll), signature=b""))
    assert polls.tally(poll) == [0, 0, 1]
    assert polls.ballot_of(poll, number) == (0b100, 1)
