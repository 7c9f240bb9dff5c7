"""`Charter.give_roles`: who may act for the brand from now on."""

import ape
import pytest

ZERO = "0x" + "00" * 20
ADMIN, ISSUER, TILL, WARDEN, ALL_BUT_ADMIN = 1, 2, 4, 64, 126


@pytest.mark.parametrize("role", [2, 4, 8, 16, 32, 64])
def test_give_roles__one_role__is_held(charter, admin, newcomer, role):
    receipt = charter.give_roles(newcomer, role, sender=admin)

    assert receipt.events == [charter.RolesGiven(account=newcomer, roles=role)]
    assert charter.roles(newcomer) == role
    assert charter.has_role(newcomer, role)


def test_give_roles__several_at_once__are_all_held(charter, admin, newcomer):
    charter.give_roles(newcomer, ALL_BUT_ADMIN, sender=admin)
    assert charter.roles(newcomer) == ALL_BUT_ADMIN


def test_give_roles__some_held_already__tells_the_new_ones_only(charter, admin, issuer):
    receipt = charter.give_roles(issuer, ISSUER | TILL, sender=admin)

    assert receipt.events == [charter.RolesGiven(account=issuer, roles=TILL)]
    assert charter.roles(issuer) == ISSUER | TILL


def test_give_roles__to_admin__leaves_admin_in_place(charter, admin):
    charter.give_roles(admin, ISSUER, sender=admin)
    assert charter.roles(admin) == ADMIN | ISSUER


def test_give_roles__all_held_already__reverts(charter, admin, issuer):
    with ape.reverts("authority: role held already"):
        charter.give_roles(issuer, ISSUER, sender=admin)


def test_give_roles__none__reverts(charter, admin, newcomer):
    with ape.reverts("authority: no role"):
        charter.give_roles(newcomer, 0, sender=admin)


@pytest.mark.parametrize("roles", [ADMIN, ADMIN | ISSUER])
def test_give_roles__admin_among_them__reverts(charter, admin, newcomer, roles):
    with ape.reverts("authority: admin is handed over"):
        charter.give_roles(newcomer, roles, sender=admin)


def test_give_roles__zero_account__reverts(charter, admin):
    with ape.reverts("authority: zero account"):
        charter.give_roles(ZERO, ISSUER, sender=admin)


def test_give_roles__by_another_role__reverts(charter, warden, newcomer):
    with ape.reverts("authority: not the admin"):
        charter.give_roles(newcomer, WARDEN, sender=warden)
