# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Avatars
@custom:contract-name avatars
@license AGPL-3.0-only
@author The Cercle authors
@notice Who appears as what, and the one question that decides it: whose is this
        reference now?
@dev A module. An avatar is verified if, and only if, `_member_of` its reference is its
     person: so a reference never has two verified holders, and what a shop finds is
     what a page shows as verified. For a token the answer is the token's own, asked
     anew each time; for the rest it is the world's newest attestation that still
     counts. Nothing that anybody does about their own avatar moves another's claim.
     A token is a stranger: it is asked by static call, with bounded gas, for one word.
     Whatever is not an address is nobody.
"""

from ..common import limits
from ..interfaces import IPassport
from ..interfaces import IProfile
from . import worlds

uses: worlds


# ---- constants ------------------------------------------------------------------

_ID_MASK: constant(uint256) = 2**64 - 1  # a passport's id, as the Passport keeps it
_ISSUED_AT: constant(uint256) = 64

# So that a token gets all of its gas past EIP-150's 64th, with some left to go on. Less
# is refused: a lack of gas must never read as "not verified".
_LEAST_GAS: constant(uint256) = limits.OWNER_GAS + 20_000


# ---- immutables -----------------------------------------------------------------

PASSPORT: immutable(IPassport)


# ---- storage --------------------------------------------------------------------

struct Held:
    kind: IProfile.Kind
    reference: bytes32


struct Token:
    token: address
    token_id: uint256


# passport_id -> world -> their avatar there
_held: HashMap[uint256, HashMap[bytes32, Held]]

# reference -> the token that it stands for; written once
_tokens: HashMap[bytes32, Token]

# world -> reference -> issued at 64 | passport_id 64 of the newest attestation
_attested: HashMap[bytes32, HashMap[bytes32, uint256]]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(passport_: IPassport):
    assert passport_.address != empty(address), "avatars: zero passport"
    PASSPORT = passport_


# ---- internal: writes ---------------------------------------------------------------

@internal
def _set_token(passport_id: uint256, world: bytes32, token: address, token_id: uint256):
    assert worlds._recognised[world][token], "avatars: unknown collection"
    assert self._person_holding(token, token_id) == passport_id, "avatars: not the holder"
    reference: bytes32 = self._reference(token, token_id)
    if self._tokens[reference].token == empty(address):
        self._tokens[reference] = Token(token=token, token_id=token_id)
    self._set(passport_id, world, IProfile.Kind.TOKEN, reference)


@internal
def _set_attested(passport_id: uint256, world: bytes32, reference: bytes32, issued_at: uint256):
    """
    @dev The host has seen that the world's key signed it.
    """
    assert self._tokens[reference].token == empty(address), "avatars: a token's reference"
    assert issued_at <= block.timestamp, "avatars: issued in the future"
    assert issued_at > worlds._worlds[world].key_since, "avatars: older than the key"
    word: uint256 = (issued_at << _ISSUED_AT) | passport_id
    newest: uint256 = self._attested[world][reference]
    assert (word == newest or issued_at > newest >> _ISSUED_AT), "avatars: a newer one exists"
    self._attested[world][reference] = word
    self._set(passport_id, world, IProfile.Kind.ATTESTED, reference)


@internal
def _set_stated(passport_id: uint256, world: bytes32, reference: bytes32):
    worlds._require_known(world)
    self._set(passport_id, world, IProfile.Kind.STATED, reference)


@internal
def _remove(passport_id: uint256, world: bytes32):
    reference: bytes32 = self._held[passport_id][world].reference
    if reference != empty(bytes32):
        self._held[passport_id][world] = empty(Held)
        log IProfile.AvatarRemoved(passport_id=passport_id, world=world, reference=reference)


@internal
def _revoke(world: bytes32, reference: bytes32):
    passport_id: uint256 = self._attested[world][reference] & _ID_MASK
    self._attested[world][reference] = block.timestamp << _ISSUED_AT
    log IProfile.AttestationRevoked(world=world, reference=reference, passport_id=passport_id)


@internal
def _set(passport_id: uint256, world: bytes32, kind: IProfile.Kind, reference: bytes32):
    assert reference != empty(bytes32), "avatars: zero reference"
    self._held[passport_id][world] = Held(kind=kind, reference=reference)
    shown: Token = empty(Token)
    if kind == IProfile.Kind.TOKEN:
        shown = self._tokens[reference]
    log IProfile.AvatarSet(
        passport_id=passport_id,
        world=world,
        reference=reference,
        kind=kind,
        token=shown.token,
        token_id=shown.token_id,
    )


# ---- internal: reads ----------------------------------------------------------------

@internal
@view
def _avatar(passport_id: uint256, world: bytes32) -> IProfile.Avatar:
    held: Held = self._held[passport_id][world]
    shown: Token = empty(Token)
    if held.kind == IProfile.Kind.TOKEN:
        shown = self._tokens[held.reference]
    return IProfile.Avatar(
        kind=held.kind,
        reference=held.reference,
        token=shown.token,
        token_id=shown.token_id,
        is_verified=passport_id != 0 and self._member_of(world, held.reference) == passport_id,
    )


@internal
@view
def _member_of(world: bytes32, reference: bytes32) -> uint256:
    """
    @dev The one person who may appear as this now, if that is what they want; else 0.
    """
    token: Token = self._tokens[reference]
    passport_id: uint256 = 0
    proof: IProfile.Kind = IProfile.Kind.ATTESTED
    if token.token != empty(address):
        proof = IProfile.Kind.TOKEN
        if worlds._recognised[world][token.token]:
            passport_id = self._person_holding(token.token, token.token_id)
    else:
        newest: uint256 = self._attested[world][reference]
        if newest >> _ISSUED_AT > worlds._worlds[world].key_since:
            passport_id = newest & _ID_MASK
    held: Held = self._held[passport_id][world]
    if held.kind != proof or held.reference != reference:
        return 0
    return passport_id


@internal
@view
def _person_holding(token: address, token_id: uint256) -> uint256:
    """
    @dev The passport of a token's owner now; 0 for nobody's.
    """
    assert msg.gas >= _LEAST_GAS, "avatars: too little gas"
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(
        token,
        abi_encode(token_id, method_id=method_id("ownerOf(uint256)")),
        max_outsize=32,
        gas=limits.OWNER_GAS,
        is_static_call=True,
        revert_on_failure=False,
    )
    if not success or len(answer) != 32:
        return 0
    owner: uint256 = convert(answer, uint256)
    if owner == 0 or owner >> 160 != 0:
        return 0
    return staticcall PASSPORT.id_of(convert(owner, address))


@internal
@pure
def _reference(token: address, token_id: uint256) -> bytes32:
    return keccak256(abi_encode(token, token_id))
