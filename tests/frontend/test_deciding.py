"""Decisions read live: which proposals, which form of ballot, what a person said."""

from types import SimpleNamespace

import pytest

from cercle.errors import ChainError
from cercle.flags import Support
from cercle.index.history import Entry, Page
from cercle.proposals import Course, Made
from frontend import deciding
from frontend.testing import decisions as fakes
from frontend.testing.fakes import HEAD, INDEX, MEMBER, MEMBER_CARD, NOW, happened, seal

OLD = 400 * 86_400  # seconds before now


class Chain:
    """A node that knows the code behind one account."""

    def __init__(self, code="0x"):
        self.code = code

    def head(self):
        return HEAD

    def request(self, method, params):
        assert (method, params) == ("eth_getCode", [MEMBER, "latest"])
        return self.code


class Past:
    """What a person's history tells, a part at a time."""

    def __init__(self, *parts):
        self.parts = parts
        self.asked = []

    def of_passport(self, passport_id, *, limit, before, kinds):
        self.asked.append(before)
        entries, older = self.parts[len(self.asked) - 1]
        return Page(entries=entries, older=older, served=INDEX)


def voted(block, number, support) -> tuple[Entry, ...]:
    told = {"voter": MEMBER, "proposalId": number, "support": support, "weight": 1, "reason": ""}
    return happened(block, ("Governor", "VoteCast", told))


def made(number, block, *, before=0, **course) -> Made:
    draft = fakes.ACTIVE.draft
    end = HEAD.timestamp - before
    return Made(
        id=number, proposer=MEMBER, draft=draft, vote_start=end - 9, vote_end=end, block=block,
        tx_hash=seal(1), course=Course(**course),
    )  # fmt: skip


@pytest.fixture
def live(monkeypatch):
    def run(*proposals, past=None, code="0x"):
        found = deciding.LiveDeciding(Chain(code), fakes.BOOK, past or Past())
        told = SimpleNamespace(made=tuple(proposals), allowed=())
        monkeypatch.setattr(found, "decided", lambda: told)
        return found

    return run


@pytest.mark.parametrize(
    ("code", "reason", "struct"),
    [
        ("0x", "", "BallotUntil"),
        ("0x6001", "", "GovernorBallot"),
        ("0xEF0100" + "ab" * 20, "", "BallotUntil"),  # it borrows code, and signs as before
        ("0x6001", "Why not.", "ExtendedBallot"),
        ("0x", "Why not.", "ExtendedBallot"),
    ],
)
def test_vote__kind_of_wallet__takes_the_form_that_is_counted(live, code, reason, struct):
    act = live(code=code).vote(fakes.ACTIVE, Support.IN_FAVOUR, reason, MEMBER)
    assert act.struct == struct


@pytest.mark.parametrize("act", ["queue", "execute", "cancel"])
def test_step__sent_by_whoever_takes_it__is_not_signed(live, act):
    built = getattr(live(), act)(fakes.ACTIVE.draft)
    assert (built.call.function, built.sign) == (act, None)


def test_my_votes__found_once__are_not_looked_for_again(live):
    past = Past((voted(1190, 7, 2), "1150-0"), (voted(1140, 8, 0), None))
    found = live(made(7, 1100), made(8, 1000), past=past)
    said = {7: Support.ABSTAIN, 8: Support.AGAINST}
    assert found.my_votes(MEMBER_CARD, [7, 8]) == said
    assert found.my_votes(MEMBER_CARD, [8, 7]) == said
    assert past.asked == [None, "1150-0"]


def test_my_votes__nobody_voted_before_it_was_made__so_nobody_looks_there(live):
    past = Past(((), "1150-0"), ((), "1090-3"))
    assert live(made(7, 1100), past=past).my_votes(MEMBER_CARD, [7]) == {}
    assert past.asked == [None, "1150-0"]


def test_my_votes__nobody__looks_for_nothing(live):
    past = Past()
    card = MEMBER_CARD.model_copy(update={"passport_id": 0})
    assert live(made(7, 1100), past=past).my_votes(card, [7]) == {}


def test_known__many__are_the_newest_and_what_may_still_act(live):
    proposals = [
        made(1, 10, before=OLD),  # lost long ago, or nobody cares
        made(2, 20, before=99, executed_at=NOW),
        made(3, 30, before=99, canceled_at=NOW),
        made(4, 40, before=99),
        *(made(n, 10 * n) for n in range(5, 5 + deciding.PART)),
    ]
    found = live(*proposals)
    assert [one.id for one in found.known(1)] == [4, *range(5, 5 + deciding.PART)]
    assert len(found.known(2)) == len(proposals) == found.count()


def test_delegates__too_many_to_read__are_none(live, monkeypatch):
    found = live()

    def many():
        raise ChainError("There are more than 20000 events: ask for a part of them.")

    monkeypatch.setattr(found.record, "speakers", many)
    assert found.delegates() == ()
