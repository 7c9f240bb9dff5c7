"""What a keeper tells, once: that a limit is near, and that an agreement stopped."""

from tests.bots.market import CAP, DAY, DEPOSIT, LIMIT, PERIOD, put
from tests.client.nodes import rpc


def test_round__past_four_fifths__warns_once_a_period(market, post, three, told):
    now = market.starts_at(1) + DAY
    market.at(now)
    market.settle(market.reading(1, 1, now - 9, LIMIT * 8 // 10))
    keeper = post.start()
    assert keeper.round().warned == 1
    market.settle(market.reading(1, 2, now - 8, LIMIT * 9 // 10))
    assert keeper.round().warned == 0
    assert post.start().round().warned == 0
    assert post.warnings() == [(1, 0, "near")]
    assert told().count("agreement_warning") == 1


def test_round__stopped__warns_of_that_too_and_anew_in_the_next_period(market, post, three):
    now = market.starts_at(1) + DAY
    market.at(now)
    market.settle(market.reading(1, 1, now, LIMIT))
    keeper = post.start()
    keeper.round()
    assert post.warnings() == [(1, 0, "near"), (1, 0, "stopped")]
    later = now + PERIOD
    market.at(later)
    put(post.inbox, "day.jsonl", market.reading(1, 2, later, LIMIT + LIMIT * 8 // 10))
    assert keeper.round().warned == 1
    assert post.warnings()[2:] == [(1, 1, "near")]


def test_round__its_own_poke_finds_no_money__warns_in_the_same_round(market, post):
    market.open(market.people[2], deposit=1_500)
    market.at(market.closes_at(1))
    done = post.start().round()
    assert (done.poked, done.warned) == (1, 1)
    assert post.warnings() == [(1, 1, "stopped")]


def test_round__notes_were_lost__the_file_tells_what_was_told(market, post, three):
    now = market.starts_at(1) + DAY
    market.at(now)
    market.settle(market.reading(1, 1, now, LIMIT))
    post.start().round()
    post.stop()
    for file in post.folder.glob("notes.sqlite*"):
        file.unlink()
    post.path.write_bytes(post.path.read_bytes() + b'{"agreement_id": 1, "pas')  # cut off
    post.start().round()
    assert post.warnings() == [(1, 0, "near"), (1, 0, "stopped")]


def test_round__the_terms_say_so__prices_are_the_test_s_own(market, three):
    """What the numbers above stand on."""
    assert market.terms[1]["limit"] == LIMIT
    assert market.terms[1]["period_cap"] == CAP
    assert market.book(1)["escrow"] == DEPOSIT
    assert rpc(market.url, "eth_chainId") == hex(market.chain.chain_id)
