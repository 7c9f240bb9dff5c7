"""The wire: what a company signs, and which forms are read."""

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak
from pydantic import ValidationError

from cercle.deployments import Deployed, Deployment
from cercle.vault.wire import Fetch, FetchRequest, Refusal, SessionRequest, UnattendedRequest

COMPANY = Account.from_key("0x" + "47" * 32)
VAULT = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"
BOOKS = Deployment(
    chain_id=31_337,
    network="local",
    brand="Silex",
    contracts={"Vault": Deployed(address=VAULT, block=1, codehash="0x" + "11" * 32)},
)
FETCH = Fetch(
    company_id=3,
    passport_id=7,
    purpose=1,
    category=4,
    order_hash="0x" + "ab" * 32,
    transaction_hash="0x" + "cd" * 32,
    log_index=5,
    at=1_800_000_000,
    nonce="0x" + "ef" * 32,
)


def signed(fetch: Fetch = FETCH, account=COMPANY) -> str:
    message = encode_typed_data(full_message=fetch.full(BOOKS.chain_id, VAULT))
    return "0x" + account.sign_message(message).signature.hex()


def word(value: int | str) -> bytes:
    return (
        value.to_bytes(32, "big")
        if isinstance(value, int)
        else bytes.fromhex(value[2:]).rjust(32, b"\0")
    )


def test_fetch__by_hand__has_the_digest_that_the_protocol_names():
    kind = (
        "Fetch(uint256 company_id,uint256 passport_id,uint256 purpose,uint256 category,"
        "bytes32 order_hash,bytes32 transaction_hash,uint256 log_index,uint256 at,bytes32 nonce)"
    )
    domain = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    separator = keccak(
        keccak(text=domain)
        + keccak(text="Cercle Vault service")
        + keccak(text="1")
        + word(31_337)
        + word(VAULT)
    )
    told = FETCH.model_dump()
    struct = keccak(keccak(text=kind) + b"".join(word(value) for value in told.values()))
    assert FETCH.digest(BOOKS) == keccak(b"\x19\x01" + separator + struct)


def test_signer__of_a_fetch__is_who_signed_exactly_this():
    assert FETCH.signer(BOOKS, signed()) == COMPANY.address
    for name, value in FETCH.model_dump().items():
        other = value + 1 if isinstance(value, int) else "0x" + "00" * 32
        changed = FETCH.model_copy(update={name: other})
        assert changed.signer(BOOKS, signed()) != COMPANY.address
    elsewhere = BOOKS.model_copy(update={"chain_id": 1})
    assert FETCH.signer(elsewhere, signed()) != COMPANY.address


@pytest.mark.parametrize("signature", ["0x00", "0x" + "00" * 65, "0x" + "ff" * 64])
def test_signer__no_signature__is_nobody(signature):
    assert FETCH.signer(BOOKS, signature) is None


@pytest.mark.parametrize(
    "other",
    [
        {"company_id": 0},
        {"company_id": "3"},
        {"passport_id": 2**53},
        {"purpose": 64},
        {"category": -1},
        {"log_index": -1},
        {"log_index": 1.0},
        {"at": True},
        {"order_hash": "ab" * 32},
        {"nonce": None},
        {"more": 1},
    ],
)
def test_fetch__out_of_form__is_refused(other):
    with pytest.raises(ValidationError):
        FetchRequest(ask={**FETCH.model_dump(), **other}, signature=signed())


@pytest.mark.parametrize("signature", ["", "0x", "0x0", "00", "0x" + "00" * 2_049, "0xzz"])
def test_signature__out_of_form__is_refused(signature):
    with pytest.raises(ValidationError):
        SessionRequest(nonce="a" * 16, signature=signature)


def test_unattended__said_nothing__is_refused():
    assert UnattendedRequest.model_validate({"vault": None}).vault is None
    with pytest.raises(ValidationError):
        UnattendedRequest.model_validate({})


def test_refusals__all__are_words_that_stay():
    assert {one.value for one in Refusal} == {
        "bad_signature", "stale", "replayed", "unknown_company", "not_theirs", "unlogged",
        "other_event", "unconfirmed", "not_allowed", "stale_head", "no_record", "erased",
        "unsigned", "unknown_nonce", "no_passport", "no_ring", "other_ring", "other_version",
        "unknown_ask", "no_contact", "not_asked", "wrong_binding", "malformed", "too_large",
        "too_often", "node_down", "storage_down",
    }  # fmt: skip
