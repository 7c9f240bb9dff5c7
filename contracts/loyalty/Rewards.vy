# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Rewards
@custom:contract-name Rewards
@license AGPL-3.0-only
@author The Cercle authors
@notice How you earn: staff award points and standing in batches, within a budget that
        anyone can read. A batch is paid once, whoever is no member is skipped and
        named, and a mistaken award can be undone for seven days.
@dev An award's life: given -> final after seven days | reversed within them. A person
     without passport or membership is skipped, for one bad line must not cost the
     other ninety-nine theirs.

     Who signs and pays: an ISSUER, each batch. Who can lie: that ISSUER, about what was
     bought and by whom. It costs the members the budget of the period at worst, in the
     open; the TREASURER sets that budget, and a raise is known a period ahead.

     It never does these: reverse twice, take back more than an award gave or is left of
     it, or touch the standing of another person than the one who got it.
@custom:security security@cercle.example
@custom:kill The Charter's warden halts awards for at most fourteen days at a time;
             replacing the entry in the Charter ends them for good. Reversals within
             their seven days go on.
"""

from ..interfaces import ICharter
from ..interfaces import IMembership
from ..interfaces import IPassport
from ..interfaces import IPoints
from ..interfaces import IRewards

implements: IRewards

from ..common import limits
from ..common import wing

initializes: wing

exports: (
    wing.charter,
    wing.halt_until,
    wing.halted_until,
    wing.retire,
)


# ---- constants ------------------------------------------------------------------

# An award's word, from the lowest bit: standing 48, points 48, account 160.
FIELD: constant(uint256) = 2**48 - 1
POINTS_AT: constant(uint256) = 48
ACCOUNT_AT: constant(uint256) = 96

WORDS: constant(uint256) = 32 * limits.MAX_BATCH
# A call with a list of words: method, where the list starts, its length, the words.
CALL: constant(uint256) = 68 + 32 * limits.MAX_BATCH

# A batch's word: the upper 208 bits of its hash, and 48 bits of time.
TIME: constant(uint256) = 2**48 - 1

# A batch's closed awards: reversed ones from the lowest bit, skipped ones from this one.
SKIPPED_AT: constant(uint256) = 128

# The budget's word, from the lowest bit: spent 64, this period's budget 64, the next
# ones' 64, period number 64.
LANE: constant(uint256) = 2**64 - 1
BUDGET_AT: constant(uint256) = 64
NEXT_AT: constant(uint256) = 128
NUMBER_AT: constant(uint256) = 192


# ---- immutables -----------------------------------------------------------------

PASSPORT: public(immutable(IPassport))
MEMBERSHIP: public(immutable(IMembership))
POINTS: public(immutable(IPoints))
PERIOD: immutable(uint256)


# ---- storage --------------------------------------------------------------------

# batch_id -> its word; 0 while the id is free
_batches: HashMap[uint256, uint256]

# batch_id -> bitmap of the awards that cannot be reversed, by index
_closed: HashMap[uint256, uint256]

_budget: uint256


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(
    charter_: ICharter,
    passport_: IPassport,
    membership_: IMembership,
    points_: IPoints,
    period_: uint256,
    budget_: uint256,
):
    wing.__init__(charter_)
    # Code, and not just an address: a raw call to an account without any would succeed.
    assert passport_.address.is_contract, "rewards: zero passport"
    assert membership_.address.is_contract, "rewards: zero membership"
    assert points_.address.is_contract, "rewards: zero points"
    assert period_ >= limits.DAY and period_ <= limits.YEAR, "rewards: bad period"
    assert budget_ <= LANE, "rewards: budget too high"
    PASSPORT = passport_
    MEMBERSHIP = membership_
    POINTS = points_
    PERIOD = period_
    self._budget = (
        ((block.timestamp // period_) << NUMBER_AT) | (budget_ << NEXT_AT) | (budget_ << BUDGET_AT)
    )


# ---- external: the issuer ---------------------------------------------------------

@external
def award(batch_id: uint256, awards: DynArray[uint256, limits.MAX_BATCH]):
    """
    @notice Give points and standing to up to a hundred members.
    @dev What is kept of a batch is one slot: when, and the hash of the two calls that
         would pay all of it (see `_hash`), without its lowest 48 bits.
    @param batch_id A number that was never used here, so that nothing is paid twice.
    @param awards Words of account << 96 | points << 48 | standing.
    """
    wing._require_running()
    wing._require_role(ICharter.Role.ISSUER)
    count: uint256 = len(awards)
    assert count != 0, "rewards: no awards"
    assert self._batches[batch_id] == 0, "rewards: batch id used"

    # The batch travels as bytes, in the form of the calls that pay it: typed lists would
    # be built word by word for each call, which costs a member four hundred gas.
    mint_call: Bytes[CALL] = abi_encode(awards, method_id=method_id("mint_batch(uint256[])"))
    ids: Bytes[WORDS] = raw_call(
        PASSPORT.address,
        # The list itself begins 100 bytes on: past these two words, the other call's
        # method and the word that says where the list is.
        concat(
            method_id("ids_in(uint256[],uint256)"),
            convert(100, bytes32),
            convert(FIELD, bytes32),
            mint_call,
        ),
        max_outsize=WORDS,
        is_static_call=True,
    )
    credit_call: Bytes[CALL] = concat(
        method_id("credit(uint256[])"),
        convert(32, bytes32),
        convert(count, bytes32),
        slice(ids, 0, count * 32),
    )
    awards_hash: uint256 = self._hash(keccak256(mint_call), keccak256(credit_call))
    self._batches[batch_id] = awards_hash | block.timestamp

    # Membership skips whoever is no member, and says whom it did not skip.
    credited: uint256 = convert(raw_call(MEMBERSHIP.address, credit_call, max_outsize=32), uint256)
    # Sums of at most a hundred numbers below 2**48.
    points: uint256 = 0
    standing: uint256 = 0
    if credited == (1 << count) - 1:
        for word: uint256 in awards:
            points = unsafe_add(points, (word >> POINTS_AT) & FIELD)
            standing = unsafe_add(standing, word & FIELD)
    else:
        granted: DynArray[uint256, limits.MAX_BATCH] = self._grant(batch_id, awards, ids, credited)
        for word: uint256 in granted:
            points = unsafe_add(points, (word >> POINTS_AT) & FIELD)
            standing = unsafe_add(standing, word & FIELD)
        mint_call = abi_encode(granted, method_id=method_id("mint_batch(uint256[])"))
    if points != 0:  # a cut below what is spent stops no standing
        self._spend(points)
    log IRewards.BatchAwarded(
        batch_id=batch_id,
        issuer=msg.sender,
        awards_hash=convert(awards_hash, bytes32),
        points=points,
        standing=standing,
    )
    if points != 0:
        raw_call(POINTS.address, mint_call)


@external
def reverse(
    batch_id: uint256, awards: DynArray[uint256, limits.MAX_BATCH], index: uint256
) -> uint256:
    """
    @notice Undo one award of the last seven days, as far as it is still there.
    @dev Refused as "not that batch" when a wallet of it has another passport by now;
         then `reverse_from` takes the passports of that time.
    @param batch_id The batch.
    @param awards Its words, all of them.
    @param index Which one, from 0.
    @return The points that were burnt.
    """
    ids: uint256[limits.MAX_BATCH] = staticcall PASSPORT.ids_in(awards, FIELD)
    credits: DynArray[uint256, limits.MAX_BATCH] = []
    for i: uint256 in range(len(awards), bound=limits.MAX_BATCH):
        credits.append(ids[i])
    return self._reverse(batch_id, awards, credits, index)


@external
def reverse_from(
    batch_id: uint256,
    awards: DynArray[uint256, limits.MAX_BATCH],
    passport_ids: DynArray[uint256, limits.MAX_BATCH],
    index: uint256,
) -> uint256:
    """
    @notice Undo one award even though a wallet of the batch changed hands since. The
            standing is taken from the person who got it.
    @param batch_id The batch.
    @param awards Its words, all of them.
    @param passport_ids Whose those wallets were when the batch was paid; 0 for nobody's.
    @param index Which one, from 0.
    @return The points that were burnt.
    """
    assert len(passport_ids) == len(awards), "rewards: not that batch"
    credits: DynArray[uint256, limits.MAX_BATCH] = []
    for i: uint256 in range(len(awards), bound=limits.MAX_BATCH):
        credits.append((passport_ids[i] << ACCOUNT_AT) | (awards[i] & FIELD))
    return self._reverse(batch_id, awards, credits, index)


# ---- external: the treasurer ------------------------------------------------------

@external
def set_budget(points_per_period: uint256):
    """
    @notice Set how many points may be awarded a period: a cut holds at once, a raise
            from the next period on.
    @param points_per_period Units; 0 stops awards of points, not of standing.
    """
    wing._require_role(ICharter.Role.TREASURER)
    assert points_per_period <= LANE, "rewards: budget too high"
    number: uint256 = block.timestamp // PERIOD
    spent: uint256 = 0
    current: uint256 = 0
    following: uint256 = 0
    spent, current, following = self._budget_now()
    effective_from: uint256 = (number + 1) * PERIOD
    if points_per_period <= current:
        current = points_per_period
        effective_from = block.timestamp
    self._budget = self._budget_word(number, spent, current, points_per_period)
    log IRewards.BudgetChanged(
        old_budget=following, new_budget=points_per_period, effective_from=effective_from
    )


# ---- external: views --------------------------------------------------------------

@external
@view
@reentrant
def batch(batch_id: uint256) -> IRewards.Batch:
    """
    @notice What is known of a batch; all zero while its id is free.
    @param batch_id The batch.
    @return The hash that its event gave, and when it was paid.
    """
    word: uint256 = self._batches[batch_id]
    return IRewards.Batch(awards_hash=convert(word & ~TIME, bytes32), awarded_at=word & TIME)


@external
@view
@reentrant
def has_reversed(batch_id: uint256, index: uint256) -> bool:
    """
    @notice Whether an award was undone.
    @param batch_id The batch.
    @param index Which one, from 0.
    @return True when it was.
    """
    return index < limits.MAX_BATCH and (self._closed[batch_id] >> index) & 1 == 1


@external
@view
@reentrant
def has_skipped(batch_id: uint256, index: uint256) -> bool:
    """
    @notice Whether an award reached nobody.
    @param batch_id The batch.
    @param index Which one, from 0.
    @return True when its account was no member's.
    """
    return index < limits.MAX_BATCH and (self._closed[batch_id] >> (index + SKIPPED_AT)) & 1 == 1


@external
@view
@reentrant
def budget() -> uint256:
    """
    @notice How many points may be awarded in this period in all.
    @return Units.
    """
    spent: uint256 = 0
    current: uint256 = 0
    following: uint256 = 0
    spent, current, following = self._budget_now()
    return current


@external
@view
@reentrant
def next_budget() -> uint256:
    """
    @notice How many points may be awarded in the next period.
    @return Units.
    """
    spent: uint256 = 0
    current: uint256 = 0
    following: uint256 = 0
    spent, current, following = self._budget_now()
    return following


@external
@view
@reentrant
def budget_left() -> uint256:
    """
    @notice How many points may still be awarded in this period.
    @return Units.
    """
    spent: uint256 = 0
    current: uint256 = 0
    following: uint256 = 0
    spent, current, following = self._budget_now()
    return current - min(spent, current)


@external
@view
@reentrant
def period() -> uint256:
    """
    @notice How long a budget lasts. Periods are counted from the Unix epoch.
    @return Seconds.
    """
    return PERIOD


# ---- internal: batches ------------------------------------------------------------

@internal
def _grant(
    batch_id: uint256,
    awards: DynArray[uint256, limits.MAX_BATCH],
    ids: Bytes[WORDS],
    credited: uint256,
) -> DynArray[uint256, limits.MAX_BATCH]:
    """
    @dev The awards of those who were credited; the others are named, and closed to
         reversal, for who got nothing has nothing to give back.
    """
    granted: DynArray[uint256, limits.MAX_BATCH] = []
    skipped: uint256 = 0
    for i: uint256 in range(len(awards), bound=limits.MAX_BATCH):
        if (credited >> i) & 1 == 1:
            granted.append(awards[i])
            continue
        skipped |= 1 << i
        reason: IRewards.Skip = IRewards.Skip.NOT_A_MEMBER
        if convert(slice(ids, 32 * i, 32), uint256) >> ACCOUNT_AT == 0:
            reason = IRewards.Skip.NO_PASSPORT
        log IRewards.AwardSkipped(
            batch_id=batch_id,
            index=i,
            account=convert(awards[i] >> ACCOUNT_AT, address),
            reason=reason,
        )
    self._closed[batch_id] = skipped << SKIPPED_AT
    return granted


@internal
def _reverse(
    batch_id: uint256,
    awards: DynArray[uint256, limits.MAX_BATCH],
    credits: DynArray[uint256, limits.MAX_BATCH],
    index: uint256,
) -> uint256:
    wing._require_role(ICharter.Role.ISSUER)
    stored: uint256 = self._batches[batch_id]
    assert stored != 0, "rewards: unknown batch"
    awards_hash: uint256 = self._hash(
        keccak256(abi_encode(awards, method_id=method_id("mint_batch(uint256[])"))),
        keccak256(abi_encode(credits, method_id=method_id("credit(uint256[])"))),
    )
    assert stored & ~TIME == awards_hash, "rewards: not that batch"
    assert index < len(awards), "rewards: no such award"
    awarded_at: uint256 = stored & TIME
    assert block.timestamp < awarded_at + limits.REVERSAL_WINDOW, "rewards: too late"
    closed: uint256 = self._closed[batch_id]
    assert (closed >> (index + SKIPPED_AT)) & 1 == 0, "rewards: was skipped"
    assert (closed >> index) & 1 == 0, "rewards: already reversed"
    self._closed[batch_id] = closed | (1 << index)

    account: address = convert(awards[index] >> ACCOUNT_AT, address)
    points: uint256 = (awards[index] >> POINTS_AT) & FIELD
    standing: uint256 = awards[index] & FIELD
    if points != 0:
        points = extcall POINTS.reverse(account, points)
    if standing != 0:
        passport_id: uint256 = credits[index] >> ACCOUNT_AT
        standing = extcall MEMBERSHIP.debit(passport_id, standing, awarded_at)
    log IRewards.AwardReversed(
        batch_id=batch_id, index=index, account=account, points=points, standing=standing
    )
    return points


@internal
@pure
def _hash(mint_hash: bytes32, credit_hash: bytes32) -> uint256:
    """
    @dev Of the two calls that pay a batch in full, without the bits that hold the time.
    """
    return convert(keccak256(concat(mint_hash, credit_hash)), uint256) & ~TIME


# ---- internal: the budget ---------------------------------------------------------

@internal
def _spend(points: uint256):
    spent: uint256 = 0
    current: uint256 = 0
    following: uint256 = 0
    spent, current, following = self._budget_now()
    assert spent + points <= current, "rewards: over budget"
    self._budget = self._budget_word(block.timestamp // PERIOD, spent + points, current, following)


@internal
@view
def _budget_now() -> (uint256, uint256, uint256):
    """
    @dev What is spent, what may be, and what may be from the next period on.
    """
    word: uint256 = self._budget
    following: uint256 = (word >> NEXT_AT) & LANE
    if word >> NUMBER_AT != block.timestamp // PERIOD:
        return 0, following, following
    return word & LANE, (word >> BUDGET_AT) & LANE, following


@internal
@pure
def _budget_word(number: uint256, spent: uint256, current: uint256, following: uint256) -> uint256:
    # Each is below 2**64: budgets by assertion, spent by its budget.
    return (number << NUMBER_AT) | (following << NEXT_AT) | (current << BUDGET_AT) | spent
