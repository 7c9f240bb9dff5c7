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

     Who signs: the member, the code that a till redeems, and a claim that they do not
     send themselves; its number stands in it, so it is good once. Who pays: points come
     from the wallet that claims, the gas from who sends. Who can lie: whoever carries a
     claim may drop it, never change it, and its unit and refund are the member's;
     a steward may call a CODE claim fulfilled that was not, under the hash of his
     evidence, and a SHIP claim sent that was not; it costs him nothing here yet (no bond,
     no contest), so it is public for ever. A till without the member's code can do nothing.
     A gate that lies lets in or keeps out whom it likes, at the perk that names it and
     nowhere else: it is asked by static call, and a broken one is closed.
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
from . import perk_claims
from . import perk_gates
from . import perk_stock
from . import perk_terms

initializes: signatures
initializes: wing
initializes: perk_claims
initializes: perk_gates

from ..interfaces import ICharter
from ..interfaces import IGate
from ..interfaces import IMembership
from ..interfaces import IPassport
from ..interfaces import IPoints

# `cancel_nonce` and `is_nonce_used` stay inside: what is signed is spent by its claim.
exports: (
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
    wing.halt_until,
    wing.retire,
    wing.charter,
    wing.halted_until,
)


# ---- constants and immutables -----------------------------------------------------

CLAIM_TYPE_HASH: constant(bytes32) = keccak256(
    "Claim(address wallet,uint256 perk_id,bytes32 content_hash,uint256 variant,uint256 price,bytes32 order_hash,uint256 claim_id,uint256 deadline)"
)
CANCEL_TYPE_HASH: constant(bytes32) = keccak256(
    "Cancel(address wallet,uint256 claim_id,uint256 deadline)"
)
REDEEM_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Redeem(address wallet,uint256 claim_id,uint256 deadline)"
)

PASSPORT: public(immutable(IPassport))
MEMBERSHIP: public(immutable(IMembership))
POINTS: public(immutable(IPoints))


# ---- storage ------------------------------------------------------------------------

perk_count: public(reentrant(uint256))

# one word a variant: the perk's terms, and the variant's stock
_words: HashMap[uint256, uint256[16]]
_content: HashMap[uint256, bytes32]


# ---- constructor --------------------------------------------------------------------

@deploy
def __init__(charter_: ICharter, passport_: IPassport, membership_: IMembership, points_: IPoints):
    """
    @notice Open the counter at which a brand's members claim.
    @param charter_ The brand's Charter, which says who is a steward and who a till.
    @param passport_ The Passport, which says whose wallet is whose.
    @param membership_ The brand's Membership, which says who may claim.
    @param points_ The brand's Points, in which prices are asked.
    """
    assert passport_.address != empty(address), "perks: zero passport"
    assert membership_.address != empty(address), "perks: zero membership"
    assert points_.address.is_contract, "perks: points without code"
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
    assert len(stock) != 0, "perks: no variants"

    perk_id: uint256 = self.perk_count + 1
    self.perk_count = perk_id
    self._content[perk_id] = content_hash
    word: uint256 = (
        perk_terms._pack(terms)
        | self._set_gates(perk_id, terms.gates)
        | (len(stock) - 1) << perk_terms.VARIANTS_AT
    )
    for variant: uint256 in range(len(stock), bound=limits.MAX_VARIANTS):
        self._words[perk_id][variant] = perk_stock._added(word, stock[variant])
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
    word: uint256 = self._word(perk_id, 0)
    self._require_not_closed(word)
    for variant: uint256 in range(perk_terms._variants(word), bound=limits.MAX_VARIANTS):
        self._words[perk_id][variant] = perk_terms._closed(self._words[perk_id][variant])
    closes_at: uint256 = perk_terms._closes_at(self._words[perk_id][0])
    log IPerks.PerkClosed(perk_id=perk_id, closes_at=closes_at)


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
    word: uint256 = self._word(perk_id, variant)
    self._require_not_closed(word)
    assert amount != 0, "perks: nothing to add"
    self._words[perk_id][variant] = perk_stock._added(word, amount)
    log IPerks.StockAdded(perk_id=perk_id, variant=variant, amount=amount)


@external
def fulfil(claim_ids: DynArray[uint256, limits.MAX_BATCH], evidence: bytes32):
    """
    @notice Record that codes were shown, or parcels sent, to the members who claimed them.
    @dev All or none: a claim that ended meanwhile stops the batch with its reason.
         What a till hands out is fulfilled by `redeem` only.
    @param claim_ids The claims, all of kind CODE or SHIP.
    @param evidence The keccak256 of what staff publish about it.
    """
    wing._require_role(ICharter.Role.STEWARD)
    assert evidence != empty(bytes32), "perks: empty evidence"
    burnt: uint256 = 0
    for claim_id: uint256 in claim_ids:
        burnt += self._fulfil(claim_id, perk_terms.STORE_AT, evidence)
    self._burn(burnt)


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
    @param claim_id The claim, of any kind but SHIP.
    @param wallet The wallet that signed: any one of the member's.
    @param deadline The last second in which the code is good.
    @param signature The wallet's, of `Redeem`.
    """
    wing._require_role(ICharter.Role.TILL)
    signatures._require_live(deadline)
    digest: bytes32 = signatures._require_signed(
        wallet, keccak256(abi_encode(REDEEM_TYPE_HASH, wallet, claim_id, deadline)), signature
    )
    assert self._is_whose(claim_id, wallet), "perks: not the member's wallet"
    self._burn(self._fulfil(claim_id, perk_terms.SHIP_AT, digest))


# ---- external: members and anyone ---------------------------------------------------------

@external
@reentrant
def claim(perk_id: uint256, variant: uint256, order_hash: bytes32) -> uint256:
    """
    @notice Claim one unit of a perk, paid from the wallet that sends this.
    @dev A claim that was cancelled frees its place within the limit, and a missed one from
         `miss` on; but a member makes at most four of one perk in one period, whatever
         became of them.
         Without the lock, which costs 300 gas and would guard nothing: gates are asked by
         static call before anything is written, and Points, asked last, calls nobody.
    @param perk_id The perk.
    @param variant The variant's place in the text, counted from 0.
    @param order_hash The salted hash of what the order says elsewhere; zero only where nothing
           is sent.
    @return The claim's number.
    """
    wing._require_running()
    word: uint256 = self._word(perk_id, variant)
    claim_id: uint256 = self._claim(msg.sender, perk_id, variant, order_hash, word)
    price: uint256 = word & perk_terms.PRICE
    if price != 0:
        # The constructor saw that there is code.
        extcall POINTS.take(msg.sender, price, skip_contract_check=True)
    return claim_id


@external
def claim_by_signature(
    wallet: address,
    perk_id: uint256,
    variant: uint256,
    order_hash: bytes32,
    claim_id: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
) -> uint256:
    """
    @notice Claim one unit of a perk for a member who signed that they want it; it is
            theirs, and paid from their wallet.
    @dev The claim's number takes the place of a nonce. The text's hash and the price are
         those of the perk: who signed others did not sign this.
    @param wallet Who signed: any wallet of a member.
    @param perk_id The perk.
    @param variant As in `claim`.
    @param order_hash As in `claim`.
    @param claim_id The number that the claim will have; see `next_claim_id`.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's, of `Claim`.
    @return The claim's number.
    """
    wing._require_running()
    signatures._require_live(deadline)
    word: uint256 = self._word(perk_id, variant)
    price: uint256 = word & perk_terms.PRICE
    signatures._require_signed(
        wallet,
        keccak256(
            abi_encode(
                CLAIM_TYPE_HASH,
                wallet,
                perk_id,
                self._content[perk_id],
                variant,
                price,
                order_hash,
                claim_id,
                deadline,
            )
        ),
        signature,
    )
    made: uint256 = self._claim(wallet, perk_id, variant, order_hash, word)
    assert made == claim_id, "perks: other claim number"
    if price != 0:
        extcall POINTS.take(wallet, price)
    return claim_id


@external
def cancel(claim_id: uint256):
    """
    @notice Take a claim back; its price goes to the member's main wallet.
    @dev A member cancels what a till hands out or the shop sends. A code may have been read
         already, so only a steward takes such a claim back. No pause reaches this.
    @param claim_id The claim.
    """
    if not self._may_cancel(claim_id, msg.sender):
        wing._require_role(ICharter.Role.STEWARD)
    self._cancel(claim_id, msg.sender)


@external
def cancel_by_signature(
    wallet: address, claim_id: uint256, deadline: uint256, signature: Bytes[limits.MAX_SIGNATURE]
):
    """
    @notice Take a claim back for a member who signed it; the claim ends with it, so no
            nonce is needed. No pause reaches this.
    @param wallet Who signed: any one of the member's.
    @param claim_id The claim, of any kind but CODE.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's, of `Cancel`.
    """
    signatures._require_live(deadline)
    assert self._may_cancel(claim_id, wallet), "perks: not theirs to cancel"
    signatures._require_signed(
        wallet, keccak256(abi_encode(CANCEL_TYPE_HASH, wallet, claim_id, deadline)), signature
    )
    self._cancel(claim_id, wallet)


@external
def miss(claim_id: uint256):
    """
    @notice Send the price of a claim that the brand left lying back to the member.
    @dev Anyone may, past the deadline. No pause reaches this.
    @param claim_id The claim.
    """
    price: uint256 = self._settle(claim_id, IPerks.State.MISSED) & perk_terms.PRICE
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
    word: uint256 = self._word(perk_id, 0)
    stock: DynArray[uint256, limits.MAX_VARIANTS] = []
    taken: DynArray[uint256, limits.MAX_VARIANTS] = []
    for variant: uint256 in range(perk_terms._variants(word), bound=limits.MAX_VARIANTS):
        one: uint256 = self._words[perk_id][variant]
        stock.append(perk_stock._stock(one))
        taken.append(perk_stock._taken(one))
    return IPerks.Perk(
        terms=perk_terms._unpack(word, self._gates(perk_id, word)),
        content_hash=self._content[perk_id],
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
    @return The claim; `held` says how much of its price still lies here.
    """
    word: uint256 = self._words[perk_claims._perk_id(claim_id)][0]
    return perk_claims._read(claim_id, perk_terms._within(word), word & perk_terms.PRICE)


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
    # The last period may have ended with the window, long ago. A perk closed by hand may
    # have claims of the very second in which it closed.
    closes_at: uint256 = perk_terms._closes_at(self._word(perk_id, 0))
    claim_ids: DynArray[uint256, limits.MAX_CLAIMS] = self._claims_at(
        perk_id, member_no, min(block.timestamp, closes_at)
    )
    if len(claim_ids) == 0 and block.timestamp >= closes_at:
        return self._claims_at(perk_id, member_no, closes_at - 1)
    return claim_ids


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
def next_claim_id(perk_id: uint256, member_no: uint256) -> uint256:
    """
    @notice The number that a member's next claim of a perk would have now.
    @dev It holds until they claim, or the perk's period turns.
    @param perk_id The perk.
    @param member_no The member.
    @return The number; 0 when they have made all the claims of a period, or outside the
            perk's window.
    """
    word: uint256 = self._word(perk_id, 0)
    opens_at: uint256 = perk_terms._opens_at(word)
    if block.timestamp < opens_at or perk_terms._is_closed(word):
        return 0
    return perk_claims._next(
        perk_id, member_no, perk_terms._period_at(word, block.timestamp - opens_at)
    )


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


# ---- internal: perks ----------------------------------------------------------------------

@internal
@view
def _word(perk_id: uint256, variant: uint256) -> uint256:
    word: uint256 = 0
    if variant < limits.MAX_VARIANTS:
        word = self._words[perk_id][variant]
    if word == 0:
        assert self._words[perk_id][0] != 0, "perks: unknown perk"
        raise "perks: unknown variant"
    return word


@internal
@view
def _require_not_closed(word: uint256):
    assert not perk_terms._is_closed(word), "perks: closed"


# ---- internal: gates ----------------------------------------------------------------------

@internal
def _set_gates(perk_id: uint256, gates: DynArray[IPerks.GateCheck, limits.MAX_GATES]) -> uint256:
    """
    @dev Keep the gates; returns their part of the terms.
    """
    packed: uint256 = 0
    count: uint256 = 0
    for gate: IPerks.GateCheck in gates:
        perk_gates._require_answers(gate)
        if packed == 0 and count == 0 and gate.gate == MEMBERSHIP.address:
            packed = perk_terms._pack_gate(gate.argument)
            if packed != 0:
                continue
        perk_gates._set(perk_id, count, gate)
        count += 1
    return packed | count << perk_terms.GATES_AT


@internal
@view
def _gates(perk_id: uint256, word: uint256) -> DynArray[IPerks.GateCheck, limits.MAX_GATES]:
    gates: DynArray[IPerks.GateCheck, limits.MAX_GATES] = []
    argument: uint96 = perk_terms._argument(word)
    if argument != 0:
        gates.append(IPerks.GateCheck(gate=MEMBERSHIP.address, argument=argument))
    for i: uint256 in range(perk_terms._other_gates(word), bound=limits.MAX_GATES):
        gates.append(perk_gates._at(perk_id, i))
    return gates


# ---- internal: claims ---------------------------------------------------------------------

@internal
@view
def _claims_at(
    perk_id: uint256, member_no: uint256, timepoint: uint256
) -> DynArray[uint256, limits.MAX_CLAIMS]:
    word: uint256 = self._word(perk_id, 0)
    opens_at: uint256 = perk_terms._opens_at(word)
    if timepoint < opens_at:
        return []
    return perk_claims._list(perk_id, member_no, perk_terms._period_at(word, timepoint - opens_at))


@internal
@view
def _passport_of(claim_id: uint256) -> uint256:
    """
    @dev The person who claimed, a member today or not.
    """
    return staticcall MEMBERSHIP.passport_of(perk_claims._member_no(claim_id))


@internal
@view
def _is_whose(claim_id: uint256, wallet: address) -> bool:
    passport_id: uint256 = staticcall PASSPORT.id_of(wallet)
    return passport_id != 0 and passport_id == self._passport_of(claim_id)


@internal
@view
def _may_cancel(claim_id: uint256, wallet: address) -> bool:
    """
    @dev Whether it is a claim of theirs whose code they cannot have read.
    """
    word: uint256 = self._words[perk_claims._perk_id(claim_id)][perk_claims._variant(claim_id)]
    return (word >> perk_terms.CODE_AT) & 1 == 0 and self._is_whose(claim_id, wallet)


@internal
def _claim(
    wallet: address, perk_id: uint256, variant: uint256, order_hash: bytes32, terms: uint256
) -> uint256:
    """
    @dev Make a claim of what the variant's word says; returns its number. It is still to be
         paid.
    """
    word: uint256 = terms
    # Before the opening it wraps around, past any window.
    elapsed: uint256 = unsafe_sub(block.timestamp, (word >> perk_terms.OPENS_AT) & perk_terms.SPAN)
    if elapsed >= (word >> perk_terms.WINDOW_AT) & perk_terms.SPAN:
        self._require_not_closed(word)
        raise "perks: not open yet"
    passport_id: uint256 = 0
    member_no: uint256 = 0
    passport_id, member_no = staticcall MEMBERSHIP.member_of(wallet)
    assert member_no != 0, "perks: not a member"
    if (word >> perk_terms.QUESTION_AT) & 3 != 0:
        perk_gates._require_packed_open(IGate(MEMBERSHIP.address), passport_id, word)
    if (word >> perk_terms.SHIP_AT) & 15 != 0:
        if (word >> perk_terms.SHIP_AT) & 1 != 0:
            assert order_hash != empty(bytes32), "perks: no order"
        perk_gates._require_open(perk_id, perk_terms._other_gates(word), passport_id)

    word = perk_stock._one_taken(word)
    self._words[perk_id][variant] = word
    serial: uint256 = word >> perk_stock.TAKEN_AT
    claim_id: uint256 = perk_claims._add(
        perk_id << 72 | member_no << 40 | perk_terms._period_at(word, elapsed),
        (word >> perk_terms.LIMIT_AT) & 3,
        serial << 8 | variant << 4,
    )
    log IPerks.PerkClaimed(
        perk_id=perk_id,
        member_no=member_no,
        claim_id=claim_id,
        wallet=wallet,
        variant=variant,
        serial=serial,
        order_hash=order_hash,
    )
    return claim_id


@internal
def _fulfil(claim_id: uint256, other_way: uint256, evidence: bytes32) -> uint256:
    """
    @dev End a claim as delivered, unless its kind, whose bit lies at `other_way`, is delivered
         the other way; returns its price, which is still to be burnt.
    """
    word: uint256 = self._settle(claim_id, IPerks.State.FULFILLED)
    if (word >> other_way) & 1 != 0:
        assert other_way == perk_terms.SHIP_AT, "perks: needs the member's code"
        raise "perks: is sent, not collected"
    log IPerks.ClaimFulfilled(claim_id=claim_id, by=msg.sender, evidence=evidence)
    return word & perk_terms.PRICE


@internal
def _cancel(claim_id: uint256, by: address):
    price: uint256 = self._settle(claim_id, IPerks.State.CANCELLED) & perk_terms.PRICE
    log IPerks.ClaimCancelled(claim_id=claim_id, by=by, refund=price)
    self._refund(claim_id, price)


@internal
def _settle(claim_id: uint256, state: IPerks.State) -> uint256:
    """
    @dev End a claim; returns its perk's word. What ends unfulfilled gives its unit back.
    """
    perk_id: uint256 = perk_claims._perk_id(claim_id)
    variant: uint256 = perk_claims._variant(claim_id)
    word: uint256 = self._words[perk_id][variant]
    perk_claims._end(claim_id, state, perk_terms._within(word))
    if state != IPerks.State.FULFILLED:
        self._words[perk_id][variant] = perk_stock._one_given_back(word)
    return word


@internal
def _burn(points: uint256):
    if points != 0:
        extcall POINTS.burn(points)


@internal
def _refund(claim_id: uint256, price: uint256):
    """
    @dev To the main wallet as it is now: the person may have moved since they claimed.
    """
    if price != 0:
        wallet: address = staticcall PASSPORT.wallet_of(self._passport_of(claim_id))
        assert extcall IERC20(POINTS.address).transfer(wallet, price), "perks: refund refused"
