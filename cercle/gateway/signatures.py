"""
The signatures of requests: one profile of RFC 9421, with the body's hash of RFC 9530.

Every request covers the same five components, names who signs and when, and is good once. No
other algorithm, component or parameter is read: what is not of this form is refused.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

COVERED = ("@method", "@authority", "@path", "@query", "content-digest")
ALGORITHM, TAG = "ed25519", "cercle-gateway"
LABEL = "cercle"
HEADERS = ("content-digest", "signature-input", "signature")
_NAMES = " ".join(f'"{name}"' for name in COVERED)
ACCEPT = f'{LABEL}=({_NAMES});created;nonce;keyid;alg="{ALGORITHM}";tag="{TAG}"'
MAX_HEADER = 512  # characters
CALLER = r"[a-z0-9][a-z0-9-]{0,31}"

_PARAMETER = r';(?:created=[0-9]{1,12}|(?:nonce|keyid|alg|tag)="[A-Za-z0-9_-]{1,64}")'
_INPUT = re.compile(
    rf"(?P<label>[a-z][a-z0-9_-]{{0,31}})=(?P<parameters>"
    rf'\((?P<covered>"[@a-z-]+"(?: "[@a-z-]+")*)\)(?P<rest>(?:{_PARAMETER}){{5}}))'
)
_SIGNATURE = re.compile(r"(?P<label>[a-z][a-z0-9_-]{0,31})=:(?P<value>[A-Za-z0-9+/]{86}==):")
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")


class BadSignature(ValueError):
    """The headers of a request are not of the profile; the text says where."""


class Asked(NamedTuple):
    """What of a request is signed, as it travels."""

    method: str
    authority: str
    path: str
    query: str  # with its question mark, which stands there alone where nothing is asked
    digest: str  # the Content-Digest

    @property
    def components(self) -> dict[str, str]:
        """The values by the names that the RFC gives them."""
        return dict(zip(COVERED, self, strict=True))


class Signed(NamedTuple):
    """What the headers say, not believed yet."""

    keyid: str
    created: int
    nonce: str
    covered: tuple[str, ...]
    parameters: str
    signature: bytes


def content_digest(body: bytes) -> str:
    """The Content-Digest of a body."""
    return f"sha-256=:{base64.b64encode(sha256(body).digest()).decode()}:"


def signature_base(components: Iterable[tuple[str, str]], parameters: str) -> bytes:
    """What is signed (RFC 9421, 2.5).

    Args:
        components: Names and values, in the order in which they are covered.
        parameters: The inner list of the Signature-Input, as it travels.
    """
    lines = [f'"{name}": {value}' for name, value in components]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode()


def sign(
    key: Ed25519PrivateKey, keyid: str, asked: Asked, *, created: int, nonce: str
) -> dict[str, str]:
    """The three headers of a request."""
    who = f'created={created};nonce="{nonce}";keyid="{keyid}"'
    parameters = f'({_NAMES});{who};alg="{ALGORITHM}";tag="{TAG}"'
    made = key.sign(signature_base(asked.components.items(), parameters))
    return {
        "Content-Digest": asked.digest,
        "Signature-Input": f"{LABEL}={parameters}",
        "Signature": f"{LABEL}=:{base64.b64encode(made).decode()}:",
    }


def read(headers: Mapping[str, str]) -> Signed:
    """What the headers say.

    Raises:
        BadSignature: They are not of the profile.
    """
    if any(len(headers[name]) > MAX_HEADER for name in HEADERS):
        raise BadSignature("a header is too long")
    told = _INPUT.fullmatch(headers["signature-input"])
    if told is None:
        raise BadSignature("Signature-Input is not of the form that is asked for")
    covered = tuple(name.strip('"') for name in told["covered"].split(" "))
    if sorted(covered) != sorted(COVERED):
        raise BadSignature(f"Signature-Input covers other than {', '.join(COVERED)}")
    pairs = [one.partition("=") for one in told["rest"][1:].split(";")]
    given = {name: value.strip('"') for name, _, value in pairs}
    if len(given) != len(pairs):
        raise BadSignature("Signature-Input says something twice")
    if (given["alg"], given["tag"]) != (ALGORITHM, TAG):
        raise BadSignature(f"alg must be {ALGORITHM}, and tag {TAG}")
    if not _NONCE.fullmatch(given["nonce"]):
        raise BadSignature("nonce takes 16 to 64 letters, digits, - or _")
    made = _SIGNATURE.fullmatch(headers["signature"])
    if made is None or made["label"] != told["label"]:
        raise BadSignature("Signature is not one of 64 bytes under the same label")
    return Signed(
        keyid=given["keyid"],
        created=int(given["created"]),
        nonce=given["nonce"],
        covered=covered,
        parameters=told["parameters"],
        signature=base64.b64decode(made["value"]),  # as long as its pattern says
    )


def is_signed(key: Ed25519PublicKey, signed: Signed, asked: Asked) -> bool:
    """Whether the key made this signature, for this request."""
    components = asked.components
    base = signature_base([(name, components[name]) for name in signed.covered], signed.parameters)
    try:
        key.verify(signed.signature, base)
    except InvalidSignature:
        return False
    return True


__all__ = [
    "ACCEPT",
    "CALLER",
    "COVERED",
    "HEADERS",
    "Asked",
    "BadSignature",
    "Signed",
    "content_digest",
    "is_signed",
    "read",
    "sign",
    "signature_base",
]
