"""What is sealed, opened by the steps of RFC 9180 written out: any other reader gets the same."""

import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from cercle.vault import keys

from .sealing import COMPANY_KEY

KEM = b"KEM" + (0x0020).to_bytes(2, "big")
SUITE = b"HPKE" + b"".join(one.to_bytes(2, "big") for one in (0x0020, 0x0001, 0x0002))
BASE = b"\0"


def extract(suite: bytes, salt: bytes, label: bytes, said: bytes) -> bytes:
    return hmac.digest(salt or b"\0" * 32, b"HPKE-v1" + suite + label + said, "sha256")


def expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """One block is enough for 32 bytes."""
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, labeled + b"\x01", "sha256")[:length]


def scheduled(shared: bytes, enc: bytes, public: bytes, info: bytes) -> tuple[AESGCM, bytes]:
    """KeySchedule (5.1): the cipher, and the nonce of the first message."""
    context = enc + public
    prk = extract(KEM, b"", b"eae_prk", shared)
    secret = expand(KEM, prk, b"shared_secret", context, 32)
    schedule = (
        BASE + extract(SUITE, b"", b"psk_id_hash", b"") + extract(SUITE, b"", b"info_hash", info)
    )
    prk = extract(SUITE, secret, b"secret", b"")
    aead = AESGCM(expand(SUITE, prk, b"key", schedule, 32))
    return aead, expand(SUITE, prk, b"base_nonce", schedule, 12)


def opened(private: bytes, sealed: bytes, info: bytes) -> bytes:
    """Decap (4.1) and Open (5.2), without aad."""
    enc, ciphertext = sealed[:32], sealed[32:]
    key = X25519PrivateKey.from_private_bytes(private)
    shared = key.exchange(X25519PublicKey.from_public_bytes(enc))
    aead, nonce = scheduled(shared, enc, key.public_key().public_bytes_raw(), info)
    return aead.decrypt(nonce, ciphertext, b"")


@given(plain=st.binary(max_size=100), info=st.binary(max_size=100))
def test_seal__opened_by_the_steps_of_the_standard__is_the_same(plain, info):
    sealed = keys.seal(keys.public_of(COMPANY_KEY), plain, info)
    assert opened(COMPANY_KEY, sealed, info) == plain


@pytest.mark.parametrize("weak", [bytes(32), (1).to_bytes(32, "little")])
def test_open__sealed_by_who_knows_every_readers_secret__is_refused(weak):
    """With a key of small order the shared secret is zero, whoever reads (RFC 7748, 6.1)."""
    aead, nonce = scheduled(bytes(32), weak, keys.public_of(COMPANY_KEY), b"for")
    with pytest.raises(keys.SealBroken):
        keys.open(COMPANY_KEY, weak + aead.encrypt(nonce, b"k" * 32, b""), b"for")
