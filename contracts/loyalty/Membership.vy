# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Membership
@custom:contract-name Membership
@license AGPL-3.0-only
@author The Cercle authors
@notice A person at one brand: when they joined, the standing they earned, the tier
        it reached, and the votes that membership carries. Keyed by passport, so a
        lost wallet loses nothing, and nothing here can be sold or sent.
@dev A person: unknown -> member -> left -> member again, under the same number. A
     member's units: waiting -> counted, once membership is as old as the maturity.
     Their own units begin by the clock; in the votes of a delegate, and in the
     total, they count from a `refresh` that anybody may send, for a trace of many
     people cannot be written ahead of the clock. Delegation ends likewise: by its
     person at any time, after its date by anybody.
     Signs: a steward signs invitations, a member delegations. Pays: the sender.
     Lies: a steward can admit false people and an issuer can award false standing;
     both only as fast as the public caps allow, both shown by `recent`, and none
     of it counts before the maturity. There is no proof of personhood: one person
     may hold several passports, and the caps bound what that buys.
@custom:security security@cercle.example
@custom:kill The warden's `pause("membership", duration)` on the Charter stops joins,
             nothing else. Leaving, delegating and refreshing cannot be stopped.
"""

from ..interfaces import IGate

implements: IGate

from ..interfaces import IMembership

implements: IMembership

from ..interfaces import IVotes

implements: IVotes

from ..interfaces import ICharter
from ..interfaces import IPassport

from ..common import limits
from ..common import checkpoints

initializes: checkpoints

from ..common import signatures

initializes: signatures

from ..common import votes

initializes: votes[checkpoints := checkpoints, signatures := signatures]

from ..common import wing

initializes: wing

from . import intake

initializes: intake

from . import ladder

initializes: ladder

exports: (
    signatures.cancel_nonce,
    signatures.is_nonce_used,
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
    votes.clock,
    votes.CLOCK_MODE,
    votes.getPastTotalSupply,
    votes.nonces,
    wing.charter,
    wing.halted_until,
    wing.halt_until,
    wing.retire,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

INVITATION_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Invitation(uint256 passport_id,uint256 nonce,uint256 deadline)"
)
DELEGATE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "DelegateUntil(address delegator,address delegatee,uint256 expires_at,uint256 nonce,uint256 deadline)"
)

REWARDS: constant(bytes32) = 0x7265776172647300000000000000000000000000000000000000000000000000
MAX_UNIT_CAP: constant(uint256) = 2**26  # times 2**32 members still fits a checkpoint

# What a perk may ask: the top byte of a gate's argument.
ASKS_TIER: constant(uint256) = 1
ASKS_STANDING: constant(uint256) = 2

# A member's word: standing 64 | member_no 32 | joined_at 40 | active 8 | kept tiers 88
STANDING_MASK: constant(uint256) = 2**64 - 1
BEYOND_LANES: constant(uint256) = 2**64 - 2**31  # what no lane of the ladder can hold
NUMBER_AT: constant(uint256) = 64
NUMBER_MASK: constant(uint256) = 2**32 - 1
JOINED_AT: constant(uint256) = 96
JOINED_MASK: constant(uint256) = 2**40 - 1
ACTIVE: constant(uint256) = 2**136
KEPT_AT: constant(uint256) = 144
STABLE_MASK: constant(uint256) = 2**144 - 1


# ---- immutables -----------------------------------------------------------------

PASSPORT: immutable(IPassport)
UNIT_RULE: immutable(IMembership.UnitRule)
UNIT_CAP: immutable(uint256)
MATURITY: immutable(uint256)


# ---- storage --------------------------------------------------------------------

# passport_id -> the member's word
_members: HashMap[uint256, uint256]

# member_no -> passport_id
_passports: HashMap[uint256, uint256]

# members ever 128 | members now 128
_counts: uint256


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(
    charter_: ICharter,
    passport_: IPassport,
    unit_rule_: IMembership.UnitRule,
    unit_cap_: uint256,
    maturity_: uint256,
    caps_: IMembership.Caps,
    thresholds_: DynArray[uint256, limits.MAX_TIERS],
):
    """
    @notice Open a membership; nobody joins before its Charter is sealed.
    @param charter_ The brand's constitution.
    @param passport_ The register of persons.
    @param unit_rule_ What a member's units are: ONE, SQRT or CAPPED. For good.
    @param unit_cap_ The cap of CAPPED; 0 with the other rules.
    @param maturity_ The age of membership, in seconds, from which units count.
    @param caps_ How many may come in a day and how much standing may be given a period.
    @param thresholds_ The standing that each tier takes, ascending.
    """
    assert passport_.address != empty(address), "membership: zero passport"
    if unit_rule_ == IMembership.UnitRule.CAPPED:
        assert 0 < unit_cap_ and unit_cap_ <= MAX_UNIT_CAP, "membership: bad unit cap"
    else:
        assert (
            unit_rule_ == IMembership.UnitRule.ONE or unit_rule_ == IMembership.UnitRule.SQRT
        ), "membership: one unit rule"
        assert unit_cap_ == 0, "membership: bad unit cap"
    assert maturity_ <= limits.MAX_MATURITY, "membership: maturity too long"
    wing.__init__(charter_)
    signatures.__init__("Cercle Membership", "1")
    checkpoints.__init__()
    votes.__init__()
    intake.__init__(caps_)
    ladder.__init__(thresholds_)
    PASSPORT = passport_
    UNIT_RULE = unit_rule_
    UNIT_CAP = unit_cap_
    MATURITY = maturity_
    log IMembership.TiersChanged(old_thresholds=[], new_thresholds=thresholds_)


# ---- external: the brand ----------------------------------------------------------

@external
def admit(passport_ids: DynArray[uint256, limits.MAX_BATCH]):
    """
    @notice Admit persons by staff's own act; all of them, or none.
    @param passport_ids Persons who are not members now.
    """
    wing._require_role(ICharter.Role.STEWARD)
    self._require_joinable()
    intake._take_in(len(passport_ids), False)
    for passport_id: uint256 in passport_ids:
        wallet: address = self._wallet_of(passport_id)
        assert wallet != empty(address), "membership: no passport"
        self._join(passport_id, wallet, IMembership.Way.ADMITTED)


@external
def set_tiers(thresholds: DynArray[uint256, limits.MAX_TIERS]):
    """
    @notice Change the ladder. Raising any step waits a year from the last change,
            and takes no tier from who reached it within a year.
    @param thresholds The standing that each tier takes, ascending; at most eight.
    """
    wing._require_role(ICharter.Role.ADMIN)
    old: DynArray[uint256, limits.MAX_TIERS] = ladder._thresholds()
    ladder._set_steps(thresholds)
    log IMembership.TiersChanged(old_thresholds=old, new_thresholds=thresholds)


@external
def credit(credits: DynArray[uint256, limits.MAX_BATCH]) -> uint256:
    """
    @notice Add standing that the brand's rewards gave. Units follow at a refresh.
    @dev Whoever is no member is skipped, so that one of them stops no batch.
    @param credits Words of passport_id << 96 | amount.
    @return A bitmap of those credited, the first one in the lowest bit.
    """
    assert msg.sender == staticcall wing.CHARTER.entry(REWARDS), "membership: not the rewards"
    steps: uint256 = ladder._steps
    lanes: uint256 = unsafe_sub(steps | ladder._TOPS, ladder._ONES)
    # How many are credited, above 128 bits that hold how much.
    given: uint256 = 0
    for item: uint256 in credits:
        word: uint256 = self._members[item >> 96]
        if word & ACTIVE == 0:
            continue
        amount: uint256 = item & (2**96 - 1)
        # Unsafe but proven: while both standings fit the ladder's lanes, this and its
        # difference below are `ladder._unreached` of them, and neither borrows.
        above: uint256 = unsafe_sub(lanes, unsafe_mul(word & STANDING_MASK, ladder._ONES))
        # Unsafe but proven, here and below: a standing is below 2**64, an amount below
        # 2**96, and the cap, checked at the end, keeps the sum of all within 64 bits.
        word = unsafe_add(word, amount)
        if (
            above ^ unsafe_sub(above, unsafe_mul(amount, ladder._ONES))
        ) & ladder._TOPS | word & BEYOND_LANES != 0:
            word = self._risen(steps, word, amount)
        self._members[item >> 96] = word
        given = unsafe_add(given, amount | 2**128)
    if given == 0:
        return 0
    bitmap: uint256 = (1 << len(credits)) - 1
    if given >> 128 == len(credits):
        log IMembership.StandingCredited(credits=credits)
    else:
        credited: DynArray[uint256, limits.MAX_BATCH] = []
        bitmap = 0
        for i: uint256 in range(len(credits), bound=limits.MAX_BATCH):
            if self._members[credits[i] >> 96] & ACTIVE != 0:
                bitmap |= 1 << i
                credited.append(credits[i])
        log IMembership.StandingCredited(credits=credited)
    intake._give(given >> 128, given & (2**128 - 1))
    return bitmap


@external
def debit(passport_id: uint256, amount: uint256, since: uint256) -> uint256:
    """
    @notice Take back standing that an award gave by mistake, and the tier with it.
    @dev Also for a replaced rewards contract, which may still reverse its own.
    @param passport_id The person, member or not.
    @param amount What the award gave.
    @param since When; a tier reached earlier stays kept.
    @return What was taken: less when less is left.
    """
    assert staticcall wing.CHARTER.name_of(msg.sender) == REWARDS, "membership: not the rewards"
    word: uint256 = self._members[passport_id]
    standing: uint256 = word & STANDING_MASK
    taken: uint256 = min(amount, standing)
    if taken != 0:
        tier: uint256 = ladder._tier(ladder._steps, standing - taken)
        kept: uint256 = ladder._slip(word >> KEPT_AT, tier, since)
        self._members[passport_id] = (word & STABLE_MASK | kept << KEPT_AT) - taken
        log IMembership.StandingDebited(passport_id=passport_id, amount=taken)
    return taken


# ---- external: a person, coming and going ------------------------------------------

@external
def join(
    inviter: address, nonce: uint256, deadline: uint256, signature: Bytes[limits.MAX_SIGNATURE]
) -> uint256:
    """
    @notice Join by an invitation that staff signed, to you or to whoever bears it.
    @param inviter The steward who signed the EIP-712 `Invitation`.
    @param nonce The inviter's nonce in it; an invitation counts once.
    @param deadline The last second in which it counts.
    @param signature The inviter's signature.
    @return Your member number.
    """
    passport_id: uint256 = self._require_person()
    self._require_joinable()
    signatures._require_live(deadline)
    assert staticcall wing.CHARTER.has_role(
        inviter, ICharter.Role.STEWARD
    ), "membership: inviter no steward"
    signatures._use_nonce(inviter, nonce)
    intake._take_in(1, False)
    member_no: uint256 = self._join(passport_id, msg.sender, IMembership.Way.INVITED)
    named: bytes32 = keccak256(abi_encode(INVITATION_TYPE_HASH, passport_id, nonce, deadline))
    if not signatures._is_signed(inviter, named, signature):
        bearer: bytes32 = keccak256(
            abi_encode(INVITATION_TYPE_HASH, empty(uint256), nonce, deadline)
        )
        signatures._require_signed(inviter, bearer, signature)
    return member_no


@external
def join_open() -> uint256:
    """
    @notice Join through the open door, if the brand keeps one, within its daily cap.
    @return Your member number.
    """
    passport_id: uint256 = self._require_person()
    self._require_joinable()
    assert intake.CAPS.open_door_per_day != 0, "membership: no open door"
    intake._take_in(1, True)
    return self._join(passport_id, msg.sender, IMembership.Way.WALKED_IN)


@external
def leave():
    """
    @notice Leave. Your units go at once; number, standing and the past remain.
    """
    passport_id: uint256 = self._id_of(msg.sender)
    word: uint256 = self._members[passport_id]
    assert word & ACTIVE != 0, "membership: not a member"
    self._members[passport_id] = word ^ ACTIVE
    self._counts -= 1
    account: address = self._wallet_of(passport_id)
    votes._dismiss(passport_id, account, self._delegate_of(passport_id))
    log IMembership.MemberLeft(member_no=(word >> NUMBER_AT) & NUMBER_MASK, passport_id=passport_id)


# ---- external: votes ------------------------------------------------------------------

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
    assert expires_at > block.timestamp, "membership: expiry passed"
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
    assert expires_at == 0 or expires_at > block.timestamp, "membership: expiry passed"
    signatures._require_live(deadline)
    signatures._use_nonce(delegator, nonce)
    self._delegate(delegator, delegatee, expires_at)
    signatures._require_signed(
        delegator,
        keccak256(
            abi_encode(DELEGATE_TYPE_HASH, delegator, delegatee, expires_at, nonce, deadline)
        ),
        signature,
    )


@external
def expire_delegation(member_no: uint256):
    """
    @notice Bring a member's votes back to them, once their delegation has expired or
            their delegate has left.
    @param member_no The delegator.
    """
    passport_id: uint256 = self._passports[member_no]
    delegation: votes.Delegation = votes._delegation(passport_id)
    assert (
        delegation.to_id != 0 and delegation.to_id != passport_id
    ), "membership: nothing delegated"
    if delegation.expires_at == 0 or block.timestamp < delegation.expires_at:
        assert votes._delegation(delegation.to_id).to_id == 0, "membership: not expired"
    account: address = self._wallet_of(passport_id)
    votes._delegate(passport_id, passport_id, 0, account, self._delegate_of(passport_id), account)


@external
def refresh(member_nos: DynArray[uint256, limits.MAX_BATCH]):
    """
    @notice Count members' units as they are due; anybody may. Who has left, or is
            too new to count, is passed over.
    @param member_nos Whom.
    """
    for member_no: uint256 in member_nos:
        passport_id: uint256 = self._passports[member_no]
        assert passport_id != 0, "membership: unknown member"
        word: uint256 = self._members[passport_id]
        if word & ACTIVE == 0 or block.timestamp < self._counts_from(word):
            continue
        units: uint256 = self._units(word)
        # A member of rule ONE has their own unit by the clock.
        if UNIT_RULE != IMembership.UnitRule.ONE and votes._own(passport_id) != units:
            votes._set_own(passport_id, block.timestamp, units)
        if votes._delegation(passport_id).units != units:
            old: uint256 = votes._set_counted(passport_id, units, self._delegate_of(passport_id))
            log IMembership.UnitsRefreshed(member_no=member_no, old_units=old, new_units=units)


# ---- external: views, membership ------------------------------------------------------

@external
@view
@reentrant
def member_of(account: address) -> (uint256, uint256):
    """
    @notice Which member a wallet speaks for.
    @param account Any wallet.
    @return The passport (0: none), and the member number: 0 when no member now.
    """
    passport_id: uint256 = self._id_of(account)
    word: uint256 = self._members[passport_id]
    if word & ACTIVE == 0:
        return (passport_id, 0)
    return (passport_id, (word >> NUMBER_AT) & NUMBER_MASK)


@external
@view
@reentrant
def member(passport_id: uint256) -> IMembership.Member:
    """
    @notice All there is to know of a member.
    @param passport_id The person.
    @return The member; all zero for who never joined. Who left keeps number and standing.
    """
    word: uint256 = self._members[passport_id]
    is_active: bool = word & ACTIVE != 0
    tier: uint256 = 0
    kept_until: uint256 = 0
    if is_active:
        tier, kept_until = ladder._held(word >> KEPT_AT, word & STANDING_MASK)
    return IMembership.Member(
        member_no=(word >> NUMBER_AT) & NUMBER_MASK,
        passport_id=passport_id if word != 0 else 0,
        joined_at=(word >> JOINED_AT) & JOINED_MASK,
        is_active=is_active,
        standing=word & STANDING_MASK,
        tier=tier,
        tier_kept_until=kept_until,
        counts_from=self._counts_from(word) if is_active else 0,
    )


@external
@view
@reentrant
def member_no_of(passport_id: uint256) -> uint256:
    """
    @notice A person's number, which stays theirs.
    @param passport_id The person.
    @return The number, from 1; 0 for who never joined.
    """
    return (self._members[passport_id] >> NUMBER_AT) & NUMBER_MASK


@external
@view
@reentrant
def passport_of(member_no: uint256) -> uint256:
    """
    @notice The person behind a number.
    @param member_no The number.
    @return The passport; 0 for an unknown number.
    """
    return self._passports[member_no]


@external
@view
@reentrant
def member_count() -> uint256:
    """
    @notice How many people ever joined; the highest number.
    @return The count.
    """
    return self._counts >> 128


@external
@view
@reentrant
def active_count() -> uint256:
    """
    @notice How many are members now.
    @return The count.
    """
    return self._counts & (2**128 - 1)


@external
@view
@reentrant
def tier_of(passport_id: uint256) -> uint256:
    """
    @notice A member's tier: what standing reached, or higher while it is kept.
    @param passport_id The person.
    @return The tier; 0 below the first one, and for who is no member.
    """
    return self._tier_of(self._members[passport_id])


@external
@view
@reentrant
def standing_of(passport_id: uint256) -> uint256:
    """
    @notice The qualifying points of a lifetime.
    @param passport_id The person, member or not.
    @return Their standing.
    """
    return self._members[passport_id] & STANDING_MASK


@external
@view
@reentrant
def tiers() -> DynArray[uint256, limits.MAX_TIERS]:
    """
    @notice The ladder.
    @return The standing that each tier takes, ascending.
    """
    return ladder._thresholds()


@external
@view
@reentrant
def caps() -> IMembership.Caps:
    """
    @notice How many may come in a day, and how much standing may be given a period.
    @return The caps.
    """
    return intake.CAPS


@external
@view
@reentrant
def unit_rule() -> IMembership.UnitRule:
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
    @notice The register of persons that this membership reads.
    @return The Passport.
    """
    return PASSPORT.address


@external
@view
@reentrant
def recent(since: uint256) -> (uint256, uint256, uint256):
    """
    @notice What changed lately, by whole days: ask it before you trust a vote.
    @param since Any second of the first day.
    @return Members joined, awards credited, standing credited.
    """
    return intake._since(since)


@external
@view
@reentrant
def open_for(passport_id: uint256, argument: uint96) -> bool:
    """
    @notice Whether a member has reached a tier, or a standing.
    @param passport_id The person.
    @param argument 1 << 88 | tier, or 2 << 88 | standing.
    @return True when reached; False for who is no member.
    """
    question: uint256 = convert(argument, uint256) >> 88
    least: uint256 = convert(argument, uint256) & (2**88 - 1)
    word: uint256 = self._members[passport_id]
    if question == ASKS_TIER:
        return word & ACTIVE != 0 and ladder._holds(word >> KEPT_AT, word & STANDING_MASK, least)
    assert question == ASKS_STANDING, "membership: unknown question"
    return word & ACTIVE != 0 and word & STANDING_MASK >= least


# ---- external: views, votes -----------------------------------------------------------

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
    accounts: DynArray[address, limits.MAX_BATCH], timepoint: uint256
) -> DynArray[uint256, limits.MAX_BATCH]:
    """
    @notice `ballot` for many.
    @param accounts Any wallets.
    @param timepoint A past second.
    @return Words of member_no << 128 | votes.
    """
    return self._packed(accounts, timepoint, False)


@external
@view
@reentrant
def owns(
    accounts: DynArray[address, limits.MAX_BATCH], timepoint: uint256
) -> DynArray[uint256, limits.MAX_BATCH]:
    """
    @notice `own` for many.
    @param accounts Any wallets.
    @param timepoint A past second.
    @return Words of member_no << 128 | units.
    """
    return self._packed(accounts, timepoint, True)


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


# ---- internal: joining and delegating ---------------------------------------------------

@internal
@view
def _require_person() -> uint256:
    passport_id: uint256 = self._id_of(msg.sender)
    assert passport_id != 0, "membership: no passport"
    return passport_id


@internal
@view
def _require_joinable():
    wing._require_running()
    assert staticcall wing.CHARTER.is_sealed(), "membership: charter unsealed"


@internal
def _join(passport_id: uint256, wallet: address, way: IMembership.Way) -> uint256:
    word: uint256 = self._members[passport_id]
    assert word & ACTIVE == 0, "membership: already a member"
    member_no: uint256 = (word >> NUMBER_AT) & NUMBER_MASK
    counts: uint256 = self._counts + 1
    if member_no == 0:
        counts += 1 << 128
        member_no = counts >> 128
        self._passports[member_no] = passport_id
    self._counts = counts
    # Standing and kept tiers stay from an earlier membership; the age does not.
    word &= ~(JOINED_MASK << JOINED_AT | NUMBER_MASK << NUMBER_AT)
    word |= ACTIVE | block.timestamp << JOINED_AT | member_no << NUMBER_AT
    self._members[passport_id] = word
    counts_from: uint256 = block.timestamp + MATURITY
    units: uint256 = self._units(word)
    log IMembership.MemberJoined(
        member_no=member_no, passport_id=passport_id, way=way, counts_from=counts_from
    )
    votes._enrol(passport_id, member_no, wallet)
    if units != 0:
        votes._set_own(passport_id, counts_from, units)
    return member_no


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
        log IMembership.DelegationExpirySet(delegator=delegator, expires_at=until)


# ---- internal: reads ------------------------------------------------------------------

@internal
@view
def _risen(steps: uint256, word: uint256, amount: uint256) -> uint256:
    """
    @dev A member's word, its standing just risen by the amount, with the tier it reached.
    """
    new: uint256 = word & STANDING_MASK
    # No underflow that stays: only a sum above the cap could wrap, and that is refused.
    old: uint256 = unsafe_sub(new, amount)
    if ladder._unreached(steps, old) == ladder._unreached(steps, new):
        return word
    kept: uint256 = ladder._climb(word >> KEPT_AT, ladder._tier(steps, new))
    return word & STABLE_MASK | kept << KEPT_AT


@internal
@view
def _units(word: uint256) -> uint256:
    standing: uint256 = word & STANDING_MASK
    if UNIT_RULE == IMembership.UnitRule.ONE:
        return 1
    if UNIT_RULE == IMembership.UnitRule.SQRT:
        return isqrt(standing)
    return min(standing, UNIT_CAP)


@internal
@view
def _counts_from(word: uint256) -> uint256:
    return ((word >> JOINED_AT) & JOINED_MASK) + MATURITY


@internal
@view
def _tier_of(word: uint256) -> uint256:
    if word & ACTIVE == 0:
        return 0
    tier: uint256 = 0
    kept_until: uint256 = 0
    tier, kept_until = ladder._held(word >> KEPT_AT, word & STANDING_MASK)
    return tier


@internal
@view
def _packed(
    accounts: DynArray[address, limits.MAX_BATCH], timepoint: uint256, is_own: bool
) -> DynArray[uint256, limits.MAX_BATCH]:
    packed: DynArray[uint256, limits.MAX_BATCH] = []
    member_no: uint256 = 0
    units: uint256 = 0
    for passport_id: uint256 in staticcall PASSPORT.ids_of(accounts):
        if is_own:
            member_no, units = votes._own_at(passport_id, timepoint)
        else:
            member_no, units = votes._votes_at(passport_id, timepoint)
        packed.append(member_no << 128 | units)
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
