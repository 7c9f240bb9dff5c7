"""`Charter.extend_warden`: only a vote prolongs the office."""

import ape

DAY = 86_400


def extend(charter, governor, until, sender):
    return governor.execute(charter, charter.extend_warden.encode_input(until), sender=sender)


def test_extend_warden__by_the_governor__moves_the_end(governed, governor, outsider):
    old_until = governed.warden_until()
    receipt = extend(governed, governor, old_until + DAY, outsider)

    assert receipt.events == [
        governed.WardenTermExtended(old_until=old_until, new_until=old_until + DAY)
    ]
    assert governed.warden_until() == old_until + DAY


def test_extend_warden__as_far_as_may_be__is_taken(governed, governor, outsider, limits, chain):
    now = chain.pending_timestamp + 10
    chain.pending_timestamp = now
    extend(governed, governor, now + limits.MAX_WARDEN_TERM(), outsider)


def test_extend_warden__a_second_too_far__reverts(governed, governor, outsider, limits, chain):
    now = chain.pending_timestamp + 10
    chain.pending_timestamp = now
    with ape.reverts("charter: term too long"):
        extend(governed, governor, now + limits.MAX_WARDEN_TERM() + 1, outsider)


def test_extend_warden__not_later__reverts(governed, governor, outsider):
    with ape.reverts("charter: no extension"):
        extend(governed, governor, governed.warden_until(), outsider)


def test_extend_warden__admin_without_governor__reverts(charter, admin):
    with ape.reverts("charter: only a vote extends"):
        charter.extend_warden(charter.warden_until() + DAY, sender=admin)


def test_extend_warden__warden__reverts(governed, warden):
    with ape.reverts("charter: only a vote extends"):
        governed.extend_warden(governed.warden_until() + DAY, sender=warden)


def test_extend_warden__governor_without_admin__reverts(charter, governor, admin, outsider):
    charter.set_entry(b"governor".ljust(32, b"\x00"), governor, sender=admin)
    with ape.reverts("authority: not the admin"):
        extend(charter, governor, charter.warden_until() + DAY, outsider)
