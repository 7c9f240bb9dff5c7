"""The profile of RFC 9421: its own vectors, and what is not of the form."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cercle.gateway import signatures
from cercle.gateway.signatures import Asked, BadSignature

# RFC 9421, B.1.4 (test-key-ed25519) and B.2.6; RFC 9530, B.1.
KEY = Ed25519PrivateKey.from_private_bytes(
    base64.b64decode("n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=")
)
PUBLIC = "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="
COMPONENTS = [
    ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
    ("@method", "POST"),
    ("@path", "/foo"),
    ("@authority", "example.com"),
    ("content-type", "application/json"),
    ("content-length", "18"),
]
PARAMETERS = (
    '("date" "@method" "@path" "@authority" "content-type" "content-length")'
    ';created=1618884473;keyid="test-key-ed25519"'
)
BASE = b"""\
"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")\
;created=1618884473;keyid="test-key-ed25519\""""
SIGNATURE = (
    "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
)

ASKED = Asked("GET", "gateway.example", "/v1/perks", "?", signatures.content_digest(b""))
TIME, NONCE = 1_700_000_000, "a-nonce-of-24-characters"


def headers(**changes: str) -> dict[str, str]:
    made = signatures.sign(KEY, "till-1", ASKED, created=TIME, nonce=NONCE)
    return {name.lower(): value for name, value in made.items()} | {
        name.replace("_", "-"): value for name, value in changes.items()
    }


def test_rfc9421_b26__base_and_signature__are_the_same():
    assert signatures.signature_base(COMPONENTS, PARAMETERS) == BASE
    assert base64.b64encode(KEY.public_key().public_bytes_raw()).decode() == PUBLIC
    assert base64.b64encode(KEY.sign(BASE)).decode() == SIGNATURE
    KEY.public_key().verify(base64.b64decode(SIGNATURE), BASE)


@pytest.mark.parametrize(
    ("body", "digest"),
    [
        (b'{"hello": "world"}', "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="),
        (b'{"hello": "world"}\n', "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg="),
        (b"", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    ],
)
def test_content_digest__of_the_rfc__is_the_same(body, digest):
    assert signatures.content_digest(body) == f"sha-256=:{digest}:"


def test_sign__then_read__is_signed():
    signed = signatures.read(headers())
    assert (signed.keyid, signed.created, signed.nonce) == ("till-1", TIME, NONCE)
    assert signatures.is_signed(KEY.public_key(), signed, ASKED)


@pytest.mark.parametrize("field", Asked._fields)
def test_is_signed__anything_altered__is_not(field):
    altered = ASKED._replace(**{field: getattr(ASKED, field) + "x"})
    assert not signatures.is_signed(KEY.public_key(), signatures.read(headers()), altered)


def test_is_signed__another_key__is_not():
    other = Ed25519PrivateKey.generate().public_key()
    assert not signatures.is_signed(other, signatures.read(headers()), ASKED)


def test_read__in_another_order__is_the_same_profile():
    names = ("content-digest", "@query", "@path", "@authority", "@method")
    covered = " ".join(f'"{name}"' for name in names)
    parameters = (
        f'({covered});tag="cercle-gateway";keyid="till-1";alg="ed25519"'
        f';nonce="{NONCE}";created={TIME}'
    )
    base = signatures.signature_base([(n, ASKED.components[n]) for n in names], parameters)
    made = base64.b64encode(KEY.sign(base)).decode()
    told = {
        "content-digest": ASKED.digest,
        "signature-input": f"any-label={parameters}",
        "signature": f"any-label=:{made}:",
    }
    signed = signatures.read(told)
    assert (signed.covered, signed.created) == (names, TIME)
    assert signatures.is_signed(KEY.public_key(), signed, ASKED)


def _input(old: str, new: str) -> dict[str, str]:
    told = headers()["signature-input"]
    assert old in told
    return {"signature_input": told.replace(old, new)}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"signature_input": "cercle"}, "not of the form"),
        (_input(' "@query"', ""), "covers other than"),
        (_input('"@query"', '"@query" "date"'), "covers other than"),
        (_input('"@query"', '"@path"'), "covers other than"),
        (_input('"@query"', '"@query";req'), "not of the form"),
        (_input(f";created={TIME}", ""), "not of the form"),
        (_input(f";created={TIME}", f";expires={TIME}"), "not of the form"),
        (_input(f";created={TIME}", f";created=-{TIME}"), "not of the form"),
        (_input(f";created={TIME}", f';keyid="till-1";created={TIME}'), "not of the form"),
        (_input(f";created={TIME}", ';keyid="till-1"'), "says something twice"),
        (_input('alg="ed25519"', 'alg="rsa-v1_5-sha256"'), "alg must be ed25519"),
        (_input('tag="cercle-gateway"', 'tag="else"'), "tag cercle-gateway"),
        (_input(NONCE, "short"), "16 to 64"),
        (_input("cercle=(", "cercle2=("), "same label"),
        (_input("cercle=(", "a=1, cercle=("), "not of the form"),
        ({"signature": "cercle=:AAAA:"}, "64 bytes"),
        ({"signature": "cercle=" + "A" * 600}, "too long"),
        ({"content_digest": "x" * 513}, "too long"),
    ],
)
def test_read__not_of_the_profile__says_where(changes, said):
    with pytest.raises(BadSignature, match=said):
        signatures.read(headers(**changes))
