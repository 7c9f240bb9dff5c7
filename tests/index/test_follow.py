"""What is on the chain is in the tables, once, whoever reads it and however often."""

from cercle.index.pace import Pace
from tests.client.nodes import rpc

from .looking import events_of, events_on_chain, facts_of, rows_of
from .town import act_together, random_act


def test_catch_up__whole_chain__every_event_as_another_decoder_reads_it(stage, built, database):
    held = events_of(built(database))
    assert held == events_on_chain(stage.url, stage.deployment)
    assert len(held) > 900
    assert len({(event.contract, event.name) for event in held}) > 30


def test_catch_up__twice__adds_nothing(stage, open_index, database):
    follower = open_index(database)
    assert sum(one.events for one in follower.catch_up()) > 900
    before = rows_of(database)
    assert follower.catch_up() == []
    assert rows_of(database) == before


def test_catch_up__sqlite_and_postgresql__are_equal_row_for_row(stage, built, path, server):
    from .conftest import new_database

    assert rows_of(built(path)) == rows_of(built(new_database(server)))


def test_catch_up__ranges_of_any_size__give_the_same_rows(stage, built, tmp_path):
    sizes = (1, 7, 100_000)
    found = [
        facts_of(built(str(tmp_path / f"{size}"), pace=Pace(step=size, tail=size)))
        for size in sizes
    ]
    assert found[0] == found[1] == found[2]


def test_step__new_blocks__are_read_one_after_the_other(stage, open_index, path):
    import random

    follower, rng = open_index(path), random.Random(1)
    follower.catch_up()
    for _ in range(5):
        act_together(stage, [random_act(stage, rng)])
        rpc(stage.url, "evm_mine")
        progress = follower.step()
        assert (progress.last, progress.rolled_back) == (stage.chain.head(fresh=True).number, 0)
        assert follower.step() is None
    assert events_of(path) == events_on_chain(stage.url, stage.deployment)


def test_step__many_events_in_one_block__are_all_there(stage, open_index, path):
    import random

    follower, rng = open_index(path), random.Random(2)
    follower.catch_up()
    act_together(stage, [random_act(stage, rng) for _ in range(40)], per_block=20)
    follower.catch_up()
    assert events_of(path) == events_on_chain(stage.url, stage.deployment)
