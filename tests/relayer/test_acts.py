"""Every kind of act lands once; the same act again is the same act."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from cercle import typed_data
from cercle.errors import OrderMissing
from cercle.flags import PerkKind
from cercle.orders import make_order
from cercle.relayer.wire import ActRequest
from cercle.typed_data import SignedMessage
from tests.client.community import DAY
from tests.client.nodes import rpc

from .acting import declined, hold_blocks, post, said, send_as, settle, signed_count, slots
from .stage import account, open_perk

MINED = ("mined", None)


@pytest.fixture
def land(relayer, stage):
    """Post an act and let it settle."""

    def act(signed: SignedMessage) -> tuple[str, str | None]:
        posted = post(relayer, signed)
        settle(relayer, stage)
        return said(relayer, posted)

    return act


# ---- kinds ----------------------------------------------------------------------------


def test_register_and_join__on_one_invitation__make_a_member(stage, land):
    newcomer, invitation = account("newcomer"), stage.invitation()
    assert land(stage.register(newcomer, invitation)) == MINED
    assert land(stage.join(newcomer, invitation)) == MINED
    passport_id, member_no = stage.read("Membership", "member_of", newcomer.address)
    assert (passport_id, member_no) == (105, 105)
    assert stage.count(newcomer.address) == 0


def test_join__invitation_to_the_person__is_taken(stage, land):
    newcomer = account("newcomer")
    assert land(stage.register(newcomer, stage.invitation(1))) == MINED
    assert land(stage.join(newcomer, stage.invitation(2, passport_id=105))) == MINED


def test_wallets__adopted_made_main_and_let_go__by_signatures(stage, land):
    member, second = stage.members[0], account("second wallet")
    number = stage.read("Passport", "id_of", member.address)
    terms = {"nonce": 1, "deadline": stage.soon()}
    agreed = stage.sign(second, typed_data.link(stage.deployment, number, second.address, **terms))
    adopt = typed_data.adopt(stage.deployment, member.address, second.address, **terms)
    assert land(stage.sign(member, adopt, link_signature=agreed.signature)) == MINED
    terms["nonce"] = 2
    lead = typed_data.set_main(stage.deployment, member.address, second.address, **terms)
    assert land(stage.sign(member, lead)) == MINED
    assert stage.read("Passport", "wallet_of", number) == second.address
    go = typed_data.unlink(stage.deployment, second.address, member.address, **terms)
    assert land(stage.sign(second, go)) == MINED
    assert stage.read("Passport", "id_of", member.address) == 0


def test_delegate_and_leave__by_signature__are_done(stage, land):
    member, friend = stage.members[:2]
    message = typed_data.delegate_until(
        stage.deployment,
        member.address,
        friend.address,
        expires_at=0,
        nonce=1,
        deadline=stage.soon(),
    )
    assert land(stage.sign(member, message)) == MINED
    assert stage.read("Electorate", "delegates", member.address) == friend.address
    assert land(stage.leave(member)) == MINED
    assert stage.read("Membership", "member_of", member.address)[1] == 0


def test_claim_and_cancel__by_signature__are_done(stage, land):
    member = stage.members[0]
    claim = stage.claim(member, stage.read("Membership", "member_of", member.address)[1])
    assert land(claim) == MINED
    assert stage.read("Points", "balanceOf", member.address) == 1_900
    claim_id = claim.message.message["claim_id"]
    cancel = typed_data.cancel(stage.deployment, member.address, claim_id, stage.soon())
    assert land(stage.sign(member, cancel)) == MINED
    assert stage.read("Points", "balanceOf", member.address) == 2_000


def test_claim__of_what_is_sent__is_carried_with_its_order(stage, relayer, land):
    member = stage.members[0]
    number = stage.read("Membership", "member_of", member.address)[1]
    open_perk(stage.town, PerkKind.SHIP)
    order = make_order(stage.chain, stage.deployment, member.address, 2)
    assert declined(relayer, stage.claim(member, number, 2)) == (409, OrderMissing.code)
    assert land(stage.claim(member, number, 2, order.order_hash)) == MINED
    assert stage.read("Perks", "claim_of", int(order.order.claim_id))["perk_id"] == 2


# ---- once -----------------------------------------------------------------------------


def test_act__posted_again_at_any_time__is_the_same_act(stage, relayer):
    signed = stage.leave(stage.members[0])
    posted = post(relayer, signed)
    assert posted.id == "0x" + signed.message.digest().hex()
    assert post(relayer, signed) == posted
    relayer.step()
    assert (post(relayer, signed).id, said(relayer, posted)[0]) == (posted.id, "sent")
    settle(relayer, stage)
    assert post(relayer, signed) == relayer.status(posted.id)
    assert (said(relayer, posted), stage.count()) == (MINED, 1)


def test_act__numbers_as_text_or_not__is_the_same_act(stage, relayer):
    signed = stage.ballot(stage.members[0], [3])
    told = signed.message.message
    plain = ActRequest(struct="Ballot", message=told, signature=signed.signature)
    texts = ActRequest.of(signed)
    assert plain.message != texts.message
    assert relayer.take(plain) == relayer.take(texts)


def test_act__second_signature_of_the_same_words__is_no_second_act(stage, relayer):
    member = stage.members[0]
    signed = stage.leave(member)
    k = 12345  # another nonce of the curve's gives another good signature of the same digest
    raw = _signed_with(member, signed.message.digest(), k)
    other = signed.model_copy(update={"signature": "0x" + raw.hex()})
    assert other.signature != signed.signature
    assert other.message.is_signed_by(member.address, other.raw)
    first = post(relayer, signed)
    assert post(relayer, other) == first
    settle(relayer, stage)
    assert stage.count() == 1


def _signed_with(member, digest: bytes, k: int) -> bytes:
    from eth_keys.backends.native.jacobian import fast_multiply, inv
    from eth_keys.constants import SECPK1_G as G
    from eth_keys.constants import SECPK1_N as N

    x, y = fast_multiply(G, k)
    s = inv(k, N) * (int.from_bytes(digest) + x * int.from_bytes(member.key)) % N
    v = 27 + y % 2
    if s > N // 2:
        s, v = N - s, 55 - v
    return x.to_bytes(32) + s.to_bytes(32) + bytes([v])


def test_act__posted_by_twenty_at_once__is_one(stage, relayer):
    requests = [ActRequest.of(stage.leave(member)) for member in stage.members[:2]] * 10
    with ThreadPoolExecutor(20) as pool:
        posted = list(pool.map(relayer.take, requests))
    assert len({one.id for one in posted}) == 2
    settle(relayer, stage)
    assert {said(relayer, one) for one in posted} == {MINED}
    assert (stage.count(), signed_count(relayer)) == (2, 2)


def test_steps__taken_by_many_at_once__send_once(stage, relayer):
    posted = [post(relayer, stage.leave(member)) for member in stage.members[:4]]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: relayer.step(), range(16)))
    settle(relayer, stage)
    assert {said(relayer, one) for one in posted} == {MINED}
    assert [slot[0] for slot in slots(relayer)] == [0, 1, 2, 3]


def test_acts__of_one_member__follow_one_another(stage, relayer):
    """Two with one nonce: the second would be paid for in vain."""
    member = stage.members[0]
    hold_blocks(stage)
    first = post(relayer, stage.leave(member))
    second = post(relayer, stage.leave(member, deadline=stage.soon() + 1))
    relayer.step()
    relayer.step()
    assert [said(relayer, one)[0] for one in (first, second)] == ["sent", "accepted"]
    stage.mine()
    relayer.step()
    assert said(relayer, first) == MINED
    assert said(relayer, second) == ("refused", "nonce_used")
    assert stage.count() == 1


# ---- the member, alone ------------------------------------------------------------------


def test_act__member_sent_it_alone__is_refused_as_replayed(stage, relayer):
    signed = stage.ballot(stage.members[0])
    stage.town.send(typed_data.carry(stage.deployment, signed), stage.town.outsider)
    assert declined(relayer, signed) == (409, "stale_ballot")


def test_act__carried_by_another_in_the_same_block__is_told_the_contracts_reason(stage, relayer):
    hold_blocks(stage)
    signed = stage.leave(stage.members[0])
    posted = post(relayer, signed)
    relayer.step()
    tip = hex(50 * 10**9)
    call = typed_data.carry(stage.deployment, signed)
    fees = {"maxFeePerGas": tip, "maxPriorityFeePerGas": tip}
    send_as(stage, stage.town.outsider, call, **fees)
    stage.mine()
    relayer.step()
    status = relayer.status(posted.id)
    assert (status.state, status.refusal) == ("refused", "nonce_used")
    assert status.tx is not None


def test_act__deadline_passes_while_it_waits__is_refused(stage, relayer):
    posted = post(relayer, stage.leave(stage.members[0]))
    stage.town.pass_time(2 * DAY)
    relayer.step()
    assert said(relayer, posted) == ("refused", "signature_expired")
    assert slots(relayer) == []


def test_status__tells_times_actor_and_block(stage, relayer, clock):
    signed = stage.leave(stage.members[0])
    posted = post(relayer, signed)
    assert posted.created_at.timestamp() == clock()
    assert (posted.struct, posted.actor) == ("Leave", stage.members[0].address)
    settle(relayer, stage)
    status = relayer.status(posted.id)
    receipt = rpc(stage.url, "eth_getTransactionReceipt", status.tx)
    assert (status.block, status.is_settled) == (int(receipt["blockNumber"], 16), True)
