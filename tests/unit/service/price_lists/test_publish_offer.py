"""`PriceLists.publish_offer`: a plan for one person, who allowed the provider to look for it."""

import ape
import pytest

from tests import agreements as stage
from tests import consents
from tests.agreements import DAY, PLAN_WORDS, Plan
from tests.behaviours.signed_act import NOT_SIGNED, SignedAct, SignedActBehaviour, altered

OPTIMISING = 9
OFFER = (
    "PersonalOffer(address signer,uint256 list_id,uint256 passport_id,uint256 base_price,"
    "uint256 included,uint256 unit_price,uint256 capacity,bytes32 content_hash,uint256 nonce,"
    "uint256 deadline)"
)
OWN = Plan(500, 10, 25, 20)


@pytest.fixture
def allow(consent, controller, now, wait):
    """The customer lets company 1 improve things for them."""

    def _allow(wallet):
        if consent.notice_of(1, OPTIMISING).version == 0:
            consent.publish_notice(
                1, OPTIMISING, consents.CATEGORIES, consents.NOTICE, sender=controller
            )
        wait()
        consent.grant(consents.terms(now(), purpose=OPTIMISING, categories=1 << 18), sender=wallet)
        wait()

    return _allow


@pytest.fixture
def offered(price_lists, price_list, now):
    """An offer to passport 1, signed by who acts for the provider."""

    def _offered(signer, keys=None, **changes):
        def send(values, signature, sender):
            plan = [values[name] for name in Plan._fields]
            return price_lists.publish_offer(
                values["list_id"],
                values["passport_id"],
                plan,
                values["content_hash"],
                values["signer"],
                values["nonce"],
                values["deadline"],
                signature,
                sender=sender,
            )

        message = {"signer": signer, "list_id": 1, "passport_id": 1} | OWN._asdict()
        message |= {"content_hash": PLAN_WORDS, "nonce": 3, "deadline": now() + DAY} | changes
        return SignedAct(
            price_lists, OFFER, "signer", message, [signer] if keys is None else keys, send
        )

    return _offered


class TestPublishOffer(SignedActBehaviour):
    ZERO = "price_lists: not the provider"

    @pytest.fixture
    def act(self, offered, allow, customer, agent):
        allow(customer)
        return offered(agent)

    @pytest.fixture
    def act_of_a_contract(self, consent, offered, allow, customer, controller, joint_customer):
        wallet, keys = joint_customer
        consent.set_agent(1, wallet, sender=controller)
        allow(customer)
        return offered(wallet, keys)

    @pytest.fixture
    def is_done(self, price_lists):
        return lambda act: price_lists.list_of(1).plan_count == 4

    @pytest.fixture
    def question(self, price_lists):
        return lambda act: price_lists.revision_of.encode_input(1)

    # Who signs for another company is told so before the signature is looked at.
    def test_signed__otherwise_in_any_field__reverts(self, act, is_done, carrier):
        for kind, name in act.fields:
            if name in ("signer", "list_id"):
                continue
            signature = act.signature(**{name: altered(kind, act.message[name])})
            with ape.reverts(NOT_SIGNED):
                act.carry(carrier, signature)
        assert not is_done(act)


def test_publish_offer__to_a_person__is_theirs_alone(
    price_lists, agreements, offered, allow, customer, other, token, agent, outsider
):
    allow(customer)
    receipt = offered(agent).carry(outsider)
    published = price_lists.PlanPublished(
        list_id=1, plan_id=4, passport_id=1, revision=4, content_hash=PLAN_WORDS
    )
    assert receipt.events == [price_lists.NonceUsed(account=agent, nonce=3), published]
    assert price_lists.plan_of(1, 4)[1] == 1
    words = stage.ladder(revision=4, rungs=stage.rungs(stage.rung(OWN, 4, True)))
    agreements.open(words, sender=customer)
    with ape.reverts("price_lists: another's plan"):
        agreements.open(words, sender=other)


def test_publish_offer__without_consent__reverts(offered, customer, agent, outsider):
    with ape.reverts("price_lists: not allowed"):
        offered(agent).carry(outsider)


def test_publish_offer__consent_withdrawn__opens_nothing(
    agreements, consent, offered, allow, customer, agent, outsider
):
    allow(customer)
    offered(agent).carry(outsider)
    consent.withdraw(1, OPTIMISING, sender=customer)
    words = stage.ladder(revision=4, rungs=stage.rungs(stage.rung(OWN, 4, True)))
    with ape.reverts("price_lists: not allowed"):
        agreements.open(words, sender=customer)


def test_publish_offer__consent_withdrawn_later__goes_on(
    agreements, consent, offered, allow, customer, agent, outsider
):
    """What was agreed is agreed: the price holds, whatever becomes of the data."""
    allow(customer)
    offered(agent).carry(outsider)
    words = stage.ladder(revision=4, rungs=stage.rungs(stage.rung(OWN, 4, True)))
    agreements.open(words, sender=customer)
    consent.withdraw(1, OPTIMISING, sender=customer)
    assert agreements.is_entitled(1)


def test_publish_offer__revised__stays_theirs(price_lists, offered, allow, customer, agent):
    allow(customer)
    offered(agent).carry(agent)
    better = OWN._replace(base_price=400)
    receipt = price_lists.revise_plan(1, 4, better, PLAN_WORDS, sender=agent)
    assert receipt.events[0].passport_id == 1
    assert price_lists.plan_of(1, 4)[1] == 1


def test_publish_offer__to_nobody_or_by_a_stranger__reverts(offered, customer, agent, outsider):
    with ape.reverts("price_lists: no person"):
        offered(agent, passport_id=0).carry(outsider)
    with ape.reverts("price_lists: not the provider"):
        offered(outsider).carry(outsider)
