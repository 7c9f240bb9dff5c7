"""What the server says of a passkey: what is signed, whose account it is, who gets a new one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from eth_account.messages import _hash_eip191_message, encode_defunct, encode_typed_data

from cercle import passkeys, typed_data
from cercle.agreements.permit import Permitting
from cercle.errors import (
    NonceUsed,
    RelayerBudget,
    RelayerRefused,
    RelayerUnreachable,
    SignatureExpired,
)
from cercle.relayer.client import ActStatus
from cercle.slips import Invitation
from cercle.typed_data import TokenDomain, TypedData
from frontend.components.passkey import route
from frontend.components.passkey.route import PasskeyWallet, letters
from frontend.testing import fakes
from frontend.testing.agreements import TOKEN
from tests.authenticator import PRESENT, Passkey
from tests.client.passkeys import answered, made

SITE, ORIGIN = "club.example", "https://club.example"
ACCOUNT = fakes.STRANGER
CHAIN = fakes.DEPLOYMENT.chain_id
BALLOT = typed_data.ballot(
    fakes.DEPLOYMENT,
    ACCOUNT,
    poll_id=2,
    content_hash=fakes.seal(202),
    options=[1],
    sequence=1,
    deadline=2**33,
)
INVITATION = Invitation(inviter=fakes.PERSON, nonce=7, deadline=2**33, signature="0x" + "12" * 65)
NUMBER = "0x" + "ab" * 32


class Chain:
    """A chain whose every account has the test's passkey."""

    def __init__(self, passkey: Passkey) -> None:
        self.passkey, self.code = passkey, "0x"

    def request(self, method: str, params: list[Any]) -> str:
        assert method == "eth_getCode"
        return self.code

    def head(self, *, fresh: bool = False) -> Any:
        return fakes.HEAD

    def read(self, reads: list[Any], head: Any) -> list[Any]:
        return [{"x": self.passkey.x, "y": self.passkey.y, "rp_id_hash": b""} for _ in reads]


class Relayer:
    """A relayer that says what the test says."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.refusal: Exception | None = None
        self.told = ActStatus(id=NUMBER, state="accepted")

    def account(self, *asked: Any) -> ActStatus:
        self.asked.append(asked)
        return self.status(NUMBER)

    def status(self, number: str) -> ActStatus:
        if self.refusal is not None:
            raise self.refusal
        return self.told


@pytest.fixture
def passkey() -> Passkey:
    return Passkey("a phone", SITE)


@pytest.fixture
def chain(passkey: Passkey) -> Chain:
    return Chain(passkey)


@pytest.fixture
def relayer() -> Relayer:
    return Relayer()


@pytest.fixture
def wallet(chain: Chain, relayer: Relayer) -> PasskeyWallet:
    return PasskeyWallet(SITE, ORIGIN, chain, fakes.DEPLOYMENT, relayer)


def ask(wallet: PasskeyWallet, method: str, *params: Any, language: str = "en") -> Any:
    answer = wallet.call({"method": method, "params": list(params), "language": language})
    return answer["result"] if "result" in answer else answer["error"]


def wrapped(digest: bytes) -> bytes:
    """What a passkey signs for an account around a digest, by eth_account alone."""
    domain = {"name": "Cercle Passkey", "version": "1", "chainId": CHAIN}
    domain["verifyingContract"] = ACCOUNT
    fields = {"Message": [{"name": "digest", "type": "bytes32"}]}
    return bytes(_hash_eip191_message(encode_typed_data(domain, fields, {"digest": digest})))


def for_wallet(**changes: Any) -> str:
    """The ballot as a page sends it, with something else in it."""
    return json.dumps({**BALLOT.for_wallet(), **changes})


# ---- what is to be signed -------------------------------------------------------------


def test_ask__a_message_of_ours__is_wrapped_for_the_account(wallet: PasskeyWallet) -> None:
    told = ask(wallet, "passkey_ask", ACCOUNT, "eth_signTypedData_v4", for_wallet())
    assert told == {"challenge": letters(wrapped(BALLOT.digest()))}


def test_ask__a_text__is_wrapped_for_the_account(wallet: PasskeyWallet) -> None:
    told = ask(wallet, "passkey_ask", ACCOUNT, "personal_sign", "0x" + b"Hello".hex())
    digest = bytes(_hash_eip191_message(encode_defunct(text="Hello")))
    assert told == {"challenge": letters(wrapped(digest))}


@pytest.fixture
def permit(monkeypatch: pytest.MonkeyPatch) -> TypedData:
    """A permit of a token that tells this domain."""
    domain = TokenDomain(token=TOKEN, name="Demo euro", version="2")

    def read(chain: Any, token: str, owner: str) -> Permitting | None:
        return Permitting(domain=domain, nonce=3) if token == TOKEN else None

    monkeypatch.setattr(route, "read_permit", read)
    words = {"value": 500, "nonce": 3, "deadline": 2**33}
    return typed_data.token_permit(fakes.DEPLOYMENT, domain, ACCOUNT, **words)


def bent(told: TypedData, /, **changes: Any) -> str:
    return json.dumps({**told.for_wallet(), **changes})


def test_ask__permit_for_the_book_of_agreements__is_wrapped(
    wallet: PasskeyWallet, permit: TypedData
) -> None:
    told = ask(wallet, "passkey_ask", ACCOUNT, "eth_signTypedData_v4", bent(permit))
    assert told == {"challenge": letters(wrapped(permit.digest()))}


def test_ask__permit_for_others_or_of_another_domain__is_refused(
    wallet: PasskeyWallet, permit: TypedData
) -> None:
    domain, words = permit.full["domain"], permit.for_wallet()["message"]
    for changes in (
        {"message": {**words, "spender": fakes.PERSON}},
        {"message": {**words, "owner": "nobody"}},
        {"domain": {**domain, "version": "1"}},
        {"domain": {**domain, "verifyingContract": fakes.PERSON}},
    ):
        message = bent(permit, **changes)
        answer = ask(wallet, "passkey_ask", ACCOUNT, "eth_signTypedData_v4", message)
        assert answer["code"] == -32602, changes


DOMAIN = BALLOT.full["domain"]


@pytest.mark.parametrize(
    ("method", "message"),
    [
        ("eth_signTypedData_v4", for_wallet(domain={**DOMAIN, "chainId": 1})),
        ("eth_signTypedData_v4", for_wallet(domain={**DOMAIN, "verifyingContract": ACCOUNT})),
        ("eth_signTypedData_v4", for_wallet(domain={**DOMAIN, "salt": "0x12"})),
        ("eth_signTypedData_v4", for_wallet(domain={})),
        ("eth_signTypedData_v4", for_wallet(primaryType="Permit")),
        ("eth_signTypedData_v4", for_wallet(primaryType="Drain")),
        ("eth_signTypedData_v4", for_wallet(message={"poll_id": 1})),
        ("eth_signTypedData_v4", for_wallet(message=[])),
        ("eth_signTypedData_v4", "[" * 60_000),
        ("eth_signTypedData_v4", "{}"),
        ("eth_signTypedData_v4", None),
        ("personal_sign", "no hex"),
        ("personal_sign", "0x" + "61" * 4_097),
        ("personal_sign", 7),
        ("eth_sign", "0x12"),
        ("eth_sendTransaction", "{}"),
        (["personal_sign"], "0x12"),
    ],
)
def test_ask__what_is_none_of_ours__is_refused(
    wallet: PasskeyWallet, method: Any, message: Any
) -> None:
    assert ask(wallet, "passkey_ask", ACCOUNT, method, message)["code"] == -32602


@pytest.mark.parametrize("account", ["0x12", None, 7, "", []])
def test_ask__no_account__is_refused(wallet: PasskeyWallet, account: Any) -> None:
    assert ask(wallet, "passkey_ask", account, "personal_sign", "0x12")["code"] == -32602


# ---- what was signed ------------------------------------------------------------------


def sign(wallet: PasskeyWallet, answer: Any, language: str = "en") -> Any:
    asked = (ACCOUNT, "eth_signTypedData_v4", for_wallet())
    return ask(wallet, "passkey_sign", *asked, answer, language=language)


def test_sign__answered__is_packed(wallet: PasskeyWallet, passkey: Passkey) -> None:
    answer = passkey.answer(wrapped(BALLOT.digest()))
    assert sign(wallet, answered(answer)) == {"signature": "0x" + answer.packed().hex()}


@pytest.mark.parametrize(
    ("differing", "code"),
    [
        ({"challenge": bytes(32)}, "passkey_other_challenge"),
        ({"origin": "https://evil.example"}, "passkey_other_origin"),
        ({"origin": "http://club.example"}, "passkey_other_origin"),
        ({"asked_site": "evil.example"}, "passkey_other_origin"),
        ({"crossed": True}, "passkey_other_origin"),
        ({"flags": PRESENT}, "passkey_not_verified"),
        ({"kind": "webauthn.create"}, "passkey_other_kind"),
        ({"more": ',"x":"' + "y" * 1_000 + '"'}, "passkey_too_long"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else one,
)
def test_sign__answered_otherwise__is_refused_in_words(
    wallet: PasskeyWallet, passkey: Passkey, differing: dict[str, Any], code: str
) -> None:
    terms = {"challenge": wrapped(BALLOT.digest()), **differing}
    told = sign(wallet, answered(passkey.answer(terms.pop("challenge"), **terms)))
    assert told["data"]["code"] == code
    assert told["data"]["sentence"].startswith("What your passkey answered cannot be used")


def test_sign__by_another_passkey__is_refused(wallet: PasskeyWallet) -> None:
    other = Passkey("another phone", SITE)
    told = sign(wallet, answered(other.answer(wrapped(BALLOT.digest()))), language="fr")
    assert told["data"]["code"] == "passkey_other_key"
    assert told["data"]["sentence"].startswith("La réponse de votre clé d")


@pytest.mark.parametrize("answer", [None, {}, [], "x", {"rawId": "§"}, {"rawId": "A" * 9_000}])
def test_sign__no_answer__is_refused(wallet: PasskeyWallet, answer: Any) -> None:
    assert sign(wallet, answer)["data"]["code"] == "passkey_unreadable"


# ---- an account -----------------------------------------------------------------------


def test_make__invited__is_asked_of_the_relayer(
    wallet: PasskeyWallet, passkey: Passkey, relayer: Relayer
) -> None:
    told = ask(wallet, "passkey_make", made(passkey), INVITATION.as_text())
    credential = passkeys.read_credential(made(passkey), SITE)
    account = passkeys.account_of(fakes.DEPLOYMENT, credential)
    assert told == {"account": account, "state": "waiting", "number": NUMBER}
    x, y, site, named = passkey.terms
    words = (f"0x{x:064x}", f"0x{y:064x}", "0x" + site.hex(), "0x" + named.hex())
    assert relayer.asked == [(*words, INVITATION)]


def test_make__account_is_there__is_told_without_an_invitation(
    wallet: PasskeyWallet, passkey: Passkey, chain: Chain, relayer: Relayer
) -> None:
    chain.code = "0x1234"
    assert ask(wallet, "passkey_make", made(passkey), None)["state"] == "made"
    assert relayer.asked == []


def test_make__without_an_invitation__is_refused(
    wallet: PasskeyWallet, passkey: Passkey, relayer: Relayer
) -> None:
    assert ask(wallet, "passkey_make", made(passkey), None)["code"] == -32602
    told = ask(wallet, "passkey_make", made(passkey), "half of a li")
    assert told["data"]["sentence"].startswith("This invitation link is damaged.")
    assert relayer.asked == []


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (RelayerUnreachable(), "No account can be made at the moment. Your passkey is kept"),
        (RelayerBudget(), "Enough accounts were made for now. Your passkey is kept"),
        (RelayerRefused(), "No account was made. This invitation may have served already"),
        (NonceUsed(), "This was used already: an invitation serves once"),
        (SignatureExpired(), "This invitation has expired."),
    ],
)
def test_make__not_taken__says_the_way_out(
    wallet: PasskeyWallet, passkey: Passkey, relayer: Relayer, refusal: Exception, sentence: str
) -> None:
    relayer.refusal = refusal
    told = ask(wallet, "passkey_make", made(passkey), INVITATION.as_text())
    assert told["data"]["sentence"].startswith(sentence)


def test_make__of_another_kind_of_key__is_refused(
    wallet: PasskeyWallet, passkey: Passkey, relayer: Relayer
) -> None:
    told = ask(wallet, "passkey_make", made(passkey, publicKeyAlgorithm=-257), INVITATION.as_text())
    assert told["data"]["code"] == "passkey_key"
    assert relayer.asked == []


def test_make__bound_to_another_site__is_refused(wallet: PasskeyWallet, relayer: Relayer) -> None:
    told = ask(wallet, "passkey_make", made(Passkey("a phone")), INVITATION.as_text())
    assert told["data"]["code"] == "passkey_other_origin"
    assert relayer.asked == []


def test_state__until_it_stands__is_waiting(
    wallet: PasskeyWallet, chain: Chain, relayer: Relayer
) -> None:
    assert ask(wallet, "passkey_state", ACCOUNT, NUMBER)["state"] == "waiting"
    relayer.refusal = RelayerUnreachable()
    assert ask(wallet, "passkey_state", ACCOUNT, NUMBER)["state"] == "waiting"
    chain.code = "0x1234"
    assert ask(wallet, "passkey_state", ACCOUNT, NUMBER) == {"account": ACCOUNT, "state": "made"}


def test_state__refused_after_all__says_so(wallet: PasskeyWallet, relayer: Relayer) -> None:
    relayer.told = ActStatus(id=NUMBER, state="refused", refusal="nonce_used")
    told = ask(wallet, "passkey_state", ACCOUNT, NUMBER)
    assert told["data"]["sentence"].startswith("This was used already: an invitation serves once")


@pytest.mark.parametrize("number", [None, "", "../terms", "a b", "x" * 81])
def test_state__no_number__asks_nobody(
    wallet: PasskeyWallet, relayer: Relayer, number: Any
) -> None:
    relayer.refusal = AssertionError("it was asked")
    assert ask(wallet, "passkey_state", ACCOUNT, number)["code"] == -32602


# ---- an account that is there ---------------------------------------------------------


@pytest.fixture
def known(monkeypatch, passkey: Passkey) -> list[Any]:
    """The accounts that the chain knows under the credential."""
    accounts: list[Any] = []
    monkeypatch.setattr(passkeys, "find", lambda *_: tuple(accounts))
    return accounts


def account(address: str, passkey: Passkey) -> passkeys.Account:
    key = passkeys.PublicKey(x=passkey.x, y=passkey.y)
    return passkeys.Account(address=address, key=key, rp_id_hash=bytes(32), block=1)


def test_find__several_under_its_name__is_the_one_that_answered(
    wallet: PasskeyWallet, passkey: Passkey, known: list[Any]
) -> None:
    known += [account(fakes.PERSON, Passkey("a copycat", SITE)), account(ACCOUNT, passkey)]
    challenge = bytes(range(32))
    told = ask(wallet, "passkey_find", answered(passkey.answer(challenge)), letters(challenge))
    assert told == {"account": ACCOUNT}


def test_find__none__says_so(wallet: PasskeyWallet, passkey: Passkey, known: list[Any]) -> None:
    answer = answered(passkey.answer(bytes(32)))
    told = ask(wallet, "passkey_find", answer, letters(bytes(32)))
    assert told["data"]["sentence"].startswith("No account belongs to this passkey yet.")


@pytest.mark.parametrize("challenge", [None, "", "AAAA", letters(bytes(31) + b"1")])
def test_find__answer_to_something_else__is_refused(
    wallet: PasskeyWallet, passkey: Passkey, known: list[Any], challenge: Any
) -> None:
    known.append(account(ACCOUNT, passkey))
    told = ask(wallet, "passkey_find", answered(passkey.answer(bytes(32))), challenge)
    assert told["code"] in (-32000, -32602)
