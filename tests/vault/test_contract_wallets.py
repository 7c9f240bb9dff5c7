"""Members whose wallet is a contract (ERC-1271): a passkey's account, broken and hostile ones."""

from __future__ import annotations

import pytest
from eth_account.messages import _hash_eip191_message, encode_defunct

from cercle.artifacts import Artifacts
from cercle.contracts import Contract
from cercle.executors import UnlockedExecutor
from cercle.journal import create_address
from cercle.passkeys import messages
from tests.authenticator import Passkey
from tests.client.nodes import CHAIN_ID, rpc

from .asking import no
from .stage import account, sign_text


@pytest.fixture
def deploy(stage):
    """A contract of the tests, with ether of its own; it is a member as soon as it registers."""

    def make(name, *arguments):
        town = stage.town
        admin, nonce = town.people[0], town.chain.nonce(town.people[0])
        UnlockedExecutor(town.chain, admin).deploy(name, arguments, nonce)
        at = create_address(admin, nonce)
        rpc(stage.url, "anvil_setBalance", at, hex(10**20))
        town.chain.forget_head()
        return Contract(name, at, Artifacts()[name].abi)

    return make


@pytest.fixture
def passkey(stage, deploy):
    """A phone's passkey, and the account that the factory made for it, with a passport."""
    phone = Passkey("a phone")
    factory = deploy("PasskeyFactory", deploy("PasskeyAccount").address)
    head = stage.town.chain.head(fresh=True)
    at = stage.town.chain.read([factory.read("account_of", *phone.terms)], head)[0]
    stage.send(factory.call("create", *phone.terms), stage.stranger)
    rpc(stage.url, "anvil_setBalance", at, hex(10**20))
    return phone, at, stage.town.passport(at)


def challenge(visitor, at):
    answer = visitor.http.post("/v1/challenges", json={"account": at})
    assert answer.status_code == 200, answer.text
    return answer.json()


def touched(phone, at, text, chain_id=CHAIN_ID):
    """The phone's answer to a text that its account is to sign."""
    digest = bytes(_hash_eip191_message(encode_defunct(text=text)))
    return "0x" + phone.answer(messages.message(at, chain_id, digest).digest()).packed().hex()


def prove(visitor, made, signature):
    return visitor.post("/v1/sessions", {"nonce": made["nonce"], "signature": signature})


# ---- a passkey's account -------------------------------------------------------------------


def test_session__passkeys_account__is_let_in_as_its_member(nobody, passkey):
    phone, at, passport_id = passkey
    made = challenge(nobody, at)
    answer = prove(nobody, made, touched(phone, at, made["text"]))
    assert (answer.status_code, answer.json()["passport_id"]) == (200, passport_id)
    nobody.headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert nobody.get("/v1/records").json() == {"records": []}


def test_session__another_phone_chain_or_text__is_bad(nobody, passkey):
    phone, at, _ = passkey
    made = challenge(nobody, at)
    wrong = [
        touched(Passkey("another phone"), at, made["text"]),
        touched(phone, at, made["text"], CHAIN_ID + 1),
        touched(phone, at, challenge(nobody, account("no member").address)["text"]),
    ]
    for signature in wrong:
        assert no(prove(nobody, made, signature)) == (401, "bad_signature")


def test_session__passkeys_proof_sent_twice__serves_once(nobody, passkey):
    phone, at, _ = passkey
    made = challenge(nobody, at)
    signature = touched(phone, at, made["text"])
    assert prove(nobody, made, signature).status_code == 200
    assert no(prove(nobody, made, signature)) == (401, "unknown_nonce")


def test_session__passkey_for_the_challenge_of_somebody_else__is_bad(nobody, passkey, stage):
    phone, at, _ = passkey
    made = challenge(nobody, stage.person.address)
    assert no(prove(nobody, made, touched(phone, at, made["text"]))) == (401, "bad_signature")


# ---- wallets of others' making -------------------------------------------------------------


def test_session__wallet_of_an_owner__goes_by_the_owners_word(nobody, deploy, stage):
    owner = account("owner")
    wallet = deploy("FakeWallet", [owner.address])
    passport_id = stage.town.passport(wallet.address)
    made = challenge(nobody, wallet.address)
    stranger = sign_text(stage.stranger, made["text"])
    assert no(prove(nobody, made, stranger)) == (401, "bad_signature")
    answer = prove(nobody, made, sign_text(owner, made["text"]))
    assert (answer.status_code, answer.json()["passport_id"]) == (200, passport_id)


def test_session__wallet_that_breaks_down__is_bad_and_nothing_worse(nobody, deploy, stage):
    owner = account("owner")
    wallet = deploy("FakeWallet", [owner.address])
    stage.town.passport(wallet.address)
    made = challenge(nobody, wallet.address)
    stage.send(wallet.call("break_down"), stage.stranger)
    answer = prove(nobody, made, sign_text(owner, made["text"]))
    assert no(answer) == (401, "bad_signature")


def test_session__wallet_that_devours_the_gas__is_bad_and_nothing_worse(nobody, deploy, stage):
    wallet = deploy("TrickyWallet")
    stage.town.passport(wallet.address)
    made = challenge(nobody, wallet.address)
    assert no(prove(nobody, made, "0x" + "11" * 65)) == (401, "bad_signature")


def test_session__wallet_that_agrees_to_all__speaks_for_itself_alone(nobody, deploy, stage):
    wallet = deploy("TrickyWallet")
    target = stage.town.deployment.address("Passport")
    stage.send(wallet.call("call_back", target, b""), stage.stranger)
    whose = stage.town.passport(wallet.address)
    answer = prove(nobody, challenge(nobody, wallet.address), "0x" + "11" * 65)
    assert (answer.status_code, answer.json()["passport_id"]) == (200, whose)
    other = prove(nobody, challenge(nobody, stage.person.address), "0x" + "11" * 65)
    assert no(other) == (401, "bad_signature")


def test_session__contract_without_a_passport__is_no_passport(nobody, deploy):
    owner = account("owner")
    made = challenge(nobody, deploy("FakeWallet", [owner.address]).address)
    assert no(prove(nobody, made, sign_text(owner, made["text"]))) == (403, "no_passport")
