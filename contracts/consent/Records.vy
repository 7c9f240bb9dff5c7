# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Records
@custom:contract-name Records
@license AGPL-3.0-only
@author The Cercle authors
@notice What is kept of you, and what became of it: that you moved, and which company took note;
        that you had it erased, and who certified it. The data itself is never here.
@dev A category: moved (its version rises) -> acknowledged by each company | late; or erased ->
     shredded, by each custodian's certificate -> moved again.
     Signs: any wallet of the person's passport, what tells and erases; a company's agent or
     controller what it took note of; a custodian its certificates. Pays: the sender, who may
     be anybody with the signature.
     Lies: a company that took note and changed nothing, and a custodian that certifies what it
     did not do: for a court, with their signature in hand.
     Whoever moves or erases asks the Passport alone; no fee, lock or pause is in the way.
@custom:security security@cercle.example
@custom:kill None, on purpose: nobody can stop it.
"""

from ..interfaces import IRecords

implements: IRecords

from ..interfaces import IConsent
from ..interfaces import IPassport

from ..common import limits
from ..common import signatures

initializes: signatures

exports: (
    signatures.cancel_nonce,
    signatures.is_nonce_used,
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

# What carries no nonce names the passport: a wallet may come to another person, and what
# it signed would count anew there.
MOVE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Move(address wallet,uint256 passport_id,uint256 category,bytes32 commitment,uint256 version,uint256 deadline)"
)
ERASE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Erase(address wallet,uint256 passport_id,uint256 category,uint256 version,uint256 deadline)"
)
SET_CUSTODIANS_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "SetCustodians(address wallet,address[] custodians,uint256 nonce,uint256 deadline)"
)
SHRED_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Shred(address custodian,uint256 passport_id,uint256 category,uint256 version,bytes32 certificate_hash)"
)

# What `acknowledgement` answers.
_NOTHING: constant(uint256) = 0
_ACKNOWLEDGED: constant(uint256) = 1
_EXPECTED: constant(uint256) = 2
_LATE: constant(uint256) = 3
_NOT_ALLOWED: constant(uint256) = 4

# A move, from the lowest bit: version 64 | moved_at 64 | erased 1
_MOVED_AT: constant(uint256) = 64
_ERASED: constant(uint256) = 1 << 128
_SMALL: constant(uint256) = 2**64 - 1


# ---- immutables -----------------------------------------------------------------

CONSENT: immutable(IConsent)
PASSPORT: immutable(IPassport)


# ---- storage --------------------------------------------------------------------

# passport -> category -> the last move
_moves: HashMap[uint256, HashMap[uint256, uint256]]
# passport -> company -> category -> the version it took note of
_acknowledged: HashMap[uint256, HashMap[uint256, HashMap[uint256, uint256]]]
_custodians: HashMap[uint256, DynArray[address, limits.MAX_CUSTODIANS]]
# passport -> category -> version -> custodian
_shreds: HashMap[uint256, HashMap[uint256, HashMap[uint256, HashMap[address, bool]]]]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(consent_: IConsent):
    """
    @notice Open the book of records, empty and ownerless.
    @param consent_ The book that says who allowed what, fixed for good.
    """
    signatures.__init__("Cercle Records", "1")
    CONSENT = consent_
    PASSPORT = IPassport(staticcall consent_.passport())


# ---- external: a person --------------------------------------------------------------

@external
def move(category: uint256, commitment: bytes32) -> uint256:
    """
    @notice Say once, to every company that may see it, that what is kept of you has changed.
    @param category The category's number.
    @param commitment A keyed commitment to the new record, never a plain hash of it.
    @return The version, which companies acknowledge.
    """
    return self._move(self._person(msg.sender), category, commitment)


@external
def erase(category: uint256) -> uint256:
    """
    @notice Have what is kept of you in a category destroyed; your custodians certify it.
    @param category The category's number.
    @return The version that ends it.
    """
    return self._erase(self._person(msg.sender), category)


@external
def set_custodians(custodians: DynArray[address, limits.MAX_CUSTODIANS]):
    """
    @notice Name who keeps your records and certifies their end.
    @param custodians Their signing keys; none ends all.
    """
    self._set_custodians(self._person(msg.sender), custodians)


# ---- external: a person's signature, carried by anybody --------------------------------

@external
def move_by_signature(
    wallet: address,
    category: uint256,
    commitment: bytes32,
    version: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Tell of a move for a person who signed `Move`.
    @param wallet A wallet of theirs, which signed.
    @param category The category's number.
    @param commitment A keyed commitment to the new record.
    @param version The version that this makes, so that it counts once.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    passport_id: uint256 = self._person(wallet)
    message: bytes32 = keccak256(
        abi_encode(MOVE_TYPE_HASH, wallet, passport_id, category, commitment, version, deadline)
    )
    self._require_signed(wallet, message, deadline, signature)
    assert self._move(passport_id, category, commitment) == version, "records: other version"


@external
def erase_by_signature(
    wallet: address,
    category: uint256,
    version: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Erase for a person who signed `Erase`.
    @param wallet A wallet of theirs, which signed.
    @param category The category's number.
    @param version The version that this makes, so that it counts once.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    passport_id: uint256 = self._person(wallet)
    message: bytes32 = keccak256(
        abi_encode(ERASE_TYPE_HASH, wallet, passport_id, category, version, deadline)
    )
    self._require_signed(wallet, message, deadline, signature)
    assert self._erase(passport_id, category) == version, "records: other version"


@external
def set_custodians_by_signature(
    wallet: address,
    custodians: DynArray[address, limits.MAX_CUSTODIANS],
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Name the custodians of a person who signed `SetCustodians`.
    @param wallet A wallet of theirs, which signed.
    @param custodians Their signing keys.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    # EIP-712: a list is the hash of its items, without the head that the ABI puts before them.
    listed: bytes32 = keccak256(slice(abi_encode(custodians), 64, 32 * len(custodians)))
    message: bytes32 = keccak256(
        abi_encode(SET_CUSTODIANS_TYPE_HASH, wallet, listed, nonce, deadline)
    )
    passport_id: uint256 = self._person(wallet)
    self._require_signed(wallet, message, deadline, signature)
    signatures._use_nonce(wallet, nonce)
    self._set_custodians(passport_id, custodians)


# ---- external: a company ---------------------------------------------------------------

@external
def acknowledge(
    company_id: uint256, passport_id: uint256, purpose: uint256, category: uint256, version: uint256
):
    """
    @notice Say that the company took note of a move, as far as it may still see the category.
    @param company_id The company, for which you act.
    @param passport_id The person.
    @param purpose For what it may see it, by number.
    @param category The category's number.
    @param version The version it took note of, which is the newest.
    """
    access: IConsent.Access = staticcall CONSENT.access_of(
        passport_id, company_id, purpose, category, msg.sender
    )
    assert access.may_act, "records: not the company"
    assert access.is_allowed, "records: not allowed"
    newest: uint256 = self._moves[passport_id][category] & _SMALL
    assert version == newest and version != 0, "records: other version"
    acknowledged: uint256 = self._acknowledged[passport_id][company_id][category]
    assert acknowledged != version, "records: acknowledged already"
    self._acknowledged[passport_id][company_id][category] = version
    log IRecords.MoveAcknowledged(
        passport_id=passport_id,
        company_id=company_id,
        category=category,
        purpose=purpose,
        version=version,
    )


# ---- external: anybody -------------------------------------------------------------------

@external
def certify_shred(
    custodian: address,
    passport_id: uint256,
    category: uint256,
    version: uint256,
    certificate_hash: bytes32,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Bring a custodian's signed certificate that what was erased is gone, secret and all.
    @param custodian A custodian of the person's, which signed `Shred`.
    @param passport_id The person.
    @param category The category's number.
    @param version The version that erased it, which is the newest.
    @param certificate_hash What the custodian says that it did, by hash.
    @param signature The custodian's signature.
    """
    assert custodian in self._custodians[passport_id], "records: no custodian"
    word: uint256 = self._moves[passport_id][category]
    assert word & _ERASED != 0 and word & _SMALL == version, "records: not erased"
    assert not self._shreds[passport_id][category][version][custodian], "records: certified already"
    message: bytes32 = keccak256(
        abi_encode(SHRED_TYPE_HASH, custodian, passport_id, category, version, certificate_hash)
    )
    signatures._require_signed(custodian, message, signature)
    self._shreds[passport_id][category][version][custodian] = True
    log IRecords.ShredCertified(
        passport_id=passport_id,
        custodian=custodian,
        category=category,
        version=version,
        certificate_hash=certificate_hash,
    )


# ---- external: views -----------------------------------------------------------------------

@external
@view
@reentrant
def move_of(passport_id: uint256, category: uint256) -> IRecords.Move:
    """
    @notice How what is kept of a person in a category stands.
    @param passport_id The person.
    @param category The category's number.
    @return Its version, when it changed, and whether that was its end.
    """
    word: uint256 = self._moves[passport_id][category]
    return IRecords.Move(
        version=word & _SMALL,
        moved_at=(word >> _MOVED_AT) & _SMALL,
        is_erased=word & _ERASED != 0,
    )


@external
@view
@reentrant
def acknowledgement(
    passport_id: uint256, company_id: uint256, purpose: uint256, category: uint256
) -> uint256:
    """
    @notice Whether a company took note of a person's last move.
    @param passport_id The person.
    @param company_id The company.
    @param purpose For what it may see the category, by number.
    @param category The category's number.
    @return 0 nothing to note, 1 acknowledged, 2 expected, 3 late, 4 not allowed, or no longer.
    """
    word: uint256 = self._moves[passport_id][category]
    if word == 0:
        return _NOTHING
    moved_at: uint256 = (word >> _MOVED_AT) & _SMALL
    given: IConsent.Grant = staticcall CONSENT.grant_of(passport_id, company_id, purpose)
    if not staticcall CONSENT.allowed(passport_id, company_id, purpose, category):
        return _NOT_ALLOWED if given.issued_at != 0 else _NOTHING
    if self._acknowledged[passport_id][company_id][category] == word & _SMALL:
        return _ACKNOWLEDGED
    # Whoever is let in after the move gets what holds. A grant renewed is one held before; one
    # that comes after a withdrawal of everything is not.
    withdrawn_at: uint256 = (staticcall CONSENT.person_of(passport_id)).withdrawn_at
    if given.renewed_from <= withdrawn_at and given.issued_at > moved_at:
        return _NOTHING
    return _EXPECTED if block.timestamp <= moved_at + limits.ACKNOWLEDGE_TIME else _LATE


@external
@view
@reentrant
def acknowledged_version(passport_id: uint256, company_id: uint256, category: uint256) -> uint256:
    """
    @notice Of which version of a category a company took note last.
    @param passport_id The person.
    @param company_id The company.
    @param category The category's number.
    @return The version; 0 for none.
    """
    return self._acknowledged[passport_id][company_id][category]


@external
@view
@reentrant
def custodians_of(passport_id: uint256) -> DynArray[address, limits.MAX_CUSTODIANS]:
    """
    @notice Who keeps a person's records.
    @param passport_id The person.
    @return Their signing keys.
    """
    return self._custodians[passport_id]


@external
@view
@reentrant
def is_shredded(
    passport_id: uint256, category: uint256, version: uint256, custodian: address
) -> bool:
    """
    @notice Whether a custodian certified that what was erased is gone.
    @param passport_id The person.
    @param category The category's number.
    @param version The version that erased it.
    @param custodian The custodian.
    @return True when it did.
    """
    return self._shreds[passport_id][category][version][custodian]


@external
@view
@reentrant
def consent() -> address:
    """
    @notice The book that says who allowed what.
    @return The Consent contract.
    """
    return CONSENT.address


# ---- internal: who acts ------------------------------------------------------------------------

@internal
@view
def _person(wallet: address) -> uint256:
    passport_id: uint256 = staticcall PASSPORT.id_of(wallet)
    assert passport_id != 0, "records: no passport"
    return passport_id


@internal
@view
def _require_signed(
    wallet: address,
    message: bytes32,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    signatures._require_live(deadline)
    signatures._require_signed(wallet, message, signature)


# ---- internal: what they do --------------------------------------------------------------------

@internal
def _move(passport_id: uint256, category: uint256, commitment: bytes32) -> uint256:
    assert commitment != empty(bytes32), "records: no commitment"
    version: uint256 = self._raise(passport_id, category, 0)
    log IRecords.CategoryMoved(
        passport_id=passport_id, category=category, version=version, commitment=commitment
    )
    return version


@internal
def _erase(passport_id: uint256, category: uint256) -> uint256:
    version: uint256 = self._raise(passport_id, category, _ERASED)
    log IRecords.CategoryErased(passport_id=passport_id, category=category, version=version)
    return version


@internal
def _raise(passport_id: uint256, category: uint256, mark: uint256) -> uint256:
    self._require_category(category)
    version: uint256 = (self._moves[passport_id][category] & _SMALL) + 1
    self._moves[passport_id][category] = version | block.timestamp << _MOVED_AT | mark
    return version


@internal
def _set_custodians(passport_id: uint256, custodians: DynArray[address, limits.MAX_CUSTODIANS]):
    for i: uint256 in range(len(custodians), bound=limits.MAX_CUSTODIANS):
        assert custodians[i] != empty(address), "records: zero custodian"
        for j: uint256 in range(i, bound=limits.MAX_CUSTODIANS):
            assert custodians[j] != custodians[i], "records: named twice"
    self._custodians[passport_id] = custodians
    log IRecords.CustodiansSet(passport_id=passport_id, custodians=custodians)


@internal
@pure
def _require_category(category: uint256):
    assert category < limits.CATEGORIES, "records: unknown category"
