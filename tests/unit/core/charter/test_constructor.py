"""`Charter`: what it is founded with, argument by argument."""

import ape

DAY = 86_400
ZERO = "0x" + "00" * 20
ADMIN, WARDEN = 1, 64


def test_constructor__each_argument__is_read_back(project, chain, admin, warden, outsider):
    end = chain.blocks.head.timestamp + 90 * DAY
    charter = outsider.deploy(project.Charter, admin, warden, end)

    assert charter.admin() == admin
    assert charter.roles(admin) == ADMIN
    assert charter.roles(warden) == WARDEN
    assert charter.roles(outsider) == 0
    assert charter.warden_until() == end
    assert charter.pending_admin() == ZERO
    assert not charter.is_sealed()
    assert charter.entry_count() == 0


def test_constructor__founding__is_told_in_full(project, chain, admin, warden):
    end = chain.blocks.head.timestamp + 90 * DAY
    charter = admin.deploy(project.Charter, admin, warden, end)

    assert charter.creation_metadata.receipt.events == [
        charter.AdminHandedOver(old_admin=ZERO, new_admin=admin),
        charter.RolesGiven(account=admin, roles=ADMIN),
        charter.WardenTermExtended(old_until=0, new_until=end),
        charter.RolesGiven(account=warden, roles=WARDEN),
    ]


def test_constructor__no_warden__gives_that_role_to_nobody(project, admin):
    charter = admin.deploy(project.Charter, admin, ZERO, 0)
    assert charter.roles(ZERO) == 0
    assert charter.warden_until() == 0


def test_constructor__admin_is_warden_too__holds_both(project, admin):
    charter = admin.deploy(project.Charter, admin, admin, 0)
    assert charter.roles(admin) == ADMIN | WARDEN


def test_constructor__zero_admin__reverts(project, admin, warden):
    with ape.reverts("authority: zero admin"):
        admin.deploy(project.Charter, ZERO, warden, 0)


def test_constructor__longest_office__is_taken(project, chain, admin, warden, limits):
    now = chain.pending_timestamp
    chain.pending_timestamp = now + 10
    end = now + 10 + limits.MAX_WARDEN_TERM()
    assert admin.deploy(project.Charter, admin, warden, end).warden_until() == end


def test_constructor__office_a_second_too_long__reverts(project, chain, admin, warden, limits):
    now = chain.pending_timestamp
    chain.pending_timestamp = now + 10
    with ape.reverts("charter: term too long"):
        admin.deploy(project.Charter, admin, warden, now + 11 + limits.MAX_WARDEN_TERM())
