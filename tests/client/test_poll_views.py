"""Polls as a page shows them: both kinds, votes sent and signed, and what I said last."""

from datetime import timedelta

import pytest
from eth_account import Account

from cercle import governance, identity, lens, typed_data
from cercle.errors import (
    NotSignedByThem,
    OneOptionOnly,
    OptionsNotAscending,
    StaleBallot,
    UnknownOption,
)
from cercle.flags import BallotSkip, PollKind
from cercle.loyalty import membership
from cercle.typed_data import SignedMessage

from .community import DAY, poll_text


@pytest.fixture
def grown(town):
    """Three members, old enough to have a voice."""
    for member in town.members:
        town.send(identity.register(town.deployment), member)
    town.send(membership.admit(town.deployment, [1, 2, 3]), town.steward)
    town.pass_time(31 * DAY)
    return town


@pytest.fixture
def open_poll(grown):
    def _open(kind=PollKind.APPROVAL, options=3):
        content = grown.store.put(poll_text(options))
        closes_at = grown.chain.head().time + timedelta(days=7)
        call = governance.open_poll(grown.deployment, content, options, closes_at, kind)
        return grown.send(call, grown.steward)[0].args["poll_id"]

    return _open


@pytest.fixture
def show(grown):
    """The newest poll, as somebody sees it."""
    return lambda account=None: lens.polls(grown.chain, grown.deployment, account)[0]


@pytest.fixture
def signed(grown, keys, show):
    """A member's ballot in the newest poll."""

    def _signed(who, options, sequence=1, by=None):
        poll = show()
        message = typed_data.ballot(
            grown.deployment,
            grown.members[who],
            poll_id=poll.id,
            content_hash=poll.content_hash,
            options=options,
            sequence=sequence,
            deadline=grown.now() + DAY,
        )
        key = keys[7 + (who if by is None else by)]
        signature = Account.sign_typed_data(key, full_message=message.full).signature
        return SignedMessage(message=message, signature="0x" + signature.hex())

    return _signed


def test_polls__approval__shows_each_options_count_and_who_voted(grown, open_poll, show):
    number = open_poll()
    for member, options in zip(grown.members, ([3, 1], [], [1]), strict=True):
        grown.send(governance.vote_for(grown.deployment, number, options), member)

    view = show(grown.members[0])
    assert (view.kind, view.is_approval) == (PollKind.APPROVAL, True)
    assert (view.tally, view.ballot_count) == ((2, 0, 1), 3)
    assert (view.my_options, view.my_choice, view.sequence) == ((1, 3), None, 1)
    assert (view.has_voted, view.has_voice) == (True, True)


def test_polls__approved_of_nothing__has_voted_all_the_same(grown, open_poll, show):
    number = open_poll()
    grown.send(governance.vote_for(grown.deployment, number, []), grown.members[0])
    view = show(grown.members[0])
    assert (view.my_options, view.has_voted, view.sequence) == ((), True, 1)
    other = show(grown.members[1])
    assert (other.my_options, other.has_voted, other.sequence) == (None, False, 0)


def test_polls__single__names_the_one_option(grown, open_poll, show):
    number = open_poll(PollKind.SINGLE)
    grown.send(governance.vote(grown.deployment, number, 3), grown.members[0])
    view = show(grown.members[0])
    assert (view.kind, view.is_approval) == (PollKind.SINGLE, False)
    assert (view.my_options, view.my_choice) == ((3,), 3)


def test_polls__thirty_two_options__are_read_to_the_last(grown, open_poll, show):
    number = open_poll(options=32)
    every = tuple(range(1, 33))
    grown.send(governance.vote_for(grown.deployment, number, every), grown.members[0])
    view = show(grown.members[0])
    assert (view.my_options, view.tally, view.ballot_count) == (every, (1,) * 32, 1)


def test_polls__carried__are_the_signers_votes(grown, open_poll, show, signed):
    open_poll()
    call = typed_data.carry(grown.deployment, signed(0, [2]))
    events = grown.send(call, grown.outsider)
    assert [(event.name, event.args["new_options"]) for event in events] == [("BallotCast", 0b10)]
    assert show(grown.members[0]).my_options == (2,)
    with pytest.raises(StaleBallot):
        grown.send(typed_data.carry(grown.deployment, signed(0, [1])), grown.outsider)


def test_polls__carried_together__count_and_say_who_was_left_out(grown, open_poll, show, signed):
    open_poll()
    ballots = [signed(0, [2, 3]), signed(1, [1], by=2), signed(2, [])]
    call = typed_data.carry_ballots(grown.deployment, ballots, is_approval=True)
    receipt = grown.receipt(call, grown.outsider)

    left_out = [governance.skipped(grown.deployment, receipt, who) for who in grown.members]
    assert [type(why) for why in left_out] == [type(None), NotSignedByThem, type(None)]
    view = show(grown.members[2])
    assert (view.tally, view.ballot_count, view.my_options) == ((0, 1, 1), 2, ())


def test_polls__single_carried_as_an_approval__counts_nothing(grown, open_poll, show, signed):
    """Whoever writes the choice in the other kind's way says another option, unsigned."""
    open_poll(PollKind.SINGLE, options=4)
    call = typed_data.carry_ballots(grown.deployment, [signed(0, [3])], is_approval=True)
    receipt = grown.receipt(call, grown.outsider)
    told = governance.skipped(grown.deployment, receipt, grown.members[0])
    assert type(told) is NotSignedByThem
    assert show().ballot_count == 0


def test_vote_for__options_that_are_no_answer__have_a_class_each(grown, open_poll):
    single, approval = open_poll(PollKind.SINGLE), open_poll()
    for number, options, refusal in (
        (single, [1, 2], OneOptionOnly),
        (single, [], OneOptionOnly),
        (approval, [1, 1], OptionsNotAscending),
        (approval, [4], UnknownOption),
    ):
        with pytest.raises(refusal):
            grown.send(governance.vote_for(grown.deployment, number, options), grown.members[0])


def test_refusal_of__each_reason__is_what_one_alone_would_hear():
    told = {why.name: governance.refusal_of(why).reason for why in BallotSkip}
    assert told == {
        "EXPIRED": "signatures: expired",
        "BAD_OPTIONS": "polls: unknown option",
        "NO_VOICE": "polls: no voice",
        "STALE": "polls: stale ballot",
        "NOT_SIGNED": "signatures: not by signer",
    }
