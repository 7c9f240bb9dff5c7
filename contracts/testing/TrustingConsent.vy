# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Trusting consent
@custom:contract-name TrustingConsent
@license AGPL-3.0-only
@author The Cercle authors
@notice A book of consents with its defences removed: a signature counts as often as it is
        carried and for whoever has the wallet now; what is written down is valid; purposes and
        data are two lists a company; and its owner may pause everything, withdrawals too.
        It must lose what Consent keeps.
@dev For tests alone.
"""

from ..common import limits
from ..common import signatures
from ..interfaces import IConsent
from ..interfaces import IPassport

initializes: signatures

exports: signatures.eip712_domain_separator.eip712Domain

GRANT_TYPE_HASH: constant(bytes32) = keccak256(
    "Grant(address wallet,uint256 company_id,uint256 purpose,uint256 categories,uint256 issued_at,uint256 until,uint256 keep_until,uint256 reads,uint256 notice_version,bytes32 record_hash,uint256 deadline)"
)

OWNER: immutable(address)
PASSPORT: immutable(IPassport)

is_paused: public(bool)
# passport -> company -> a bit each
_purposes: HashMap[uint256, HashMap[uint256, uint256]]
_categories: HashMap[uint256, HashMap[uint256, uint256]]


@deploy
def __init__(passport_: IPassport, owner_: address):
    signatures.__init__("Trusting Consent", "1")
    PASSPORT = passport_
    OWNER = owner_


@external
def pause():
    """
    @notice Stop everything, as an owner does in an emergency.
    """
    assert msg.sender == OWNER, "trusting_consent: not yours"
    self.is_paused = True


@external
def grant(terms: IConsent.Terms):
    """
    @notice Write a consent down.
    """
    assert not self.is_paused, "trusting_consent: paused"
    self._grant(staticcall PASSPORT.id_of(msg.sender), terms)


@external
def grant_by_signature(
    wallet: address,
    terms: IConsent.Terms,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Write a consent down that somebody signed, some time.
    """
    message: bytes32 = keccak256(abi_encode(GRANT_TYPE_HASH, wallet, terms, deadline))
    signatures._require_live(deadline)
    signatures._require_signed(wallet, message, signature)
    self._grant(staticcall PASSPORT.id_of(wallet), terms)


@external
def withdraw(company_id: uint256, purpose: uint256):
    """
    @notice Take a consent back, unless everything stands still.
    """
    assert not self.is_paused, "trusting_consent: paused"
    passport_id: uint256 = staticcall PASSPORT.id_of(msg.sender)
    self._purposes[passport_id][company_id] &= ~(1 << purpose)


@external
@view
def allowed(passport_id: uint256, company_id: uint256, purpose: uint256, category: uint256) -> bool:
    """
    @notice Whether it was written down.
    """
    return (
        (self._purposes[passport_id][company_id] >> purpose) & 1 == 1
        and (self._categories[passport_id][company_id] >> category) & 1 == 1
    )


@internal
def _grant(passport_id: uint256, terms: IConsent.Terms):
    self._purposes[passport_id][terms.company_id] |= 1 << terms.purpose
    self._categories[passport_id][terms.company_id] |= terms.categories
