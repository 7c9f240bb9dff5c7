"""Permits of a token: read from the token itself, for the book of agreements alone."""

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data

from cercle import typed_data
from cercle.agreements import calls
from cercle.agreements.permit import allow, read_permit
from cercle.agreements.purse import purse
from cercle.artifacts import Artifacts
from cercle.contracts import Contract
from cercle.errors import Refused, UnknownRefusal
from cercle.executors import UnlockedExecutor
from cercle.journal import create_address
from cercle.typed_data import CannotCarry, SignedMessage, TokenDomain

from .nodes import place_code, rpc
from .service_town import DAY

HOLDER = Account.from_key("0x" + "a1" * 32)
VALUE = 5_000
EIP712_DOMAIN = bytes.fromhex("84b0196e")  # its selector


@pytest.fixture
def euro(service):
    """The demo's money, of which the holder has some; the holder has no ether."""
    maker = service.people[0]
    nonce = service.chain.nonce(maker)
    UnlockedExecutor(service.chain, maker).deploy("DemoEuro", (), nonce)
    token = Contract("DemoEuro", create_address(maker, nonce), Artifacts()["DemoEuro"].abi)
    service.send(token.call("mint", HOLDER.address, 2 * VALUE), maker)
    return token


def sign(message, signer=HOLDER):
    signed = signer.sign_message(encode_typed_data(full_message=message.full))
    return SignedMessage(message=message, signature="0x" + signed.signature.hex())


def fresh(service, token):
    return read_permit(service.chain, token, HOLDER.address, service.chain.head(fresh=True))


def allowed(service, euro):
    service.chain.forget_head()
    words = service.chain, service.deployment, euro.address, HOLDER.address
    return purse(*words).allowed


def test_allow__signed_and_sent_by_a_stranger__lets_the_book_take_so_much(service, euro):
    act = allow(service.deployment, fresh(service, euro.address).domain, euro.address, VALUE)
    assert (act.call, act.struct) == (
        calls.allow(service.deployment, euro.address, VALUE),
        "TokenPermit",
    )
    message = act.sign(service.chain, HOLDER.address)
    assert message.message["deadline"] == service.now() + 3_600
    signed = act.signed(message, sign(message).signature)
    service.send(typed_data.carry(service.deployment, signed), service.outsider)
    assert allowed(service, euro) == VALUE
    assert fresh(service, euro.address).nonce == 1
    assert act.sign(service.chain, HOLDER.address).message["nonce"] == 1


def test_allow__sent_twice_or_too_late__is_refused(service, euro):
    act = allow(service.deployment, fresh(service, euro.address).domain, euro.address, VALUE)
    first = sign(act.sign(service.chain, HOLDER.address))
    call = typed_data.carry(service.deployment, first)
    service.send(call, service.outsider)
    with pytest.raises(UnknownRefusal, match="demo_euro: bad permit"):
        service.chain.simulate(call, service.outsider)
    late = typed_data.carry(service.deployment, sign(act.sign(service.chain, HOLDER.address)))
    service.pass_time(DAY)
    with pytest.raises(UnknownRefusal, match="demo_euro: permit expired"):
        service.chain.simulate(late, service.outsider)


def test_allow__of_a_token_without_permits__is_sent_by_its_owner(service):
    token = service.token.address
    assert fresh(service, token) is None
    act = allow(service.deployment, None, token, VALUE)
    assert (act.call, act.sign, act.struct) == (
        calls.allow(service.deployment, token, VALUE),
        *(None, None),
    )


def test_read_permit__of_what_is_no_contract__is_none(service):
    assert fresh(service, service.outsider) is None


@pytest.fixture
def elsewhere(service, euro):
    """The demo euro's code at another address, with something else in it."""

    def _elsewhere(before, after):
        code, at = rpc(service.url, "eth_getCode", euro.address, "latest"), "0x" + "e1" * 20
        assert before.hex() in code
        place_code(service.url, at, code.replace(before.hex(), after.hex()))
        rpc(service.url, "evm_mine")
        return fresh(service, at)

    return _elsewhere


def test_read_permit__token_tells_another_domain_than_it_has__is_none(elsewhere):
    assert elsewhere(b"Demo euro", b"Demo euro").domain.name == "Demo euro"
    assert elsewhere(b"Demo euro", b"Fake euro") is None


def test_read_permit__token_publishes_no_domain__goes_by_its_name(elsewhere):
    other = bytes.fromhex("00000000")
    assert elsewhere(EIP712_DOMAIN, other).domain.version == "1"


def test_sign__the_token_takes_no_permits_any_more__is_refused(service, euro):
    act = allow(service.deployment, fresh(service, euro.address).domain, euro.address, VALUE)
    place_code(service.url, euro.address, "0x00")
    rpc(service.url, "evm_mine")
    service.chain.forget_head()
    with pytest.raises(Refused, match="takes no permits"):
        act.sign(service.chain, HOLDER.address)


def test_carry__permit_for_somebody_else__is_refused(service, euro):
    domain = TokenDomain(token=euro.address, name="Demo euro")
    words = {"value": VALUE, "nonce": 0, "deadline": service.now() + DAY}
    good = typed_data.token_permit(service.deployment, domain, HOLDER.address, **words)
    told = good.message | {"spender": service.outsider}
    with pytest.raises(ValueError, match="another than the book"):
        typed_data.read_token_permit(service.deployment, domain, told)
    with pytest.raises(CannotCarry, match="another than the book"):
        typed_data.carry(service.deployment, sign(good.model_copy(update={"message": told})))
