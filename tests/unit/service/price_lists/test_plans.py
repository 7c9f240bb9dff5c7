"""`publish_plan`, `revise_plan`, `withdraw_plan`: what is offered, and how often it was changed."""

import ape
import pytest
from eth_abi import encode
from eth_utils import keccak

from tests import agreements as stage
from tests.agreements import LARGE, PLAN_WORDS, SMALL, Plan
from tests.consents import ZERO_HASH

LISTS_SLOT = 2


def test_publish_plan__by_who_acts_for_it__is_written_down(price_lists, price_list, agent):
    receipt = price_lists.publish_plan(1, SMALL, PLAN_WORDS, sender=agent)
    assert receipt.events == [
        price_lists.PlanPublished(
            list_id=1, plan_id=4, passport_id=0, revision=4, content_hash=PLAN_WORDS
        )
    ]
    assert tuple(receipt.events[0].plan) == SMALL
    assert receipt.return_value == 4
    plan, person = price_lists.plan_of(1, 4)
    assert (tuple(plan), person) == (SMALL, 0)
    assert price_lists.revision_of(1) == 4
    assert price_lists.list_of(1).plan_count == 4


def test_revise_plan__any_way__is_a_revision_more(price_lists, price_list, agent):
    receipt = price_lists.revise_plan(1, 2, LARGE, PLAN_WORDS, sender=agent)
    assert receipt.events == [
        price_lists.PlanPublished(
            list_id=1, plan_id=2, passport_id=0, revision=4, content_hash=PLAN_WORDS
        )
    ]
    assert tuple(receipt.events[0].plan) == LARGE
    assert tuple(price_lists.plan_of(1, 2)[0]) == LARGE
    assert price_lists.list_of(1).plan_count == 3


def test_withdraw_plan__once__is_offered_no_more(price_lists, price_list, agent):
    receipt = price_lists.withdraw_plan(1, 2, sender=agent)
    assert receipt.events == [price_lists.PlanWithdrawn(list_id=1, plan_id=2, revision=4)]
    assert tuple(price_lists.plan_of(1, 2)[0]) == (0, 0, 0, 0)
    for act in (
        lambda: price_lists.withdraw_plan(1, 2, sender=agent),
        lambda: price_lists.revise_plan(1, 2, SMALL, PLAN_WORDS, sender=agent),
    ):
        with ape.reverts("price_lists: no plan"):
            act()


@pytest.mark.parametrize(
    "plan",
    [
        Plan(2**88 - 1, 2**40 - 1, 2**63 - 1, 2**40 - 1),
        Plan(0, 0, 0, 1),
    ],
)
def test_publish_plan__at_the_bounds__passes(price_lists, price_list, controller, plan):
    price_lists.publish_plan(1, plan, PLAN_WORDS, sender=controller)
    assert tuple(price_lists.plan_of(1, 4)[0]) == plan


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"base_price": 2**88}, "tariff: base too large"),
        ({"unit_price": 2**63}, "tariff: unit price too large"),
        ({"capacity": 0, "included": 0}, "tariff: no capacity"),
        ({"capacity": 2**40}, "tariff: capacity too large"),
        ({"included": 21}, "tariff: includes too much"),
    ],
)
def test_publish_plan__otherwise__reverts(price_lists, price_list, controller, changes, reason):
    plan = SMALL._replace(**changes)
    with ape.reverts(reason):
        price_lists.publish_plan(1, plan, PLAN_WORDS, sender=controller)
    with ape.reverts(reason):
        price_lists.revise_plan(1, 1, plan, PLAN_WORDS, sender=controller)


def test_plans__without_words__revert(price_lists, price_list, controller):
    with ape.reverts("price_lists: no content"):
        price_lists.publish_plan(1, SMALL, ZERO_HASH, sender=controller)
    with ape.reverts("price_lists: no content"):
        price_lists.revise_plan(1, 1, SMALL, ZERO_HASH, sender=controller)


def test_plans__by_a_stranger__revert(price_lists, price_list, operator, outsider):
    for stranger in (operator, outsider):
        for act in (
            lambda who: price_lists.publish_plan(1, SMALL, PLAN_WORDS, sender=who),
            lambda who: price_lists.revise_plan(1, 1, SMALL, PLAN_WORDS, sender=who),
            lambda who: price_lists.withdraw_plan(1, 1, sender=who),
            lambda who: price_lists.publish_plan(2, SMALL, PLAN_WORDS, sender=who),
        ):
            with ape.reverts("price_lists: not the provider"):
                act(stranger)


def test_plans__another_number_in_the_same_place__reverts(price_lists, price_list, controller):
    """A list's number and a plan's share a word; one may not reach into another's place."""
    alias = (1 << 24) + 1
    with ape.reverts("price_lists: no plan"):
        price_lists.withdraw_plan(1, alias, sender=controller)
    with ape.reverts("price_lists: no plan"):
        price_lists.plan_of(0, alias)


def test_plans__last_revision__is_the_last(price_lists, price_list, controller, chain):
    """Sixty-five thousand changes, written where the contract keeps the count of them."""
    slot = "0x" + keccak(encode(["uint256", "uint256"], [LISTS_SLOT, 1])).hex()
    before = int.from_bytes(chain.provider.get_storage(price_lists.address, slot), "big")
    word = (before & ~(0xFFFF << 131) | 65_534 << 131).to_bytes(32, "big")
    words = [price_lists.address, slot, "0x" + word.hex()]
    chain.provider.make_request("anvil_setStorageAt", words)
    chain.mine()
    price_lists.publish_plan(1, SMALL, PLAN_WORDS, sender=controller)
    assert price_lists.revision_of(1) == 65_535
    for act in (
        lambda: price_lists.publish_plan(1, SMALL, PLAN_WORDS, sender=controller),
        lambda: price_lists.withdraw_plan(1, 1, sender=controller),
    ):
        with ape.reverts("price_lists: too many revisions"):
            act()


# ---- who provides -------------------------------------------------------------------------


def test_may_provide__agent_and_controller__are_told_apart(
    price_lists, price_list, controller, agent, outsider
):
    assert [price_lists.may_provide(1, who) for who in (controller, agent, outsider)] == [
        True,
        True,
        False,
    ]
    assert [price_lists.is_controller(1, who) for who in (controller, agent, outsider)] == [
        True,
        False,
        False,
    ]
    assert not price_lists.is_controller(2, "0x" + "00" * 20)


def test_admitted__of_a_good_ladder__are_its_terms(price_lists, price_list, customer, now):
    terms = stage.as_terms(price_lists.admitted(stage.ladder(), 1, customer))
    assert (terms.reach, terms.limit, terms.lowest) == (3, 200, 1_000)
