# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Perks
@custom:contract-name Perks
@license AGPL-3.0-only
@author The Cercle authors
@notice What membership opens: things that a member claims for points or for free,
        within stock, limit, window and gates.
@dev Perk: unknown -> open -> closed, by the clock; a steward may close it sooner, and
     change nothing else but add stock. Claim: CLAIMED -> FULFILLED | CANCELLED | MISSED.
     The price lies here until then: burnt when fulfilled, else sent to the main wallet
     of the person who claimed, also when they left. A claim past its deadline is MISSED
     by the clock; `miss`, open to anyone, only moves what follows from it.

     Who signs: the member sends the claim and signs the code that a till redeems. Who
     pays: points come from the wallet that claims, the gas from who sends. Who can lie:
     a steward may call a CODE claim fulfilled that was not, under the hash of his
     evidence; it costs him nothing here yet (no bond, no contest), so it is public for
     ever. A till without the member's code can do nothing. A gate may answer as it
     likes, and a broken one is closed: it is asked by static call, and can only keep
     members out of the perk that names it.
@custom:security security@cercle.example
@custom:kill The Charter pauses or retires it: no perk is opened and none claimed. Redeeming,
             cancelling, missing and refunds go on, for ever.
"""

from ethereum.ercs import IERC20

from ..interfaces import IPerks

implements: IPerks

from ..common import limits
from ..common import signatures
from ..common import wing

initializes: signatures
initializes: wing

from ..interfaces import ICharter
from ..interfaces import IGate
from ..interfaces import IMembership
from ..interfaces import IPassport
from ..interfaces import IPoints

# `cancel_nonce` and `is_nonce_used` stay inside: a code is spent by its claim.
exports: (
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
    wing.halt_until,
    wing.retire,
    wing.charter,
    wing.halted_until,
)


# ---- constants and immutables -----------------------------------------------------

REDEEM_TYPE_HASH: constant(bytes32) = keccak256("Redeem(uint256 claim_id,uint256 deadline)")

# The terms, from the right: price 64 | opens_at 40 | closes_at 40 | period 32 |
# fulfil_within 32 | gate_value 32 | gate_question 2 | kind 2 | limit - 1 2 |
# other gates 3 | variants - 1 4. A first gate that asks Membership for a tier or a
# standing lies here as question and value, and saves its slot.
OPENS_AT: constant(uint256) = 64
CLOSES_AT: constant(uint256) = 104
PERIOD_AT: constant(uint256) = 144
WITHIN_AT: constant(uint256) = 176
VALUE_AT: constant(uint256) = 208
QUESTION_AT: constant(uint256) = 240
KIND_AT: constant(uint256) = 242
LIMIT_AT: constant(uint256) = 244
GATES_AT: constant(uint256) = 246
VARIANTS_AT: constant(uint256) = 249

# A claim's lane, from the right: state 4 | variant 4 | serial 16 | claimed_at 40; four a
# slot. A claim's number: perk_id | member_no 32 | period 40 | lane 8.
LANE_BITS: constant(uint256) = 64

# Stock and taken, 16 bits each; eight variants a slot.
PAIRS: constant(uint256) = 8
PAIR_BITS: constant(uint256) = 32
TAKEN_UNIT: constant(uint256) = 2**16

MASK_4: constant(uint256) = 2**4 - 1
MASK_16: constant(uint256) = 2**16 - 1
MASK_32: constant(uint256) = 2**32 - 1
MASK_40: constant(uint256) = 2**40 - 1
MASK_64: constant(uint256) = 2**64 - 1

# A gate's argument at Membership: the question in the top byte, its value below.
ARGUMENT_TOP: constant(uint256) = 88
MAX_QUESTION: constant(uint256) = 2  # 1: at least this tier; 2: at least this standing

PASSPORT: public(immutable(IPassport))
MEMBERSHIP: public(immutable(IMembership))
POINTS: public(immutable(IPoints))


# ---- structs ------------------------------------------------------------------------

struct Record:
    terms: uint256
    content_hash: bytes32
    stock: uint256[2]
    gates: uint256[4]  # address 160 | argument 96


# ---- storage ------------------------------------------------------------------------

perk_count: public(reentrant(uint256))

_perks: HashMap[uint256, Record]
# a claim's number without its lane -> four lanes
_claims: HashMap[uint256, uint256]


# ---- constructor --------------------------------------------------------------------

@deploy
def __init__(
    charter_: ICharter, passport_: IPassport, membership_: IMembership, points_: IPoints
):
    """
    @notice Open the counter at which a brand's members claim.
    @param charter_ The brand's Charter, which says who is a steward and who a till.
    @param passport_ The Passport, which says whose wallet is whose.
    @param membership_ The brand's Membership, which says who may claim.
    @param points_ The brand's Points, in which prices are asked.
    """
    assert passport_.address != empty(address), "perks: zero passport"
    assert membership_.address != empty(address), "perks: zero membership"
    assert points_.address != empty(address), "perks: zero points"
    wing.__init__(charter_)
    signatures.__init__("Cercle Perks", "1")
    PASSPORT = passport_
    MEMBERSHIP = membership_
    POINTS = points_


# ---- external: stewards ---------------------------------------------------------------

@external
def open_perk(
    content_hash: bytes32,
    terms: IPerks.Terms,
    stock: DynArray[uint256, limits.MAX_VARIANTS],
) -> uint256:
    """
    @notice Offer something to the members, on terms that nobody changes later.
    @param content_hash The keccak256 of the perk's text, in all languages.
    @param terms Kind, price, window, period, limit, time to fulfil, and gates.
    @param stock The units of each variant, in the order of the text.
    @return The perk's number, counted from 1.
    """
    wing._require_running()
    wing._require_role(ICharter.Role.STEWARD)
    assert content_hash != empty(bytes32), "perks: empty content"
    self._require_terms(terms)

    perk_id: uint256 = self.perk_count + 1
    self.perk_count = perk_id
    self._perks[perk_id].content_hash = content_hash
    self._set_stock(perk_id, stock)
    packed: uint256 = self._pack(terms) | (len(stock) - 1) << VARIANTS_AT
    self._perks[perk_id].terms = packed | self._set_gates(perk_id, terms.gates)
    log IPerks.PerkOpened(
        perk_id=perk_id,
        steward=msg.sender,
        content_hash=content_hash,
        terms=terms,
        stock=stock,
    )
    return perk_id


@external
def close_perk(perk_id: uint256):
    """
    @notice Take no more claims of a perk from now on.
    @dev Claims made before live on. A window is never made longer.
    @param perk_id The perk.
    """
    wing._require_role(ICharter.Role.STEWARD)
    terms: uint256 = self._terms(perk_id)
    closes_at: uint256 = (terms >> CLOSES_AT) & MASK_40
    assert block.timestamp < closes_at, "perks: closed"
    self._perks[perk_id].terms = terms ^ ((closes_at ^ block.timestamp) << CLOSES_AT)
    log IPerks.PerkClosed(perk_id=perk_id, closes_at=block.timestamp)


@external
def add_stock(perk_id: uint256, variant: uint256, amount: uint256):
    """
    @notice Put more units of a variant on the shelf.
    @param perk_id The perk.
    @param variant The variant's place in the text, counted from 0.
    @param amount How many units.
    """
    wing._require_running()
    wing._require_role(ICharter.Role.STEWARD)
    terms: uint256 = self._terms(perk_id)
    assert block.timestamp < (terms >> CLOSES_AT) & MASK_40, "perks: closed"
    assert variant <= terms >> VARIANTS_AT, "perks: unknown variant"
    assert amount != 0, "perks: nothing to add"
    offset: uint256 = variant % PAIRS * PAIR_BITS
    word: uint256 = self._perks[perk_id].stock[variant // PAIRS]
    assert amount <= MASK_16 - ((word >> offset) & MASK_16), "perks: stock too large"
    self._perks[perk_id].stock[variant // PAIRS] = word + (amount << offset)
    log IPerks.StockAdded(perk_id=perk_id, variant=variant, amount=amount)


@external
def fulfil(claim_ids: DynArray[uint256, limits.MAX_BATCH], evidence: bytes32):
    """
    @notice Record that codes were shown to the members who claimed them.
    @dev All or none: a claim that ended meanwhile stops the batch with its reason.
         What a till hands out is fulfilled by `redeem` only.
    @param claim_ids The claims, all of kind CODE.
    @param evidence The keccak256 of what staff publish about it.
    """
    wing._require_role(ICharter.Role.STEWARD)
    assert evidence != empty(bytes32), "perks: empty evidence"
    burnt: uint256 = 0
    for claim_id: uint256 in claim_ids:
        terms: uint256 = self._settle(claim_id, IPerks.State.FULFILLED)
        assert self._kind(terms) == IPerks.Kind.CODE, "perks: needs the member's code"
        burnt += terms & MASK_64
        log IPerks.ClaimFulfilled(claim_id=claim_id, by=msg.sender, evidence=evidence)
    if burnt != 0:
        extcall POINTS.burn(burnt)


# ---- external: tills --------------------------------------------------------------------

@external
def redeem(
    claim_id: uint256,
    wallet: address,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Hand out what a member claimed, against the code that they signed.
    @dev The claim ends with it, so a code works once; no nonce is needed.
    @param claim_id The claim.
    @param wallet The wallet that signed: any one of the member's.
    @param deadline The last second in which the code is good.
    @param signature `Redeem(uint256 claim_id,uint256 deadline)`, signed.
    """
    wing._require_role(ICharter.Role.TILL)
    signatures._require_live(deadline)
    digest: bytes32 = signatures._require_signed(
        wallet, keccak256(abi_encode(REDEEM_TYPE_HASH, claim_id, deadline)), signature
    )
    assert self._is_whose(claim_id, wallet), "perks: not the member's wallet"
    price: uint256 = self._settle(claim_id, IPerks.State.FULFILLED) & MASK_64
    log IPerks.ClaimFulfilled(claim_id=claim_id, by=msg.sender, evidence=digest)
    if price != 0:
        extcall POINTS.burn(price)


# ---- external: members and anyone ---------------------------------------------------------

@external
def claim(perk_id: uint256, variant: uint256, order_hash: bytes32) -> uint256:
    """
    @notice Claim one unit of a perk, paid from the wallet that sends this.
    @dev A claim that was cancelled or missed frees its place within the limit, but a
         member makes at most four of one perk in one period, whatever became of them.
    @param perk_id The perk.
    @param variant The variant's place in the text, counted from 0.
    @param order_hash The salted hash of what the order says elsewhere, or zero.
    @return The claim's number.
    """
    wing._require_running()
    terms: uint256 = self._terms(perk_id)
    opens_at: uint256 = (terms >> OPENS_AT) & MASK_40
    assert block.timestamp >= opens_at, "perks: not open yet"
    assert block.timestamp < (terms >> CLOSES_AT) & MASK_40, "perks: closed"
    passport_id: uint256 = 0
    member_no: uint256 = 0
    passport_id, member_no = staticcall MEMBERSHIP.member_of(msg.sender)
    assert member_no != 0, "perks: not a member"
    self._require_gates(perk_id, terms, passport_id)

    serial: uint256 = self._take_unit(perk_id, terms, variant)
    key: uint256 = (
        perk_id << 72 | member_no << 40 | self._period_at(terms, opens_at, block.timestamp)
    )
    lanes: uint256 = self._claims[key]
    lane: uint256 = self._free_lane(lanes, ((terms >> LIMIT_AT) & 3) + 1)
    self._claims[key] = lanes | (
        (block.timestamp << 24 | serial << 8 | variant << 4 | 1) << (lane * LANE_BITS)
    )

    claim_id: uint256 = key << 8 | lane
    price: uint256 = terms & MASK_64
    log IPerks.PerkClaimed(
        perk_id=perk_id,
        member_no=member_no,
        claim_id=claim_id,
        wallet=msg.sender,
        variant=variant,
        serial=serial,
        price=price,
        order_hash=order_hash,
    )
    if price != 0:
        extcall POINTS.take(msg.sender, price)
    return claim_id


@external
def cancel(claim_id: uint256):
    """
    @notice Take a claim back; its price goes to the member's main wallet.
    @dev A member cancels what a till would hand out. A code may have been read already,
         so only a steward takes such a claim back. No pause reaches this.
    @param claim_id The claim.
    """
    is_own: bool = self._is_whose(claim_id, msg.sender)
    if not is_own:
        wing._require_role(ICharter.Role.STEWARD)
    terms: uint256 = self._settle(claim_id, IPerks.State.CANCELLED)
    if is_own and self._kind(terms) != IPerks.Kind.STORE:
        assert staticcall wing.CHARTER.has_role(
            msg.sender, ICharter.Role.STEWARD
        ), "perks: only staff cancels a code"
    log IPerks.ClaimCancelled(claim_id=claim_id, by=msg.sender, refund=terms & MASK_64)
    self._refund(claim_id, terms & MASK_64)


@external
def miss(claim_id: uint256):
    """
    @notice Send the price of a claim that the brand left lying back to the member.
    @dev Anyone may, past the deadline. No pause reaches this.
    @param claim_id The claim.
    """
    price: uint256 = self._settle(claim_id, IPerks.State.MISSED) & MASK_64
    log IPerks.ClaimMissed(claim_id=claim_id, by=msg.sender, refund=price)
    self._refund(claim_id, price)


# ---- external: views --------------------------------------------------------------------

@external
@view
@reentrant
def perk(perk_id: uint256) -> IPerks.Perk:
    """
    @notice A perk: its terms, its text's hash, and its stock.
    @param perk_id The perk.
    @return The perk; of each variant, what is left is `stock - taken`.
    """
    terms: uint256 = self._terms(perk_id)
    stock: DynArray[uint256, limits.MAX_VARIANTS] = []
    taken: DynArray[uint256, limits.MAX_VARIANTS] = []
    words: uint256[2] = self._perks[perk_id].stock
    for i: uint256 in range((terms >> VARIANTS_AT) + 1, bound=limits.MAX_VARIANTS):
        pair: uint256 = words[i // PAIRS] >> (i % PAIRS * PAIR_BITS)
        stock.append(pair & MASK_16)
        taken.append((pair >> 16) & MASK_16)
    return IPerks.Perk(
        terms=self._unpack(perk_id, terms),
        content_hash=self._perks[perk_id].content_hash,
        stock=stock,
        taken=taken,
    )


@external
@view
@reentrant
def claim_of(claim_id: uint256) -> IPerks.Claim:
    """
    @notice A claim, with its state by the clock.
    @param claim_id The claim.
    @return The claim; `held` says whether its price still lies here.
    """
    lane: uint256 = self._lane(claim_id)
    terms: uint256 = self._perks[claim_id >> 80].terms
    claimed_at: uint256 = lane >> 24
    deadline: uint256 = claimed_at + ((terms >> WITHIN_AT) & MASK_32)
    state: IPerks.State = convert(lane & MASK_4, IPerks.State)
    held: uint256 = 0
    if state == IPerks.State.CLAIMED:
        held = terms & MASK_64
        if block.timestamp > deadline:
            state = IPerks.State.MISSED
    return IPerks.Claim(
        perk_id=claim_id >> 80,
        member_no=(claim_id >> 48) & MASK_32,
        variant=(lane >> 4) & MASK_4,
        serial=(lane >> 8) & MASK_16,
        claimed_at=claimed_at,
        deadline=deadline,
        state=state,
        held=held,
    )


@external
@view
@reentrant
def claims_of(perk_id: uint256, member_no: uint256) -> DynArray[uint256, limits.MAX_CLAIMS]:
    """
    @notice A member's claims of a perk in the period that runs now, or ran last.
    @param perk_id The perk.
    @param member_no The member.
    @return The claims' numbers, in the order they were made.
    """
    # The last period may have ended with the window, long ago.
    last: uint256 = ((self._terms(perk_id) >> CLOSES_AT) & MASK_40) - 1
    return self._claims_at(perk_id, member_no, min(block.timestamp, last))


@external
@view
@reentrant
def claims_at(
    perk_id: uint256, member_no: uint256, timepoint: uint256
) -> DynArray[uint256, limits.MAX_CLAIMS]:
    """
    @notice A member's claims of a perk in the period that a moment lies in.
    @param perk_id The perk.
    @param member_no The member.
    @param timepoint The moment, unix seconds.
    @return The claims' numbers, in the order they were made.
    """
    return self._claims_at(perk_id, member_no, timepoint)


@external
@view
@reentrant
def escrowed() -> uint256:
    """
    @notice The points that lie here.
    @dev The sum of the prices of claims neither fulfilled nor sent home; more only if
         somebody transferred points here by hand, which nothing gives back.
    @return Points, in base units.
    """
    return staticcall IERC20(POINTS.address).balanceOf(self)


# ---- internal: terms ----------------------------------------------------------------------

@internal
@view
def _require_terms(terms: IPerks.Terms):
    assert (
        terms.kind == IPerks.Kind.STORE or terms.kind == IPerks.Kind.CODE
    ), "perks: one kind only"
    assert terms.price <= MASK_64, "perks: price too large"
    assert terms.opens_at < terms.closes_at, "perks: empty window"
    assert block.timestamp < terms.closes_at, "perks: window is over"
    assert terms.closes_at <= MASK_40, "perks: closes too late"
    assert terms.period <= MASK_32, "perks: period too long"
    assert terms.limit != 0 and terms.limit <= limits.MAX_CLAIMS, "perks: limit out of range"
    assert (
        terms.fulfil_within != 0 and terms.fulfil_within <= limits.YEAR
    ), "perks: fulfilled out of range"


@internal
@pure
def _pack(terms: IPerks.Terms) -> uint256:
    return (
        terms.price
        | terms.opens_at << OPENS_AT
        | terms.closes_at << CLOSES_AT
        | terms.period << PERIOD_AT
        | terms.fulfil_within << WITHIN_AT
        | convert(terms.kind, uint256) << KIND_AT
        | (terms.limit - 1) << LIMIT_AT
    )


@internal
@view
def _unpack(perk_id: uint256, terms: uint256) -> IPerks.Terms:
    gates: DynArray[IPerks.GateCheck, limits.MAX_GATES] = []
    question: uint256 = (terms >> QUESTION_AT) & 3
    if question != 0:
        argument: uint256 = question << ARGUMENT_TOP | (terms >> VALUE_AT) & MASK_32
        gates.append(
            IPerks.GateCheck(gate=MEMBERSHIP.address, argument=convert(argument, uint96))
        )
    for i: uint256 in range((terms >> GATES_AT) & 7, bound=limits.MAX_GATES):
        gates.append(self._gate(self._perks[perk_id].gates[i]))
    return IPerks.Terms(
        kind=self._kind(terms),
        price=terms & MASK_64,
        opens_at=(terms >> OPENS_AT) & MASK_40,
        closes_at=(terms >> CLOSES_AT) & MASK_40,
        period=(terms >> PERIOD_AT) & MASK_32,
        limit=((terms >> LIMIT_AT) & 3) + 1,
        fulfil_within=(terms >> WITHIN_AT) & MASK_32,
        gates=gates,
    )


@internal
@view
def _terms(perk_id: uint256) -> uint256:
    terms: uint256 = self._perks[perk_id].terms
    assert terms != 0, "perks: unknown perk"
    return terms


@internal
@pure
def _kind(terms: uint256) -> IPerks.Kind:
    return convert((terms >> KIND_AT) & 3, IPerks.Kind)


@internal
@pure
def _period_at(terms: uint256, opens_at: uint256, timepoint: uint256) -> uint256:
    """
    @dev Periods are counted from the opening; 0 seconds: the window is one period.
    """
    period: uint256 = (terms >> PERIOD_AT) & MASK_32
    if period == 0:
        return 0
    return (timepoint - opens_at) // period


# ---- internal: gates ----------------------------------------------------------------------

@internal
def _set_gates(
    perk_id: uint256, gates: DynArray[IPerks.GateCheck, limits.MAX_GATES]
) -> uint256:
    """
    @dev Store the gates; returns their part of the terms. Each must give an answer now,
         so a perk whose gate is no gate, or does not know the question, never opens.
    """
    packed: uint256 = 0
    count: uint256 = 0
    for i: uint256 in range(len(gates), bound=limits.MAX_GATES):
        argument: uint256 = convert(gates[i].argument, uint256)
        assert self._ask(gates[i], 0) <= 1, "perks: gate does not answer"
        question: uint256 = argument >> ARGUMENT_TOP
        value: uint256 = argument & (2**88 - 1)
        if (
            i == 0
            and gates[i].gate == MEMBERSHIP.address
            and question != 0
            and question <= MAX_QUESTION
            and value <= MASK_32
        ):
            packed = question << QUESTION_AT | value << VALUE_AT
        else:
            self._perks[perk_id].gates[count] = (
                convert(gates[i].gate, uint256) << 96 | argument
            )
            count += 1
    return packed | count << GATES_AT


@internal
@view
def _require_gates(perk_id: uint256, terms: uint256, passport_id: uint256):
    question: uint256 = (terms >> QUESTION_AT) & 3
    if question != 0:
        argument: uint256 = question << ARGUMENT_TOP | (terms >> VALUE_AT) & MASK_32
        assert staticcall IGate(MEMBERSHIP.address).open_for(
            passport_id, convert(argument, uint96)
        ), "perks: gate closed"
    for i: uint256 in range((terms >> GATES_AT) & 7, bound=limits.MAX_GATES):
        gate: IPerks.GateCheck = self._gate(self._perks[perk_id].gates[i])
        assert self._ask(gate, passport_id) == 1, "perks: gate closed"


@internal
@pure
def _gate(word: uint256) -> IPerks.GateCheck:
    return IPerks.GateCheck(
        gate=convert(word >> 96, address), argument=convert(word & (2**96 - 1), uint96)
    )


@internal
@view
def _ask(check: IPerks.GateCheck, passport_id: uint256) -> uint256:
    """
    @dev 1 open, 0 closed, anything else no answer. A gate is a stranger: it may revert,
         return garbage or nothing, and can change no state.
    """
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(
        check.gate,
        abi_encode(passport_id, check.argument, method_id=method_id("open_for(uint256,uint96)")),
        max_outsize=32,
        is_static_call=True,
        revert_on_failure=False,
    )
    if not success or len(answer) != 32:
        return max_value(uint256)
    return convert(answer, uint256)


# ---- internal: stock ----------------------------------------------------------------------

@internal
def _set_stock(perk_id: uint256, stock: DynArray[uint256, limits.MAX_VARIANTS]):
    assert len(stock) != 0, "perks: no variants"
    words: uint256[2] = [0, 0]
    for i: uint256 in range(len(stock), bound=limits.MAX_VARIANTS):
        assert stock[i] <= MASK_16, "perks: stock too large"
        words[i // PAIRS] |= stock[i] << (i % PAIRS * PAIR_BITS)
    self._perks[perk_id].stock = words


@internal
def _take_unit(perk_id: uint256, terms: uint256, variant: uint256) -> uint256:
    """
    @dev One more taken; returns its serial, counted from 1. Taken never passes stock,
         so its lane never runs over.
    """
    assert variant <= terms >> VARIANTS_AT, "perks: unknown variant"
    offset: uint256 = variant % PAIRS * PAIR_BITS
    word: uint256 = self._perks[perk_id].stock[variant // PAIRS]
    pair: uint256 = word >> offset
    taken: uint256 = (pair >> 16) & MASK_16
    assert taken < pair & MASK_16, "perks: sold out"
    self._perks[perk_id].stock[variant // PAIRS] = word + (TAKEN_UNIT << offset)
    return taken + 1


@internal
def _give_unit_back(perk_id: uint256, variant: uint256):
    """
    @dev Serials never repeat, so a unit comes back as new stock; at the lane's top it is
         lost, and the member's refund is not.
    """
    offset: uint256 = variant % PAIRS * PAIR_BITS
    word: uint256 = self._perks[perk_id].stock[variant // PAIRS]
    if (word >> offset) & MASK_16 != MASK_16:
        self._perks[perk_id].stock[variant // PAIRS] = word + (1 << offset)


# ---- internal: claims ---------------------------------------------------------------------

@internal
@pure
def _free_lane(lanes: uint256, limit: uint256) -> uint256:
    """
    @dev The first lane not used, refused at the limit.
    """
    live: uint256 = 0
    for lane: uint256 in range(limits.MAX_CLAIMS):
        state: uint256 = (lanes >> (lane * LANE_BITS)) & MASK_4
        if state == 0:
            assert live < limit, "perks: limit reached"
            return lane
        if state <= 2:  # CLAIMED or FULFILLED
            live += 1
    raise "perks: limit reached"


@internal
@view
def _lane(claim_id: uint256) -> uint256:
    lane: uint256 = claim_id & 255
    assert lane < limits.MAX_CLAIMS, "perks: unknown claim"
    word: uint256 = (self._claims[claim_id >> 8] >> (lane * LANE_BITS)) & MASK_64
    assert word != 0, "perks: unknown claim"
    return word


@internal
@view
def _claims_at(
    perk_id: uint256, member_no: uint256, timepoint: uint256
) -> DynArray[uint256, limits.MAX_CLAIMS]:
    claim_ids: DynArray[uint256, limits.MAX_CLAIMS] = []
    terms: uint256 = self._terms(perk_id)
    opens_at: uint256 = (terms >> OPENS_AT) & MASK_40
    # Larger numbers would spill into their neighbours in the key.
    if timepoint < opens_at or timepoint > MASK_40 or member_no > MASK_32:
        return claim_ids
    key: uint256 = (
        perk_id << 72 | member_no << 40 | self._period_at(terms, opens_at, timepoint)
    )
    lanes: uint256 = self._claims[key]
    for lane: uint256 in range(limits.MAX_CLAIMS):
        if lanes >> (lane * LANE_BITS) == 0:
            break
        claim_ids.append(key << 8 | lane)
    return claim_ids


@internal
@view
def _is_whose(claim_id: uint256, wallet: address) -> bool:
    """
    @dev Whether the wallet is of the person who claimed, a member today or not.
    """
    passport_id: uint256 = staticcall MEMBERSHIP.passport_of((claim_id >> 48) & MASK_32)
    return passport_id != 0 and staticcall PASSPORT.id_of(wallet) == passport_id


@internal
def _settle(claim_id: uint256, state: IPerks.State) -> uint256:
    """
    @dev End a live claim, on the side of its deadline where that end lies; returns the
         perk's terms. Whatever ends unfulfilled gives its unit back.
    """
    lane: uint256 = self._lane(claim_id)
    assert lane & MASK_4 == 1, "perks: already settled"
    perk_id: uint256 = claim_id >> 80
    terms: uint256 = self._perks[perk_id].terms
    is_late: bool = block.timestamp > (lane >> 24) + ((terms >> WITHIN_AT) & MASK_32)
    if state == IPerks.State.MISSED:
        assert is_late, "perks: not missed yet"
    else:
        assert not is_late, "perks: past its deadline"
    self._claims[claim_id >> 8] ^= (1 ^ convert(state, uint256)) << (
        (claim_id & 255) * LANE_BITS
    )
    if state != IPerks.State.FULFILLED:
        self._give_unit_back(perk_id, (lane >> 4) & MASK_4)
    return terms


@internal
def _refund(claim_id: uint256, price: uint256):
    """
    @dev To the main wallet as it is now: the person may have moved since they claimed.
    """
    if price != 0:
        wallet: address = staticcall PASSPORT.wallet_of(
            staticcall MEMBERSHIP.passport_of((claim_id >> 48) & MASK_32)
        )
        assert extcall IERC20(POINTS.address).transfer(wallet, price), "perks: refund refused"
