"""`Charter.take_roles` and `renounce_roles`: who may act no more."""

import ape
import pytest

ADMIN, ISSUER, TILL = 1, 2, 4


def test_take_roles__held__is_gone_at_once(charter, admin, issuer):
    receipt = charter.take_roles(issuer, ISSUER, sender=admin)

    assert receipt.events == [charter.RolesTaken(account=issuer, roles=ISSUER)]
    assert charter.roles(issuer) == 0
    assert not charter.has_role(issuer, ISSUER)


def test_take_roles__some_not_held__tells_the_lost_ones_only(charter, admin, issuer):
    receipt = charter.take_roles(issuer, ISSUER | TILL, sender=admin)
    assert receipt.events == [charter.RolesTaken(account=issuer, roles=ISSUER)]


def test_take_roles__one_of_two__leaves_the_other(charter, admin, issuer):
    charter.give_roles(issuer, TILL, sender=admin)
    charter.take_roles(issuer, ISSUER, sender=admin)
    assert charter.roles(issuer) == TILL


def test_take_roles__none_held__reverts(charter, admin, newcomer):
    with ape.reverts("authority: role not held"):
        charter.take_roles(newcomer, ISSUER, sender=admin)


def test_take_roles__none__reverts(charter, admin, issuer):
    with ape.reverts("authority: no role"):
        charter.take_roles(issuer, 0, sender=admin)


@pytest.mark.parametrize("roles", [ADMIN, ADMIN | ISSUER])
def test_take_roles__admin_among_them__reverts(charter, admin, roles):
    with ape.reverts("authority: admin is handed over"):
        charter.take_roles(admin, roles, sender=admin)


def test_take_roles__by_outsider__reverts(charter, issuer, outsider):
    with ape.reverts("authority: not the admin"):
        charter.take_roles(issuer, ISSUER, sender=outsider)


def test_renounce_roles__own__is_laid_down(charter, issuer):
    receipt = charter.renounce_roles(ISSUER, sender=issuer)

    assert receipt.events == [charter.RolesTaken(account=issuer, roles=ISSUER)]
    assert charter.roles(issuer) == 0


def test_renounce_roles__not_held__reverts(charter, outsider):
    with ape.reverts("authority: role not held"):
        charter.renounce_roles(ISSUER, sender=outsider)


def test_renounce_roles__none__reverts(charter, issuer):
    with ape.reverts("authority: no role"):
        charter.renounce_roles(0, sender=issuer)


def test_renounce_roles__admin__reverts(charter, admin):
    with ape.reverts("authority: admin is handed over"):
        charter.renounce_roles(ADMIN, sender=admin)
