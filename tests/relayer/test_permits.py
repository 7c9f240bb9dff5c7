"""Money allowed by a signature: a member without ether opens a contract by two of them."""

import pytest

from cercle import typed_data
from cercle.agreements.permit import allow, read_permit
from cercle.agreements.purse import purse
from cercle.artifacts import Artifacts
from cercle.contracts import Contract
from cercle.executors import UnlockedExecutor
from cercle.journal import create_address
from cercle.relayer.declined import Declined
from cercle.relayer.wire import ActRequest
from cercle.typed_data import TokenDomain
from tests.agreements import FACTOR, GRACE, LARGE, LIST_WORDS, MEDIUM, PERIOD, PLAN_WORDS, SMALL
from tests.authenticator import Passkey
from tests.client.market import found_market

from .acting import declined, post, said, settle
from .stage import account
from .test_agreements import MINED, opening

MOST = 20_000
WORDS = {"value": 10_000, "nonce": 0}


@pytest.fixture
def market(stage):
    return found_market(stage.town)


@pytest.fixture
def euro(stage):
    """The demo's money; the first member has some, and no ether."""
    maker = stage.town.people[0]
    nonce = stage.chain.nonce(maker)
    UnlockedExecutor(stage.chain, maker).deploy("DemoEuro", (), nonce)
    token = Contract("DemoEuro", create_address(maker, nonce), Artifacts()["DemoEuro"].abi)
    stage.town.send(token.call("mint", stage.members[0].address, 10**6), maker)
    return token


@pytest.fixture
def customer(stage):
    return stage.members[0]


@pytest.fixture
def bearer(new_relayer, euro):
    """A relayer whose operator named the demo's money."""
    return new_relayer(tokens={euro.address: MOST})


@pytest.fixture
def permit(stage, euro, customer):
    """What the customer signs for the book of agreements, or bent."""

    def _permit(signer=None, *, domain=None, **changes):
        own = TokenDomain(token=euro.address, name="Demo euro")
        words = WORDS | {"deadline": stage.soon()}
        book = stage.deployment
        message = typed_data.token_permit(book, domain or own, customer.address, **words)
        told = message.message | changes
        return stage.sign(signer or customer, message.model_copy(update={"message": told}))

    return _permit


def allowed(stage, euro, who):
    stage.chain.forget_head()
    return purse(stage.chain, stage.deployment, euro.address, who).allowed


def test_open__by_two_signatures_of_a_member_without_ether__is_carried(
    stage, bearer, market, euro, customer
):
    terms = (euro.address, PERIOD, GRACE, FACTOR, LIST_WORDS)
    market.provide("open_list", market.provider, market.metering, *terms)
    for plan in (SMALL, MEDIUM, LARGE):
        market.provide("publish_plan", 2, plan, PLAN_WORDS)
    before = stage.count(customer.address)
    domain = TokenDomain(token=euro.address, name="Demo euro")
    act = allow(stage.deployment, domain, euro.address, 10_000)
    first = stage.sign(customer, act.sign(stage.chain, customer.address))
    posted = post(bearer, first)
    settle(bearer, stage)
    assert said(bearer, posted) == MINED
    assert allowed(stage, euro, customer.address) == 10_000
    second = post(bearer, opening(stage, customer, list_id=2))
    settle(bearer, stage)
    assert said(bearer, second) == MINED
    assert stage.read("Agreements", "account_of", 1)["escrow"] == 10_000
    assert (stage.count(customer.address), allowed(stage, euro, customer.address)) == (before, 0)


def test_permit__of_a_passkeys_account__is_carried(stage, bearer, euro):
    """Its signature has no two halves."""
    passkey = Passkey("a phone")
    at = stage.read("PasskeyFactory", "account_of", *passkey.terms)
    factory = stage.deployment.contract("PasskeyFactory")
    stage.events(factory.call("create", *passkey.terms), stage.town.outsider)
    member, until = stage.members[0], {"nonce": 1, "deadline": stage.soon()}
    number = stage.read("Passport", "id_of", member.address)
    agreed = stage.by_passkey(passkey, at, typed_data.link(stage.deployment, number, at, **until))
    adopt = typed_data.adopt(stage.deployment, member.address, at, **until)
    post(bearer, stage.sign(member, adopt, link_signature=agreed.signature))
    settle(bearer, stage)
    domain = read_permit(stage.chain, euro.address, at, stage.chain.head(fresh=True)).domain
    words = WORDS | {"deadline": stage.soon()}
    message = typed_data.token_permit(stage.deployment, domain, at, **words)
    posted = post(bearer, stage.by_passkey(passkey, at, message))
    settle(bearer, stage)
    assert said(bearer, posted) == MINED
    assert allowed(stage, euro, at) == 10_000


def test_permit__over_http__says_the_same(bearer, permit, euro):
    body = ActRequest.of(permit()).model_dump(mode="json")
    assert body["token"] == euro.address
    assert bearer.take(ActRequest.model_validate(body)).struct == "TokenPermit"
    told = bearer.terms()
    assert ("TokenPermit" in told.structs, told.tokens) == (True, {euro.address: MOST})


# ---- what is not carried ------------------------------------------------------------------


def test_permit__no_token_is_named_by_the_operator__is_not_offered(relayer, permit):
    assert declined(relayer, permit()) == (403, "not_offered")
    assert "TokenPermit" not in relayer.terms().structs


def test_permit__of_another_token__is_not_offered(stage, bearer, permit, market):
    other = TokenDomain(token=stage.town.token.address, name="Demo euro")
    assert declined(bearer, permit(domain=other)) == (403, "not_offered")


def test_permit__of_a_named_token_that_takes_none__is_not_offered(stage, new_relayer, permit):
    odd = stage.town.token.address
    bearer = new_relayer(tokens={odd: MOST})
    domain = TokenDomain(token=odd, name="Demo euro")
    assert declined(bearer, permit(domain=domain)) == (403, "not_offered")


def test_permit__for_another_than_the_book__is_malformed(stage, bearer, permit):
    for spender in (stage.members[1].address, stage.deployment.address("Points")):
        assert declined(bearer, permit(spender=spender)) == (400, "malformed")


def test_permit__for_more_than_the_operator_said__is_not_carried(bearer, permit):
    assert declined(bearer, permit(value=MOST + 1)) == (403, "too_much")
    assert declined(bearer, permit(value=2**256 - 1)) == (403, "too_much")
    assert post(bearer, permit(value=MOST)).struct == "TokenPermit"


def test_permit__signed_by_somebody_else__is_not_signed(stage, bearer, permit):
    assert declined(bearer, permit(stage.members[1])) == (422, "not_signed")


def test_permit__in_another_domain_than_the_tokens__is_not_signed(bearer, permit, euro):
    other = TokenDomain(token=euro.address, name="Demo euro", version="2")
    assert declined(bearer, permit(domain=other)) == (422, "not_signed")


def test_permit__of_a_stranger__is_not_carried(bearer, permit):
    stranger = account("a stranger with money")
    assert declined(bearer, permit(stranger, owner=stranger.address)) == (403, "not_a_member")


def test_permit__carried_by_somebody_else_before__is_refused(stage, bearer, permit):
    signed = permit()
    stage.events(typed_data.carry(stage.deployment, signed), stage.town.outsider)
    assert declined(bearer, signed) == (409, "unknown_refusal")  # demo_euro: bad permit


def test_permit__again__is_the_same_act(stage, bearer, permit, euro, customer):
    signed = permit()
    first = post(bearer, signed)
    settle(bearer, stage)
    assert post(bearer, signed).id == first.id
    assert said(bearer, first) == MINED


def test_permit__after_its_deadline__is_refused(stage, bearer, permit):
    late = permit(deadline=stage.town.now() - 1)
    assert declined(bearer, late) == (409, "signature_expired")


@pytest.mark.parametrize(
    "bend",
    [
        {"token": None},
        {"struct": "Leave"},
        {"message": {}},
        {"message": {"owner": "7"}},
    ],
    ids=lambda bend: next(iter(bend)),
)
def test_permit__that_makes_no_sense__is_no_act(bearer, permit, bend):
    """A token beside another message, a permit without one, or without words."""
    told = ActRequest.of(permit()).model_dump()
    with pytest.raises(Declined) as no:
        bearer.take(ActRequest.model_validate({**told, **bend}))
    assert (no.value.status, no.value.word) in ((400, "malformed"), (403, "not_offered"))
