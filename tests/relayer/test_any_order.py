"""Whatever is posted, in whatever order and however often: each act lands at most once."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cercle.relayer.declined import Declined
from cercle.relayer.wire import ActRequest
from tests.client.nodes import put_back, rpc

from .acting import settle, signed_count, slots
from .conftest import Clock, open_relayer
from .proposing import DAY, ballot, counts, proposed

# What may happen: post the n-th of the acts, take a step, let time pass, mine, die and come back.
HAPPENINGS = st.lists(
    st.one_of(
        st.tuples(st.just("post"), st.integers(0, 13)),
        st.tuples(st.sampled_from(["step", "wait", "mine", "hold", "restart"]), st.just(0)),
    ),
    min_size=5,
    max_size=30,
)


def acts_of(stage, draft):
    """Two ballots of one voter, one of each of three others, two leaves under one nonce, a leave
    and a ballot of the same member; on a proposal two of one voter, one of each of two others,
    and one of who leaves."""
    people = stage.members
    signed = [
        stage.ballot(people[0], [1], sequence=1),
        stage.ballot(people[0], [2], sequence=2),
        *(stage.ballot(voter, [3]) for voter in people[1:4]),
        stage.leave(people[4], nonce=1),
        stage.leave(people[4], nonce=1, deadline=stage.soon() + 1),
        stage.leave(people[5]),
        stage.ballot(people[5], [4]),
        ballot(stage, draft, people[6]),
        ballot(stage, draft, people[6], 0),
        *(ballot(stage, draft, voter, 2) for voter in people[7:9]),
        ballot(stage, draft, people[4]),
    ]
    return [ActRequest.of(one) for one in signed]


class Life:
    """A relayer that dies and comes back, and what it was asked."""

    def __init__(self, stage, folder: Path) -> None:
        self.stage, self.folder, self.clock = stage, folder, Clock()
        self.draft = proposed(stage)
        stage.town.pass_time(DAY + 60)
        self.acts = acts_of(stage, self.draft)
        self.ids: set[str] = set()
        self.start()

    def start(self) -> None:
        self.relayer = open_relayer(self.stage, self.folder / "j.sqlite", self.clock)
        self.relayer.step()

    def happen(self, what: str, number: int) -> None:
        if what == "post":
            try:
                self.ids.add(self.relayer.take(self.acts[number]).id)
            except Declined as no:
                if no.status not in (403, 409):  # no member any more, or the contract's word
                    raise
        elif what == "step":
            self.relayer.step()
        elif what == "wait":
            self.clock.wait(3)
        elif what == "mine":
            self.stage.mine()
        elif what == "hold":
            rpc(self.stage.url, "evm_setAutomine", False)
        else:
            self.relayer.close()
            self.start()

    def end(self) -> None:
        """Let all settle, and compare the chain with what was promised."""
        rpc(self.stage.url, "evm_setAutomine", True)
        self.stage.mine()
        settle(self.relayer, self.stage)
        book = self.relayer.parts.book
        acts = [book.act(id) for id in self.ids]
        assert {act.state for act in acts} <= {"mined", "refused"}
        used = slots(self.relayer)
        assert self.stage.count() == signed_count(self.relayer) == len(used)
        assert len([act for act in acts if act.nonce is not None]) >= len(used)
        ballots = [act for act in acts if act.struct == "Ballot" and act.state == "mined"]
        assert sum(self.stage.tally()) == len({act.actor for act in ballots})
        votes = [act for act in acts if act.struct == "BallotUntil" and act.state == "mined"]
        assert sum(counts(self.stage, self.draft)) == len({act.actor for act in votes})
        assert len(votes) == len({act.actor for act in votes})
        left = [act for act in acts if act.struct == "Leave" and act.state == "mined"]
        assert len({act.actor for act in left}) == len(left)
        assert self.stage.read("Membership", "active_count") == 104 - len(left)


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(happenings=HAPPENINGS)
def test_posts__in_any_order_and_number__land_at_most_once(stage, happenings):
    snapshot = rpc(stage.url, "evm_snapshot")
    folder = Path(mkdtemp(prefix="relayer-"))
    life = Life(stage, folder)
    try:
        for what, number in happenings:
            life.happen(what, number)
        life.end()
    finally:
        life.relayer.close()
        shutil.rmtree(folder)
        put_back(stage.url, snapshot)
        stage.chain.forget_head()
