"""Whatever happens in whatever order, the rows are those of an index that is built afresh."""

import itertools
import random

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from cercle.errors import ReorgTooDeep
from cercle.index.pace import Pace
from cercle.index.verify import verify
from tests.client.nodes import put_back, rpc

from .looking import events_of, events_on_chain, facts_of
from .town import act_together, random_act

_numbers = itertools.count(1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("acts"), st.integers(1, 4)),
        st.tuples(st.just("crowd"), st.integers(2, 8)),
        st.tuples(st.just("turn"), st.integers(1, 6)),
        st.tuples(st.just("step"), st.just(0)),
        st.tuples(st.just("catch up"), st.just(0)),
        st.tuples(st.just("open again"), st.just(0)),
        st.tuples(st.just("empty blocks"), st.integers(1, 30)),
    ),
    min_size=5,
    max_size=14,
)


class World:
    """A chain that may be undone block by block, and an index that follows it."""

    def __init__(self, stage, open_index, url: str, rng: random.Random, size: int) -> None:
        self.stage, self.rng, self.url = stage, rng, url
        self._open, self._pace = open_index, Pace(step=size, tail=size)
        self.snapshots = [rpc(stage.url, "evm_snapshot")]
        self.follower = open_index(url, pace=self._pace)

    def do(self, what: str, count: int) -> None:
        """One step of the story."""
        if what == "acts":
            for _ in range(count):
                self.snapshots.append(rpc(self.stage.url, "evm_snapshot"))
                act_together(self.stage, [random_act(self.stage, self.rng)])
        elif what == "crowd":
            self.snapshots.append(rpc(self.stage.url, "evm_snapshot"))
            acts = [random_act(self.stage, self.rng) for _ in range(count)]
            act_together(self.stage, acts, per_block=4)
        elif what == "turn":
            self._turn(count)
        elif what == "empty blocks":
            rpc(self.stage.url, "anvil_mine", hex(count))
        elif what == "open again":
            self.follower.store.close()
            self.follower = self._open(self.url, pace=self._pace)
        else:
            self._follow(what == "catch up")
        self.stage.chain.forget_head()

    def _turn(self, count: int) -> None:
        """Undo some of the last acts; another block stands where they stood."""
        place = max(0, len(self.snapshots) - count)
        rpc(self.stage.url, "evm_revert", self.snapshots[place])
        del self.snapshots[place:]
        self.snapshots.append(rpc(self.stage.url, "evm_snapshot"))
        rpc(self.stage.url, "evm_increaseTime", hex(self.rng.randrange(1, 9_999)))
        rpc(self.stage.url, "evm_mine")

    def _follow(self, is_whole: bool) -> None:
        progress = self.follower.step()
        if progress is not None and progress.rolled_back:
            event("rolled back")
        if is_whole:
            self.follower.catch_up()


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(steps=STEPS, seed=st.integers(0, 2**32), size=st.sampled_from([1, 3, 40, 1_000]))
def test_index__any_story__holds_what_an_index_built_afresh_holds(
    whole_stage, template, open_index_once, tmp_path_factory, steps, seed, size
):
    folder = tmp_path_factory.mktemp("story")
    before = rpc(whole_stage.url, "evm_snapshot")
    try:
        world = World(
            whole_stage, open_index_once, str(folder / "index.sqlite"), random.Random(seed), size
        )
        for what, count in steps:
            world.do(what, count)
        world.follower.catch_up()
        afresh = open_index_once(str(folder / "afresh.sqlite"))
        afresh.catch_up()
        assert events_of(world.url) == events_on_chain(whole_stage.url, whole_stage.deployment)
        assert facts_of(world.url) == facts_of(afresh.store.url.database)
        assert verify(world.url, whole_stage.deployment, whole_stage.chain).differences == ()
    except ReorgTooDeep:
        event("too deep")  # an index of few blocks that knows none of the ancestors
        raise
    finally:
        put_back(whole_stage.url, before)
        whole_stage.chain.forget_head()
