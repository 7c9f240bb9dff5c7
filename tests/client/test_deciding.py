"""What a member does about decisions, sent or signed: both come to the same."""

from datetime import timedelta

import pytest

from cercle import deciding, lens, typed_data
from cercle.errors import VotedAlready
from cercle.flags import Support, VoteSkip
from cercle.limits import DAY
from cercle.proposals import acts

from .test_proposal_views import active, draft, grown, proposed, show, signed

__all__ = ["active", "draft", "grown", "proposed", "show", "signed"]  # fixtures


@pytest.fixture
def carry(grown, signed):
    """Sign an act, and have a stranger send it."""

    def _carry(act, place):
        message = act.sign(grown.chain, grown.people[place])
        assert message.struct == act.struct
        told = signed(message, place)
        return grown.receipt(typed_data.carry(grown.deployment, told), grown.outsider)

    return _carry


def test_vote__sent_and_signed_in_each_form__counts(grown, active, show, carry):
    book, view = grown.deployment, show()
    grown.send(deciding.vote(book, view, Support.IN_FAVOUR).call, grown.members[0])
    carry(deciding.vote(book, view, Support.AGAINST, "Non."), 8)
    carry(deciding.vote(book, view, Support.ABSTAIN), 9)
    found = show()
    assert (found.in_favour, found.against, found.abstaining) == (1, 1, 1)


def test_vote_by_contract__signed__names_the_proposals_own_nonce(grown, active, show, carry):
    act = deciding.vote_by_contract(grown.deployment, show(), Support.IN_FAVOUR)
    message = act.sign(grown.chain, grown.members[0])
    assert message.message["nonce"] == typed_data.own_nonce(active.id)
    carry(act, 7)
    assert show().in_favour == 1


def test_vote__signed__ends_with_the_vote(grown, active, show):
    grown.pass_time(3 * DAY - 600)
    view = show()
    message = deciding.vote(grown.deployment, view, Support.ABSTAIN).sign(
        grown.chain, grown.members[0]
    )
    assert message.message["deadline"] == int(view.deadline.timestamp())


def test_skipped__second_ballot_in_a_batch__says_why(grown, active, show, carry):
    act = deciding.vote(grown.deployment, show(), Support.ABSTAIN)
    carry(act, 7)
    receipt = carry(act, 7)
    why = acts.skipped(grown.deployment, receipt, grown.members[0])
    assert isinstance(why, VotedAlready)
    assert acts.skipped(grown.deployment, receipt, grown.members[1]) is None


@pytest.mark.parametrize("why", VoteSkip)
def test_refusal_of__each_way_to_be_left_out__has_its_words(why):
    assert str(acts.refusal_of(why)).endswith(".")


def test_delegate__sent_signed_and_ended(grown, carry):
    book, (giver, taker, _) = grown.deployment, grown.members
    end = grown.chain.head(fresh=True).time + timedelta(days=5)
    carry(deciding.delegate(book, taker, end), 7)
    assert lens.delegation(grown.chain, book, giver).delegate == taker
    grown.send(deciding.delegate(book, giver).call, giver)
    assert not lens.delegation(grown.chain, book, giver).is_away
    grown.send(deciding.delegate(book, taker, end).call, giver)
    assert lens.delegation(grown.chain, book, giver).is_away
