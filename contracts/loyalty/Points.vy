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

# Nothing of the two modules is left out.
exports: (
    eip712_domain_separator.eip712Domain,
    wing.charter,
    wing.halt_until,
    wing.halted_until,
    wing.retire,
)


# ---- constants ------------------------------------------------------------------

# A holder's word, from the lowest bit: balance 128, frozen 1, endless 1, rights 3, free
# 43, period 32, last active 48. `NEVER` in the period means that it does not expire.
BALANCE: constant(uint256) = 2**128 - 1
FROZEN: constant(uint256) = 2**128
ENDLESS: constant(uint256) = 2**129
MINTER: constant(uint256) = 2**130  # the three of IPoints.Right, in their order
SPENDER: constant(uint256) = 2**131
REVERSER: constant(uint256) = 2**132
RIGHTS: constant(uint256) = 7 * 2**130
RIGHTS_AT: constant(uint256) = 130
PERIOD: constant(uint256) = (2**32 - 1) * 2**176
PERIOD_AT: constant(uint256) = 176
NEVER: constant(uint256) = 2**32 - 1
ACTIVE_AT: constant(uint256) = 208
NOT_ACTIVE: constant(uint256) = 2**208 - 1
KEPT: constant(uint256) = 2**176 - 1  # what a receipt leaves: neither period nor activity

# The brand's word, from the lowest bit: supply 128, period 32, face value 96.
TERMS_PERIOD_AT: constant(uint256) = 128
TERMS_PERIOD: constant(uint256) = (2**32 - 1) * 2**128
FACE_VALUE_AT: constant(uint256) = 160

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

# Directory names that carry rights here.
REWARDS: constant(bytes32) = 0x7265776172647300000000000000000000000000000000000000000000000000
PERKS: constant(bytes32) = 0x7065726b73000000000000000000000000000000000000000000000000000000
BADGES: constant(bytes32) = 0x6261646765730000000000000000000000000000000000000000000000000000
CLEARING: constant(bytes32) = 0x636c656172696e67000000000000000000000000000000000000000000000000


# ---- immutables -----------------------------------------------------------------

PASSPORT: public(immutable(IPassport))
NAME: immutable(String[50])
SYMBOL: immutable(String[12])
DECIMALS: immutable(uint8)
CURRENCY: immutable(String[3])


# ---- storage --------------------------------------------------------------------

# account -> its word
_holders: HashMap[address, uint256]

# Supply, and the terms of what is minted from now on.
_brand: uint256

allowance: public(reentrant(HashMap[address, HashMap[address, uint256]]))

# Sequential, as EIP-2612 has them.
nonces: public(reentrant(HashMap[address, uint256]))

# Directory name -> the contract that holds that name's rights here.
recognised: public(reentrant(HashMap[bytes32, address]))


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
    assert passport_.address != empty(address), "points: zero passport"
    assert decimals_ <= 18, "points: too many decimals"
    PASSPORT = passport_
    NAME = name_
    SYMBOL = symbol_
    DECIMALS = decimals_
    CURRENCY = currency_
    self._brand = (
        (convert(face_value_, uint256) << FACE_VALUE_AT)
        | (self._period_from(expiry_period_) << TERMS_PERIOD_AT)
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
    self._require_right(MINTER)
    wing._require_running()
    brand: uint256 = self._brand
    period: uint256 = ((brand & TERMS_PERIOD) >> TERMS_PERIOD_AT) << PERIOD_AT
    now: uint256 = block.timestamp << ACTIVE_AT
    # Amounts are below 2**48 and at most a hundred, so this sum cannot overflow.
    minted: uint256 = 0
    expired: uint256 = 0
    for award: uint256 in awards:
        amount: uint256 = (award >> AMOUNT_AT) & AMOUNT
        if amount == 0:
            continue
        account: address = convert(award >> ACCOUNT_AT, address)
        assert account != empty(address), "points: bad receiver"
        word: uint256 = self._holders[account]
        old_period: uint256 = word & PERIOD
        if block.timestamp >= unsafe_add(word >> ACTIVE_AT, old_period >> PERIOD_AT):
            if self._is_dead(word):
                expired = unsafe_add(expired, self._log_expired(account, word))
                word &= ~BALANCE
        if old_period < period:
            word = (word & KEPT) | period
        # No balance exceeds the supply, whose bound is proven below.
        self._holders[account] = unsafe_add(word & NOT_ACTIVE, amount) | now
        minted = unsafe_add(minted, amount)
        log IERC20.Transfer(sender=empty(address), receiver=account, value=amount)
    # `expired` is part of the supply; and a batch adds less than 2**55, so it would take
    # 2**73 batches to fill the 128 bits of the supply, and of any balance.
    self._brand = unsafe_add(unsafe_sub(brand, expired), minted)


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
    self._require_right(REVERSER)
    word: uint256 = self._swept(account, self._holders[account])
    burnt: uint256 = min(amount, word & BALANCE)
    if burnt != 0:
        # `burnt` is part of the balance, and the balance of the supply.
        self._holders[account] = unsafe_sub(word, burnt)
        self._brand = unsafe_sub(self._brand, burnt)
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
    self._require_right(SPENDER)
    self._move(holder, msg.sender, amount)


# ---- external: the treasurer ------------------------------------------------------

@external
def raise_face_value(new_value: uint256):
    """
    @notice Make every point worth more. To lower it, open a new points token.
    @param new_value Millionths of the currency's unit a whole point.
    """
    wing._require_role(ICharter.Role.TREASURER)
    brand: uint256 = self._brand
    old_value: uint256 = brand >> FACE_VALUE_AT
    assert new_value > old_value, "points: only upwards"
    assert new_value <= HIGHEST_VALUE, "points: value too high"
    self._brand = (brand & (2**FACE_VALUE_AT - 1)) | (new_value << FACE_VALUE_AT)
    log IPoints.FaceValueRaised(old_value=old_value, new_value=new_value)


@external
def raise_expiry_period(new_period: uint256):
    """
    @notice Let points minted from now on, and all else that their holder has, live longer.
    @param new_period Seconds without activity; 0 for ever.
    """
    wing._require_role(ICharter.Role.TREASURER)
    brand: uint256 = self._brand
    old_period: uint256 = (brand & TERMS_PERIOD) >> TERMS_PERIOD_AT
    period: uint256 = self._period_from(new_period)
    assert period > old_period, "points: only upwards"
    self._brand = (brand & ~TERMS_PERIOD) | (period << TERMS_PERIOD_AT)
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
    word: uint256 = self._holders[msg.sender]
    assert word & FROZEN == 0, "points: frozen"
    assert amount <= self._live(word), "points: balance too low"
    if amount != 0:
        # `amount` is part of the balance, and the balance of the supply.
        self._holders[msg.sender] = (
            unsafe_sub(word & NOT_ACTIVE, amount) | (block.timestamp << ACTIVE_AT)
        )
        self._brand = unsafe_sub(self._brand, amount)
    log IERC20.Transfer(sender=msg.sender, receiver=empty(address), value=amount)


# ---- external: anyone -------------------------------------------------------------

@external
def recognise(name: bytes32):
    """
    @notice Give the contract that the Charter has under this name its rights here, and
            take those of the one it replaced, save undoing its own awards.
    @dev The only way to a right. Asked of a sealed Charter only: before the seal an
         entry changes without notice, and a reverser stays one for good.
    @param name "rewards", "perks", "badges" or "clearing".
    """
    charter: ICharter = wing.CHARTER
    rights: uint256 = self._rights_of(name)
    assert rights != 0, "points: unknown name"
    assert staticcall charter.is_sealed(), "points: charter unsealed"
    new_contract: address = staticcall charter.entry(name)
    old_contract: address = self.recognised[name]
    assert new_contract != empty(address), "points: nothing new"
    assert new_contract != old_contract, "points: nothing new"
    self.recognised[name] = new_contract
    if old_contract != empty(address):
        # The Charter lists a contract once, so no other name still gives it rights.
        old_word: uint256 = self._holders[old_contract]
        self._holders[old_contract] = old_word & ~(MINTER | SPENDER)
        log IPoints.RightsLost(
            name=name,
            contract=old_contract,
            rights=self._flags(old_word & (MINTER | SPENDER)),
        )
    # Endless, for it holds the members' escrow; what had expired before is not revived.
    word: uint256 = self._swept(new_contract, self._holders[new_contract]) | ENDLESS | rights
    self._holders[new_contract] = word
    log IPoints.ContractRecognised(
        name=name, contract=new_contract, rights=self._flags(word & RIGHTS)
    )


@external
def sweep(holders: DynArray[address, limits.MAX_BATCH]):
    """
    @notice Burn what has expired. Skips whoever has nothing expired.
    @param holders Whose.
    """
    for account: address in holders:
        self._swept(account, self._holders[account])


@external
def freeze(wallet: address):
    """
    @notice Stop points from leaving a wallet that its person is recovering, or has
            replaced. What comes in is not stopped.
    @param wallet The one that may be in a thief's hands.
    """
    word: uint256 = self._holders[wallet]
    assert word & FROZEN == 0, "points: frozen"
    assert (
        staticcall PASSPORT.is_recovering(wallet)
        or staticcall PASSPORT.heir_of(wallet) != empty(address)
    ), "points: not recovering"
    self._holders[wallet] = word | FROZEN
    log IPoints.HolderFrozen(holder=wallet)


@external
def thaw(wallet: address):
    """
    @notice Free a wallet whose recovery came to nothing. A replaced one stays frozen.
    @param wallet The wallet.
    """
    word: uint256 = self._holders[wallet]
    assert word & FROZEN != 0, "points: not frozen"
    assert not staticcall PASSPORT.is_recovering(wallet), "points: still recovering"
    assert staticcall PASSPORT.heir_of(wallet) == empty(address), "points: replaced"
    self._holders[wallet] = word & ~FROZEN
    log IPoints.HolderThawed(holder=wallet)


@external
def pull(old_wallet: address) -> uint256:
    """
    @notice Bring over what the wallet that you replaced still holds.
    @dev Only the heir that the Passport names. The old wallet is left frozen, so that
         what reaches it later can be pulled too, and by nobody else.
    @param old_wallet The wallet that was lost.
    @return What came over.
    """
    assert staticcall PASSPORT.heir_of(old_wallet) == msg.sender, "points: not the heir"
    assert old_wallet != msg.sender, "points: bad receiver"
    word: uint256 = self._swept(old_wallet, self._holders[old_wallet])
    amount: uint256 = word & BALANCE
    self._holders[old_wallet] = (word & ~BALANCE) | FROZEN
    if word & FROZEN == 0:
        log IPoints.HolderFrozen(holder=old_wallet)
    if amount != 0:
        self._receive(msg.sender, amount, word & PERIOD)
        log IERC20.Transfer(sender=old_wallet, receiver=msg.sender, value=amount)
        log IPoints.PointsPulled(old_wallet=old_wallet, new_wallet=msg.sender, amount=amount)
    return amount


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
    return self._live(self._holders[owner])


@external
@view
@reentrant
def totalSupply() -> uint256:
    """
    @notice All units there are, with those expired that nobody swept yet.
    @return Units: the sum of live balances is at most this.
    """
    return self._brand & BALANCE


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
    word: uint256 = self._holders[account]
    last_active: uint256 = word >> ACTIVE_AT
    period: uint256 = (word & PERIOD) >> PERIOD_AT
    expires_at: uint256 = last_active + period
    if period == NEVER or word & ENDLESS != 0:
        period = 0
        expires_at = 0
    return IPoints.Holder(
        balance=self._live(word),
        last_active=last_active,
        period=period,
        expires_at=expires_at,
        is_frozen=word & FROZEN != 0,
        rights=self._flags(word & RIGHTS),
    )


@external
@view
@reentrant
def face_value() -> uint256:
    """
    @notice What a whole point is worth when spent. It never falls.
    @return Millionths of one unit of the currency.
    """
    return self._brand >> FACE_VALUE_AT


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
    period: uint256 = (self._brand & TERMS_PERIOD) >> TERMS_PERIOD_AT
    return 0 if period == NEVER else period


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
    source: uint256 = self._holders[sender]
    assert source & FROZEN == 0, "points: frozen"
    if amount != 0:
        assert amount <= source & BALANCE, "points: balance too low"
        period: uint256 = source & PERIOD
        if block.timestamp >= unsafe_add(source >> ACTIVE_AT, period >> PERIOD_AT):
            assert not self._is_dead(source), "points: balance too low"
        now: uint256 = block.timestamp << ACTIVE_AT
        # `amount` is part of the balance.
        self._holders[sender] = unsafe_sub(source & NOT_ACTIVE, amount) | now
        target: uint256 = self._holders[receiver]
        old_period: uint256 = target & PERIOD
        if block.timestamp >= unsafe_add(target >> ACTIVE_AT, old_period >> PERIOD_AT):
            target = self._swept(receiver, target)
        # No balance exceeds the supply, whose bound is proven in `mint_batch`.
        self._holders[receiver] = unsafe_add(target & KEPT, amount) | max(old_period, period) | now
    log IERC20.Transfer(sender=sender, receiver=receiver, value=amount)


@internal
def _receive(receiver: address, amount: uint256, period: uint256):
    word: uint256 = self._swept(receiver, self._holders[receiver])
    # No balance exceeds the supply, whose bound is proven in `mint_batch`.
    self._holders[receiver] = (
        unsafe_add(word & KEPT, amount)
        | max(word & PERIOD, period)
        | (block.timestamp << ACTIVE_AT)
    )


@internal
def _swept(account: address, word: uint256) -> uint256:
    """
    @dev The account's word, its balance burnt and stored so if it has expired.
    """
    if not self._is_dead(word):
        return word
    rest: uint256 = word & ~BALANCE
    amount: uint256 = self._log_expired(account, word)
    if amount != 0:
        self._holders[account] = rest
        # `amount` is part of the supply.
        self._brand = unsafe_sub(self._brand, amount)
    return rest


@internal
def _log_expired(account: address, word: uint256) -> uint256:
    amount: uint256 = word & BALANCE
    if amount != 0:
        log IERC20.Transfer(sender=account, receiver=empty(address), value=amount)
        log IPoints.PointsExpired(holder=account, amount=amount)
    return amount


@internal
def _approve(owner: address, spender: address, amount: uint256):
    self.allowance[owner][spender] = amount
    log IERC20.Approval(owner=owner, spender=spender, value=amount)


# ---- internal: a holder's word ----------------------------------------------------

@internal
@view
def _is_dead(word: uint256) -> bool:
    # Both terms are below 2**49.
    if block.timestamp < unsafe_add(word >> ACTIVE_AT, (word & PERIOD) >> PERIOD_AT):
        return False
    return word & ENDLESS == 0 and word & PERIOD != PERIOD


@internal
@view
def _live(word: uint256) -> uint256:
    return 0 if self._is_dead(word) else word & BALANCE


# ---- internal: rights and terms ---------------------------------------------------

@internal
@view
def _require_right(right: uint256):
    assert self._holders[msg.sender] & right != 0, "points: lacks the right"


@internal
@pure
def _rights_of(name: bytes32) -> uint256:
    if name == REWARDS:
        return MINTER | REVERSER
    if name == PERKS or name == BADGES:
        return SPENDER
    if name == CLEARING:
        return MINTER | SPENDER
    return 0


@internal
@pure
def _flags(rights: uint256) -> IPoints.Right:
    return convert(rights >> RIGHTS_AT, IPoints.Right)


@internal
@pure
def _period_from(seconds: uint256) -> uint256:
    assert seconds < NEVER, "points: period too long"
    return NEVER if seconds == 0 else seconds
