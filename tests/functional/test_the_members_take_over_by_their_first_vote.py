"""A founder offers ADMIN to the Governor; the members' vote accepts it, and nobody else is left."""

import pytest
from ape.exceptions import ContractLogicError

from tests.conftest import DAY
from tests.drafts import AGAINST, FIRST, IN_FAVOUR, Draft, terms

EVERY_ROLE_BUT_ADMIN = 126
ADMIN, TILL = 1, 4


@pytest.fixture
def guard(project, admin, charter):
    return admin.deploy(project.Guard, charter, [FIRST], [], [])


@pytest.fixture
def governor(project, admin, electorate, guard):
    return admin.deploy(project.Governor, "Cercle Governor", electorate, guard)


@pytest.fixture
def decide(governor, community, chain, outsider):
    """Proposed by a member, voted on by four of five, queued and executed by a stranger."""

    def _decide(draft):
        chain.mine(deltatime=2)  # who proposes needs votes of a second before
        governor.propose(*draft.proposed, sender=community[0])
        chain.mine(timestamp=governor.proposalSnapshot(draft.id) + 1)
        for voter in community[:3]:
            governor.castVote(draft.id, IN_FAVOUR, sender=voter)
        governor.castVote(draft.id, AGAINST, sender=community[3])
        chain.mine(timestamp=governor.proposalDeadline(draft.id) + 1)
        governor.queue(*draft.named, sender=outsider)
        chain.mine(timestamp=governor.proposalEta(draft.id))
        return governor.execute(*draft.named, sender=outsider)

    return _decide


@pytest.fixture
def taken_over(charter, admin, governor, decide):
    """By the founder, who gave himself every role there is."""
    charter.give_roles(admin, EVERY_ROLE_BUT_ADMIN, sender=admin)
    charter.offer_admin(governor, sender=admin)
    accept = bytes(charter.accept_admin.encode_input())
    decide(Draft(((charter, 0, accept),), "We take over."))
    return charter


def test_the_governor_is_admin_and_the_founder_nobody(taken_over, governor, admin):
    assert taken_over.admin() == governor
    assert taken_over.roles(governor) == ADMIN
    assert taken_over.roles(admin) == 0


def test_no_act_over_decisions_is_left_to_the_founder(taken_over, guard, admin, deciding):
    for act, *arguments in deciding:
        with pytest.raises(ContractLogicError) as refusal:
            act(*arguments, sender=admin)
        assert refusal.value.message == "guard: not the governor"
    with pytest.raises(ContractLogicError) as refusal:
        taken_over.offer_admin(admin, sender=admin)
    assert refusal.value.message == "authority: not the admin"


@pytest.fixture
def deciding(guard, outsider):
    """Whatever changes how the members decide."""
    scope = (2, outsider, b"\x00" * 4, 0, 0, True)
    return [
        (guard.set_terms, 1, terms(FIRST)),
        (guard.set_scope, scope),
        (guard.set_assets, []),
        (guard.spend, 1, 1, 1, 1, [0] * 5),
    ]


def test_the_members_give_and_take_offices_from_then_on(taken_over, decide, outsider, chain):
    give = bytes(taken_over.give_roles.encode_input(outsider, TILL))
    decide(Draft(((taken_over, 0, give),), "A till."))
    assert taken_over.roles(outsider) == TILL
    chain.mine(deltatime=DAY)
    take = bytes(taken_over.take_roles.encode_input(outsider, TILL))
    decide(Draft(((taken_over, 0, take),), "No till."))
    assert taken_over.roles(outsider) == 0


def test_the_members_change_how_they_decide(taken_over, decide, guard):
    shorter = bytes(guard.set_terms.encode_input(1, terms(FIRST, voting_period=2 * DAY)))
    decide(Draft(((guard, 0, shorter),), "Two days are enough."))
    assert guard.terms_of(1).voting_period == 2 * DAY
