"""Price lists and agreements in an index: their events add up to what the contracts say."""

import pytest

from cercle.index.verify import verify
from tests.agreements import DAY, GRACE, MEDIUM, PERIOD, PLAN_WORDS, SMALL, climb
from tests.client.market import found_market

from .test_verify import corrupt


@pytest.fixture
def market(stage):
    """Five agreements, and all that may become of one."""
    market = found_market(stage.town)
    wallets = [member.address for member in stage.members[50:55]]
    for wallet in wallets:
        market.pay_for(wallet)
    for wallet in wallets[:3]:
        market.open(wallet, rungs=climb(True, True, True))
    market.open(wallets[3], deposit=1_500)  # the second period is not paid for
    market.open(wallets[4], starts_at=stage.town.now() + 5 * DAY)
    stage.town.pass_time(DAY)
    for number, register in ((1, 5), (2, 20), (3, 25), (4, 70)):
        market.read(number, 1, register, number)
    market.act("go_on", 2, 0, 60, 7_000, sender=wallets[1])
    market.act("end", 5, False, sender=wallets[4])  # before it began
    market.act("withdraw", 5, wallets[4], 9_000, sender=wallets[4])
    market.act("top_up", 3, 500, sender=wallets[0])
    return market


def test_verify__agreements_that_run__agree_in_every_figure(market, stage, prepared, database):
    assert verify(prepared(database), stage.deployment, stage.chain).differences == ()


def test_verify__years_after__agrees_in_every_figure(market, stage, prepared, path):
    """Prices fell and rose, one left at once, one was given notice, the rest went silent."""
    town = stage.town
    customers = [member.address for member in stage.members[50:55]]
    market.provide("revise_plan", 1, 2, MEDIUM._replace(base_price=1_500), PLAN_WORDS)
    market.act("poke", 2, sender=town.outsider)
    market.provide("revise_plan", 1, 1, SMALL._replace(base_price=1_001), PLAN_WORDS)
    market.provide("withdraw_plan", 1, 3)
    market.act("end", 1, True, sender=customers[0])
    market.act("end", 2, True, sender=customers[1])  # who had gone on, too
    town.pass_time(PERIOD + GRACE)
    market.act("discontinue", 3, sender=town.controller)
    market.act("go_on", 3, 1, 60, 7_000, sender=customers[2])
    url = prepared(path)
    assert verify(url, stage.deployment, stage.chain).differences == ()
    town.pass_time(20 * PERIOD)
    market.read(3, 2, 60, 9)  # of after the end
    for number in (1, 2, 3, 4):
        market.act("poke", number, sender=town.outsider)
    market.act("withdraw", 3, customers[2], 100, sender=customers[2])
    collect = market.book.call("collect", 1, town.controller)
    market.send(collect, town.controller)
    assert verify(prepared(path), stage.deployment, stage.chain).differences == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM price_lists_price_list_opened", "price lists: 0"),
        ("UPDATE price_lists_price_list_opened SET grace = 7", "list 1: "),
        ("DELETE FROM price_lists_plan_published WHERE plan_id = 3", "list 1: "),
        ("UPDATE price_lists_plan_published SET passport_id = 7", "plan 1 of list 1"),
        ("UPDATE price_lists_meter_registered SET company_id = 7", "operator of meter"),
        ("DELETE FROM agreements_agreement_opened WHERE agreement_id = 5", "agreements: 4"),
        ("UPDATE agreements_agreement_opened SET periods = 7", "agreement 1 ("),
        ("UPDATE agreements_agreement_opened SET total_cap = 7", "agreement 2 ("),
        ("UPDATE agreements_agreement_opened SET terms = replace(terms, '6000', '6001')",
         "terms of agreement"),
        ("DELETE FROM agreements_agreement_ended", "agreement 5 ("),
        ("DELETE FROM agreements_escrow_paid WHERE amount = 500", "agreement 3 ("),
        ("UPDATE agreements_escrow_withdrawn SET amount = 7", "agreement 5 ("),
        ("UPDATE agreements_reading_settled SET use = 7", "agreement 4 ("),
        ("UPDATE agreements_reading_settled SET sequence = 7", "agreement 4 ("),
        ("UPDATE agreements_went_on SET period_cap = 7", "going on of agreement 2"),
        ("UPDATE agreements_period_closed SET charge = 7", "due of list 1"),
    ],
)  # fmt: skip
def test_verify__a_row_of_service_is_wrong__says_what(
    market, stage, prepared, path, statement, told
):
    stage.town.pass_time(PERIOD + GRACE)
    market.act("poke", 1, sender=stage.town.outsider)
    prepared(path)
    corrupt(path, statement)
    found = [str(one) for one in verify(path, stage.deployment, stage.chain).differences]
    assert any(told in one for one in found), found
