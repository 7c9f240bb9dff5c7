"""`Charter.offer_admin` and `accept_admin`: ADMIN changes hands in two steps."""

import ape

from tests.conftest import entry_name

ZERO = "0x" + "00" * 20
ADMIN, ISSUER, WARDEN = 1, 2, 64
POINTS = entry_name("points")


def test_offer_admin__to_a_candidate__changes_nothing_yet(charter, admin, newcomer):
    receipt = charter.offer_admin(newcomer, sender=admin)

    assert receipt.events == [charter.AdminOffered(admin=admin, candidate=newcomer)]
    assert charter.pending_admin() == newcomer
    assert charter.admin() == admin
    assert charter.roles(newcomer) == 0


def test_offer_admin__again__replaces_the_offer(charter, admin, newcomer, outsider):
    charter.offer_admin(newcomer, sender=admin)
    charter.offer_admin(outsider, sender=admin)
    with ape.reverts("authority: not the candidate"):
        charter.accept_admin(sender=newcomer)


def test_offer_admin__to_nobody__withdraws_the_offer(charter, admin, newcomer):
    charter.offer_admin(newcomer, sender=admin)
    receipt = charter.offer_admin(ZERO, sender=admin)

    assert receipt.events == [charter.AdminOffered(admin=admin, candidate=ZERO)]
    with ape.reverts("authority: not the candidate"):
        charter.accept_admin(sender=newcomer)


def test_offer_admin__to_oneself__reverts(charter, admin):
    with ape.reverts("authority: admin already"):
        charter.offer_admin(admin, sender=admin)


def test_offer_admin__by_outsider__reverts(charter, outsider):
    with ape.reverts("authority: not the admin"):
        charter.offer_admin(outsider, sender=outsider)


def test_accept_admin__by_the_candidate__hands_over(charter, admin, newcomer):
    charter.offer_admin(newcomer, sender=admin)
    receipt = charter.accept_admin(sender=newcomer)

    assert receipt.events == [
        charter.AdminHandedOver(old_admin=admin, new_admin=newcomer),
        charter.RolesTaken(account=admin, roles=ADMIN),
        charter.RolesGiven(account=newcomer, roles=ADMIN),
    ]
    assert charter.admin() == newcomer
    assert charter.pending_admin() == ZERO
    assert charter.roles(admin) == 0
    assert charter.roles(newcomer) == ADMIN


def test_accept_admin__former_admin_held_more__loses_every_role(charter, admin, newcomer):
    charter.give_roles(admin, ISSUER | WARDEN, sender=admin)
    charter.offer_admin(newcomer, sender=admin)
    receipt = charter.accept_admin(sender=newcomer)

    assert charter.RolesTaken(account=admin, roles=ADMIN | ISSUER | WARDEN) in receipt.events
    assert charter.roles(admin) == 0


def test_accept_admin__candidate_held_a_role__keeps_it(charter, admin, issuer):
    charter.offer_admin(issuer, sender=admin)
    charter.accept_admin(sender=issuer)
    assert charter.roles(issuer) == ADMIN | ISSUER


def test_accept_admin__something_announced__is_void(announced, admin, newcomer, chain):
    announced.offer_admin(newcomer, sender=admin)
    announced.accept_admin(sender=newcomer)
    chain.mine(deltatime=20 * 86_400)

    assert announced.replacement(POINTS).contract == ZERO
    with ape.reverts("directory: nothing announced"):
        announced.replace(POINTS, sender=admin)
    with ape.reverts("directory: nothing announced"):
        announced.cancel_replacement(POINTS, sender=newcomer)


def test_accept_admin__handed_back__revives_nothing(announced, admin, newcomer, chain):
    announced.offer_admin(newcomer, sender=admin)
    announced.accept_admin(sender=newcomer)
    announced.offer_admin(admin, sender=newcomer)
    announced.accept_admin(sender=admin)
    chain.mine(deltatime=20 * 86_400)

    with ape.reverts("directory: nothing announced"):
        announced.replace(POINTS, sender=admin)


def test_accept_admin__what_was_void__may_be_announced_anew(
    announced, successor, admin, newcomer, chain
):
    announced.offer_admin(newcomer, sender=admin)
    announced.accept_admin(sender=newcomer)
    announced.announce_replacement(POINTS, successor, sender=newcomer)
    chain.mine(deltatime=14 * 86_400)
    announced.replace(POINTS, sender=admin)
    assert announced.entry(POINTS) == successor


def test_accept_admin__by_another__reverts(charter, admin, newcomer, outsider):
    charter.offer_admin(newcomer, sender=admin)
    with ape.reverts("authority: not the candidate"):
        charter.accept_admin(sender=outsider)


def test_accept_admin__nothing_offered__reverts(charter, outsider):
    with ape.reverts("authority: not the candidate"):
        charter.accept_admin(sender=outsider)
