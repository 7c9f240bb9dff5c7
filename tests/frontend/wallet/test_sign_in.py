"""Sign-in: the text says everything, and proves an account once, in time, on this site."""

from __future__ import annotations

from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct
from eth_utils.crypto import keccak

from cercle.errors import DeploymentError
from cercle.sign_in import TO_SIGN, Challenge, verify, write

MEMBER = Account.from_key("0x" + "11" * 32)
STRANGER = Account.from_key("0x" + "22" * 32)
NOW = 1_700_000_000.0


def challenge(**change: Any) -> Challenge:
    given = {
        "domain": "club.example",
        "uri": "https://club.example",
        "account": MEMBER.address,
        "chain_id": 31_337,
        "statement": "Show my code.",
        "now": NOW,
    }
    return write(**{**given, **change})


def sign(text: str, account: Any = MEMBER) -> str:
    return "0x" + account.sign_message(encode_defunct(text=text)).signature.hex()


class Contracts:
    """A chain on which one account is a contract, or is not."""

    def __init__(self, answer: bytes | None) -> None:
        self.answer, self.asked = answer, []

    def head(self) -> None:
        return None

    def read(self, reads: list[Any], head: None) -> list[Any]:
        self.asked += reads
        if self.answer is None:
            raise DeploymentError("There is no contract.")
        return [self.answer]


def test_write__is_the_text_of_the_standard() -> None:
    lines = challenge().text.split("\n")
    nonce = lines[8].removeprefix("Nonce: ")
    assert len(nonce) >= 8
    assert nonce.isalnum()
    assert lines == [
        "club.example wants you to sign in with your Ethereum account:",
        MEMBER.address,
        "",
        "Show my code.",
        "",
        "URI: https://club.example",
        "Version: 1",
        "Chain ID: 31337",
        f"Nonce: {nonce}",
        "Issued At: 2023-11-14T22:13:20Z",
        "Expiration Time: 2023-11-14T22:18:20Z",
    ]


def test_write__twice__has_another_nonce() -> None:
    assert challenge().text != challenge().text


@pytest.mark.parametrize(
    "change",
    [
        {"account": MEMBER.address.lower()},
        {"domain": "club.example/x"},
        {"domain": "club.example\nX"},
        {"domain": ""},
        {"statement": "One\nURI: https://evil.example"},
    ],
)
def test_write__a_part_breaks_out_of_its_line__is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"sign-in|checksum"):
        challenge(**change)


def test_verify__signed_in_time__is_true() -> None:
    asked = challenge()
    assert verify(asked, sign(asked.text), None, now=NOW + TO_SIGN - 1)


def test_verify__too_late__is_false() -> None:
    asked = challenge()
    assert not verify(asked, sign(asked.text), None, now=NOW + TO_SIGN)


def test_verify__by_another__is_false() -> None:
    asked = challenge()
    assert not verify(asked, sign(asked.text, STRANGER), None, now=NOW)


@pytest.mark.parametrize("change", [{}, {"domain": "evil.example"}, {"chain_id": 1}])
def test_verify__another_text__is_false(change: dict[str, Any]) -> None:
    assert not verify(challenge(), sign(challenge(**change).text), None, now=NOW)


@pytest.mark.parametrize("signature", ["", "0x", "0x" + "00" * 65, "zz", "0x" + "ff" * 65, "é"])
def test_verify__junk__is_false(signature: str) -> None:
    assert not verify(challenge(), signature, Contracts(None), now=NOW)


def test_verify__account_is_a_contract__it_answers_for_itself() -> None:
    asked, chain = challenge(), Contracts(bytes.fromhex("1626ba7e"))
    assert verify(asked, "0x1234", chain, now=NOW)
    text = asked.text.encode()
    digest = keccak(b"\x19Ethereum Signed Message:\n" + str(len(text)).encode() + text)
    assert digest.hex() in chain.asked[0].data


@pytest.mark.parametrize("answer", [None, b"\x00" * 4, b"\xff" * 4])
def test_verify__contract_says_no__is_false(answer: bytes | None) -> None:
    assert not verify(challenge(), "0x1234", Contracts(answer), now=NOW)
