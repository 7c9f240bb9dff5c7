"""A perk that is sent, behind a consent: from the missing consent to the proof of sending."""

from cercle import identity, lens
from cercle.errors import GateClosed
from cercle.flags import ClaimState, GateQuestion, PerkKind
from cercle.gates import consent_asked, pack_gate
from cercle.loyalty import membership, perks
from cercle.orders import make_order

from .community import DAY, perk_text

ADDRESS = consent_asked(1, "DeliveryOfGoods", "PhysicalAddress")
HASH = b"\x55" * 32


def test_sent_perk__consent_given__is_claimed_with_its_order_and_sent(town):
    member, company = town.members[0], town.outsider
    consent = town.deployment.contract("Consent")
    town.send(identity.register(town.deployment), member)
    town.send(membership.admit(town.deployment, [1]), town.steward)
    town.send(consent.call("register_company", HASH, ""), company)
    notice = (1, ADDRESS.purpose, 1 << ADDRESS.category, HASH)
    town.send(consent.call("publish_notice", *notice), company)
    gate = pack_gate(town.deployment, GateQuestion.CONSENT, ADDRESS.value)
    now = town.now()
    terms = (int(PerkKind.SHIP), 0, now, now + 60 * DAY, 0, 1, 14 * DAY, [gate])
    content = town.store.put(perk_text("Jersey", 2))
    town.send(perks.open_perk(town.deployment, content, terms, (2, 2)), town.steward)

    (view,) = lens.perks(town.chain, town.deployment, member)
    assert (view.kind, view.refusal) == (PerkKind.SHIP, GateClosed)
    assert [(g.question, g.value, g.is_open) for g in view.gates] == [
        (GateQuestion.CONSENT, ADDRESS.value, False)
    ]

    now = town.now()
    agreed = (1, ADDRESS.purpose, 1 << ADDRESS.category, now, now + DAY, now + DAY, 1, 1, HASH)
    town.send(consent.call("grant", agreed), member)
    (view,) = lens.perks(town.chain, town.deployment, member)
    assert (view.can_claim, view.gates[0].is_open) == (True, True)

    order = make_order(town.chain, town.deployment, member, view.id, 1)
    events = town.send(perks.claim(town.deployment, view.id, 1, order.order_hash), member)
    assert order.require("0x" + bytes(events[0].args["order_hash"]).hex()).variant == 1
    assert events[0].args["claim_id"] == int(order.order.claim_id)

    proof = "0x" + "33" * 32
    town.send(perks.fulfil(town.deployment, [int(order.order.claim_id)], proof), town.steward)
    (view,) = lens.perks(town.chain, town.deployment, member)
    assert [claim.state for claim in view.my_claims] == [ClaimState.FULFILLED]
