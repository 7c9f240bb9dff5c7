"""Killed anywhere, a relayer takes its work up again: nothing twice, nothing lost."""

from contextlib import contextmanager

import pytest

from cercle.relayer.carrier import Carrier
from cercle.relayer.store import Store
from cercle.relayer.wire import ActRequest
from cercle.rpc import Node
from tests.client.nodes import rpc

from .acting import post, said, settle, signed_count, slots
from .proposing import ballot, counts


class Killed(BaseException):
    """As kill -9: nothing of ours catches it."""


class Executioner:
    """Kills at the n-th thing that touches disk or wire, before or after it is done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[str] = []
        self.at: int | None = None
        self.is_dead = False
        batch, writing = Node.batch, Store.writing

        def asked(node, questions):
            name = questions[-1][0]
            self.strike(f"before {name}")
            answers = batch(node, questions)
            self.strike(f"after {name}")
            return answers

        @contextmanager
        def written(store):
            self.strike("before a write")
            with writing(store):
                yield
                self.strike("before a commit")
            self.strike("after a commit")

        monkeypatch.setattr(Node, "batch", asked)
        monkeypatch.setattr(Store, "writing", written)

    def strike(self, what: str) -> None:
        if self.is_dead:
            raise Killed(what)  # a dead process does nothing more
        self.seen.append(what)
        if self.at is not None and len(self.seen) > self.at:
            self.is_dead = True
            raise Killed(what)

    def reset(self, at: int | None) -> None:
        self.seen.clear()
        self.at, self.is_dead = at, False


@pytest.fixture
def executioner(monkeypatch) -> Executioner:
    return Executioner(monkeypatch)


def bury(relayer) -> None:
    """What the system does with the files of a process that died."""
    relayer.parts.store.close()
    relayer._lock.release()


def errand(relayer, leave: ActRequest) -> None:
    """A member leaves; beside it, ballots that waited are sent together."""
    relayer.take(leave)
    relayer.parts.clock.wait(2)
    for _ in range(2):
        relayer.step()


def test_killed__at_each_step__nothing_twice_and_nothing_lost(
    stage, new_relayer, executioner, clock, tmp_path
):
    ballots = [ActRequest.of(stage.ballot(voter)) for voter in stage.members[:3]]
    leave = ActRequest.of(stage.leave(stage.members[3]))
    relayer = new_relayer()
    for request in ballots:
        relayer.take(request)
    relayer.close()
    journal = (tmp_path / "journal.sqlite").read_bytes()
    deaths: list[str] = []
    while len(deaths) == len(set(deaths)):  # as many lives as there are steps, and one more
        snapshot = rpc(stage.url, "evm_snapshot")
        (tmp_path / "journal.sqlite").write_bytes(journal)
        relayer = new_relayer()
        executioner.reset(len(deaths))
        try:
            errand(relayer, leave)
            deaths.append(deaths[-1])  # it survived: there are no more steps
        except Killed:
            deaths.append(f"{len(deaths)}: {executioner.seen[-1]}")
            executioner.reset(None)
            bury(relayer)
            relayer = new_relayer(look=False)
            relayer.step()
        executioner.reset(None)
        relayer.take(leave)  # whoever heard nothing asks again
        settle(relayer, stage)
        states = {relayer.take(request).state for request in (*ballots, leave)}
        assert (states, stage.tally()[0]) == ({"mined"}, 3), deaths[-1]
        assert stage.count() == signed_count(relayer) == len(slots(relayer)), deaths[-1]
        relayer.close()
        rpc(stage.url, "evm_revert", snapshot)
        for file in tmp_path.iterdir():
            file.unlink()
    told = " ".join(deaths)
    for step in ("before eth_sendRaw", "after eth_sendRaw", "before a commit", "after a commit"):
        assert step in told
    assert len(deaths) >= 25


def test_killed__between_send_and_answer__is_followed_by_its_hash(stage, new_relayer, monkeypatch):
    relayer = new_relayer()
    posted = post(relayer, stage.leave(stage.members[0]))

    def die(*_, **__):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Carrier, "_hand", die)
        with pytest.raises(Killed):
            relayer.step()
    bury(relayer)
    assert stage.count() == 0  # signed, written down, and nobody has it
    again = new_relayer(look=False)
    assert said(again, posted)[0] == "sent"
    settle(again, stage)
    assert said(again, posted) == ("mined", None)
    assert stage.count() == signed_count(again) == 1


def test_killed__before_votes_are_handed_over__they_go_once(
    stage, new_relayer, draft, clock, monkeypatch
):
    relayer = new_relayer()
    posted = [post(relayer, ballot(stage, draft, voter)) for voter in stage.members[:3]]
    clock.wait(2)

    def die(*_, **__):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Carrier, "_hand", die)
        with pytest.raises(Killed):
            relayer.step()
    bury(relayer)
    again = new_relayer(look=False)
    assert {said(again, one)[0] for one in posted} == {"sent"}
    settle(again, stage)
    assert {said(again, one) for one in posted} == {("mined", None)}
    assert (stage.count(), counts(stage, draft)) == (1, (0, 3, 0))


def test_closed_and_opened__acts_that_waited__are_sent(stage, relayer, new_relayer):
    posted = [post(relayer, stage.ballot(voter)) for voter in stage.members[:3]]
    relayer.close()
    again = new_relayer()
    settle(again, stage)
    assert {said(again, one)[0] for one in posted} == {"mined"}
    assert len(slots(again)) == 1


def test_old_acts__are_forgotten__and_their_nonces_are_not(stage, relayer, clock):
    posted = [post(relayer, stage.leave(member)) for member in stage.members[:2]]
    settle(relayer, stage)
    stage.mine()
    relayer.step()
    clock.wait(31 * 86_400)
    relayer._pruned = -1e9
    relayer.step()
    assert [relayer.parts.book.act(one.id) for one in posted] == [None, None]
    assert [slot[0] for slot in slots(relayer)] == [1]
    last = post(relayer, stage.leave(stage.members[2]))
    settle(relayer, stage)
    assert (said(relayer, last), slots(relayer)[-1][0]) == (("mined", None), 2)
