# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Electorate
@custom:contract-name Electorate
@license AGPL-3.0-only
@author The Cercle authors
@notice Who of one membership has a voice, how much of one, and who speaks for whom.
        Votes are counted by passport, so a lost wallet loses none, remember every past
        second, and can be delegated but never sold or sent.
@dev The electorate: unbound -> bound, once and for good, to the first contract that
     calls `bind`: a membership, in its constructor. Whoever is faster than it only
     makes that deployment fail, in the open.
     A person: unknown -> enrolled -> dismissed -> enrolled again, as the membership
     says. Their units: waiting -> counted, once membership is as old as the maturity.
     Their own units begin by the clock; in the votes of a delegate, and in the
     total, they count from a `refresh` that anybody may send, for a trace of many
     people cannot be written ahead of the clock. Delegation ends likewise: by its
     person at any time, after its date by anybody.
     Leaving must not fail here. So there is no owner, role, pause, halt or directory,
     and `dismiss` refuses nobody but a stranger: who is a member there is enrolled
     here, and it asks the Passport alone, which nobody can stop either.
     Signs: a member their delegation. Pays: the sender.
     Lies: the membership may say who is a member and with what standing; nobody else
     can, and past votes it cannot change.
@custom:security security@cercle.example
@custom:kill Nothing stops it. A brand that wants another opens a new pair, Membership
             and Electorate; this one serves its members, their votes and exits for ever.
"""

from ..interfaces import IElectorate

implements: IElectorate

from ..interfaces import IVotes

implements: IVotes

from ..interfaces import IMembership
from ..interfaces import IPassport

from ..common import limits
from ..common import checkpoints

initializes: checkpoints

from ..common import signatures

initializes: signatures

from ..common import votes

initializes: votes[checkpoints := checkpoints, signatures := signatures]

from . import member_word

exports: (
    signatures.cancel_nonce,
    signatures.is_nonce_used,
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
    votes.clock,
    votes.CLOCK_MODE,
    votes.getPastTotalSupply,
    votes.nonces,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

DELEGATE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "DelegateUntil(address delegator,address delegatee,uint256 expires_at,uint256 nonce,uint256 deadline)"
)

MAX_UNIT_CAP: constant(uint256) = 2**26  # times 2**32 members still fits a checkpoint


# ---- immutables -----------------------------------------------------------------

PASSPORT: immutable(IPassport)
UNIT_RULE: immutable(IElectorate.UnitRule)
UNIT_CAP: immutable(uint256)
MATURITY: immutable(uint256)


# ---- storage --------------------------------------------------------------------

# Whose members vote here; written once.
membership: public(reentrant(address))


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(
    passport_: IPassport,
    unit_rule_: IElectorate.UnitRule,
    unit_cap_: uint256,
    maturity_: uint256,
):
    """
    @notice Open an electorate; the first contract that binds it is its membership.
    @param passport_ The register of persons.
    @param unit_rule_ What a member's units are: ONE, SQRT or CAPPED. For good.
    @param unit_cap_ The cap of CAPPED; 0 with the other rules.
    @param maturity_ The age of membership, in seconds, from which units count.
    """
    assert passport_.address != empty(address), "electorate: zero passport"
    if unit_rule_ == IElectorate.UnitRule.CAPPED:
        assert 0 < unit_cap_ and unit_cap_ <= MAX_UNIT_CAP, "electorate: bad unit cap"
    else:
        assert (
            unit_rule_ == IElectorate.UnitRule.ONE or unit_rule_ == IElectorate.UnitRule.SQRT
        ), "electorate: one unit rule"
        assert unit_cap_ == 0, "electorate: bad unit cap"
    assert maturity_ <= limits.MAX_MATURITY, "electorate: maturity too long"
    signatures.__init__("Cercle Electorate", "1")
    checkpoints.__init__()
    votes.__init__()
    PASSPORT = passport_
    UNIT_RULE = unit_rule_
    UNIT_CAP = unit_cap_
    MATURITY = maturity_


# ---- external: the membership -------------------------------------------------------

@external
def bind():
    """
    @notice Become the membership whose members vote here. A membership calls this
            while it is deployed; it succeeds once.
    """
    assert self.membership == empty(address), "electorate: bound already"
    self.membership = msg.sender
    log IElectorate.MembershipBound(membership=msg.sender)


@external
def enrol(passport_id: uint256, member_no: uint256, wallet: address, standing: uint256):
    """
    @notice Let a new member count once membership is old enough, with their own voice.
    @param passport_id The person.
    @param member_no Their number, which stays theirs.
    @param wallet One of the person's, which stands for them in the standard's event.
    @param standing What they have from an earlier membership.
    """
    self._require_membership()
    votes._enrol(passport_id, member_no, wallet)
    units: uint256 = self._units(standing)
    if units != 0:
        votes._set_own(passport_id, block.timestamp + MATURITY, units)


@external
def dismiss(passport_id: uint256):
    """
    @notice Take a member's units out at once, for they leave.
    @param passport_id The person.
    """
    self._require_membership()
    votes._dismiss(passport_id, self._wallet_of(passport_id), self._delegate_of(passport_id))


# ---- external: members --------------------------------------------------------------

@external
def delegate(delegatee: address):
    """
    @notice Give your votes to another member until you say otherwise, or take them
            back by naming yourself. Polls still ask you.
    @param delegatee Any wallet of a member.
    """
    self._delegate(msg.sender, delegatee, 0)


@external
def delegate_until(delegatee: address, expires_at: uint256):
    """
    @notice Give your votes to another member up to a date.
    @param delegatee Any wallet of a member.
    @param expires_at The second from which anybody may bring them back to you.
    """
    assert expires_at > block.timestamp, "electorate: expiry passed"
    self._delegate(msg.sender, delegatee, expires_at)


@external
def delegateBySig(
    delegatee: address, nonce: uint256, expiry: uint256, v: uint8, r: bytes32, s: bytes32
):
    """
    @notice Delegate for an account that signed ERC-5805's `Delegation`.
    @param delegatee Any wallet of a member.
    @param nonce The signer's next one.
    @param expiry The last second in which the signature counts.
    @param v Recovery byte, 27 or 28.
    @param r First half of the signature.
    @param s Second half, the lower of its two forms.
    """
    signer: address = votes._use_delegation(delegatee, nonce, expiry, v, r, s)
    self._delegate(signer, delegatee, 0)


@external
def delegate_by_signature(
    delegator: address,
    delegatee: address,
    expires_at: uint256,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Delegate for an account that signed `DelegateUntil`; contract wallets too.
    @param delegator Who signed: any wallet of a member.
    @param delegatee Any wallet of a member.
    @param expires_at When the delegation may be ended by anybody; 0: never.
    @param nonce Any number the signer has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The delegator's.
    """
    assert expires_at == 0 or expires_at > block.timestamp, "electorate: expiry passed"
    signatures._require_live(deadline)
    signatures._use_nonce(delegator, nonce)
    signatures._require_signed(
        delegator,
        keccak256(
            abi_encode(DELEGATE_TYPE_HASH, delegator, delegatee, expires_at, nonce, deadline)
        ),
        signature,
    )
    self._delegate(delegator, delegatee, expires_at)


# ---- external: anyone ---------------------------------------------------------------

@external
def expire_delegation(member_no: uint256):
    """
    @notice Bring a member's votes back to them, once their delegation has expired or
            their delegate has left.
    @param member_no The delegator.
    """
    passport_id: uint256 = staticcall IMembership(self.membership).passport_of(member_no)
    delegation: votes.Delegation = votes._delegation(passport_id)
    assert (
        delegation.to_id != 0 and delegation.to_id != passport_id
    ), "electorate: nothing delegated"
    if delegation.expires_at == 0 or block.timestamp < delegation.expires_at:
        assert votes._delegation(delegation.to_id).to_id == 0, "electorate: not expired"
    account: address = self._wallet_of(passport_id)
    votes._delegate(passport_id, passport_id, 0, account, self._delegate_of(passport_id), account)


@external
def refresh(member_nos: DynArray[uint256, limits.MAX_BATCH]):
    """
    @notice Count members' units as they are due; anybody may. Who has left, or is
            too new to count, is passed over.
    @param member_nos Whom.
    """
    for word: uint256 in staticcall IMembership(self.membership).words_of(member_nos):
        passport_id: uint256 = word >> member_word.KEPT_AT
        assert passport_id != 0, "electorate: unknown member"
        joined_at: uint256 = (word >> member_word.JOINED_AT) & member_word.JOINED_MASK
        if word & member_word.ACTIVE == 0 or block.timestamp < joined_at + MATURITY:
            continue
        units: uint256 = self._units(word & member_word.STANDING_MASK)
        # A member of rule ONE has their own unit by the clock.
        if UNIT_RULE != IElectorate.UnitRule.ONE and votes._own(passport_id) != units:
            votes._set_own(passport_id, block.timestamp, units)
        if votes._delegation(passport_id).units != units:
            old: uint256 = votes._set_counted(passport_id, units, self._delegate_of(passport_id))
            log IElectorate.UnitsRefreshed(
                member_no=(word >> member_word.NUMBER_AT) & member_word.NUMBER_MASK,
                old_units=old,
                new_units=units,
            )


# ---- external: views ------------------------------------------------------------------

@external
@view
@reentrant
def ballot(account: address, timepoint: uint256) -> (uint256, uint256):
    """
    @notice Who an account speaks for in the Governor, and with how many votes.
    @param account Any wallet.
    @param timepoint A past second.
    @return The member number, and the votes delegated to it then.
    """
    return votes._votes_at(self._id_of(account), timepoint)


@external
@view
@reentrant
def own(account: address, timepoint: uint256) -> (uint256, uint256):
    """
    @notice Who an account speaks for in a poll, and with how many units of its own.
    @dev Two slots: one of the Passport, one here.
    @param account Any wallet.
    @param timepoint A past second.
    @return The member number, and the units it had then, delegated or not.
    """
    return votes._own_at(self._id_of(account), timepoint)


@external
@view
@reentrant
def ballots(
    words: DynArray[uint256, limits.MAX_BATCH], timepoint: uint256
) -> uint256[limits.MAX_BATCH]:
    """
    @notice `ballot` for many.
    @param words Words of wallet << 96 | anything, as the Passport's `ids_in` takes them.
    @param timepoint A past second.
    @return Words of member_no << 128 | votes, in their order; zeros past the last one.
    """
    return self._packed(words, timepoint, False)


@external
@view
@reentrant
def owns(
    words: DynArray[uint256, limits.MAX_BATCH], timepoint: uint256
) -> uint256[limits.MAX_BATCH]:
    """
    @notice `own` for many.
    @param words Words of wallet << 96 | anything, as the Passport's `ids_in` takes them.
    @param timepoint A past second.
    @return Words of member_no << 128 | units, in their order; zeros past the last one.
    """
    return self._packed(words, timepoint, True)


@external
@view
@reentrant
def getVotes(account: address) -> uint256:
    """
    @notice The votes of the person behind an account, now.
    @param account Any wallet.
    @return The votes.
    """
    return votes._votes(self._id_of(account))


@external
@view
@reentrant
def getPastVotes(account: address, timepoint: uint256) -> uint256:
    """
    @notice The votes of the person behind an account at a past second.
    @param account Any wallet.
    @param timepoint A past second.
    @return The votes.
    """
    member_no: uint256 = 0
    units: uint256 = 0
    member_no, units = votes._votes_at(self._id_of(account), timepoint)
    return units


@external
@view
@reentrant
def delegates(account: address) -> address:
    """
    @notice Whom the person behind an account delegates to.
    @param account Any wallet.
    @return The delegate's main wallet; zero for who is no member.
    """
    return self._delegate_of(self._id_of(account))


@external
@view
@reentrant
def delegation_of(passport_id: uint256) -> votes.Delegation:
    """
    @notice A member's delegation in full.
    @param passport_id The delegator.
    @return The delegate's passport, the expiry (0: none), the units that count.
    """
    return votes._delegation(passport_id)


@external
@view
@reentrant
def member_no_of(passport_id: uint256) -> uint256:
    """
    @notice A person's number, which stays theirs.
    @param passport_id The person.
    @return The number, from 1; 0 for who never joined.
    """
    return checkpoints._tag(passport_id)


@external
@view
@reentrant
def unit_rule() -> IElectorate.UnitRule:
    """
    @notice What makes a member's units.
    @return ONE, SQRT or CAPPED.
    """
    return UNIT_RULE


@external
@view
@reentrant
def unit_cap() -> uint256:
    """
    @notice The most units a member can have under CAPPED.
    @return The cap; 0 under the other rules.
    """
    return UNIT_CAP


@external
@view
@reentrant
def maturity() -> uint256:
    """
    @notice The age of membership from which units count.
    @return Seconds.
    """
    return MATURITY


@external
@view
@reentrant
def passport() -> address:
    """
    @notice The register of persons that this electorate reads.
    @return The Passport.
    """
    return PASSPORT.address


# ---- internal ---------------------------------------------------------------------------

@internal
@view
def _require_membership():
    assert msg.sender == self.membership, "electorate: not the membership"


@internal
def _delegate(delegator: address, delegatee: address, expires_at: uint256):
    passport_id: uint256 = self._id_of(delegator)
    to_id: uint256 = self._id_of(delegatee)
    until: uint256 = expires_at if to_id != passport_id else 0
    account: address = self._wallet_of(passport_id)
    from_id: uint256 = votes._delegation(passport_id).to_id
    votes._delegate(
        passport_id,
        to_id,
        until,
        account,
        account if from_id == passport_id else self._wallet_of(from_id),
        self._wallet_of(to_id),
    )
    if until != 0:
        log IElectorate.DelegationExpirySet(delegator=account, expires_at=until)


@internal
@view
def _units(standing: uint256) -> uint256:
    if UNIT_RULE == IElectorate.UnitRule.ONE:
        return 1
    if UNIT_RULE == IElectorate.UnitRule.SQRT:
        return isqrt(standing)
    return min(standing, UNIT_CAP)


@internal
@view
def _packed(
    words: DynArray[uint256, limits.MAX_BATCH], timepoint: uint256, is_own: bool
) -> uint256[limits.MAX_BATCH]:
    votes._require_past(timepoint)
    kind: uint256 = votes._OWN if is_own else 0
    packed: uint256[limits.MAX_BATCH] = staticcall PASSPORT.ids_in(words, 0)
    for i: uint256 in range(len(words), bound=limits.MAX_BATCH):
        member_no: uint256 = 0
        units: uint256 = 0
        member_no, units = checkpoints._at(packed[i] >> 96 | kind, timepoint)
        packed[i] = member_no << 128 | units
    return packed


@internal
@view
def _id_of(account: address) -> uint256:
    return staticcall PASSPORT.id_of(account)


@internal
@view
def _wallet_of(passport_id: uint256) -> address:
    return staticcall PASSPORT.wallet_of(passport_id)


@internal
@view
def _delegate_of(passport_id: uint256) -> address:
    to_id: uint256 = votes._delegation(passport_id).to_id
    return self._wallet_of(to_id) if to_id != 0 else empty(address)
