"""`Perks.claim_by_signature`: what a member signed, carried by anybody, is theirs and as signed."""

import ape
import pytest

from tests.behaviours.signed_act import SignedActBehaviour
from tests.signing import sign

from .conftest import CLAIM, CONTENT, DAY, NO_ORDER, ORDER, PURSE, Offer, claim_number


class TestClaimSigned(SignedActBehaviour):
    ZERO = "signatures: zero signer"
    REPLAYED = "perks: other claim number"

    @pytest.fixture
    def act(self, claiming, store_perk, members):
        return claiming(store_perk, members[0])

    @pytest.fixture
    def act_of_a_contract(self, claiming, store_perk, joint_member):
        return claiming(store_perk, *joint_member, member_no=6)

    @pytest.fixture
    def is_done(self, perks):
        def _is_done(act):
            claim_id = act.message["claim_id"]
            return claim_id in perks.claims_of(act.message["perk_id"], (claim_id >> 48) & 0xFFFF)

        return _is_done

    @pytest.fixture
    def question(self, perks):
        return lambda act: perks.perk.encode_input(act.message["perk_id"])


# ---- what it does ------------------------------------------------------------------


def test_claim_by_signature__priced__is_as_if_they_had_sent_it(
    perks, points, store_perk, claiming, members, outsider, opening, at
):
    act = claiming(store_perk, members[0])
    at(opening + 100)
    receipt = act.carry(outsider)

    number = claim_number(store_perk, member_no=1)
    assert receipt.events == [
        perks.PerkClaimed(
            perk_id=store_perk,
            member_no=1,
            claim_id=number,
            wallet=members[0],
            variant=1,
            serial=1,
            order_hash=ORDER,
        ),
        points.Transfer(sender=members[0], receiver=perks, value=100),
    ]
    assert points.balanceOf(members[0]) == PURSE - 100
    assert perks.escrowed() == 100
    claim = perks.claim_of(number)
    assert (claim.member_no, claim.variant, claim.claimed_at) == (1, 1, opening + 100)
    assert perks.perk(store_perk).taken == [0, 1]


def test_claim_by_signature__asked_beforehand__tells_the_number(
    perks, store_perk, claiming, members, outsider
):
    act = claiming(store_perk, members[0])
    number, signature = claim_number(store_perk, member_no=1), act.signature()
    words = members[0], store_perk, 1, ORDER, number, act.message["deadline"], signature
    assert perks.claim_by_signature.call(*words, sender=outsider) == number


def test_claim_by_signature__free__touches_no_points(
    perks, points, open_perk, claiming, members, outsider
):
    perk_id = open_perk(price=0)
    receipt = claiming(perk_id, members[0], price=0).carry(outsider)

    assert receipt.events == [
        perks.PerkClaimed(
            perk_id=perk_id,
            member_no=1,
            claim_id=claim_number(perk_id, member_no=1),
            wallet=members[0],
            variant=1,
            serial=1,
            order_hash=ORDER,
        )
    ]
    assert points.balanceOf(members[0]) == PURSE


def test_claim_by_signature__by_a_linked_wallet__is_the_members_and_paid_by_it(
    perks, points, store_perk, claiming, link, members, spare_wallets, outsider
):
    link(members[0], spare_wallets[0])
    points.transfer(spare_wallets[0], 150, sender=members[0])
    claiming(store_perk, spare_wallets[0]).carry(outsider)

    assert perks.claims_of(store_perk, 1) == [claim_number(store_perk, member_no=1)]
    assert points.balanceOf(spare_wallets[0]) == 50
    assert points.balanceOf(members[0]) == PURSE - 150


def test_claim_by_signature__carried_by_another_member__is_the_signers_alone(
    perks, points, store_perk, claiming, members
):
    claiming(store_perk, members[0]).carry(members[1])
    assert points.balanceOf(members[1]) == PURSE
    assert perks.claims_of(store_perk, 2) == []


def test_claim_by_signature__two_perks__never_block_each_other(
    perks, open_perk, claiming, members, outsider
):
    acts = [claiming(open_perk(), members[0]) for _ in range(2)]
    for act in reversed(acts):
        act.carry(outsider)
    assert perks.escrowed() == 200


def test_claim_by_signature__two_of_one_perk__in_the_order_of_their_numbers(
    perks, store_perk, claiming, members, outsider
):
    """A claim's number takes the place of a nonce, and numbers have an order."""
    first = claiming(store_perk, members[0])
    second = claiming(store_perk, members[0], claim_id=claim_number(store_perk, 1, lane=1))
    with ape.reverts("perks: other claim number"):
        second.carry(outsider)
    first.carry(outsider)
    second.carry(outsider)
    assert perks.escrowed() == 200


# ---- what is refused -------------------------------------------------------------------


@pytest.mark.parametrize(
    "swapped",
    [{"variant": 0}, {"order_hash": NO_ORDER}],
    ids=["variant", "order"],
)
def test_claim_by_signature__carrier_chooses_otherwise__reverts(
    perks, store_perk, claiming, members, outsider, swapped
):
    act = claiming(store_perk, members[0])
    with ape.reverts("signatures: not by signer"):
        act.send(act.message | swapped, act.signature(), outsider)
    assert perks.perk(store_perk).taken == [0, 0]


def test_claim_by_signature__carrier_takes_another_perk__reverts(
    open_perk, claiming, members, outsider
):
    cheap, dear = open_perk(price=100), open_perk(price=100)
    act = claiming(cheap, members[0])
    for perk_id in (cheap, dear):
        swapped = {"perk_id": dear, "claim_id": claim_number(perk_id, 1)}
        with ape.reverts("signatures: not by signer"):
            act.send(act.message | swapped, act.signature(), outsider)


def test_claim_by_signature__carrier_names_another_member__reverts(
    points, store_perk, claiming, members, outsider
):
    act = claiming(store_perk, members[0])
    theirs = {"wallet": members[1], "claim_id": claim_number(store_perk, 2)}
    with ape.reverts("signatures: not by signer"):
        act.send(act.message | theirs, act.signature(), outsider)
    assert points.balanceOf(members[1]) == PURSE


def test_claim_by_signature__gate_closed__reverts(
    perks, membership, open_perk, claiming, members, outsider
):
    perk_id = open_perk(gates=[(membership.address, 1 << 88 | 3)])
    with ape.reverts("perk_gates: closed"):
        claiming(perk_id, members[0]).carry(outsider)


def test_claim_by_signature__all_they_have__is_taken(
    points, open_perk, claiming, members, outsider
):
    claiming(open_perk(price=PURSE), members[0], price=PURSE).carry(outsider)
    assert points.balanceOf(members[0]) == 0


def test_claim_by_signature__while_paused__reverts(
    store_perk, claiming, members, outsider, pause, at, chain
):
    act = claiming(store_perk, members[0], deadline=2**40)
    pause("perks", DAY)
    until = chain.blocks.head.timestamp + DAY
    with ape.reverts("wing: halted"):
        act.carry(outsider)
    at(until)
    act.carry(outsider)


def test_claim_by_signature__unknown__reverts(store_perk, claiming, members, outsider):
    with ape.reverts("perks: unknown perk"):
        claiming(store_perk + 1, members[0]).carry(outsider)
    with ape.reverts("perks: unknown variant"):
        claiming(store_perk, members[0], variant=2).carry(outsider)


def test_claim_by_signature__no_member__reverts(store_perk, claiming, passport, newcomer, outsider):
    with ape.reverts("perks: not a member"):
        claiming(store_perk, newcomer).carry(outsider)
    passport.register(sender=newcomer)
    with ape.reverts("perks: not a member"):
        claiming(store_perk, newcomer, member_no=0).carry(outsider)


def test_claim_by_signature__wallet_that_calls_back__claims_once(
    project, perks, passport, membership, open_perk, admin, steward, outsider, chain
):
    """It is asked by a static call, when all has been written."""
    perk_id = open_perk(price=0)
    wallet = admin.deploy(project.TrickyWallet)
    wallet.call_back(passport, passport.register.encode_input(), sender=admin)
    passport.register_by_signature(wallet, 1, 2**40, b"", sender=outsider)
    membership.admit([passport.id_of(wallet)], sender=steward)
    wallet.call_back(perks, perks.claim.encode_input(perk_id, 0, NO_ORDER), sender=admin)
    words = wallet, perk_id, 0, NO_ORDER, claim_number(perk_id, 6), 2**40, b""
    receipt = perks.claim_by_signature(*words, sender=outsider)

    assert len(receipt.events) == 1
    assert perks.claims_of(perk_id, 6) == [claim_number(perk_id, 6)]


def test_claim_by_signature__not_recognised_by_points__reverts(
    project, admin, charter, passport, membership, points, steward, wealthy, opening, outsider
):
    """Another contract of the same code, which Points does not let take."""
    stranger = admin.deploy(project.Perks, charter, passport, membership, points)
    stranger.open_perk(CONTENT, Offer(opens_at=opening).terms(), [1], sender=steward)
    number = claim_number(1, 1)
    message = {"wallet": wealthy[0], "perk_id": 1, "content_hash": CONTENT, "variant": 0}
    message |= {"price": 100, "order_hash": NO_ORDER, "claim_id": number, "deadline": 2**40}
    signature = sign(wealthy[0], stranger, CLAIM, **message)
    words = wealthy[0], 1, 0, NO_ORDER, number, 2**40, signature
    with ape.reverts("point_rights: lacks the right"):
        stranger.claim_by_signature(*words, sender=outsider)
