# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title WebAuthn
@custom:contract-name webauthn
@license AGPL-3.0-only
@author The Cercle authors
@notice What a passkey says when its person touches it (W3C Web Authentication, level 2): that
        this key, for this site, with its person verified, answered this challenge.
@dev A module. A signature is packed as
     r 32 | s 32 | length 1 | authenticatorData | what follows the challenge in clientDataJSON.
     What precedes the challenge is fixed by the specification's own serialisation (5.8.1.1), and
     is put back here; so a text of any other form is not what was signed, and is refused.
     The browser vouches for the origin: it lets a page ask for the keys of its own site only,
     which is what `rp_id_hash` names. The counter is not looked at: keys that several devices
     share count nothing.
"""

from ..common import limits
from . import p256


# ---- constants ------------------------------------------------------------------

_HEAD: constant(Bytes[36]) = b'{"type":"webauthn.get","challenge":"'
_QUOTE: constant(bytes1) = 0x22

_SIGNATURE: constant(uint256) = 65  # bytes before authenticatorData
_LEAST_DATA: constant(uint256) = 37  # rpIdHash 32 | flags 1 | counter 4
_PRESENT: constant(uint256) = 1
_VERIFIED: constant(uint256) = 4

# One bit in each lane of 8, 16, 32, 64 and 128.
_BYTES: constant(uint256) = max_value(uint256) // (2**8 - 1)
_PAIRS: constant(uint256) = max_value(uint256) // (2**16 - 1)
_QUARTERS: constant(uint256) = max_value(uint256) // (2**32 - 1)
_EIGHTHS: constant(uint256) = max_value(uint256) // (2**64 - 1)
_HALVES: constant(uint256) = max_value(uint256) // (2**128 - 1)


# ---- internal -------------------------------------------------------------------

@internal
@view
def _require_signed(
    challenge: bytes32,
    signature: Bytes[limits.MAX_SIGNATURE],
    x: uint256,
    y: uint256,
    rp_id_hash: bytes32,
):
    """
    @dev Refuse unless the passkey (x, y) of this site answered `challenge`.
    """
    assert len(signature) > _SIGNATURE, "webauthn: too short"
    data_length: uint256 = convert(slice(signature, 64, 1), uint256)
    rest: uint256 = _SIGNATURE + data_length
    assert data_length >= _LEAST_DATA and len(signature) > rest, "webauthn: too short"
    data: Bytes[limits.MAX_SIGNATURE] = slice(signature, _SIGNATURE, data_length)
    tail: Bytes[limits.MAX_SIGNATURE] = slice(signature, rest, len(signature) - rest)

    assert convert(slice(data, 0, 32), bytes32) == rp_id_hash, "webauthn: another site"
    flags: uint256 = convert(slice(data, 32, 1), uint256)
    assert flags & _PRESENT != 0, "webauthn: nobody present"
    assert flags & _VERIFIED != 0, "webauthn: not verified"
    # Else what was signed might be a longer challenge that begins like ours.
    assert convert(slice(tail, 0, 1), bytes1) == _QUOTE, "webauthn: challenge goes on"

    r: uint256 = convert(slice(signature, 0, 32), uint256)
    s: uint256 = convert(slice(signature, 32, 32), uint256)
    assert p256._is_low(s), "webauthn: high s"
    client_data: bytes32 = sha256(concat(_HEAD, self._base64url(challenge), tail))
    digest: bytes32 = sha256(concat(data, client_data))
    assert p256._is_signed(digest, r, s, x, y), "webauthn: not by this passkey"


@internal
@pure
def _base64url(word: bytes32) -> Bytes[43]:
    """
    @dev A word as 43 letters, without padding (RFC 4648, 5).
    """
    number: uint256 = convert(word, uint256)
    # The last letter holds four bits and two zeros.
    first: uint256 = self._letters(number >> 64)
    last: uint256 = self._letters((number & (2**64 - 1)) << 128)
    return concat(convert(first, bytes32), slice(convert(last, bytes32), 0, 11))


@internal
@pure
def _letters(number: uint256) -> uint256:
    """
    @dev The 32 letters of a number of 192 bits, all at once: its groups of six bits are spread
         over the bytes of a word by halving, then every byte takes its steps in the alphabet.
    """
    w: uint256 = number
    w = ((w << 32) & ((2**96 - 1) << 128)) | (w & (2**96 - 1))
    w = ((w << 16) & (((2**48 - 1) << 64) * _HALVES)) | (w & ((2**48 - 1) * _HALVES))
    w = ((w << 8) & (((2**24 - 1) << 32) * _EIGHTHS)) | (w & ((2**24 - 1) * _EIGHTHS))
    w = ((w << 4) & (((2**12 - 1) << 16) * _QUARTERS)) | (w & ((2**12 - 1) * _QUARTERS))
    w = ((w << 2) & (((2**6 - 1) << 8) * _PAIRS)) | (w & ((2**6 - 1) * _PAIRS))

    # A byte of w is at most 63. Each line adds to every byte whose value has come so far; no
    # sum reaches 256 and no difference falls below zero, so no byte touches its neighbour.
    letters: uint256 = unsafe_add(w, 65 * _BYTES)  # A to Z
    letters = unsafe_add(letters, unsafe_mul(self._from(w, 26), 6))  # a to z
    letters = unsafe_add(letters, unsafe_mul(self._from(w, 63), 49))  # _
    letters = unsafe_sub(letters, unsafe_mul(self._from(w, 52), 75))  # 0 to 9
    return unsafe_sub(letters, unsafe_mul(self._from(w, 62), 13))  # -


@internal
@pure
def _from(w: uint256, least: uint256) -> uint256:
    """
    @dev A one in every byte of `w` that is at least `least`: adding 128 - least sets its top bit.
    """
    return (unsafe_add(w, unsafe_mul(unsafe_sub(128, least), _BYTES)) >> 7) & _BYTES
