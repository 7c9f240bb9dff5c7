"""D8, purpose laundering, on the chain: what was given for one purpose is read for another.

Every read says for what and by which order, and is one of a grant for this very purpose: no
category, no other purpose's grant, no read that was logged before can stand in for it. The twin
asks whether the company may see the data, and not for what.
"""

import ape
import pytest

from tests.attacks import vault_stage
from tests.consents import CATEGORY, COMMITMENT, ORDER, OTHER_CATEGORY, OTHER_PURPOSE, PURPOSE


@pytest.fixture
def scene(project, chain, admin, members, accounts):
    people, companies = members[:2], accounts[18:20]
    return vault_stage.set_scene(project, chain, admin, people, companies)


def test_read__for_any_other_purpose__is_refused(scene):
    for purpose in {*range(64)} - {PURPOSE}:
        with ape.reverts("vault: not allowed"):
            scene.read(purpose=purpose, max_price=2**100)


def test_read__by_a_number_that_folds_onto_the_granted__is_refused(scene):
    """Numbers too wide for their place would name the granted one's."""
    for changes in (
        {"purpose": PURPOSE + 64},
        {"purpose": PURPOSE | 1 << 6},
        {"category": CATEGORY + 64, "purpose": PURPOSE},
        {"passport_id": 1 + 2**64},
        {"passport_id": 0, "purpose": PURPOSE | 1 << 70},
    ):
        with ape.reverts("vault: not allowed"):
            scene.read(**changes)


def test_read__through_another_companys_grant__is_refused(scene):
    with ape.reverts("vault: not allowed"):
        scene.read(scene.companies[1], company_id=2)
    with ape.reverts("vault: not the company"):
        scene.read(scene.companies[1], company_id=1)


def test_read__every_one__says_what_for_by_which_order_and_grant(scene):
    """Two purposes with a grant each: a read of one is in no way a read of the other."""
    first = scene.read().events[-1]
    agreed = scene.give(purpose=OTHER_PURPOSE, categories=1 << OTHER_CATEGORY, reads=1)
    changes = {"purpose": OTHER_PURPOSE, "category": OTHER_CATEGORY, "order_hash": COMMITMENT}
    second = scene.read(**changes).events[-1]

    assert (first.purpose, first.category, first.order_hash, first.read) == (
        *(PURPOSE, CATEGORY, ORDER, 1),
    )
    assert (second.purpose, second.category, second.order_hash, second.read) == (
        *(OTHER_PURPOSE, OTHER_CATEGORY, COMMITMENT, 1),
    )
    assert second.issued_at == agreed.issued_at != first.issued_at
    with ape.reverts("vault: not allowed"):  # the category of the one under the other
        scene.read(purpose=OTHER_PURPOSE, category=CATEGORY)
    with ape.reverts("vault: no reads left"):  # the reads of the one for the other
        scene.read(**changes)


def test_read__again_for_another_order__is_another_read(scene):
    """An order that was logged serves once: a second one costs a read of its own."""
    numbers = [scene.read(order_hash=order).return_value for order in (ORDER, COMMITMENT, ORDER)]
    assert numbers == [1, 2, 3]


# ---- the twin: what it would cost -----------------------------------------------------


def test_twin__given_for_one_purpose__is_read_for_all(project, scene, admin):
    lax = admin.deploy(project.LaxReads, scene.consent)
    for purpose in (OTHER_PURPOSE, 63, 2**200):
        receipt = lax.request_access(1, 1, purpose, CATEGORY, sender=scene.companies[0])
        assert receipt.events == [lax.AccessRequested(passport_id=1, company_id=1, purpose=purpose)]
