"""A passkey in software, for tests: what a phone and its browser answer, built from the W3C's text.

It shares no code with what it tests. Anything about an answer can be made to differ from what an
honest phone and browser would say.
"""

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from eth_utils import keccak

from tests.signing import typed

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PRESENT, VERIFIED, MAY_BE_COPIED, IS_COPIED = 0x01, 0x04, 0x08, 0x10
HONEST = PRESENT | VERIFIED | MAY_BE_COPIED | IS_COPIED
SITE = "cercle.example"

MESSAGE = "Message(bytes32 digest)"
EXECUTE = "Execute(address target,uint256 amount,bytes data,uint256 nonce,uint256 deadline)"


@dataclass(frozen=True)
class Answer:
    """What the browser hands to a page: the parts, and the signature in DER."""

    credential_id: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes

    @property
    def numbers(self) -> tuple[int, int]:
        """(r, s) with the lower of the two s."""
        r, s = utils.decode_dss_signature(self.signature)
        return r, min(s, ORDER - s)

    @property
    def tail(self) -> bytes:
        """What follows the challenge, if the client data has the usual form."""
        return self.client_data[36 + 43 :]

    def packed(self, *, r: int | None = None, s: int | None = None, tail: bytes | None = None):
        """As the account takes it."""
        own_r, own_s = self.numbers
        words = (own_r if r is None else r, own_s if s is None else s)
        return (
            b"".join(word.to_bytes(32, "big") for word in words)
            + bytes([len(self.authenticator_data)])
            + self.authenticator_data
            + (self.tail if tail is None else tail)
        )


class Passkey:
    """One credential: a key bound to one site."""

    def __init__(self, name: str = "a passkey", site: str = SITE) -> None:
        secret = int.from_bytes(keccak(text=name), "big") % (ORDER - 1) + 1
        self.key = ec.derive_private_key(secret, ec.SECP256R1())
        self.credential_id = keccak(text=f"credential of {name}")[:20]
        self.site = site
        numbers = self.key.public_key().public_numbers()
        self.x, self.y = numbers.x, numbers.y

    @property
    def spki(self) -> bytes:
        """What `getPublicKey()` gives when the passkey is made."""
        return self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def terms(self) -> tuple[int, int, bytes, bytes]:
        """What the factory wants to know: x, y, rp_id_hash, credential_hash."""
        site, credential = self.site.encode(), self.credential_id
        return self.x, self.y, sha256(site), sha256(credential)

    def answer(
        self,
        challenge: bytes,
        *,
        flags: int = HONEST,
        asked_site: str | None = None,
        **client: object,
    ) -> Answer:
        """What it answers to `navigator.credentials.get`."""
        site = self.site if asked_site is None else asked_site
        data = sha256(site.encode()) + bytes([flags]) + bytes(4)
        text = client_data(challenge, **({"origin": f"https://{self.site}"} | client))
        return self.over(Answer(self.credential_id, text, data, b""))

    def over(self, answer: Answer) -> Answer:
        """The same answer, signed as it stands."""
        signed = answer.authenticator_data + sha256(answer.client_data)
        return replace(answer, signature=self.key.sign(signed, ec.ECDSA(hashes.SHA256())))


def client_data(
    challenge: bytes,
    *,
    kind: str = "webauthn.get",
    origin: str = f"https://{SITE}",
    crossed: bool = False,
    more: str = "",
) -> bytes:
    """The client data as a browser writes it (5.8.1.1)."""
    fields = {"type": kind, "challenge": base64url(challenge), "origin": origin}
    text = json.dumps(fields | {"crossOrigin": crossed}, separators=(",", ":"), ensure_ascii=False)
    return (text[:-1] + more + "}").encode()


def base64url(raw: bytes) -> str:
    """Letters without padding."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def sha256(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()


def challenge_of(account, encoded_type: str, /, **message) -> bytes:
    """What a passkey is asked to sign for an account: an EIP-712 digest in its domain."""
    made = typed(account, encoded_type, **message)
    return keccak(b"\x19" + made.version + made.header + made.body)
