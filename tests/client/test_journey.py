"""One journey through a whole brand, by the package alone: each page says what happened."""

from datetime import timedelta
from decimal import Decimal

import pytest
from eth_account import Account

from cercle import core, governance, identity, lens, typed_data
from cercle.chain import Chain
from cercle.errors import (
    GateClosed,
    LacksTheRole,
    PassportNeeded,
    PerkLimitReached,
    PerkNeedsMembership,
    PerkSoldOut,
    PointsTooFew,
    PollNotOpen,
    UnknownOption,
    WingHalted,
)
from cercle.flags import ClaimState, GateQuestion, PerkKind, PollState, Role
from cercle.gates import pack_gate
from cercle.loyalty import electorate, membership, perks, points, rewards
from cercle.loyalty.words import Award, claim_id_of
from cercle.slips import Invitation

from .community import DAY, perk_text, poll_text
from .nodes import rpc


@pytest.fixture
def joined(town):
    """Three people with passports, admitted by staff, each with 600 points and standing 300."""
    for member in town.members:
        town.send(identity.register(town.deployment), member)
    town.send(membership.admit(town.deployment, [1, 2, 3]), town.steward)
    rows = [Award(member, 6_000, 300) for member in town.members]
    for batch in rewards.batches(rows):
        town.send(rewards.award(town.deployment, batch.id, batch.words), town.issuer)
    return town


@pytest.fixture
def grown(joined):
    """The same people, old enough to count."""
    joined.pass_time(31 * DAY)
    joined.send(electorate.refresh(joined.deployment, [1, 2, 3]), joined.steward)
    joined.pass_time(60)
    return joined


def open_perk(town, *, price=1_000, stock=(2,), gates=(), kind=PerkKind.STORE, period=0, limit=1):
    now = town.now()
    terms = (int(kind), price, now, now + 60 * DAY, period, limit, 14 * DAY, list(gates))
    content = town.store.put(perk_text("Coffee", len(stock)))
    events = town.send(perks.open_perk(town.deployment, content, terms, stock), town.steward)
    return events[0].args["perk_id"]


def open_poll(town, options=3, days=7):
    content = town.store.put(poll_text(options))
    call = governance.open_poll(
        town.deployment, content, options, town.chain.head().time + timedelta(days=days)
    )
    return town.send(call, town.steward)[0].args["poll_id"]


# ---- the card -----------------------------------------------------------------------


def test_card__stranger__is_empty(town):
    card = lens.card(town.chain, town.deployment, town.outsider)
    assert (card.passport_id, card.member_no, card.points, card.is_active) == (0, 0, 0, False)
    assert (card.main_wallet, card.joined_at, card.delegate, card.votes) == (None, None, None, 0)
    assert card.thresholds == (100, 250, 500)
    assert (card.face_value, card.currency, card.points_symbol) == (Decimal("0.01"), "EUR", "SIL")


def test_card__staff__knows_their_roles(town):
    assert lens.card(town.chain, town.deployment, town.people[0]).roles == Role.ADMIN
    assert lens.card(town.chain, town.deployment, town.steward).roles == Role.STEWARD


def test_card__passport_only__is_no_member(town):
    town.send(identity.register(town.deployment), town.outsider)
    card = lens.card(town.chain, town.deployment, town.outsider)
    assert (card.passport_id, card.main_wallet) == (1, town.outsider)
    assert not card.is_active


def test_card__awarded_member__shows_points_tier_and_dates(joined):
    card = lens.card(joined.chain, joined.deployment, joined.members[1])
    assert (card.passport_id, card.member_no, card.is_active) == (2, 2, True)
    assert (card.points, card.points_worth) == (Decimal(600), Decimal(6))
    assert (card.standing, card.tier, card.next_threshold, card.to_next_tier) == (300, 2, 500, 200)
    assert card.points_expire_at == card.points_last_active + timedelta(days=365)
    assert card.counts_from == card.joined_at + timedelta(days=30)
    assert card.votes == 0


def test_card__grown_member__carries_a_vote(grown):
    card = lens.card(grown.chain, grown.deployment, grown.members[0])
    assert (card.votes, card.delegate) == (1, grown.members[0])


def test_card__delegated__shows_both_sides(grown):
    first, second = grown.members[:2]
    grown.send(electorate.delegate(grown.deployment, second), first)
    assert lens.card(grown.chain, grown.deployment, first).delegate == second
    assert lens.card(grown.chain, grown.deployment, second).votes == 2
    grown.send(electorate.end_delegation(grown.deployment, first), first)
    assert lens.card(grown.chain, grown.deployment, first).votes == 1


def test_card__expired_points__are_zero(joined):
    joined.pass_time(366 * DAY)
    card = lens.card(joined.chain, joined.deployment, joined.members[0])
    assert (card.points, card.points_expire_at) == (0, None)


def test_card__left__keeps_the_number(joined):
    joined.send(membership.leave(joined.deployment), joined.members[0])
    card = lens.card(joined.chain, joined.deployment, joined.members[0])
    assert (card.member_no, card.is_active, card.standing) == (1, False, 300)


def test_card__two_requests__then_none_and_one_at_the_next_block(joined):
    chain = Chain([joined.url], joined.chain.chain_id)
    asked = []
    for head in (joined.chain.head(), joined.chain.head(), joined.next_block()):
        before = chain.nodes[0].requests
        card = lens.card(chain, joined.deployment, joined.members[0], head)
        assert (card.head, card.standing) == (head, 300)
        asked.append(chain.nodes[0].requests - before)
    assert asked == [2, 0, 1]


def test_card__changed_since_the_last_look__is_the_new_one(joined):
    lens.card(joined.chain, joined.deployment, joined.members[0])
    joined.send(membership.leave(joined.deployment), joined.members[0])
    assert not lens.card(joined.chain, joined.deployment, joined.members[0]).is_active


def test_brand__at_the_next_block__is_one_request(joined):
    lens.brand(joined.chain, joined.deployment)
    head = joined.next_block()
    before = joined.chain.nodes[0].requests
    lens.brand(joined.chain, joined.deployment, head)
    assert joined.chain.nodes[0].requests == before + 1


# ---- perks --------------------------------------------------------------------------


def test_perks__none__are_none(town):
    assert lens.perks(town.chain, town.deployment) == ()


def test_perks__member_with_points__may_claim(joined):
    gate = pack_gate(joined.deployment, GateQuestion.TIER, 2)
    number = open_perk(joined, stock=(2, 0), gates=[gate])
    (view,) = lens.perks(joined.chain, joined.deployment, joined.members[0])
    assert (view.id, view.kind, view.price, view.limit) == (number, PerkKind.STORE, 100, 1)
    assert [(v.stock, v.taken, v.left) for v in view.variants] == [(2, 0, 2), (0, 0, 0)]
    assert [(g.question, g.value, g.is_open) for g in view.gates] == [(GateQuestion.TIER, 2, True)]
    assert view.refusal is None
    assert view.can_claim
    assert joined.store.get(view.content_hash).name.en == "Coffee"


def test_perks__each_refusal__has_its_class(joined):
    open_perk(joined, price=10_000)
    open_perk(joined, gates=[pack_gate(joined.deployment, GateQuestion.STANDING, 301)])
    taken = open_perk(joined, stock=(1,))
    limited = open_perk(joined, stock=(9,))
    joined.send(perks.claim(joined.deployment, taken), joined.members[1])
    joined.send(perks.claim(joined.deployment, limited), joined.members[0])
    seen = lens.perks(joined.chain, joined.deployment, joined.members[0])
    refusals = [view.refusal for view in reversed(seen)]
    assert refusals == [PointsTooFew, GateClosed, PerkSoldOut, PerkLimitReached]
    assert [g.is_open for g in seen[2].gates] == [False]


def test_perks__outsider_and_nobody__see_the_shelf(joined):
    open_perk(joined)
    (view,) = lens.perks(joined.chain, joined.deployment, joined.outsider)
    assert view.refusal is PerkNeedsMembership
    (view,) = lens.perks(joined.chain, joined.deployment)
    assert (view.refusal, view.my_claims) == (None, ())


def test_perks__halted__says_so(joined):
    open_perk(joined)
    joined.send(core.pause(joined.deployment, "perks", DAY), joined.people[1])
    (view,) = lens.perks(joined.chain, joined.deployment, joined.members[0])
    assert view.refusal is WingHalted


def test_perks__claimed__shows_my_claim_and_its_number(joined):
    number = open_perk(joined)
    events = joined.send(perks.claim(joined.deployment, number), joined.members[1])
    claim_id = next(e for e in events if e.name == "PerkClaimed").args["claim_id"]
    assert claim_id == claim_id_of(number, 2, 0, 0)
    (claim,) = lens.perks(joined.chain, joined.deployment, joined.members[1])[0].my_claims
    assert (claim.id, claim.member_no, claim.state) == (claim_id, 2, ClaimState.CLAIMED)
    assert claim.deadline == claim.claimed_at + timedelta(days=14)
    assert lens.card(joined.chain, joined.deployment, joined.members[1]).points == 500


def test_perks__last_period__is_still_shown(joined):
    number = open_perk(joined, period=DAY, stock=(9,))
    joined.send(perks.claim(joined.deployment, number), joined.members[0])
    joined.pass_time(DAY)
    joined.send(perks.claim(joined.deployment, number), joined.members[0])
    (view,) = lens.perks(joined.chain, joined.deployment, joined.members[0])
    assert [claim.id for claim in view.my_claims] == [
        claim_id_of(number, 1, 0, 0),
        claim_id_of(number, 1, 1, 0),
    ]


def test_perks__overdue__waits_to_be_sent_home(joined):
    number = open_perk(joined)
    joined.send(perks.claim(joined.deployment, number), joined.members[0])
    joined.pass_time(15 * DAY)
    (claim,) = lens.perks(joined.chain, joined.deployment, joined.members[0])[0].my_claims
    assert (claim.state, claim.is_overdue) == (ClaimState.MISSED, True)
    joined.send(perks.miss(joined.deployment, claim.id), joined.outsider)
    (claim,) = lens.perks(joined.chain, joined.deployment, joined.members[0])[0].my_claims
    assert (claim.state, claim.is_overdue) == (ClaimState.MISSED, False)


def test_perks__cancelled_and_claimed_again__shows_both(joined):
    number = open_perk(joined)
    joined.send(perks.claim(joined.deployment, number), joined.members[0])
    joined.send(perks.cancel(joined.deployment, claim_id_of(number, 1, 0, 0)), joined.members[0])
    joined.send(perks.claim(joined.deployment, number), joined.members[0])
    (view,) = lens.perks(joined.chain, joined.deployment, joined.members[0])
    assert [c.state for c in view.my_claims] == [ClaimState.CANCELLED, ClaimState.CLAIMED]


def test_perks__many__soon_are_one_request_a_block(joined):
    for _ in range(14):  # more than the first guess
        open_perk(joined, stock=(1,))
    asked = []
    for _ in range(4):
        head = joined.next_block()
        before = joined.chain.nodes[0].requests
        views = lens.perks(joined.chain, joined.deployment, joined.members[0], head)
        assert [view.id for view in views] == list(range(14, 0, -1))
        asked.append(joined.chain.nodes[0].requests - before)
    assert asked == [3, 2, 1, 1]


def test_perks__gate_that_breaks__is_closed_and_breaks_no_page(joined):
    gate = "0x00000000000000000000000000000000000a9a7e"
    rpc(joined.url, "anvil_setCode", gate, "0x600160005260206000f3")  # open to all
    open_perk(joined, gates=[(gate, 7)])
    (view,) = lens.perks(joined.chain, joined.deployment, joined.members[0])
    assert [(g.question, g.is_open) for g in view.gates] == [(GateQuestion.OTHER, True)]
    for code in ("0x", "0x60006000fd", "0x60ff60005260206000f3", "0x600160005260016000f3"):
        rpc(joined.url, "anvil_setCode", gate, code)
        rpc(joined.url, "evm_mine")
        (view,) = lens.perks(joined.chain, joined.deployment, joined.members[0])
        assert [g.is_open for g in view.gates] == [False]
        assert not view.can_claim


# ---- polls --------------------------------------------------------------------------


def test_polls__votes_and_a_change_of_mind__are_counted(grown):
    number = open_poll(grown)
    for member, option in zip(grown.members, (1, 1, 3), strict=True):
        grown.send(governance.vote(grown.deployment, number, option), member)
    grown.send(governance.vote(grown.deployment, number, 2), grown.members[0])
    (view,) = lens.polls(grown.chain, grown.deployment, grown.members[0])
    assert (view.state, view.tally, view.ballot_count) == (PollState.OPEN, (1, 1, 1), 3)
    assert (view.my_choice, view.has_voice, view.sequence) == (2, True, 2)
    (view,) = lens.polls(grown.chain, grown.deployment, grown.outsider)
    assert (view.my_choice, view.has_voice, view.sequence) == (None, False, 0)
    (view,) = lens.polls(grown.chain, grown.deployment)
    assert (view.my_choice, view.has_voice) == (None, None)


def test_polls__delegated__still_have_a_voice(grown):
    grown.send(electorate.delegate(grown.deployment, grown.members[1]), grown.members[0])
    open_poll(grown)
    (view,) = lens.polls(grown.chain, grown.deployment, grown.members[0])
    assert view.has_voice


def test_polls__too_young__have_no_voice(joined):
    open_poll(joined)
    (view,) = lens.polls(joined.chain, joined.deployment, joined.members[0])
    assert view.has_voice is False


def test_polls__closed_and_withdrawn__say_so(grown):
    first, second = open_poll(grown, days=1), open_poll(grown, days=9)
    grown.send(governance.withdraw_poll(grown.deployment, second), grown.steward)
    grown.pass_time(2 * DAY)
    states = {view.id: view.state for view in lens.polls(grown.chain, grown.deployment)}
    assert states == {first: PollState.CLOSED, second: PollState.WITHDRAWN}
    with pytest.raises(PollNotOpen):
        grown.send(governance.vote(grown.deployment, first, 1), grown.members[0])


def test_vote__unknown_option__is_refused_before_it_is_sent(grown):
    number = open_poll(grown)
    with pytest.raises(UnknownOption):
        grown.send(governance.vote(grown.deployment, number, 4), grown.members[0])


# ---- the brand ----------------------------------------------------------------------


def test_brand__at_work__is_described(joined):
    view = lens.brand(joined.chain, joined.deployment)
    assert (view.is_sealed, view.admin, view.pending_admin) == (True, joined.people[0], None)
    assert [entry.name for entry in view.entries] == [
        *(
            "passport",
            "profile",
            "consent",
            "records",
            "decisions",
            "price_lists",
            "tariff",
            "agreements",
            "electorate",
            "membership",
            "points",
            "rewards",
            "perks",
            "polls",
        ),
        "governor",
    ]
    assert {entry.contract for entry in view.entries} == {
        one.address
        for name, one in joined.deployment.contracts.items()
        if name not in ("Charter", "Guard")
    }
    assert not any(entry.halted_until or entry.is_retired for entry in view.entries)
    assert (view.member_count, view.active_count, view.thresholds) == (3, 3, (100, 250, 500))
    assert (view.points.supply, view.points.expiry_period) == (1_800, timedelta(days=365))
    assert (view.recent.joined, view.recent.awards, view.recent.standing) == (3, 3, 900)
    assert (view.open_door_per_day, view.admissions_per_day) == (5, 500)


def test_brand__paused_and_replacing__shows_until_when(joined):
    joined.send(core.pause(joined.deployment, "rewards", DAY), joined.people[1])
    other = joined.deployment.address("Polls")
    code = rpc(joined.url, "eth_getCode", other, "latest")
    fresh = "0x0000000000000000000000000000000000005eed"
    rpc(joined.url, "anvil_setCode", fresh, code)
    joined.send(core.announce_replacement(joined.deployment, "polls", fresh), joined.people[0])
    entries = {e.name: e for e in lens.brand(joined.chain, joined.deployment).entries}
    head = joined.chain.head()
    assert entries["rewards"].halted_until > head.time
    assert entries["polls"].replacement.effective_at == head.time + timedelta(days=14)
    assert entries["points"].replacement is None


def test_lens__block_named__reads_that_block(joined):
    before = joined.chain.head()
    joined.send(membership.leave(joined.deployment), joined.members[0])
    assert lens.card(joined.chain, joined.deployment, joined.members[0], before).is_active
    assert not lens.card(joined.chain, joined.deployment, joined.members[0]).is_active


# ---- acts and refusals ----------------------------------------------------------------


def test_award__skips__are_named(joined):
    joined.send(identity.register(joined.deployment), joined.outsider)
    rows = [
        Award(joined.outsider, 5, 5),
        Award(joined.people[13], 5, 5),
        Award(joined.members[0], 5, 5),
    ]
    (batch,) = rewards.batches(rows)
    call = rewards.award(joined.deployment, batch.id, batch.words)
    logs = joined.receipt(call, joined.issuer)["logs"]
    skipped = rewards.skipped(joined.deployment, logs)
    assert [(s.index, s.account, s.sentence) for s in skipped] == [
        (0, joined.outsider, "This person is not a member."),
        (1, joined.people[13], "This wallet has no passport."),
    ]


def test_award__by_an_outsider__is_refused(joined):
    with pytest.raises(LacksTheRole):
        joined.send(rewards.award(joined.deployment, 1, [1]), joined.outsider)


def test_join__without_a_passport__is_refused(town):
    with pytest.raises(PassportNeeded):
        town.send(membership.join_open(town.deployment), town.outsider)


def test_join__by_a_signed_invitation__is_accepted(town, keys):
    steward = keys[4]
    town.send(identity.register(town.deployment), town.outsider)
    message = typed_data.invitation(
        town.deployment, town.steward, passport_id=1, nonce=7, deadline=town.now() + DAY
    )
    signed = Account.sign_typed_data(steward, full_message=message.full)
    link = typed_data.invitation_link("https://app", message, signed.signature)
    slip = Invitation.from_text(link.partition("invitation=")[2])
    events = town.send(membership.join_invited(town.deployment, slip), town.outsider)
    assert "MemberJoined" in {event.name for event in events}
    assert lens.card(town.chain, town.deployment, town.outsider).is_active


def test_link__signed_by_the_new_wallet__is_accepted(town, keys):
    town.send(identity.register(town.deployment), town.members[0])
    wallet = town.people[14]
    message = typed_data.link(town.deployment, 1, wallet, 3, town.now() + DAY)
    signed = Account.sign_typed_data(keys[14], full_message=message.full)
    deadline = message.message["deadline"]
    call = identity.link(town.deployment, wallet, 3, deadline, signed.signature)
    town.send(call, town.members[0])
    assert lens.card(town.chain, town.deployment, wallet).passport_id == 1


def test_redeem__by_the_members_code__is_accepted(joined, keys):
    number = open_perk(joined)
    joined.send(perks.claim(joined.deployment, number), joined.members[0])
    claim_id = claim_id_of(number, 1, 0, 0)
    message = typed_data.redeem(joined.deployment, joined.members[0], claim_id, joined.now() + 600)
    signed = Account.sign_typed_data(keys[7], full_message=message.full)
    assert message.is_signed_by(joined.members[0], signed.signature)
    code = typed_data.redeem_code(message, signed.signature)
    read = perks.read_redeem_code(code.as_text())
    joined.send(perks.redeem_code(joined.deployment, read), joined.till)
    (claim,) = lens.perks(joined.chain, joined.deployment, joined.members[0])[0].my_claims
    assert claim.state == ClaimState.FULFILLED


def test_permit__signed_by_the_holder__is_accepted(joined, keys):
    holder, spender = joined.members[0], joined.outsider
    deadline = joined.now() + DAY
    message = typed_data.permit(
        joined.deployment, "Sillon Points", holder, spender, 50, 0, deadline
    )
    signed = Account.sign_typed_data(keys[7], full_message=message.full)
    call = points.permit(joined.deployment, holder, spender, 50, deadline, signed.signature)
    joined.send(call, spender)
    token = joined.deployment.contract("Points")
    read = token.read("allowance", holder, spender)
    assert joined.chain.read([read], joined.chain.head()) == [50]


def test_delegation__by_signature__is_accepted(grown, keys):
    first, second = grown.members[:2]
    terms = {"expires_at": 0, "nonce": 5, "deadline": grown.now() + DAY}
    message = typed_data.delegate_until(grown.deployment, first, second, **terms)
    signed = Account.sign_typed_data(keys[7], full_message=message.full)
    call = electorate.delegate_by_signature(
        grown.deployment, first, second, **terms, signature=signed.signature
    )
    grown.send(call, grown.outsider)
    assert lens.card(grown.chain, grown.deployment, second).votes == 2
