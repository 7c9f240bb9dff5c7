# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Membership
@custom:contract-name Membership
@license AGPL-3.0-only
@author The Cercle authors
@notice A person at one brand: when they joined, the standing they earned and the tier
        it reached. Keyed by passport, so a lost wallet loses nothing, and nothing here
        can be sold or sent. The votes that membership carries are the Electorate's.
@dev A person: unknown -> member -> left -> member again, under the same number.
     Leaving has no pause, fee, lock or dependency but two contracts that are fixed
     here for good and that nobody can stop: the Passport says who asks, and the
     Electorate, whose only membership this is, takes their units out in the same
     call. It is asked by an address in this code, not by a look-up, and refuses its
     membership nothing.
     Signs: a steward signs invitations; a person may sign their joining and leaving, for
     somebody else to send. Pays: the sender.
     Lies: a steward can admit false people and an issuer can award false standing;
     both only as fast as the public caps allow, both shown by `recent`, and none
     of it counts before the Electorate's maturity. There is no proof of personhood:
     one person may hold several passports, and the caps bound what that buys.
@custom:security security@cercle.example
@custom:kill The warden's `pause("membership", duration)` on the Charter stops joins,
             nothing else. Leaving cannot be stopped.
"""

from ..interfaces import IGate

implements: IGate

from ..interfaces import IMembership

implements: IMembership

from ..interfaces import ICharter
from ..interfaces import IElectorate
from ..interfaces import IPassport

from ..common import limits
from ..common import signatures

initializes: signatures

from ..common import wing

initializes: wing

from . import intake

initializes: intake

from . import ladder

initializes: ladder

from . import member_word

exports: (
    signatures.cancel_nonce,
    signatures.is_nonce_used,
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
    wing.charter,
    wing.halted_until,
    wing.halt_until,
    wing.retire,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

INVITATION_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Invitation(address inviter,uint256 passport_id,uint256 nonce,uint256 deadline)"
)
JOIN_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Join(address wallet,address inviter,uint256 nonce,uint256 deadline)"
)
LEAVE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Leave(address wallet,uint256 nonce,uint256 deadline)"
)

REWARDS: constant(bytes32) = 0x7265776172647300000000000000000000000000000000000000000000000000

# What a perk may ask: the top byte of a gate's argument.
ASKS_TIER: constant(uint256) = 1
ASKS_STANDING: constant(uint256) = 2

BEYOND_LANES: constant(uint256) = 2**64 - 2**31  # what no lane of the ladder can hold


# ---- immutables -----------------------------------------------------------------

ELECTORATE: immutable(IElectorate)
PASSPORT: immutable(IPassport)
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
    electorate_: IElectorate,
    caps_: IMembership.Caps,
    thresholds_: DynArray[uint256, limits.MAX_TIERS],
):
    """
    @notice Open a membership; nobody joins before its Charter is sealed.
    @param charter_ The brand's constitution.
    @param electorate_ Where members have their voice, bound to this membership here
           and for good; refused when it has one already. Its Passport is ours.
    @param caps_ How many may come in a day and how much standing may be given a period.
    @param thresholds_ The standing that each tier takes, ascending.
    """
    assert electorate_.address != empty(address), "membership: zero electorate"
    wing.__init__(charter_)
    signatures.__init__("Cercle Membership", "1")
    intake.__init__(caps_)
    ladder.__init__(thresholds_)
    ELECTORATE = electorate_
    PASSPORT = IPassport(staticcall electorate_.passport())
    MATURITY = staticcall electorate_.maturity()
    log IMembership.TiersChanged(old_thresholds=[], new_thresholds=thresholds_)
    extcall electorate_.bind()


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
        if word & member_word.ACTIVE == 0:
            continue
        amount: uint256 = item & (2**96 - 1)
        # Unsafe but proven: while both standings fit the ladder's lanes, this and its
        # difference below are `ladder._unreached` of them, and neither borrows.
        above: uint256 = unsafe_sub(
            lanes, unsafe_mul(word & member_word.STANDING_MASK, ladder._ONES)
        )
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
            if self._members[credits[i] >> 96] & member_word.ACTIVE != 0:
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
    standing: uint256 = word & member_word.STANDING_MASK
    taken: uint256 = min(amount, standing)
    if taken != 0:
        tier: uint256 = ladder._tier(ladder._steps, standing - taken)
        kept: uint256 = ladder._slip(word >> member_word.KEPT_AT, tier, since)
        self._members[passport_id] = (
            word & member_word.STABLE_MASK | kept << member_word.KEPT_AT
        ) - taken
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
    return self._join_invited(msg.sender, inviter, nonce, deadline, signature)


@external
def join_open() -> uint256:
    """
    @notice Join through the open door, if the brand keeps one, within its daily cap.
    @return Your member number.
    """
    passport_id: uint256 = self._require_person(msg.sender)
    self._require_joinable()
    assert intake.CAPS.open_door_per_day != 0, "membership: no open door"
    intake._take_in(1, True)
    return self._join(passport_id, msg.sender, IMembership.Way.WALKED_IN)


@external
def leave():
    """
    @notice Leave. Your units go at once; number, standing and the past remain.
    """
    self._leave(msg.sender)


# ---- external: anyone, with what a person signed ----------------------------------------

@external
def join_by_signature(
    wallet: address,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
    inviter: address,
    invitation_nonce: uint256,
    invitation_deadline: uint256,
    invitation_signature: Bytes[limits.MAX_SIGNATURE],
) -> uint256:
    """
    @notice Let in a person who was invited and signed that they come.
    @param wallet Who signed: any wallet of the person's.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which its signature counts.
    @param signature The wallet's, of `Join`.
    @param inviter The steward who signed the invitation.
    @param invitation_nonce The inviter's nonce in it.
    @param invitation_deadline The last second in which it counts.
    @param invitation_signature The inviter's, of `Invitation`.
    @return The member number.
    """
    signatures._require_live(deadline)
    signatures._use_nonce(wallet, nonce)
    signatures._require_signed(
        wallet, keccak256(abi_encode(JOIN_TYPE_HASH, wallet, inviter, nonce, deadline)), signature
    )
    return self._join_invited(
        wallet, inviter, invitation_nonce, invitation_deadline, invitation_signature
    )


@external
def leave_by_signature(
    wallet: address, nonce: uint256, deadline: uint256, signature: Bytes[limits.MAX_SIGNATURE]
):
    """
    @notice Let a member go who signed that they leave.
    @param wallet Who signed: any wallet of the member's.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which its signature counts.
    @param signature The wallet's, of `Leave`.
    """
    signatures._require_live(deadline)
    signatures._use_nonce(wallet, nonce)
    signatures._require_signed(
        wallet, keccak256(abi_encode(LEAVE_TYPE_HASH, wallet, nonce, deadline)), signature
    )
    self._leave(wallet)


# ---- external: views ------------------------------------------------------------------

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
    if word & member_word.ACTIVE == 0:
        return (passport_id, 0)
    return (passport_id, (word >> member_word.NUMBER_AT) & member_word.NUMBER_MASK)


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
    is_active: bool = word & member_word.ACTIVE != 0
    tier: uint256 = 0
    kept_until: uint256 = 0
    if is_active:
        tier, kept_until = ladder._held(
            word >> member_word.KEPT_AT, word & member_word.STANDING_MASK
        )
    return IMembership.Member(
        member_no=(word >> member_word.NUMBER_AT) & member_word.NUMBER_MASK,
        passport_id=passport_id if word != 0 else 0,
        joined_at=(word >> member_word.JOINED_AT) & member_word.JOINED_MASK,
        is_active=is_active,
        standing=word & member_word.STANDING_MASK,
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
    return (self._members[passport_id] >> member_word.NUMBER_AT) & member_word.NUMBER_MASK


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
    return self._members[passport_id] & member_word.STANDING_MASK


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
def words_of(
    member_nos: DynArray[uint256, limits.MAX_BATCH]
) -> DynArray[uint256, limits.MAX_BATCH]:
    """
    @notice What counts of several members, each in one word: for the Electorate.
    @param member_nos Whom.
    @return Words of passport_id 64 | active 8 | joined_at 40 | member_no 32 |
            standing 64; 0 for an unknown number.
    """
    words: DynArray[uint256, limits.MAX_BATCH] = []
    for member_no: uint256 in member_nos:
        passport_id: uint256 = self._passports[member_no]
        words.append(
            self._members[passport_id] & member_word.STABLE_MASK
            | passport_id << member_word.KEPT_AT
        )
    return words


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
def electorate() -> address:
    """
    @notice Where the members of this membership have their voice.
    @return The Electorate.
    """
    return ELECTORATE.address


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
        return word & member_word.ACTIVE != 0 and ladder._holds(
            word >> member_word.KEPT_AT, word & member_word.STANDING_MASK, least
        )
    assert question == ASKS_STANDING, "membership: unknown question"
    return word & member_word.ACTIVE != 0 and word & member_word.STANDING_MASK >= least


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


# ---- internal: joining ----------------------------------------------------------------

@internal
@view
def _require_person(wallet: address) -> uint256:
    passport_id: uint256 = self._id_of(wallet)
    assert passport_id != 0, "membership: no passport"
    return passport_id


@internal
@view
def _require_joinable():
    wing._require_running()
    assert staticcall wing.CHARTER.is_sealed(), "membership: charter unsealed"


@internal
def _join_invited(
    wallet: address,
    inviter: address,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
) -> uint256:
    passport_id: uint256 = self._require_person(wallet)
    self._require_joinable()
    signatures._require_live(deadline)
    assert staticcall wing.CHARTER.has_role(
        inviter, ICharter.Role.STEWARD
    ), "membership: inviter no steward"
    signatures._use_nonce(inviter, nonce)
    intake._take_in(1, False)
    named: bytes32 = keccak256(
        abi_encode(INVITATION_TYPE_HASH, inviter, passport_id, nonce, deadline)
    )
    if not signatures._is_signed(inviter, named, signature):
        bearer: bytes32 = keccak256(
            abi_encode(INVITATION_TYPE_HASH, inviter, empty(uint256), nonce, deadline)
        )
        signatures._require_signed(inviter, bearer, signature)
    return self._join(passport_id, wallet, IMembership.Way.INVITED)


@internal
def _join(passport_id: uint256, wallet: address, way: IMembership.Way) -> uint256:
    word: uint256 = self._members[passport_id]
    assert word & member_word.ACTIVE == 0, "membership: already a member"
    member_no: uint256 = (word >> member_word.NUMBER_AT) & member_word.NUMBER_MASK
    counts: uint256 = self._counts + 1
    if member_no == 0:
        counts += 1 << 128
        member_no = counts >> 128
        self._passports[member_no] = passport_id
    self._counts = counts
    # Standing and kept tiers stay from an earlier membership; the age does not.
    word &= ~(
        member_word.JOINED_MASK << member_word.JOINED_AT
        | member_word.NUMBER_MASK << member_word.NUMBER_AT
    )
    word |= (
        member_word.ACTIVE
        | block.timestamp << member_word.JOINED_AT
        | member_no << member_word.NUMBER_AT
    )
    self._members[passport_id] = word
    log IMembership.MemberJoined(
        member_no=member_no,
        passport_id=passport_id,
        way=way,
        counts_from=block.timestamp + MATURITY,
    )
    extcall ELECTORATE.enrol(passport_id, member_no, wallet, word & member_word.STANDING_MASK)
    return member_no


@internal
def _leave(wallet: address):
    passport_id: uint256 = self._id_of(wallet)
    word: uint256 = self._members[passport_id]
    assert word & member_word.ACTIVE != 0, "membership: not a member"
    self._members[passport_id] = word ^ member_word.ACTIVE
    self._counts -= 1
    extcall ELECTORATE.dismiss(passport_id)
    log IMembership.MemberLeft(
        member_no=(word >> member_word.NUMBER_AT) & member_word.NUMBER_MASK, passport_id=passport_id
    )


# ---- internal: reads ------------------------------------------------------------------

@internal
@view
def _risen(steps: uint256, word: uint256, amount: uint256) -> uint256:
    """
    @dev A member's word, its standing just risen by the amount, with the tier it reached.
    """
    new: uint256 = word & member_word.STANDING_MASK
    # No underflow that stays: only a sum above the cap could wrap, and that is refused.
    old: uint256 = unsafe_sub(new, amount)
    if ladder._unreached(steps, old) == ladder._unreached(steps, new):
        return word
    kept: uint256 = ladder._climb(word >> member_word.KEPT_AT, ladder._tier(steps, new))
    return word & member_word.STABLE_MASK | kept << member_word.KEPT_AT


@internal
@view
def _counts_from(word: uint256) -> uint256:
    return ((word >> member_word.JOINED_AT) & member_word.JOINED_MASK) + MATURITY


@internal
@view
def _tier_of(word: uint256) -> uint256:
    if word & member_word.ACTIVE == 0:
        return 0
    tier: uint256 = 0
    kept_until: uint256 = 0
    tier, kept_until = ladder._held(word >> member_word.KEPT_AT, word & member_word.STANDING_MASK)
    return tier


@internal
@view
def _id_of(account: address) -> uint256:
    return staticcall PASSPORT.id_of(account)


@internal
@view
def _wallet_of(passport_id: uint256) -> address:
    return staticcall PASSPORT.wallet_of(passport_id)
