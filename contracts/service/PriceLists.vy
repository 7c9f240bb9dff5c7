# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title PriceLists
@custom:contract-name PriceLists
@license AGPL-3.0-only
@author The Cercle authors
@notice What providers offer: price lists and their plans, to whoever wants them; plans for one
        person alone, who allowed the provider to look for a better one; and the meters whose
        word counts. No money is here.
@dev A list: opened -> plans published, revised, withdrawn, each a revision more. Its token, period,
     grace and credit for outage never change. A plan's number is never used again.
     Signs: who acts for the company that opened a list or operates a meter, and the meter itself.
     Pays: the sender. Lies: a provider about what a unit is; its words are kept by hash. A meter
     that lies is the business of who operates it: a company that the list names and the customer
     signs, and never the provider.
@custom:security security@cercle.example
@custom:kill None, on purpose: nobody can stop it.
"""

from ..interfaces import IPriceLists

implements: IPriceLists

from ..interfaces import IAgreements
from ..interfaces import IConsent
from ..interfaces import ITariff

from ..common import limits
from ..common import signatures

initializes: signatures

from . import tariff

exports: (
    signatures.cancel_nonce,
    signatures.is_nonce_used,
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

OFFER_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "PersonalOffer(address signer,uint256 list_id,uint256 passport_id,uint256 base_price,uint256 included,uint256 unit_price,uint256 capacity,bytes32 content_hash,uint256 nonce,uint256 deadline)"
)
METER_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "RegisterMeter(address meter,uint256 company_id,bytes32 content_hash)"
)

RUNG_TYPE_HASH: constant(bytes32) = keccak256(
    "Rung(uint256 plan,uint256 base_price,uint256 included,uint256 unit_price,uint256 capacity,string at_capacity)"
)
OPEN_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "OpenAgreement(address wallet,uint256 list_id,uint256 revision,address meter,uint256 starts_at,uint256 periods,uint256 period_cap,uint256 total_cap,uint256 deposit,Rung[] rungs,uint256 nonce,uint256 deadline)Rung(uint256 plan,uint256 base_price,uint256 included,uint256 unit_price,uint256 capacity,string at_capacity)"
)

# A list, from the lowest bit: company 64 | period 25 | grace 25 | outage factor 17 |
# revision 16 | plans 16 | operator 64
REVISION_AT: constant(uint256) = 131
REVISION: constant(uint256) = 2**16 - 1
_COMPANY: constant(uint256) = 2**64 - 1
_PERIOD_AT: constant(uint256) = 64
_GRACE_AT: constant(uint256) = 89
_TIME: constant(uint256) = 2**25 - 1
_FACTOR_AT: constant(uint256) = 114
_FACTOR: constant(uint256) = 2**17 - 1
_PLANS_AT: constant(uint256) = 147
_OPERATOR_AT: constant(uint256) = 163

# How a consent stands (`IConsent.status`)
_GIVEN: constant(uint256) = 3
_RENEWED: constant(uint256) = 4

# Above a plan's terms: it is one person's alone.
PERSONAL: constant(uint256) = 1 << tariff.PLAN_AT


# ---- immutables -----------------------------------------------------------------

CONSENT: immutable(IConsent)


# ---- storage --------------------------------------------------------------------

list_count: public(reentrant(uint256))

_lists: HashMap[uint256, uint256]
_tokens: HashMap[uint256, address]
# list << 24 | plan -> its terms, and whether it is personal; 0: withdrawn, or none
_plans: HashMap[uint256, uint256]
# likewise -> the person
_persons: HashMap[uint256, uint256]
# meter -> the company that operates it
_operators: HashMap[address, uint256]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(consent_: IConsent):
    """
    @notice Open the book of price lists, empty and ownerless.
    @param consent_ The register of companies, and of who allowed what; fixed for good.
    """
    signatures.__init__("Cercle Price Lists", "1")
    CONSENT = consent_


# ---- external: who acts for a provider --------------------------------------------------

@external
def open_list(
    company_id: uint256,
    operator_id: uint256,
    token: address,
    period: uint256,
    grace: uint256,
    outage_factor: uint256,
    content_hash: bytes32,
) -> uint256:
    """
    @notice Open a price list. What it says here holds for good.
    @param company_id The provider, for which you act.
    @param operator_id The company whose meters count: known to both sides, never the provider.
    @param token What prices are in, an ERC-20.
    @param period The length of a period, in seconds.
    @param grace How long after a period its readings still count in it, in seconds.
    @param outage_factor What lost time is worth, in basis points of its share of the price: 10,000
           credits as much as was lost.
    @param content_hash What a unit is and what is served, in every language, by its hash.
    @return The list's number.
    """
    self._require_company(company_id)
    assert operator_id != company_id, "price_lists: own operator"
    assert operator_id <= _COMPANY, "price_lists: unknown operator"
    operator: IConsent.Company = staticcall CONSENT.company_of(operator_id)
    assert operator.controller != empty(address), "price_lists: unknown operator"
    company: IConsent.Company = staticcall CONSENT.company_of(company_id)
    assert operator.controller != company.controller, "price_lists: own operator"
    assert token.is_contract, "price_lists: no token"
    assert period >= limits.MIN_PERIOD, "price_lists: period too short"
    assert period <= limits.MAX_PERIOD, "price_lists: period too long"
    assert grace <= min(period, limits.MAX_GRACE), "price_lists: grace too long"
    assert outage_factor <= limits.MAX_OUTAGE_FACTOR, "price_lists: credit too large"
    assert content_hash != empty(bytes32), "price_lists: no content"
    self.list_count += 1
    list_id: uint256 = self.list_count
    self._lists[list_id] = (
        company_id
        | period << _PERIOD_AT
        | grace << _GRACE_AT
        | outage_factor << _FACTOR_AT
        | operator_id << _OPERATOR_AT
    )
    self._tokens[list_id] = token
    log IPriceLists.PriceListOpened(
        list_id=list_id,
        company_id=company_id,
        token=token,
        operator_id=operator_id,
        period=period,
        grace=grace,
        outage_factor=outage_factor,
        content_hash=content_hash,
    )
    return list_id


@external
def publish_plan(list_id: uint256, plan: ITariff.Plan, content_hash: bytes32) -> uint256:
    """
    @notice Add a plan to a list, for whoever wants it.
    @param list_id Your list.
    @param plan What it costs and covers.
    @param content_hash Its name and words, in every language, by their hash.
    @return The plan's number.
    """
    self._require_provider(list_id)
    return self._add(list_id, plan, content_hash, 0)


@external
def revise_plan(list_id: uint256, plan_id: uint256, plan: ITariff.Plan, content_hash: bytes32):
    """
    @notice Change a plan. Prices that fall reach those who have it at once; for them, none rises.
    @param list_id Your list.
    @param plan_id The plan.
    @param plan What it costs and covers from now on.
    @param content_hash Its name and words.
    """
    self._require_provider(list_id)
    key: uint256 = self._key(list_id, plan_id)
    old: uint256 = self._plans[key]
    assert old != 0, "price_lists: no plan"
    self._publish(list_id, plan_id, plan, content_hash, self._persons[key])


@external
def withdraw_plan(list_id: uint256, plan_id: uint256):
    """
    @notice Offer a plan no more. Those who have it keep it, and may leave at once.
    @param list_id Your list.
    @param plan_id The plan.
    """
    self._require_provider(list_id)
    key: uint256 = self._key(list_id, plan_id)
    assert self._plans[key] != 0, "price_lists: no plan"
    self._plans[key] = 0
    log IPriceLists.PlanWithdrawn(list_id=list_id, plan_id=plan_id, revision=self._revise(list_id))


@external
def publish_offer(
    list_id: uint256,
    passport_id: uint256,
    plan: ITariff.Plan,
    content_hash: bytes32,
    signer: address,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
) -> uint256:
    """
    @notice Add a plan for one person alone, whom the provider made an offer: anybody may carry it.
            It counts while the person allows the provider to improve things for them.
    @param list_id The provider's list.
    @param passport_id The person.
    @param plan What it costs and covers.
    @param content_hash Its name and words.
    @param signer Who acts for the provider and signed `PersonalOffer`.
    @param nonce Any number that the signer has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The signer's.
    @return The plan's number.
    """
    signatures._require_live(deadline)
    company_id: uint256 = self._company_of(list_id)
    assert staticcall CONSENT.may_act(company_id, signer), "price_lists: not the provider"
    assert passport_id != 0, "price_lists: no person"
    message: bytes32 = keccak256(
        abi_encode(
            OFFER_TYPE_HASH, signer, list_id, passport_id, plan, content_hash, nonce, deadline
        )
    )
    signatures._require_signed(signer, message, signature)
    signatures._use_nonce(signer, nonce)
    self._require_optimising(passport_id, company_id)
    return self._add(list_id, plan, content_hash, passport_id)


# ---- external: who acts for a meter's operator ---------------------------------------------

@external
def register_meter(
    meter: address,
    company_id: uint256,
    content_hash: bytes32,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Say who operates a meter, for good.
    @param meter The key with which it signs readings.
    @param company_id Its operator, for which you act.
    @param content_hash What it measures and how, in every language, by its hash.
    @param signature The meter's, over `RegisterMeter`.
    """
    self._require_company(company_id)
    assert content_hash != empty(bytes32), "price_lists: no content"
    assert self._operators[meter] == 0, "price_lists: meter registered"
    message: bytes32 = keccak256(abi_encode(METER_TYPE_HASH, meter, company_id, content_hash))
    signatures._require_signed(meter, message, signature)
    self._operators[meter] = company_id
    log IPriceLists.MeterRegistered(meter=meter, company_id=company_id, content_hash=content_hash)


# ---- external: views, for agreements ---------------------------------------------------

@external
@view
@reentrant
def admitted(
    ladder: IAgreements.Ladder, passport_id: uint256, wallet: address
) -> IAgreements.Terms:
    """
    @notice The terms of an agreement that a customer may open with this ladder now, or why not.
    @param ladder What the customer signed.
    @param passport_id The customer.
    @param wallet Their main wallet.
    @return The terms.
    """
    price_list: IPriceLists.PriceList = self._list(ladder.list_id)
    assert price_list.company_id != 0, "price_lists: no price list"
    assert ladder.revision == price_list.revision, "price_lists: list was changed"
    assert ladder.meter != wallet, "price_lists: own meter"
    self._require_meter(ladder.meter, price_list.operator_id)
    starts_at: uint256 = ladder.starts_at
    if starts_at == 0:
        starts_at = block.timestamp
    assert starts_at >= block.timestamp, "price_lists: starts in the past"
    assert starts_at - block.timestamp <= limits.MAX_START, "price_lists: starts too late"
    assert ladder.periods != 0, "price_lists: no period"
    assert ladder.periods <= limits.MAX_PERIODS, "price_lists: too many periods"
    assert ladder.period_cap != 0, "price_lists: no cap"
    assert ladder.total_cap >= ladder.period_cap, "price_lists: total cap too small"
    terms: IAgreements.Terms = IAgreements.Terms(
        passport_id=passport_id,
        list_id=ladder.list_id,
        meter=ladder.meter,
        starts_at=starts_at,
        period=price_list.period,
        grace=price_list.grace,
        outage_factor=price_list.outage_factor,
        period_cap=ladder.period_cap,
        reach=0,
        limit=0,
        lowest=max_value(uint256),
        rungs=ladder.rungs,
    )
    last: uint256 = 0
    has_stopped: bool = False
    has_ended: bool = False
    for rung: uint256 in ladder.rungs:
        if rung == 0:
            has_ended = True
            continue
        assert not has_ended, "price_lists: gap in the ladder"
        assert tariff._capacity(rung) > tariff._capacity(last), "price_lists: must rise"
        last = rung
        self._require_offered(rung, ladder.list_id, price_list.company_id, passport_id)
        if has_stopped:
            continue
        base: uint256 = tariff._base_price(rung)
        assert ladder.period_cap >= base, "price_lists: cap below the base"
        has_stopped = rung >= tariff.STOPS
        terms.reach += 1
        terms.limit = tariff._capacity(rung)
        terms.lowest = min(terms.lowest, base)
    assert last != 0, "price_lists: empty ladder"
    assert last >= tariff.STOPS, "price_lists: ladder has no end"
    assert ladder.deposit >= terms.lowest, "price_lists: escrow too small"
    return terms


@external
@pure
def opening_hash(
    wallet: address, ladder: IAgreements.Ladder, nonce: uint256, deadline: uint256
) -> bytes32:
    """
    @notice What a customer signs to open an agreement (EIP-712's hash of the struct): every plan
            with its prices, and in a word whether the ladder stops or switches at its capacity.
    @param wallet Who signs.
    @param ladder What is signed.
    @param nonce The signature's nonce.
    @param deadline The last second in which it counts.
    @return The hash of `OpenAgreement`, without the domain, which is that of `Agreements`.
    """
    items: DynArray[bytes32, limits.MAX_RUNGS] = []
    for rung: uint256 in ladder.rungs:
        if rung == 0:
            break
        at_capacity: bytes32 = keccak256("SWITCH")
        if rung >= tariff.STOPS:
            at_capacity = keccak256("STOP")
        plan: ITariff.Plan = tariff._unpacked(rung)
        items.append(
            keccak256(abi_encode(RUNG_TYPE_HASH, tariff._plan_id(rung), plan, at_capacity))
        )
    listed: bytes32 = keccak256(slice(abi_encode(items), 64, 32 * len(items)))
    return keccak256(
        abi_encode(
            OPEN_TYPE_HASH,
            wallet,
            ladder.list_id,
            ladder.revision,
            ladder.meter,
            ladder.starts_at,
            ladder.periods,
            ladder.period_cap,
            ladder.total_cap,
            ladder.deposit,
            listed,
            nonce,
            deadline,
        )
    )


@external
@view
@reentrant
def improved(terms: IAgreements.Terms) -> (IAgreements.Terms, bool, bool):
    """
    @notice Terms at what the list says now, where that is no worse. Capacities stay as they were
            signed: where to stop and when to switch is the customer's.
    @param terms The terms of an agreement.
    @return The terms; whether any plan is better, and whether any is dearer or gone.
    """
    better: IAgreements.Terms = terms
    is_better: bool = False
    is_worse: bool = False
    for i: uint256 in range(limits.MAX_RUNGS):
        rung: uint256 = terms.rungs[i]
        if rung == 0:
            break
        key: uint256 = self._key(terms.list_id, tariff._plan_id(rung))
        offered: uint256 = self._plans[key]
        if not tariff._is_no_worse(offered, rung):
            is_worse = True
            continue
        kept: uint256 = tariff.CAPACITY | tariff.PLACE
        better.rungs[i] = offered & ~kept | rung & kept
        is_better = is_better or better.rungs[i] != rung
        if i < terms.reach:
            better.lowest = min(better.lowest, tariff._base_price(offered))
    return better, is_better, is_worse


@external
@view
@reentrant
def revision_of(list_id: uint256) -> uint256:
    """
    @notice How often a list was changed.
    @param list_id The list.
    @return One more at each change of a plan.
    """
    return self._revision(list_id)


@external
@view
@reentrant
def token_of(list_id: uint256) -> address:
    """
    @notice What a list's prices are in.
    @param list_id The list.
    @return An ERC-20.
    """
    return self._tokens[list_id]


@external
@view
@reentrant
def may_provide(list_id: uint256, account: address) -> bool:
    """
    @notice Whether an account acts for a list's provider.
    @param list_id The list.
    @param account Anybody.
    @return True for the company's controller and its agent.
    """
    return staticcall CONSENT.may_act(self._company_of(list_id), account)


@external
@view
@reentrant
def is_controller(list_id: uint256, account: address) -> bool:
    """
    @notice Whether an account controls a list's provider.
    @param list_id The list.
    @param account Anybody.
    @return True for the company's controller alone.
    """
    company: IConsent.Company = staticcall CONSENT.company_of(self._company_of(list_id))
    return company.controller == account and account != empty(address)


# ---- external: views ------------------------------------------------------------------

@external
@view
@reentrant
def list_of(list_id: uint256) -> IPriceLists.PriceList:
    """
    @notice What holds for all agreements under a list.
    @param list_id The list.
    @return All empty for none.
    """
    return self._list(list_id)


@external
@view
@reentrant
def plan_of(list_id: uint256, plan_id: uint256) -> (ITariff.Plan, uint256):
    """
    @notice A plan as it is offered now.
    @param list_id The list.
    @param plan_id The plan.
    @return The plan, all empty for one that is not offered; and for whom alone, 0 for all.
    """
    key: uint256 = self._key(list_id, plan_id)
    return tariff._unpacked(self._plans[key]), self._persons[key]


@external
@view
@reentrant
def operator_of(meter: address) -> uint256:
    """
    @notice Who operates a meter.
    @param meter Its key.
    @return The company; 0 for none.
    """
    return self._operators[meter]


@external
@view
@reentrant
def consent() -> address:
    """
    @notice The register of companies.
    @return The Consent contract.
    """
    return CONSENT.address


# ---- internal -------------------------------------------------------------------------

@internal
@view
def _list(list_id: uint256) -> IPriceLists.PriceList:
    word: uint256 = self._lists[list_id]
    return IPriceLists.PriceList(
        company_id=word & _COMPANY,
        operator_id=word >> _OPERATOR_AT,
        token=self._tokens[list_id],
        period=(word >> _PERIOD_AT) & _TIME,
        grace=(word >> _GRACE_AT) & _TIME,
        outage_factor=(word >> _FACTOR_AT) & _FACTOR,
        revision=(word >> REVISION_AT) & REVISION,
        plan_count=(word >> _PLANS_AT) & REVISION,
    )


@internal
@view
def _revision(list_id: uint256) -> uint256:
    return (self._lists[list_id] >> REVISION_AT) & REVISION


@internal
@view
def _require_offered(rung: uint256, list_id: uint256, company_id: uint256, passport_id: uint256):
    """
    @dev The plan is one of the list, as it stands, and is offered to this person.
    """
    key: uint256 = self._key(list_id, tariff._plan_id(rung))
    word: uint256 = self._plans[key]
    assert word != 0, "price_lists: no plan"
    assert word & tariff.TERMS == rung & tariff.TERMS, "price_lists: other terms"
    if word & PERSONAL != 0:
        assert self._persons[key] == passport_id, "price_lists: another's plan"
        self._require_optimising(passport_id, company_id)


@internal
@view
def _require_meter(meter: address, operator_id: uint256):
    operator: uint256 = self._operators[meter]
    assert operator != 0, "price_lists: unknown meter"
    assert operator == operator_id, "price_lists: another's meter"


@internal
@view
def _require_company(company_id: uint256):
    assert company_id <= _COMPANY, "price_lists: not the company"
    assert staticcall CONSENT.may_act(company_id, msg.sender), "price_lists: not the company"


@internal
@view
def _company_of(list_id: uint256) -> uint256:
    return self._lists[list_id] & _COMPANY


@internal
@view
def _require_provider(list_id: uint256):
    company_id: uint256 = self._company_of(list_id)
    assert staticcall CONSENT.may_act(company_id, msg.sender), "price_lists: not the provider"


@internal
@view
def _require_optimising(passport_id: uint256, company_id: uint256):
    status: uint256 = staticcall CONSENT.status(passport_id, company_id, limits.OPTIMISING)
    assert status == _GIVEN or status == _RENEWED, "price_lists: not allowed"


@internal
@pure
def _key(list_id: uint256, plan_id: uint256) -> uint256:
    assert plan_id <= tariff.PLAN_ID, "price_lists: no plan"
    return list_id << 24 | plan_id


@internal
def _add(
    list_id: uint256, plan: ITariff.Plan, content_hash: bytes32, passport_id: uint256
) -> uint256:
    plan_id: uint256 = ((self._lists[list_id] >> _PLANS_AT) & REVISION) + 1
    self._lists[list_id] += 1 << _PLANS_AT
    self._publish(list_id, plan_id, plan, content_hash, passport_id)
    return plan_id


@internal
def _publish(
    list_id: uint256,
    plan_id: uint256,
    plan: ITariff.Plan,
    content_hash: bytes32,
    passport_id: uint256,
):
    assert content_hash != empty(bytes32), "price_lists: no content"
    key: uint256 = self._key(list_id, plan_id)
    word: uint256 = tariff._packed(plan)
    if passport_id != 0:
        word |= PERSONAL
        self._persons[key] = passport_id
    self._plans[key] = word
    log IPriceLists.PlanPublished(
        list_id=list_id,
        plan_id=plan_id,
        passport_id=passport_id,
        revision=self._revise(list_id),
        plan=plan,
        content_hash=content_hash,
    )


@internal
def _revise(list_id: uint256) -> uint256:
    revision: uint256 = self._revision(list_id) + 1
    assert revision <= REVISION, "price_lists: too many revisions"
    self._lists[list_id] += 1 << REVISION_AT
    return revision
