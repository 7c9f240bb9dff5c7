"""
A member walks into a shop as an avatar: a token first, then a game account after the token is sold.
Whoever behind the counter asks gets the member, the tier and nothing else; the wallets change, the
member stays.
"""

from tests.conftest import DAY, entry_name
from tests.signing import sign

ATTESTATION = (
    "AvatarAttestation(address key,bytes32 world,bytes32 reference,uint256 passport_id,"
    "uint256 issued_at,uint256 deadline)"
)
REMOVE = "RemoveAvatar(address wallet,bytes32 world,uint256 nonce,uint256 deadline)"
LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
ACCOUNT = b"\x47" * 32  # what the game calls the member's account


def test_a_member_wears_a_token_sells_it_and_is_known_by_the_game(
    project, brand, charter, community, issuer, curator, spare_wallets, outsider, chain
):
    profile, passport, membership = brand["profile"], brand["passport"], brand["membership"]
    member, buyer = community[0], community[1]
    word = int(member.address, 16) << 96 | 600 << 48 | 600
    brand["rewards"].award(1, [word], sender=issuer)

    # A game opens, with a collection of its own.
    profile.register_world("Plaza", curator, sender=curator)
    world = bytes(profile.world_of(curator, "Plaza"))
    collection = curator.deploy(project.FakeCollection)
    profile.set_collection(world, collection, True, sender=curator)

    def tier_at_the_counter(reference):
        """What a shop learns of whoever comes in as this; None of a stranger."""
        assert charter.entry(entry_name("profile")) == profile
        passport_id = profile.member_of_avatar(world, reference)
        return membership.member(passport_id).tier if passport_id else None

    # The member wears a token that lies in a second wallet of theirs.
    now, cold = chain.blocks.head.timestamp, spare_wallets[0]
    words = {"passport_id": 1, "wallet": cold, "nonce": 1, "deadline": now + DAY}
    signature = sign(cold, passport, LINK, **words)
    passport.link(cold, 1, now + DAY, signature, sender=member)
    collection.give(7, cold, sender=curator)
    profile.set_token_avatar(world, collection, 7, sender=member)
    reference = profile.token_reference(collection, 7)
    assert tier_at_the_counter(reference) == 2

    # It is sold: the shop knows neither, until its new holder wants to be known.
    collection.give(7, buyer, sender=cold)
    assert tier_at_the_counter(reference) is None
    profile.set_token_avatar(world, collection, 7, sender=buyer)
    assert tier_at_the_counter(reference) == 0

    # The game attests the member's account; the main wallet changes, the member stays known.
    given = {"issued_at": chain.blocks.head.timestamp, "deadline": now + 2 * DAY}
    words = {"key": curator, "world": world, "reference": ACCOUNT, "passport_id": 1} | given
    signature = sign(curator, profile, ATTESTATION, **words)
    profile.set_attested_avatar(world, (ACCOUNT, *given.values(), signature), sender=member)
    passport.set_main(cold, sender=member)
    passport.unlink(member, sender=cold)
    assert tier_at_the_counter(ACCOUNT) == 2

    # They leave the world, without a fee of their own: somebody carries it.
    words = {"wallet": cold, "world": world, "nonce": 9, "deadline": now + 2 * DAY}
    signature = sign(cold, profile, REMOVE, **words)
    profile.remove_avatar_by_signature(cold, world, 9, now + 2 * DAY, signature, sender=outsider)
    assert tier_at_the_counter(ACCOUNT) is None
