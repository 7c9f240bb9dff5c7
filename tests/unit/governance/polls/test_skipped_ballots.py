"""`Polls.vote_by_signatures`: what does not count is told with its reason, and stops no other."""

import pytest

from tests.ballots import (
    BAD_OPTIONS,
    EXPIRED,
    NO_VOICE,
    NOT_SIGNED,
    STALE,
    TEXT,
    bits,
    cast,
    pack,
    skipped,
)
from tests.signing import ORDER, twin

from .conftest import APPROVAL, MANY

NOBODY = "0x" + "00" * 20
HIGH_BIT = 2**255


@pytest.fixture
def among(polls, voters, ballot, carry_all):
    """Carry one between two good ballots; see that these count, and why it does not."""

    def _among(bad, why, voter, number):
        good = [ballot(who, (1,), number=number) for who in voters[3:]]
        receipt = carry_all(good[0], bad, good[1], number=number)
        first, second = (cast(polls, number, member_no, (1,)) for member_no in (4, 5))
        told = skipped(polls, number, voter, 1, why)
        assert receipt.events == [first, told, second]
        assert polls.tally(number)[0] == 2
        assert polls.poll(number).ballot_count == 2

    return _among


# ---- time, options, voice ------------------------------------------------------------------


def test_skipped__expired_by_a_second__not_in_its_last(
    polls, poll, voters, ballot, carry_all, at, chain
):
    until = chain.blocks.head.timestamp + 100
    first, second = (ballot(voter, until=until) for voter in voters[:2])
    at(until)
    assert [event.event_name for event in carry_all(first).events] == ["BallotCast"]
    at(until + 1)
    receipt = carry_all(second)

    assert receipt.events == [skipped(polls, poll, voters[1], 0, EXPIRED)]


@pytest.mark.parametrize("age", [1, 100, 10**9])
def test_skipped__expired_long_ago__is_told(poll, voters, ballot, among, chain, age):
    until = chain.blocks.head.timestamp - age
    among(ballot(voters[0], until=until), EXPIRED, voters[0], poll)


@pytest.mark.parametrize("choice", [0, 4, 33, 255, 256 + 2, 2**47 + 2, 2**48 - 1])
def test_skipped__choice_of_a_single__is_no_option(poll, voters, ballot, among, choice):
    """Also where its lowest byte would be one."""
    signed = ballot(voters[0], (choice,))
    words = pack(voters[0], choice, 1, signed.deadline, signed.signature)
    among(words, BAD_OPTIONS, voters[0], poll)


@pytest.mark.parametrize("choice", [0b1000, 0b1001, 2**32, 2**47, 2**48 - 1])
def test_skipped__choice_of_an_approval__is_past_the_last(approval, voters, ballot, among, choice):
    signed = ballot(voters[0], (1,), number=approval)
    words = pack(voters[0], choice, 1, signed.deadline, signed.signature)
    among(words, BAD_OPTIONS, voters[0], approval)


def test_skipped__past_the_last_of_thirty_two__is_not_the_count_of_voters(
    open_poll, voters, ballot, among
):
    poll = open_poll(options=32, kind=APPROVAL)
    signed = ballot(voters[0], (1,), number=poll)
    for_the_count = pack(voters[0], 2**32 | 1, 1, signed.deadline, signed.signature)
    among(for_the_count, BAD_OPTIONS, voters[0], poll)


def test_skipped__no_member__has_no_voice(poll, outsider, ballot, among):
    among(ballot(outsider), NO_VOICE, outsider, poll)


def test_skipped__joined_after_the_snapshot__has_no_voice(
    open_poll, newcomer, enlist, ballot, among
):
    poll = open_poll(duration=60 * 86_400)
    enlist(newcomer)
    among(ballot(newcomer, number=poll, until=2**40 - 1), NO_VOICE, newcomer, poll)


def test_skipped__left_before_the_snapshot__has_no_voice(
    membership, open_poll, voters, ballot, among, chain
):
    membership.leave(sender=voters[0])
    chain.mine(deltatime=10)
    poll = open_poll()
    among(ballot(voters[0], number=poll), NO_VOICE, voters[0], poll)


def test_skipped__in_nobodys_name__has_no_voice(poll, voters, ballot, among):
    signed = ballot(voters[0], voter=NOBODY)
    words = pack(NOBODY, 2, 1, signed.deadline, signed.signature)
    among(words, NO_VOICE, NOBODY, poll)


# ---- the sequence ---------------------------------------------------------------------------


@pytest.mark.parametrize("sequence", [0, 1, 4, 5, MANY + 1, 255])
def test_skipped__stale__is_told(polls, poll, voters, ballot, carry, carry_all, sequence):
    carry(ballot(voters[0], (1,), 5))
    receipt = carry_all(ballot(voters[0], (2,), sequence))

    assert receipt.events == [skipped(polls, poll, voters[0], 0, STALE)]
    assert polls.ballot_of(poll, 1) == (1, 5)
    assert polls.tally(poll) == [1, 0, 0]


@pytest.mark.parametrize("sequence", [0, MANY + 1, 255])
def test_skipped__first_and_no_sequence__is_stale(poll, voters, ballot, among, sequence):
    among(ballot(voters[0], (2,), sequence), STALE, voters[0], poll)


def test_skipped__voted_directly_since__is_stale(polls, poll, voters, ballot, carry_all):
    pending = ballot(voters[0], (1,), 1)
    polls.vote(poll, 3, sender=voters[0])
    receipt = carry_all(pending)
    assert receipt.events == [skipped(polls, poll, voters[0], 0, STALE)]
    assert polls.tally(poll) == [0, 0, 1]


# ---- the signature --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "differing",
    [
        {"content_hash": b"\x45" * 32},
        {"poll_id": 2},
        {"options": [1]},
        {"options": []},
        {"sequence": 2},
        {"deadline": 2**39},
        {"voter": NOBODY},
        {"chain_id": 1},
    ],
    ids=lambda differing: " ".join(map(str, differing)),
)
def test_skipped__signed_otherwise__is_not_signed(poll, voters, ballot, among, differing):
    among(ballot(voters[0], **differing), NOT_SIGNED, voters[0], poll)


def test_skipped__another_polls_text__is_not_signed(polls, open_poll, voters, ballot, carry_all):
    other = b"\x45" * 32
    _, second = open_poll(), open_poll(text=other)
    receipt = carry_all(
        ballot(voters[0], number=second, content_hash=TEXT),
        ballot(voters[1], number=second, content_hash=other),
        number=second,
    )
    assert receipt.events == [
        skipped(polls, second, voters[0], 0, NOT_SIGNED),
        cast(polls, second, 2, (2,)),
    ]


def test_skipped__signed_for_another_poll__is_not_signed(
    polls, open_poll, voters, ballot, carry_all
):
    """With the same text, even; and the newest poll is not every poll."""
    first, second = open_poll(), open_poll()
    signed = ballot(voters[0], number=first)
    receipt = carry_all(signed, number=second)
    assert receipt.events == [skipped(polls, second, voters[0], 0, NOT_SIGNED)]
    carry_all(signed, number=first)
    assert polls.tally(first) == [0, 1, 0]


def test_skipped__approval_signed_for_less__is_not_signed(approval, voters, ballot, among):
    signed = ballot(voters[0], (1,), number=approval)
    more = pack(voters[0], bits(1, 2), 1, signed.deadline, signed.signature)
    among(more, NOT_SIGNED, voters[0], approval)


def test_skipped__none_signed_as_something__is_not_signed(approval, voters, ballot, among):
    signed = ballot(voters[0], (1,), number=approval)
    among(pack(voters[0], 0, 1, signed.deadline, signed.signature), NOT_SIGNED, voters[0], approval)


def test_skipped__signed_for_another_contract__is_not_signed(
    project, admin, charter, electorate, poll, voters, ballot, among
):
    other = admin.deploy(project.Polls, charter, electorate)
    among(ballot(voters[0], verifying_contract=other), NOT_SIGNED, voters[0], poll)


def test_skipped__signed_by_another_member__is_not_signed(poll, voters, ballot, among):
    among(ballot(voters[0], signer=voters[1]), NOT_SIGNED, voters[0], poll)


@pytest.mark.parametrize("parity", [0, HIGH_BIT])
def test_skipped__twin_with_high_s__does_not_fit_and_is_not_signed(
    poll, voters, ballot, among, parity
):
    """Its s wants the bit of the parity: whichever stands there, it is another number."""
    signed = ballot(voters[0])
    head, r, _ = signed.words
    high = int.from_bytes(twin(signed.signature)[32:64], "big")
    assert high & HIGH_BIT
    among([head, r, high & (HIGH_BIT - 1) | parity], NOT_SIGNED, voters[0], poll)


def test_skipped__other_parity__is_not_signed(poll, voters, ballot, among):
    head, r, vs = ballot(voters[0]).words
    among([head, r, vs ^ HIGH_BIT], NOT_SIGNED, voters[0], poll)


@pytest.mark.parametrize(
    ("r", "s"), [(0, 1), (1, 0), (0, 0), (ORDER, 1), (2**256 - 1, 1), (1, 2**255 - 1)]
)
def test_skipped__numbers_that_are_no_signature__are_not_signed(poll, voters, ballot, among, r, s):
    head, *_ = ballot(voters[0]).words
    among([head, r, s], NOT_SIGNED, voters[0], poll)


# ---- the order of the questions -------------------------------------------------------------


def test_skipped__several_faults__the_first_question_answers(
    polls, poll, voters, outsider, ballot, carry_all
):
    """Time, options, voice, signature, sequence: the same order as for one alone."""
    signed = ballot(outsider, (2,), 0, signer=voters[0])
    sig, until = signed.signature, signed.deadline
    receipt = carry_all(
        pack(outsider, 9, 0, 1, sig),
        pack(outsider, 9, 0, until, sig),
        pack(outsider, 2, 0, until, sig),
        pack(voters[1], 2, 0, until, sig),
        ballot(voters[1], (2,), 0),
    )
    wanted = [
        (outsider, EXPIRED),
        (outsider, BAD_OPTIONS),
        (outsider, NO_VOICE),
        (voters[1], NOT_SIGNED),
        (voters[1], STALE),
    ]
    assert receipt.events == [
        skipped(polls, poll, who, index, why) for index, (who, why) in enumerate(wanted)
    ]
