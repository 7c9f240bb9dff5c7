"""Events add up to what the contracts say; a row that is missing, or false, is found."""

import random

import pytest
from sqlalchemy import text

from cercle.errors import IndexMissing, IndexOfAnother
from cercle.index.database import engine_for, read_url
from cercle.index.verify import verify
from cercle.loyalty import perks
from tests.client.nodes import rpc

from .town import act_together, random_act

DAY = 86_400


def corrupt(url: str, statement: str) -> None:
    engine = engine_for(read_url(url), writes=True)
    with engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount > 0
    engine.dispose()


def test_verify__whole_town__agrees_in_every_figure(stage, built, database):
    verdict = verify(built(database), stage.deployment, stage.chain)
    assert verdict.differences == ()
    assert verdict.compared > 400


@pytest.mark.parametrize("seed", range(3))
def test_verify__after_more_acts__agrees_still(stage, prepared, path, seed):
    rng = random.Random(seed)
    act_together(stage, [random_act(stage, rng) for _ in range(60)])
    stage.town.pass_time(20 * DAY)  # open claims are missed by now, delegations stand
    act_together(stage, [random_act(stage, rng) for _ in range(10)])
    assert verify(prepared(path), stage.deployment, stage.chain).differences == ()


def test_verify__points_expired__are_no_difference(stage, prepared, path):
    stage.town.pass_time(400 * DAY)
    assert verify(prepared(path), stage.deployment, stage.chain).differences == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM points_transfer WHERE value > 1000", "points of 0x"),
        ("UPDATE points_transfer SET value = value + 1 WHERE value > 1000", "points in all"),
        ("DELETE FROM membership_standing_credited", "(number, active, standing)"),
        ("DELETE FROM membership_member_joined WHERE member_no = 3", "members ever"),
        ("DELETE FROM passport_wallet_linked WHERE passport_id = 1", "passport 1"),
        ("UPDATE polls_ballot_cast SET new_options = 8 WHERE poll_id = 1", "poll 1 (tally"),
        ("UPDATE tally SET ballots = 1", "as the index keeps it"),
        ("UPDATE perks_stock_added SET amount = 99", "perk 1 (stock, taken)"),
        ("DELETE FROM perks_perk_claimed WHERE member_no = 2", "perk 1 (stock, taken)"),
        ("UPDATE perks_perk_claimed SET serial = 77 WHERE member_no = 2", "claim "),
        ("UPDATE electorate_delegate_votes_changed SET new_votes = 5", "votes of passport"),
        ("DELETE FROM electorate_units_refreshed", "delegation of passport"),
        ("DELETE FROM polls_poll_opened WHERE poll_id = 1", "polls"),
        ("DELETE FROM perks_perk_opened", "perks"),
        ("DELETE FROM charter_roles_given WHERE roles = 12", "roles of"),
    ],
)
def test_verify__a_row_is_wrong__says_what(stage, prepared, path, statement, told):
    if "stock_added" in statement:
        town = stage.town
        town.send(perks.add_stock(stage.deployment, 1, 0, 3), town.steward)
    prepared(path)
    corrupt(path, statement)
    found = [str(one) for one in verify(path, stage.deployment, stage.chain).differences]
    assert any(told in one for one in found), found
    assert all(" by the events, " in one and one.endswith(" on the chain") for one in found)


def test_verify__index_stands_on_another_fork__is_told(stage, prepared, path):
    snapshot = rpc(stage.url, "evm_snapshot")
    act_together(stage, [random_act(stage, random.Random(1))])
    prepared(path)
    rpc(stage.url, "evm_revert", snapshot)
    with pytest.raises(IndexOfAnother, match=r"not on the chain: run `ape run index run`"):
        verify(path, stage.deployment, stage.chain)


def test_verify__no_index__is_told(stage, path):
    with pytest.raises(IndexMissing, match=r"There is no index at .*: run `ape run index run`"):
        verify(path, stage.deployment, stage.chain)
