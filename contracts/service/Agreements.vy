# pragma version ~=0.4.3
# pragma nonreentrancy on
# pragma optimize codesize
"""
@title Agreements
@custom:contract-name Agreements
@license AGPL-3.0-only
@author The Cercle authors
@notice Service contracts that stop and switch by themselves. You sign once which plans may be charged,
        in which order, where to stop, and the most it may cost; from then on the cheapest of them
        that covers what you used is what you pay, out of what you paid in.
@dev An agreement: open -> running, stopped, gone on -> over: its term, its customer or its provider
     ended it -> closed, the rest of the escrow paid back. Every state is a function of what was
     signed and of the clock; whoever acts only has it written down.
     Signs: the person's main wallet the ladder, going on, the end; a meter each reading; the provider
     what it offers. Pays: the customer in advance; the sender the gas.
     Lies: a meter, which may not be the provider's; it can cost its customer the period's cap at
     most. A provider that hides readings earns the lowest base price. A token that takes a share or
     does not pay is refused, and harms those alone who chose its list.
     Nobody owns it; nothing is paused. Ending, leaving and taking money back need no other contract
     than the Passport and the token.
@custom:security security@cercle.example
@custom:kill None, on purpose: nobody can stop it.
"""

from ethereum.ercs import IERC20

from ..interfaces import IAgreements

implements: IAgreements

from ..interfaces import IConsent
from ..interfaces import IPassport
from ..interfaces import IPriceLists
from ..interfaces import ITariff

from ..common import limits
from ..common import signatures

initializes: signatures

from ..common import tokens
from . import accounts
from . import course
from . import tariff

exports: (
    signatures.cancel_nonce,
    signatures.is_nonce_used,
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

GO_ON_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "GoOn(address wallet,uint256 agreement_id,uint256 period,uint256 limit,uint256 period_cap,uint256 nonce,uint256 deadline)"
)
END_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "EndAgreement(address wallet,uint256 agreement_id,bool is_at_once,uint256 nonce,uint256 deadline)"
)
WITHDRAW_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "WithdrawEscrow(address wallet,uint256 agreement_id,address payee,uint256 amount,uint256 nonce,uint256 deadline)"
)
READING_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Reading(uint256 agreement_id,uint256 sequence,uint256 read_at,uint256 register,uint256 outage)"
)

# Going on and leaving, from the lowest bit: limit 40 | cap 79 | period 12 | left at 40
_GO_CAP_AT: constant(uint256) = 40
_GO_PERIOD_AT: constant(uint256) = 119
_GO_LEFT_AT: constant(uint256) = 131
_PERIOD: constant(uint256) = 2**12 - 1


# ---- immutables -----------------------------------------------------------------

PASSPORT: immutable(IPassport)
PRICE_LISTS: immutable(IPriceLists)


# ---- storage --------------------------------------------------------------------

agreement_count: public(reentrant(uint256))

# agreement -> the hash of its terms
terms_hash_of: public(reentrant(HashMap[uint256, bytes32]))
# agreement -> how it stands
_states: HashMap[uint256, uint256]
_moneys: HashMap[uint256, uint256]
# agreement -> how far the customer went on, and when they left
_goings: HashMap[uint256, uint256]
# list -> what its provider earned and did not collect
due_of: public(reentrant(HashMap[uint256, uint256]))


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(price_lists_: IPriceLists):
    """
    @notice Open the book of agreements, empty and ownerless.
    @param price_lists_ What providers offer, and by it who is who; fixed for good.
    """
    signatures.__init__("Cercle Agreements", "1")
    consent: IConsent = IConsent(staticcall price_lists_.consent())
    PASSPORT = IPassport(staticcall consent.passport())
    PRICE_LISTS = price_lists_


# ---- external: a customer --------------------------------------------------------------

@external
def open(ladder: IAgreements.Ladder) -> uint256:
    """
    @notice Agree to a ladder of plans and pay in.
    @param ladder The plans in their order, where to stop, the caps, and who meters.
    @return The agreement's number.
    """
    return self._open(msg.sender, ladder)


@external
def go_on(
    agreement_id: uint256,
    terms: IAgreements.Terms,
    period: uint256,
    limit: uint256,
    period_cap: uint256,
):
    """
    @notice Go on beyond the ladder's stop, or its cap, until the period ends.
    @param agreement_id Your agreement.
    @param terms Its terms.
    @param period The period that is open for readings: this one alone is meant.
    @param limit The units at which to stop now; no fewer than before.
    @param period_cap The most that the period may cost now; no less than before.
    """
    self._require_customer(msg.sender, terms)
    self._go_on(agreement_id, terms, period, limit, period_cap)


@external
def end(agreement_id: uint256, terms: IAgreements.Terms, is_at_once: bool):
    """
    @notice End an agreement with the period that runs; or at once, if a plan of its ladder got dearer
            or is gone: then that period is paid in part.
    @param agreement_id Your agreement.
    @param terms Its terms.
    @param is_at_once Whether to leave at once.
    """
    self._require_customer(msg.sender, terms)
    self._end(msg.sender, agreement_id, terms, 0, is_at_once)


@external
def withdraw(agreement_id: uint256, terms: IAgreements.Terms, payee: address, amount: uint256):
    """
    @notice Take money back: while it runs, what exceeds the caps of the periods not closed yet; once it
            is over and closed, all that is left.
    @param agreement_id Your agreement.
    @param terms Its terms.
    @param payee Who gets it.
    @param amount In units of the token.
    """
    self._require_customer(msg.sender, terms)
    self._withdraw(agreement_id, terms, payee, amount)


# ---- external: a customer's signature, carried by anybody ---------------------------------

@external
def open_by_signature(
    wallet: address,
    ladder: IAgreements.Ladder,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
) -> uint256:
    """
    @notice Open an agreement of somebody who signed `OpenAgreement`.
    @param wallet Their main wallet, which signed and pays the deposit.
    @param ladder The plans in their order, where to stop, the caps, and who meters.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    @return The agreement's number.
    """
    message: bytes32 = staticcall PRICE_LISTS.opening_hash(wallet, ladder, nonce, deadline)
    self._use_signature(wallet, message, nonce, deadline, signature)
    return self._open(wallet, ladder)


@external
def go_on_by_signature(
    wallet: address,
    agreement_id: uint256,
    terms: IAgreements.Terms,
    period: uint256,
    limit: uint256,
    period_cap: uint256,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Go on for somebody who signed `GoOn`.
    @param wallet Their main wallet, which signed.
    @param agreement_id Their agreement.
    @param terms Its terms.
    @param period The period that is meant.
    @param limit The units at which to stop now.
    @param period_cap The most that the period may cost now.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(
        abi_encode(
            GO_ON_TYPE_HASH, wallet, agreement_id, period, limit, period_cap, nonce, deadline
        )
    )
    self._use_signature(wallet, message, nonce, deadline, signature)
    self._require_customer(wallet, terms)
    self._go_on(agreement_id, terms, period, limit, period_cap)


@external
def end_by_signature(
    wallet: address,
    agreement_id: uint256,
    terms: IAgreements.Terms,
    is_at_once: bool,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice End an agreement of somebody who signed `EndAgreement`.
    @param wallet Their main wallet, which signed.
    @param agreement_id Their agreement.
    @param terms Its terms.
    @param is_at_once Whether to leave at once.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(
        abi_encode(END_TYPE_HASH, wallet, agreement_id, is_at_once, nonce, deadline)
    )
    self._use_signature(wallet, message, nonce, deadline, signature)
    self._require_customer(wallet, terms)
    self._end(wallet, agreement_id, terms, 0, is_at_once)


@external
def withdraw_by_signature(
    wallet: address,
    agreement_id: uint256,
    terms: IAgreements.Terms,
    payee: address,
    amount: uint256,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Pay money back to somebody who signed `WithdrawEscrow`.
    @param wallet Their main wallet, which signed.
    @param agreement_id Their agreement.
    @param terms Its terms.
    @param payee Who gets it.
    @param amount In units of the token.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(
        abi_encode(WITHDRAW_TYPE_HASH, wallet, agreement_id, payee, amount, nonce, deadline)
    )
    self._use_signature(wallet, message, nonce, deadline, signature)
    self._require_customer(wallet, terms)
    self._withdraw(agreement_id, terms, payee, amount)


# ---- external: a provider ------------------------------------------------------------------

@external
def discontinue(agreement_id: uint256, terms: IAgreements.Terms):
    """
    @notice Stop serving a customer, with the period after the one that runs; before the start, at it.
    @param agreement_id An agreement under your list.
    @param terms Its terms.
    """
    assert staticcall PRICE_LISTS.may_provide(
        terms.list_id, msg.sender
    ), "agreements: not the provider"
    self._end(msg.sender, agreement_id, terms, 1, False)


@external
def collect(list_id: uint256, payee: address):
    """
    @notice Pay out what a list's provider earned.
    @param list_id The list of a company of which you are the controller.
    @param payee Who gets it.
    """
    assert staticcall PRICE_LISTS.is_controller(
        list_id, msg.sender
    ), "agreements: not the controller"
    amount: uint256 = self.due_of[list_id]
    assert amount != 0, "agreements: nothing due"
    self.due_of[list_id] = 0
    log IAgreements.EarningsCollected(list_id=list_id, payee=payee, amount=amount)
    self._pay(list_id, payee, amount)


# ---- external: anybody ---------------------------------------------------------------------

@external
def settle(agreement_id: uint256, terms: IAgreements.Terms, reading: IAgreements.Reading):
    """
    @notice Count a meter's reading.
    @param agreement_id The agreement.
    @param terms Its terms.
    @param reading What the meter shows, with its signature over `Reading`.
    """
    domain: bytes32 = signatures.eip712_domain_separator._domain_separator_v4()
    account: IAgreements.Account = self._load(agreement_id, terms)
    assert reading.sequence > account.sequence, "agreements: old reading"
    self._settle(agreement_id, terms, account, reading, domain)


@external
def settle_many(settlements: DynArray[IAgreements.Settlement, limits.MAX_SETTLEMENTS]):
    """
    @notice Count readings of many agreements; what somebody else brought in before is passed over.
    @param settlements The readings, each with its agreement.
    """
    domain: bytes32 = signatures.eip712_domain_separator._domain_separator_v4()
    for settlement: IAgreements.Settlement in settlements:
        account: IAgreements.Account = self._load(settlement.agreement_id, settlement.terms)
        if settlement.reading.sequence <= account.sequence:
            continue
        self._settle(settlement.agreement_id, settlement.terms, account, settlement.reading, domain)


@external
def poke(agreement_id: uint256, terms: IAgreements.Terms):
    """
    @notice Have written down what the clock and the price list did.
    @param agreement_id The agreement.
    @param terms Its terms.
    """
    account: IAgreements.Account = empty(IAgreements.Account)
    now_terms: IAgreements.Terms = empty(IAgreements.Terms)
    now_terms, account = self._now(agreement_id, terms, True)
    self._store_priced(agreement_id, now_terms, account)


@external
def top_up(agreement_id: uint256, terms: IAgreements.Terms, amount: uint256):
    """
    @notice Pay in for an agreement. It is its customer's money from then on.
    @param agreement_id The agreement.
    @param terms Its terms.
    @param amount In units of the token, which you allowed this contract to take.
    """
    assert amount != 0, "agreements: nothing paid"
    account: IAgreements.Account = empty(IAgreements.Account)
    now_terms: IAgreements.Terms = empty(IAgreements.Terms)
    now_terms, account = self._now(agreement_id, terms, False)
    assert account.period < account.periods, "agreements: over"
    assert amount <= accounts.MONEY - account.escrow, "agreements: too much"
    self._take(agreement_id, terms.list_id, msg.sender, amount)
    account.escrow += amount
    self._store_priced(agreement_id, now_terms, account)


# ---- external: views -----------------------------------------------------------------------

@external
@view
@reentrant
def is_entitled(agreement_id: uint256) -> bool:
    """
    @notice Whether a customer is to be served now: by what was read, by the clock, by the escrow.
    @param agreement_id The agreement.
    @return True while it runs, is not stopped, and is paid for.
    """
    return accounts._is_entitled(self._states[agreement_id])


@external
@view
@reentrant
def account_of(agreement_id: uint256) -> IAgreements.Account:
    """
    @notice An agreement's book, as it was written down last.
    @param agreement_id The agreement.
    @return All empty for none.
    """
    return accounts._unpacked(self._states[agreement_id], self._moneys[agreement_id])


@external
@view
@reentrant
def going_on_of(agreement_id: uint256) -> IAgreements.GoingOn:
    """
    @notice How far its customer said to go on, last, and when they left before the end.
    @param agreement_id The agreement.
    @return All empty for neither.
    """
    return self._unpacked_going(self._goings[agreement_id])


@external
@view
@reentrant
def price_lists() -> address:
    """
    @notice What providers offer.
    @return The PriceLists contract.
    """
    return PRICE_LISTS.address


# ---- internal: who acts ------------------------------------------------------------------------

@internal
@view
def _customer(wallet: address) -> uint256:
    passport_id: uint256 = staticcall PASSPORT.id_of(wallet)
    assert passport_id != 0, "agreements: no passport"
    main_wallet: address = staticcall PASSPORT.wallet_of(passport_id)
    assert main_wallet == wallet, "agreements: not the main wallet"
    return passport_id


@internal
@view
def _require_customer(wallet: address, terms: IAgreements.Terms):
    assert self._customer(wallet) == terms.passport_id, "agreements: not the customer"


@internal
def _use_signature(
    wallet: address,
    message: bytes32,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    signatures._require_live(deadline)
    signatures._require_signed(wallet, message, signature)
    signatures._use_nonce(wallet, nonce)


# ---- internal: opening ---------------------------------------------------------------------------

@internal
def _open(wallet: address, ladder: IAgreements.Ladder) -> uint256:
    passport_id: uint256 = self._customer(wallet)
    terms: IAgreements.Terms = staticcall PRICE_LISTS.admitted(ladder, passport_id, wallet)
    assert ladder.total_cap <= accounts.MONEY, "agreements: total cap too large"
    assert ladder.deposit <= accounts.MONEY, "agreements: too much"
    account: IAgreements.Account = empty(IAgreements.Account)
    account.price = terms.lowest
    account.periods = ladder.periods
    account.escrow = ladder.deposit
    account.left = ladder.total_cap
    account.revision = ladder.revision
    self.agreement_count += 1
    agreement_id: uint256 = self.agreement_count
    self.terms_hash_of[agreement_id] = keccak256(abi_encode(terms))
    self._store(agreement_id, terms, account)
    log IAgreements.AgreementOpened(
        agreement_id=agreement_id,
        passport_id=passport_id,
        list_id=ladder.list_id,
        revision=ladder.revision,
        periods=ladder.periods,
        total_cap=ladder.total_cap,
        terms=terms,
    )
    if ladder.deposit != 0:
        self._take(agreement_id, ladder.list_id, wallet, ladder.deposit)
    return agreement_id


# ---- internal: readings ----------------------------------------------------------------------------

@internal
def _settle(
    agreement_id: uint256,
    terms: IAgreements.Terms,
    account_: IAgreements.Account,
    reading: IAgreements.Reading,
    domain: bytes32,
):
    account: IAgreements.Account = account_
    self._require_reading(agreement_id, terms, account, reading, domain)
    dated_in: uint256 = course._dated_in(terms, reading.read_at)
    now_terms: IAgreements.Terms = terms
    target: uint256 = max(dated_in, course._first_open(terms))
    if target > account.period:
        now_terms, account = self._synced(agreement_id, terms, account, target)
    use: uint256 = reading.register - account.register
    outage: uint256 = reading.outage - account.outage_total
    account.sequence = reading.sequence
    account.register = reading.register
    account.outage_total = reading.outage
    # Late is not refused: what has no period left to count in is written down, and costs nothing.
    is_within: bool = True
    if account.has_left:
        is_within = reading.read_at <= self._going_on(agreement_id, account).left_at
    if account.period >= account.periods or dated_in >= account.periods or not is_within:
        log IAgreements.ReadingUncounted(
            agreement_id=agreement_id,
            sequence=reading.sequence,
            read_at=reading.read_at,
            register=reading.register,
        )
        self._store(agreement_id, now_terms, account)
        return
    account.use += use
    account.outage = min(account.outage + outage, accounts.OUTAGE)
    quote: ITariff.Quote = empty(ITariff.Quote)
    account, quote = self._quoted(agreement_id, now_terms, account)
    self._store(agreement_id, now_terms, account)
    log IAgreements.ReadingSettled(
        agreement_id=agreement_id,
        sequence=reading.sequence,
        read_at=reading.read_at,
        register=reading.register,
        period=account.period,
        use=account.use,
        outage=account.outage,
        rung=account.rung,
        price=account.price,
        less_use=quote.less_use,
        less_price=quote.less_price,
        prices=quote.prices,
    )


@internal
@view
def _require_reading(
    agreement_id: uint256,
    terms: IAgreements.Terms,
    account: IAgreements.Account,
    reading: IAgreements.Reading,
    domain: bytes32,
):
    assert reading.sequence <= accounts.SEQUENCE, "agreements: sequence too large"
    assert reading.read_at >= terms.starts_at, "agreements: before the start"
    assert reading.read_at <= block.timestamp, "agreements: future reading"
    assert reading.register >= account.register, "agreements: rolled back"
    assert reading.register <= accounts.UNITS, "agreements: register too large"
    assert reading.outage >= account.outage_total, "agreements: rolled back"
    assert reading.outage <= accounts.OUTAGE_TOTAL, "agreements: outage too large"
    message: bytes32 = keccak256(
        abi_encode(
            READING_TYPE_HASH,
            agreement_id,
            reading.sequence,
            reading.read_at,
            reading.register,
            reading.outage,
        )
    )
    assert signatures._has_signed_compact(
        terms.meter, domain, message, reading.r, reading.vs
    ), "agreements: not by the meter"


# ---- internal: the customer's acts -------------------------------------------------------------------

@internal
def _go_on(
    agreement_id: uint256,
    terms: IAgreements.Terms,
    period: uint256,
    limit: uint256,
    period_cap: uint256,
):
    account: IAgreements.Account = empty(IAgreements.Account)
    now_terms: IAgreements.Terms = empty(IAgreements.Terms)
    now_terms, account = self._now(agreement_id, terms, False)
    assert account.period < account.periods, "agreements: over"
    assert period == account.period, "agreements: another period"
    going: IAgreements.GoingOn = self._going_on(agreement_id, account)
    bounds: course.Bounds = course._bounds(terms, period, going)
    assert limit >= bounds.limit and period_cap >= bounds.cap, "agreements: less than before"
    assert limit != bounds.limit or period_cap != bounds.cap, "agreements: no more than before"
    assert course._reaches(terms, limit), "agreements: beyond the ladder"
    assert period_cap <= accounts.MONEY, "agreements: cap too large"
    going.period = period
    going.limit = limit
    going.period_cap = period_cap
    account.has_gone_on = True
    self._goings[agreement_id] = self._packed_going(going)
    log IAgreements.WentOn(
        agreement_id=agreement_id, period=period, limit=limit, period_cap=period_cap
    )
    self._store_priced(agreement_id, now_terms, account)


@internal
def _end(
    by: address,
    agreement_id: uint256,
    terms: IAgreements.Terms,
    notice: uint256,
    is_at_once: bool,
):
    """
    @dev End with the period that runs and so many more; before the start, at the start. Who leaves at
         once pays the last one in part.
    """
    account: IAgreements.Account = empty(IAgreements.Account)
    now_terms: IAgreements.Terms = empty(IAgreements.Terms)
    now_terms, account = self._now(agreement_id, terms, is_at_once)
    periods: uint256 = 0
    if block.timestamp >= terms.starts_at:
        periods = course._now_in(terms) + 1 + notice
    ends_at: uint256 = terms.starts_at + periods * terms.period
    if is_at_once:
        assert periods <= account.periods and not account.has_left, "agreements: ends already"
        assert account.is_worsened, "agreements: nothing is worse"
        ends_at = block.timestamp
        if periods != 0:
            going: IAgreements.GoingOn = self._going_on(agreement_id, account)
            going.left_at = block.timestamp
            account.has_left = True
            self._goings[agreement_id] = self._packed_going(going)
    else:
        assert periods < account.periods, "agreements: ends already"
    account.periods = periods
    log IAgreements.AgreementEnded(
        agreement_id=agreement_id, by=by, ends_at=ends_at, is_at_once=is_at_once
    )
    self._store_priced(agreement_id, now_terms, account)


@internal
def _withdraw(agreement_id: uint256, terms: IAgreements.Terms, payee: address, amount: uint256):
    account: IAgreements.Account = empty(IAgreements.Account)
    now_terms: IAgreements.Terms = empty(IAgreements.Terms)
    now_terms, account = self._now(agreement_id, terms, False)
    bound: uint256 = 0
    if account.period < account.periods and block.timestamp >= terms.starts_at:
        going: IAgreements.GoingOn = self._going_on(agreement_id, account)
        last: uint256 = min(course._now_in(terms), account.periods - 1)
        bound = course._bounds(terms, account.period, going).cap
        bound += terms.period_cap * (last - account.period)
    assert amount != 0, "agreements: nothing to pay"
    bound = min(bound, account.left)
    assert amount + bound <= account.escrow, "agreements: money is bound"
    account.escrow -= amount
    self._store_priced(agreement_id, now_terms, account)
    log IAgreements.EscrowWithdrawn(agreement_id=agreement_id, payee=payee, amount=amount)
    self._pay(terms.list_id, payee, amount)


# ---- internal: the book ------------------------------------------------------------------------------

@internal
@view
def _load(agreement_id: uint256, terms: IAgreements.Terms) -> IAgreements.Account:
    known: bytes32 = self.terms_hash_of[agreement_id]
    assert keccak256(abi_encode(terms)) == known, "agreements: other terms"
    return accounts._unpacked(self._states[agreement_id], self._moneys[agreement_id])


@internal
def _refreshed(
    agreement_id: uint256, terms: IAgreements.Terms, account_: IAgreements.Account
) -> (IAgreements.Terms, IAgreements.Account):
    """
    @dev What the price list did since: prices that fell count at once, in what is not closed.
    """
    revision: uint256 = staticcall PRICE_LISTS.revision_of(terms.list_id)
    if revision == account_.revision:
        return terms, account_
    account: IAgreements.Account = account_
    improved: IAgreements.Terms = terms
    is_better: bool = False
    is_worse: bool = False
    improved, is_better, is_worse = staticcall PRICE_LISTS.improved(terms)
    account.revision = revision
    if is_better:
        self.terms_hash_of[agreement_id] = keccak256(abi_encode(improved))
        log IAgreements.TermsImproved(agreement_id=agreement_id, revision=revision, terms=improved)
        if account.period < account.periods:
            account = self._priced(agreement_id, improved, account)
    if is_worse and not account.is_worsened:
        account.is_worsened = True
        log IAgreements.TermsWorsened(agreement_id=agreement_id, revision=revision)
    return improved, account


@internal
def _now(
    agreement_id: uint256, terms: IAgreements.Terms, is_list_asked: bool
) -> (IAgreements.Terms, IAgreements.Account):
    """
    @dev The agreement with all that the clock closed, and what the list changed where it matters.
    """
    account: IAgreements.Account = self._load(agreement_id, terms)
    now_terms: IAgreements.Terms = terms
    target: uint256 = course._first_open(terms)
    if account.funded <= max(target, account.period):
        # It is not paid for, so it is closed as soon as it is over: later money is not for it.
        target = max(target, course._now_in(terms))
    if is_list_asked:
        now_terms, account = self._refreshed(agreement_id, terms, account)
    return self._synced(agreement_id, now_terms, account, target)


@internal
def _synced(
    agreement_id: uint256,
    terms: IAgreements.Terms,
    account_: IAgreements.Account,
    target: uint256,
) -> (IAgreements.Terms, IAgreements.Account):
    """
    @dev What the clock did since: the periods before `target` are over. Within a period nothing is
         charged, so the list is asked only here.
    """
    if target <= account_.period:
        return terms, account_
    account: IAgreements.Account = account_
    now_terms: IAgreements.Terms = terms
    now_terms, account = self._refreshed(agreement_id, terms, account)
    closing: course.Closing = empty(course.Closing)
    account, closing = course._closed(
        now_terms, account, self._going_on(agreement_id, account), target
    )
    self._earn(agreement_id, terms.list_id, account, closing)
    return now_terms, account


@internal
def _earn(
    agreement_id: uint256,
    list_id: uint256,
    account: IAgreements.Account,
    closing: course.Closing,
):
    """
    @dev What was closed is the provider's, and is told.
    """
    if not closing.is_due:
        return
    earned: uint256 = closing.charge + closing.silent_charge + closing.part
    if earned != 0:
        self.due_of[list_id] += earned
    log IAgreements.PeriodClosed(
        agreement_id=agreement_id,
        period=closing.period,
        use=closing.use,
        price=closing.price,
        credit=closing.credit,
        charge=closing.charge,
    )
    if closing.silent != 0:
        log IAgreements.SilenceClosed(
            agreement_id=agreement_id,
            first=closing.period + 1,
            periods=closing.silent,
            charge=closing.silent_charge,
        )
    if closing.has_part:
        log IAgreements.PeriodClosed(
            agreement_id=agreement_id,
            period=account.period - 1,
            use=0,
            price=closing.part,
            credit=0,
            charge=closing.part,
        )


@internal
def _priced(
    agreement_id: uint256, terms: IAgreements.Terms, account: IAgreements.Account
) -> IAgreements.Account:
    """
    @dev The open period's price, and word of what that sets off.
    """
    priced: IAgreements.Account = account
    quote: ITariff.Quote = empty(ITariff.Quote)
    priced, quote = self._quoted(agreement_id, terms, account)
    return priced


@internal
def _quoted(
    agreement_id: uint256, terms: IAgreements.Terms, account: IAgreements.Account
) -> (IAgreements.Account, ITariff.Quote):
    bounds: course.Bounds = course._bounds(
        terms, account.period, self._going_on(agreement_id, account)
    )
    priced: IAgreements.Account = account
    quote: ITariff.Quote = empty(ITariff.Quote)
    priced, quote = course._priced(terms, account, bounds)
    if priced.rung != account.rung:
        log IAgreements.PlanSwitched(
            agreement_id=agreement_id,
            period=account.period,
            old_plan=tariff._plan_id(terms.rungs[account.rung]),
            new_plan=tariff._plan_id(terms.rungs[priced.rung]),
        )
    if not account.is_warned:
        percent: uint256 = course._percent(terms, priced, bounds)
        if percent >= course.WARNING:
            priced.is_warned = True
            log IAgreements.LimitNeared(
                agreement_id=agreement_id, period=account.period, percent=percent
            )
    if priced.is_stopped and not account.is_stopped:
        log IAgreements.AgreementStopped(
            agreement_id=agreement_id,
            period=account.period,
            use=priced.use,
            price=priced.price,
        )
    return priced, quote


@internal
def _store_priced(agreement_id: uint256, terms: IAgreements.Terms, account_: IAgreements.Account):
    account: IAgreements.Account = account_
    if account.period < account.periods:
        account = self._priced(agreement_id, terms, account)
    self._store(agreement_id, terms, account)


@internal
def _store(agreement_id: uint256, terms: IAgreements.Terms, account_: IAgreements.Account):
    account: IAgreements.Account = account_
    account.funded = course._funded(terms, account)
    self._states[agreement_id] = accounts._state(account, terms.starts_at, terms.period)
    self._moneys[agreement_id] = accounts._money(account)


@internal
def _take(agreement_id: uint256, list_id: uint256, payer: address, amount: uint256):
    log IAgreements.EscrowPaid(agreement_id=agreement_id, payer=payer, amount=amount)
    tokens._pull(IERC20(staticcall PRICE_LISTS.token_of(list_id)), payer, amount)


@internal
def _pay(list_id: uint256, payee: address, amount: uint256):
    tokens._push(IERC20(staticcall PRICE_LISTS.token_of(list_id)), payee, amount)


@internal
@view
def _going_on(agreement_id: uint256, account: IAgreements.Account) -> IAgreements.GoingOn:
    if account.has_gone_on or account.has_left:
        return self._unpacked_going(self._goings[agreement_id])
    return empty(IAgreements.GoingOn)


@internal
@pure
def _packed_going(going: IAgreements.GoingOn) -> uint256:
    return (
        going.limit
        | going.period_cap << _GO_CAP_AT
        | going.period << _GO_PERIOD_AT
        | going.left_at << _GO_LEFT_AT
    )


@internal
@pure
def _unpacked_going(word: uint256) -> IAgreements.GoingOn:
    return IAgreements.GoingOn(
        period=(word >> _GO_PERIOD_AT) & _PERIOD,
        limit=word & accounts.UNITS,
        period_cap=(word >> _GO_CAP_AT) & accounts.MONEY,
        left_at=word >> _GO_LEFT_AT,
    )
