"""A keeper's rounds on a real chain: what is due, and nothing else."""

from bots.inbox import Inbox
from cercle.agreements import Reading, ocmf
from cercle.chain import Chain
from tests.bots.market import DAY, LIMIT, METER, PERIOD, put


def test_round__before_the_grace_is_over__sends_nothing(market, post, three):
    market.at(market.closes_at(1) - 1)
    nonce = market.chain.nonce(market.keeper)
    done = post.start().round()
    assert (done.poked, done.settled, done.warned) == (0, 0, 0)
    assert market.chain.nonce(market.keeper) == nonce


def test_round__some_are_over__closes_exactly_those(market, post, three):
    market.at(market.closes_at(1))
    assert post.start().round().poked == 2
    assert [market.book(one)["period"] for one in three] == [1, 1, 0]
    assert sorted(number for number, _ in market.pokes()) == [1, 2]
    assert market.money()["due"] == 2_000
    nonce = market.chain.nonce(market.keeper)
    assert post.start().round().poked == 0
    assert market.chain.nonce(market.keeper) == nonce


def test_round__somebody_was_quicker__sends_nothing(market, post, three):
    market.at(market.closes_at(1))
    for one in (1, 2):
        market.poke(one)
    nonce = market.chain.nonce(market.keeper)
    assert post.start().round().poked == 0
    assert market.chain.nonce(market.keeper) == nonce


def test_round__all_is_closed__never_looks_again(market, post, three):
    keeper = post.start()
    market.at(market.closes_at(3, 3))
    assert keeper.round().poked == 3
    assert keeper.round().poked == 0
    assert post._notes.due_by(2**40) == []


def test_round__of_one_list_alone__leaves_others(market, post, three):
    market.at(market.closes_at(1))
    assert post.start(lists=frozenset({7})).round().poked == 0
    assert post.start(lists=frozenset({1, 7})).round().poked == 2


def test_round__more_are_due_than_it_may__the_next_goes_on(market, post, three):
    market.at(market.closes_at(3))
    keeper = post.start(most=2)
    assert [keeper.round().poked for _ in range(3)] == [2, 1, 0]


def test_round__without_a_sender__warns_and_sends_nothing(market, post, three):
    market.at(market.starts_at(1) + DAY)
    market.settle(market.reading(1, 1, market.now(), LIMIT))
    market.at(market.closes_at(1))
    done = post.start(pays=False).round()
    assert (done.poked, done.warned) == (0, 2)
    assert market.book(1)["period"] == 0


# ---- readings ---------------------------------------------------------------------------


def test_round__readings_lie_there__brings_them_in_at_once(market, post, three, told):
    now = market.starts_at(1) + DAY
    market.at(now)
    lines = [market.reading(n, s, now - 10 + s, 5 * s) for n in (1, 2) for s in (2, 1)]
    put(post.inbox, "day.jsonl", *lines)
    nonce = market.chain.nonce(market.keeper)
    assert post.start().round().settled == 4
    assert market.chain.nonce(market.keeper) == nonce + 1  # in one transaction
    assert [market.book(n)["use"] for n in three] == [10, 10, 0]
    assert "readings_settled" in told()


def test_round__records_in_the_manner_of_ocmf__are_brought_in(market, post, three, told):
    now = market.starts_at(1) + DAY
    market.at(now)
    words = market.reading(2, 1, now - 10, 7)
    reading = Reading.model_validate({n: v for n, v in words.items() if n != "agreement_id"})
    line = ocmf.write(market.deployment, METER.address, 2, reading)
    post.inbox.mkdir(parents=True)
    unsure = line.replace("000+0000 S", "000+0000 U")
    mistyped = line.replace(METER.address, "0x" + "aB" * 20)
    (post.inbox / "day.ocmf").write_text(f"{line}\nOCMF|{{}}|{{}}\n{unsure}\n{mistyped}\n")
    (file,) = Inbox(post.inbox).files()
    assert file.malformed == (
        "line 2: Its RD is not a register and an outage.",
        "line 3: Its TM is no second of a synchronised clock, in UTC.",
        "line 4: Its MS is no meter's address.",
    )
    assert post.start().round().settled == 1
    assert market.book(2)["use"] == 7
    assert "malformed_reading" in told()


def test_round__some_are_stale__passes_over(market, post, three):
    now = market.starts_at(1) + DAY
    market.at(now)
    old, new, other = (
        market.reading(1, 1, now - 20, 5),
        market.reading(1, 2, now - 10, 9),
        market.reading(2, 1, now - 10, 3),
    )
    market.settle(old, new)
    put(post.inbox, "day.jsonl", old, new, other)
    assert post.start().round().settled == 1
    assert [market.book(n)["use"] for n in (1, 2)] == [9, 3]


def test_round__somebody_brings_one_in_meanwhile__the_batch_passes_over_it(
    market, post, three, monkeypatch
):
    now = market.starts_at(1) + DAY
    market.at(now)
    first, second = (market.reading(n, 1, now - 10, 4 * n) for n in (1, 2))
    put(post.inbox, "day.jsonl", first, second)
    keeper = post.start()
    simulate = Chain.simulate

    def race(chain, call, sender, gas=None):
        monkeypatch.undo()
        market.settle(first)
        return simulate(chain, call, sender, gas)

    monkeypatch.setattr(Chain, "simulate", race)
    assert keeper.round().settled == 2
    assert [market.book(n)["use"] for n in (1, 2)] == [4, 8]


def test_round__one_is_refused__brings_in_the_others(market, post, three, told):
    now = market.starts_at(1) + DAY
    market.at(now)
    good = [market.reading(n, 1, now - 10, 4) for n in (1, 2)]
    forged = market.reading(3, 1, market.starts_at(1) + 1, 4) | {"agreement_id": 1, "sequence": 9}
    put(post.inbox, "day.jsonl", forged, *good)
    keeper = post.start()
    assert keeper.round().settled == 2
    assert "reading_refused" in told()
    nonce = market.chain.nonce(market.keeper)
    assert keeper.round().settled == 0
    assert market.chain.nonce(market.keeper) == nonce


def test_round__read_in_the_future__waits(market, post, three, told):
    now = market.starts_at(1) + DAY
    market.at(now)
    put(post.inbox, "day.jsonl", market.reading(1, 1, now + DAY, 4))
    keeper = post.start()
    assert keeper.round().settled == 0
    assert "reading_waits" not in told()  # it was not even tried
    market.at(now + DAY)
    assert keeper.round().settled == 1


def test_round__of_an_agreement_that_is_none__complains_once(market, post, three, told):
    now = market.starts_at(1) + DAY
    market.at(now)
    put(post.inbox, "day.jsonl", market.reading(44, 1, now, 4))
    keeper = post.start()
    assert keeper.round().settled == keeper.round().settled == 0
    assert told().count("unknown_agreement") == 1


def test_round__lines_of_no_form__are_told_and_passed_over(market, post, three, told):
    now = market.starts_at(1) + DAY
    market.at(now)
    good = market.reading(1, 1, now, 4)
    hexed = good | {"r": hex(good["r"]), "vs": hex(good["vs"])}
    put(post.inbox, "day.jsonl", {"agreement_id": 1}, good | {"register": -1}, hexed)
    assert post.start().round().settled == 1
    assert told().count("malformed_reading") == 2


def test_round__a_file_is_done__is_laid_aside_once_that_is_deep(market, post, three):
    now = market.starts_at(1) + DAY
    market.at(now)
    put(post.inbox, "day.jsonl", market.reading(1, 1, now, 4))
    keeper = post.start(depth=3)
    keeper.round()
    keeper.round()
    market.mine(2)
    keeper.round()
    assert (post.inbox / "day.jsonl").exists()
    market.mine(1)
    keeper.round()
    assert not (post.inbox / "day.jsonl").exists()
    assert (post.inbox / "done" / "day.jsonl").exists()


def test_round__a_list_got_cheaper_within_a_batch__ends_all_the_same(market, post, three):
    """The first reading that closes a period changes the terms that the second one names."""
    first = market.starts_at(1) + DAY
    later = market.starts_at(1) + PERIOD + DAY
    market.at(later)
    lists = market.deployment.contract("PriceLists")
    cheaper = (900, 10, 50, 20)
    market.send(lists.call("revise_plan", 1, 1, cheaper, b"\x12" * 32), market.controller)
    put(
        post.inbox,
        "day.jsonl",
        market.reading(1, 1, first, 4),
        market.reading(1, 2, later - 20, 8),
        market.reading(1, 3, later - 10, 9),
    )
    keeper = post.start()
    rounds = [keeper.round().settled for _ in range(3)]
    assert sum(rounds) == 3
    assert market.book(1)["sequence"] == 3
    assert market.money()["due"] == 900
