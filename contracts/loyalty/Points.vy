# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Points
@custom:contract-name Points
@license AGPL-3.0-only
@author The Cercle authors
@notice A brand's spendable currency, yours as long as you stay active. Nobody can
        burn, move or devalue what you hold: it leaves by your own act, by the
        clock after a whole period without any activity, or, within seven days,
        by as much as an award gave that wallet, when that award is reversed.
@dev A balance's life: none -> live -> spent | expired -> swept. A live balance
     that receives or sends at least one point lives for a whole period again; an
     expired one reads zero and is burnt when next touched, by anyone's call.

     Who signs: the holder, each act; a permit is signed by the holder and sent by
     anybody, who then pays the gas. Who can lie: a contract that the Charter calls
     rewards, perks, badges or clearing, for Points takes its word that a member
     acted or that an award was mistaken. It costs a brand fourteen days of public
     notice and its code in the open to put such a contract there.

     It never does these: make a point outside mint_batch, lower the face value or the
     period, call a receiver, or read a price.
@custom:security security@cercle.example
@custom:kill The Charter's warden halts minting for at most fourteen days at a time;
             replacing the entry in the Charter ends it for good. Transfers, spending,
             refunds, reversals and recovery go on for ever.
"""

from ethereum.ercs import IERC20
from ethereum.ercs import IERC20Detailed

implements: IERC20
implements: IERC20Detailed

from ..interfaces import ICharter
from ..interfaces import IPassport
from ..interfaces import IPoints

implements: IPoints

from snekmate.utils import eip712_domain_separator

initializes: eip712_domain_separator

from ..common import limits
from ..common import wing

initializes: wing

from . import balances

initializes: balances

from . import point_recovery

initializes: point_recovery[balances := balances]

from . import point_rights

initializes: point_rights[balances := balances, wing := wing]

# Nothing of these modules is left out.
exports: (
    eip712_domain_separator.eip712Domain,
    point_recovery.PASSPORT,
    point_recovery.freeze,
    point_recovery.pull,
    point_recovery.thaw,
    point_rights.recognise,
    point_rights.recognised,
    wing.charter,
    wing.halt_until,
    wing.halted_until,
    wing.retire,
)


# ---- constants ------------------------------------------------------------------

# A minted award's word, from the lowest bit: the minter's own 48, amount 48, account 160.
AMOUNT_AT: constant(uint256) = 48
AMOUNT: constant(uint256) = 2**48 - 1
ACCOUNT_AT: constant(uint256) = 96

HIGHEST_VALUE: constant(uint256) = 2**96 - 1

# Half of the order of secp256k1 (EIP-2): above it lies each signature's twin.
HALF_ORDER: constant(uint256) = (
    57896044618658097711785492504343953926418782139537452191302581570759080747168
)
PERMIT_TYPE_HASH: constant(bytes32) = keccak256(
    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
)


# ---- immutables -----------------------------------------------------------------

NAME: immutable(String[50])
SYMBOL: immutable(String[12])
DECIMALS: immutable(uint8)
CURRENCY: immutable(String[3])


# ---- storage --------------------------------------------------------------------

allowance: public(reentrant(HashMap[address, HashMap[address, uint256]]))

# Sequential, as EIP-2612 has them.
nonces: public(reentrant(HashMap[address, uint256]))


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(
    charter_: ICharter,
    passport_: IPassport,
    name_: String[50],
    symbol_: String[12],
    decimals_: uint8,
    currency_: String[3],
    face_value_: uint96,
    expiry_period_: uint256,
):
    wing.__init__(charter_)
    eip712_domain_separator.__init__(name_, "1")
    point_recovery.__init__(passport_)
    assert decimals_ <= 18, "points: too many decimals"
    NAME = name_
    SYMBOL = symbol_
    DECIMALS = decimals_
    CURRENCY = currency_
    balances._brand = (
        (convert(face_value_, uint256) << balances.FACE_VALUE_AT)
        | (self._period_from(expiry_period_) << balances.TERMS_PERIOD_AT)
    )


# ---- external: the brand's contracts ----------------------------------------------

@external
def mint_batch(awards: DynArray[uint256, limits.MAX_BATCH]):
    """
    @notice Give new points, which live by the terms of today or the holder's better ones.
    @dev Only the current Rewards (or Clearing), and not while halted or retired.
    @param awards Words of account << 96 | amount << 48 | 48 bits of the minter's own, which
           are not looked at. An award of none is passed over.
    """
    point_rights._require_right(balances.MINTER)
    wing._require_running()
    brand: uint256 = balances._brand
    period: uint256 = (
        (brand & balances.TERMS_PERIOD) >> balances.TERMS_PERIOD_AT
    ) << balances.PERIOD_AT
    now: uint256 = block.timestamp << balances.ACTIVE_AT
    # Amounts are below 2**48 and at most a hundred, so this sum cannot overflow.
    minted: uint256 = 0
    expired: uint256 = 0
    for award: uint256 in awards:
        amount: uint256 = (award >> AMOUNT_AT) & AMOUNT
        if amount == 0:
            continue
        account: address = convert(award >> ACCOUNT_AT, address)
        assert account != empty(address), "points: bad receiver"
        word: uint256 = balances._holders[account]
        old_period: uint256 = word & balances.PERIOD
        if block.timestamp >= unsafe_add(
            word >> balances.ACTIVE_AT, old_period >> balances.PERIOD_AT
        ):
            if balances._is_dead(word):
                expired = unsafe_add(expired, balances._log_expired(account, word))
                word &= ~balances.BALANCE
        if old_period < period:
            word = (word & balances.KEPT) | period
        # No balance exceeds the supply, whose bound is proven below.
        balances._holders[account] = unsafe_add(word & balances.NOT_ACTIVE, amount) | now
        minted = unsafe_add(minted, amount)
        log IERC20.Transfer(sender=empty(address), receiver=account, value=amount)
    # `expired` is part of the supply; and a batch adds less than 2**55, so it would take
    # 2**73 batches to fill the 128 bits of the supply, and of any balance.
    balances._brand = unsafe_add(unsafe_sub(brand, expired), minted)


@external
def reverse(account: address, amount: uint256) -> uint256:
    """
    @notice Undo a mistaken award, as far as its points are still there.
    @dev Only a Rewards, current or replaced. It is not an activity of the holder, and
         it works on a frozen wallet too: the mistake is undone for whoever recovers.
    @param account Whom the award went to.
    @param amount What it gave.
    @return What was burnt: at most the live balance.
    """
    point_rights._require_right(balances.REVERSER)
    word: uint256 = balances._swept(account, balances._holders[account])
    burnt: uint256 = min(amount, word & balances.BALANCE)
    if burnt != 0:
        # `burnt` is part of the balance, and the balance of the supply.
        balances._holders[account] = unsafe_sub(word, burnt)
        balances._brand = unsafe_sub(balances._brand, burnt)
        log IERC20.Transfer(sender=account, receiver=empty(address), value=burnt)
    return burnt


@external
@reentrant
def take(holder: address, amount: uint256):
    """
    @notice Move points into the calling contract's escrow, on the holder's own act.
    @dev Only the current Perks (Badges, Clearing), which vouches for the act. A refund
         is an ordinary transfer out of escrow, and needs no right any more. Without the
         lock, as `transfer`, for it calls nobody.
    @param holder Whose points.
    @param amount How many.
    """
    point_rights._require_right(balances.SPENDER)
    self._move(holder, msg.sender, amount)


# ---- external: the treasurer ------------------------------------------------------

@external
def raise_face_value(new_value: uint256):
    """
    @notice Make every point worth more. To lower it, open a new points token.
    @param new_value Millionths of the currency's unit a whole point.
    """
    wing._require_role(ICharter.Role.TREASURER)
    brand: uint256 = balances._brand
    old_value: uint256 = brand >> balances.FACE_VALUE_AT
    assert new_value > old_value, "points: only upwards"
    assert new_value <= HIGHEST_VALUE, "points: value too high"
    balances._brand = (brand & (2**balances.FACE_VALUE_AT - 1)) | (
        new_value << balances.FACE_VALUE_AT
    )
    log IPoints.FaceValueRaised(old_value=old_value, new_value=new_value)


@external
def raise_expiry_period(new_period: uint256):
    """
    @notice Let points minted from now on, and all else that their holder has, live longer.
    @param new_period Seconds without activity; 0 for ever.
    """
    wing._require_role(ICharter.Role.TREASURER)
    brand: uint256 = balances._brand
    old_period: uint256 = (brand & balances.TERMS_PERIOD) >> balances.TERMS_PERIOD_AT
    period: uint256 = self._period_from(new_period)
    assert period > old_period, "points: only upwards"
    balances._brand = (brand & ~balances.TERMS_PERIOD) | (period << balances.TERMS_PERIOD_AT)
    log IPoints.ExpiryPeriodRaised(old_period=old_period, new_period=new_period)


# ---- external: holders ------------------------------------------------------------

@external
@reentrant
def transfer(receiver: address, amount: uint256) -> bool:
    """
    @notice Send points; both of you count as active, and the longer period holds.
    @dev No lock: it calls nobody, so there is nothing to come back through.
    @param receiver To whom.
    @param amount How many; nothing moves and nobody becomes active by sending none.
    @return True.
    """
    self._move(msg.sender, receiver, amount)
    return True


@external
@reentrant
def transferFrom(owner: address, receiver: address, amount: uint256) -> bool:
    """
    @notice Send points of somebody who allowed you to.
    @dev An allowance of the highest number is never used up. No lock, as in `transfer`.
    @param owner Whose points.
    @param receiver To whom.
    @param amount How many.
    @return True.
    """
    allowed: uint256 = self.allowance[owner][msg.sender]
    if allowed != max_value(uint256):
        assert amount <= allowed, "points: allowance too low"
        # No underflow, by the line above.
        self.allowance[owner][msg.sender] = unsafe_sub(allowed, amount)
    self._move(owner, receiver, amount)
    return True


@external
@reentrant
def approve(spender: address, amount: uint256) -> bool:
    """
    @notice Allow somebody to send points of yours.
    @param spender Whom.
    @param amount How many in all; the highest number for as many as there are.
    @return True.
    """
    self._approve(msg.sender, spender, amount)
    return True


@external
@reentrant
def permit(
    owner: address,
    spender: address,
    amount: uint256,
    deadline: uint256,
    v: uint8,
    r: bytes32,
    s: bytes32,
):
    """
    @notice Allow by a signature, which anybody may send.
    @dev EIP-2612. A contract wallet cannot sign this form; it sends `approve`.
    @param owner Who signed.
    @param spender Whom they allow.
    @param amount How many in all.
    @param deadline The last second at which it may be used.
    @param v The signature's parity.
    @param r Its first half.
    @param s Its second half, the lower one of its two forms.
    """
    assert block.timestamp <= deadline, "points: permit expired"
    nonce: uint256 = self.nonces[owner]
    digest: bytes32 = eip712_domain_separator._hash_typed_data_v4(
        keccak256(abi_encode(PERMIT_TYPE_HASH, owner, spender, amount, nonce, deadline))
    )
    assert convert(s, uint256) <= HALF_ORDER, "points: bad signature"
    assert owner != empty(address), "points: bad signature"
    assert ecrecover(digest, v, r, s) == owner, "points: bad signature"
    # Nobody signs 2**256 permits.
    self.nonces[owner] = unsafe_add(nonce, 1)
    self._approve(owner, spender, amount)


@external
def burn(amount: uint256):
    """
    @notice Give up points of your own. Nobody gets them.
    @param amount How many.
    """
    word: uint256 = balances._holders[msg.sender]
    assert word & balances.FROZEN == 0, "points: frozen"
    assert amount <= balances._live(word), "points: balance too low"
    if amount != 0:
        # `amount` is part of the balance, and the balance of the supply.
        balances._holders[msg.sender] = (
            unsafe_sub(word & balances.NOT_ACTIVE, amount) | (block.timestamp << balances.ACTIVE_AT)
        )
        balances._brand = unsafe_sub(balances._brand, amount)
    log IERC20.Transfer(sender=msg.sender, receiver=empty(address), value=amount)


# ---- external: anyone -------------------------------------------------------------

@external
def sweep(holders: DynArray[address, limits.MAX_BATCH]):
    """
    @notice Burn what has expired. Skips whoever has nothing expired.
    @param holders Whose.
    """
    for account: address in holders:
        balances._swept(account, balances._holders[account])


# ---- external: views --------------------------------------------------------------

@external
@view
@reentrant
def balanceOf(owner: address) -> uint256:
    """
    @notice The live balance: zero from the second at which it expires.
    @param owner Whose.
    @return Units.
    """
    return balances._live(balances._holders[owner])


@external
@view
@reentrant
def totalSupply() -> uint256:
    """
    @notice All units there are, with those expired that nobody swept yet.
    @return Units: the sum of live balances is at most this.
    """
    return balances._brand & balances.BALANCE


@external
@view
@reentrant
def holder(account: address) -> IPoints.Holder:
    """
    @notice All that is known here of an account.
    @param account Whose.
    @return The live balance; period and expires_at are 0 when it does not expire, or
            never held any.
    """
    word: uint256 = balances._holders[account]
    last_active: uint256 = word >> balances.ACTIVE_AT
    period: uint256 = (word & balances.PERIOD) >> balances.PERIOD_AT
    expires_at: uint256 = last_active + period
    if period == balances.NEVER or word & balances.ENDLESS != 0:
        period = 0
        expires_at = 0
    return IPoints.Holder(
        balance=balances._live(word),
        last_active=last_active,
        period=period,
        expires_at=expires_at,
        is_frozen=word & balances.FROZEN != 0,
        rights=point_rights._flags(word & balances.RIGHTS),
    )


@external
@view
@reentrant
def face_value() -> uint256:
    """
    @notice What a whole point is worth when spent. It never falls.
    @return Millionths of one unit of the currency.
    """
    return balances._brand >> balances.FACE_VALUE_AT


@external
@view
@reentrant
def currency() -> String[3]:
    """
    @notice In which money the face value is given.
    @return An ISO 4217 code.
    """
    return CURRENCY


@external
@view
@reentrant
def expiry_period() -> uint256:
    """
    @notice How long points minted today live without activity.
    @return Seconds; 0 for ever.
    """
    period: uint256 = (balances._brand & balances.TERMS_PERIOD) >> balances.TERMS_PERIOD_AT
    return 0 if period == balances.NEVER else period


@external
@view
@reentrant
def name() -> String[50]:
    """
    @notice The currency's name.
    @return The name.
    """
    return NAME


@external
@view
@reentrant
def symbol() -> String[12]:
    """
    @notice The currency's sign.
    @return The sign.
    """
    return SYMBOL


@external
@view
@reentrant
def decimals() -> uint8:
    """
    @notice How many decimals a whole point has.
    @return The number of them.
    """
    return DECIMALS


@external
@view
@reentrant
def DOMAIN_SEPARATOR() -> bytes32:
    """
    @notice The EIP-712 domain separator of this contract on this chain.
    @return The separator, as EIP-2612 names it.
    """
    return eip712_domain_separator._domain_separator_v4()


# ---- internal: moving -------------------------------------------------------------

@internal
def _move(sender: address, receiver: address, amount: uint256):
    """
    @dev The hot path: `_receive` and the first half of `_is_dead` stand here inline. The
         sender's word is written before the receiver's is read, so that a transfer to
         oneself gains and loses nothing.
    """
    assert receiver != empty(address) and receiver != self, "points: bad receiver"
    source: uint256 = balances._holders[sender]
    assert source & balances.FROZEN == 0, "points: frozen"
    if amount != 0:
        assert amount <= source & balances.BALANCE, "points: balance too low"
        period: uint256 = source & balances.PERIOD
        if block.timestamp >= unsafe_add(
            source >> balances.ACTIVE_AT, period >> balances.PERIOD_AT
        ):
            assert not balances._is_dead(source), "points: balance too low"
        now: uint256 = block.timestamp << balances.ACTIVE_AT
        # `amount` is part of the balance.
        balances._holders[sender] = unsafe_sub(source & balances.NOT_ACTIVE, amount) | now
        target: uint256 = balances._holders[receiver]
        old_period: uint256 = target & balances.PERIOD
        if block.timestamp >= unsafe_add(
            target >> balances.ACTIVE_AT, old_period >> balances.PERIOD_AT
        ):
            target = balances._swept(receiver, target)
        # No balance exceeds the supply, whose bound is proven in `mint_batch`.
        balances._holders[receiver] = (
            unsafe_add(target & balances.KEPT, amount) | max(old_period, period) | now
        )
    log IERC20.Transfer(sender=sender, receiver=receiver, value=amount)


@internal
def _approve(owner: address, spender: address, amount: uint256):
    self.allowance[owner][spender] = amount
    log IERC20.Approval(owner=owner, spender=spender, value=amount)


# ---- internal: terms ----------------------------------------------------------------

@internal
@pure
def _period_from(seconds: uint256) -> uint256:
    assert seconds < balances.NEVER, "points: period too long"
    return balances.NEVER if seconds == 0 else seconds
