"""`Membership.join_by_signature`: what came between the signatures and who carries them."""

import ape

from .conftest import JOIN


def test_join_by_signature__left_since__an_old_message_is_spent(
    membership, persons, join, invite, signed_by, steward
):
    signature = signed_by(persons[0], JOIN, wallet=persons[0], inviter=steward)
    join(persons[0], signature=signature)
    membership.leave(sender=persons[0])
    with ape.reverts("signatures: nonce used"):
        join(persons[0], invite(nonce=8), signature=signature)
    assert not membership.member(1).is_active


def test_join_by_signature__left_since__one_that_nobody_carried_needs_a_fresh_invitation(
    membership, persons, join, invite, signed_by, steward
):
    """It goes by what was signed, and no invitation counts twice."""
    signature = signed_by(persons[0], JOIN, wallet=persons[0], inviter=steward)
    membership.join(*invite(), sender=persons[0])
    membership.leave(sender=persons[0])
    with ape.reverts("signatures: nonce used"):
        join(persons[0], invite(), signature=signature)
    join(persons[0], invite(nonce=8), signature=signature)
    assert tuple(membership.member_of(persons[0])) == (1, 1)


def test_join_by_signature__joined_meanwhile__reverts(membership, persons, join, invite):
    membership.join(*invite(), sender=persons[0])
    with ape.reverts("membership: already a member"):
        join(persons[0], invite(nonce=8))
    assert not membership.is_nonce_used(persons[0], 1)


def test_join_by_signature__unlinked_since__joins_nobody(
    membership, passport, persons, join, link, spare_wallets, signed_by, steward
):
    link(persons[0], spare_wallets[0])
    signature = signed_by(spare_wallets[0], JOIN, wallet=spare_wallets[0], inviter=steward)
    passport.unlink(spare_wallets[0], sender=persons[0])
    with ape.reverts("membership: no passport"):
        join(spare_wallets[0], signature=signature)
    assert membership.member_count() == 0
