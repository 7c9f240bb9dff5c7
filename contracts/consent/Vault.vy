# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Vault
@custom:contract-name Vault
@license AGPL-3.0-only
@author The Cercle authors
@notice Who looked at your data, for what and by which order; who must delete it, and what it
        loses if it does not; what a look costs, and who earns. The data itself is never here.
@dev A company's duty: read -> due, once the grant's end or withdrawal has come -> attested in
     time | overdue, its bond to the person and co-owners: marked, or by attesting late.
     No log, no key: services open a record on a mined `AccessRequested` only, which this contract
     logs only while the person allows it, and counts.
     Signs: the person's main wallet, prices and shares; a company's agent or controller what it
     asks and attests. Pays: the sender; a company's reads and bonds come out of what was paid
     in for it.
     Lies: a company that attests a deletion which did not happen: for a court, with its signature
     in hand. A token that takes a share or does not pay is refused; the one token is fixed
     for good.
     Nothing is paused, locked or charged. Who collects needs the token to pay them, and nobody
     else.
@custom:security security@cercle.example
@custom:kill None, on purpose: nobody can stop it.
"""

from ethereum.ercs import IERC20

from ..interfaces import IVault

implements: IVault

from ..interfaces import IConsent
from ..interfaces import IPassport
from ..interfaces import ISplits

from ..common import limits
from ..common import signatures

initializes: signatures

from ..common import splits

initializes: splits

from ..common import tokens

from . import duties

exports: (
    signatures.cancel_nonce,
    signatures.is_nonce_used,
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
    splits.shares_of,
    splits.next_shares_of,
    splits.income_of,
    splits.due,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

SET_PRICE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "SetPrice(address wallet,uint256 purpose,uint256 category,uint256 price,uint256 nonce,uint256 deadline)"
)
SHARE_TYPE_HASH: constant(bytes32) = keccak256("Share(uint256 payee,uint256 basis_points)")
SET_SHARES_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "SetShares(address wallet,Share[] shares,uint256 nonce,uint256 deadline)Share(uint256 payee,uint256 basis_points)"
)

_AMOUNT: constant(uint256) = 2**128 - 1

# A company's bond, from the lowest bit: bond 104 | a lower one that waits 104 | until then 48
_BOND: constant(uint256) = 2**104 - 1
_NEXT_BOND: constant(uint256) = 104
_NEXT_FROM: constant(uint256) = 208


# ---- immutables -----------------------------------------------------------------

CONSENT: immutable(IConsent)
PASSPORT: immutable(IPassport)
TOKEN: immutable(IERC20)


# ---- storage --------------------------------------------------------------------

# What the contract holds for companies, persons and co-owners together.
owed: public(reentrant(uint256))

# passport, purpose, category -> price of a read
_prices: HashMap[uint256, uint256]
# passport, company, purpose -> the duty
_duties: HashMap[uint256, uint256]
# company -> what is free
_free: HashMap[uint256, uint256]
# company -> its bond, and a lower one that waits
_bonds: HashMap[uint256, uint256]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(consent_: IConsent, token_: IERC20):
    """
    @notice Open the vault's book, empty and ownerless.
    @param consent_ The book that says who allowed what, fixed for good.
    @param token_ What prices and bonds are paid in, fixed for good.
    """
    signatures.__init__("Cercle Vault", "1")
    CONSENT = consent_
    PASSPORT = IPassport(staticcall consent_.passport())
    TOKEN = token_


# ---- external: a person --------------------------------------------------------------

@external
def set_price(purpose: uint256, category: uint256, price: uint256):
    """
    @notice Say what a read costs a company. Without a price nothing is sold, and all else is free.
    @param purpose The purpose's number.
    @param category The category's number.
    @param price In units of `token`; 0 for none. It holds from now on; what was read is paid.
    """
    self._set_price(self._owner(msg.sender), purpose, category, price)


@external
def set_shares(shares: DynArray[ISplits.Share, limits.MAX_SHARES]):
    """
    @notice Share what your data earns, from the next month on. Co-owners decide nothing.
    @param shares Passports and basis points, of which you keep the rest.
    """
    splits._set_shares(self._owner(msg.sender), shares)


# ---- external: a person's signature, carried by anybody --------------------------------

@external
def set_price_by_signature(
    wallet: address,
    purpose: uint256,
    category: uint256,
    price: uint256,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Set a price of a person who signed `SetPrice`.
    @param wallet Their main wallet, which signed.
    @param purpose The purpose's number.
    @param category The category's number.
    @param price In units of `token`; 0 for none.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(
        abi_encode(SET_PRICE_TYPE_HASH, wallet, purpose, category, price, nonce, deadline)
    )
    self._signed(wallet, message, deadline, signature)
    signatures._use_nonce(wallet, nonce)
    self._set_price(self._owner(wallet), purpose, category, price)


@external
def set_shares_by_signature(
    wallet: address,
    shares: DynArray[ISplits.Share, limits.MAX_SHARES],
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Share the earnings of a person who signed `SetShares`.
    @param wallet Their main wallet, which signed.
    @param shares Passports and basis points.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    items: DynArray[bytes32, limits.MAX_SHARES] = []
    for share: ISplits.Share in shares:
        items.append(keccak256(abi_encode(SHARE_TYPE_HASH, share)))
    listed: bytes32 = keccak256(slice(abi_encode(items), 64, 32 * len(items)))
    message: bytes32 = keccak256(abi_encode(SET_SHARES_TYPE_HASH, wallet, listed, nonce, deadline))
    self._signed(wallet, message, deadline, signature)
    signatures._use_nonce(wallet, nonce)
    splits._set_shares(self._owner(wallet), shares)


# ---- external: a company ---------------------------------------------------------------

@external
def request_access(
    company_id: uint256,
    passport_id: uint256,
    purpose: uint256,
    category: uint256,
    order_hash: bytes32,
    max_price: uint256,
) -> uint256:
    """
    @notice Have it written down that a company looks, before it can. The first read under a duty
            sets the company's bond aside; each pays its price.
    @param company_id The company, for which you act.
    @param passport_id The person.
    @param purpose What for, by number.
    @param category What, by number.
    @param order_hash By which order: salted, so that it names nothing to strangers.
    @param max_price The most that the company pays, in units of `token`.
    @return The read's number under the grant, from 1.
    """
    assert order_hash != empty(bytes32), "vault: no order"
    access: IConsent.Access = staticcall CONSENT.access_of(
        passport_id, company_id, purpose, category, msg.sender
    )
    assert access.may_act, "vault: not the company"
    assert access.is_allowed, "vault: not allowed"
    # The consent counts, so the numbers fit their places. Written on the word itself: the act
    # that is done most.
    place: uint256 = passport_id << 70 | company_id << 6 | purpose
    duty: uint256 = self._duties[place]
    read: uint256 = 1
    if duty & duties.TIME == access.issued_at:
        read += (duty >> duties.READS) & duties.COUNT
    assert read <= access.reads, "vault: no reads left"
    price: uint256 = self._prices[passport_id << 12 | purpose << 6 | category]
    assert price != 0 or purpose != limits.SELLING, "vault: not for sale"
    assert price <= max_price, "vault: dearer than agreed"
    cost: uint256 = price
    bond: uint256 = duty >> duties.BOND
    if bond == 0:
        bond = self._bond(company_id)
        cost += bond
    self._duties[place] = (
        access.issued_at
        | read << duties.READS
        | block.timestamp << duties.READ_AT
        | bond << duties.BOND
    )
    if cost != 0:
        self._spend(company_id, cost)
    if price != 0:
        splits._credit(passport_id, price)
    log IVault.AccessRequested(
        passport_id=passport_id,
        company_id=company_id,
        order_hash=order_hash,
        purpose=purpose,
        category=category,
        issued_at=access.issued_at,
        read=read,
        price=price,
    )
    return read


@external
def attest_deletion(
    company_id: uint256, passport_id: uint256, purpose: uint256, certificate_hash: bytes32
):
    """
    @notice Sign that the company deleted what it had read for a purpose. In time, its bond is free
            again; later the bond is lost, whether or not anybody had marked it.
    @param company_id The company, for which you act.
    @param passport_id The person.
    @param purpose The purpose's number.
    @param certificate_hash What it says that it did, by hash; no person is named in it.
    """
    assert staticcall CONSENT.may_act(company_id, msg.sender), "vault: not the company"
    assert certificate_hash != empty(bytes32), "vault: no certificate"
    duty: IVault.Duty = self._duty(passport_id, company_id, purpose)
    assert duty.read_at != 0, "vault: nothing to delete"
    due_at: uint256 = self._due_at(duty, passport_id, company_id, purpose)
    if block.timestamp > due_at and not duty.is_overdue:
        self._lose_bond(passport_id, company_id, purpose, duty.bond)
        duty.bond = 0
    bond: uint256 = duty.bond
    duty.read_at = 0
    duty.bond = 0
    duty.is_overdue = False
    self._duties[self._place(passport_id, company_id, purpose)] = duties._packed(duty)
    if bond != 0:
        self._set_free(company_id, self._free[company_id] + bond)
    log IVault.DeletionAttested(
        passport_id=passport_id,
        company_id=company_id,
        purpose=purpose,
        certificate_hash=certificate_hash,
        bond=bond,
    )


@external
def set_bond(company_id: uint256, bond: uint256):
    """
    @notice Say what the company stakes on deleting in time, for each person and purpose that it
            begins to read. More counts at once, less in 30 days: nobody is lured by a bond
            that is gone at the first read.
    @param company_id The company, of which you are the controller.
    @param bond In units of `token`; 0 for none.
    """
    self._require_controller(company_id)
    assert bond <= _BOND, "vault: too much"
    old_bond: uint256 = self._bond(company_id)
    since: uint256 = block.timestamp
    if bond >= old_bond:
        self._bonds[company_id] = bond
    else:
        since += limits.BOND_HOLDS
        self._bonds[company_id] = old_bond | bond << _NEXT_BOND | since << _NEXT_FROM
    log IVault.BondSet(company_id=company_id, old_bond=old_bond, new_bond=bond, since=since)


@external
def withdraw_funds(company_id: uint256, payee: address, amount: uint256):
    """
    @notice Take out what a company has free.
    @param company_id The company, of which you are the controller.
    @param payee Who gets it.
    @param amount In units of `token`.
    """
    self._require_controller(company_id)
    self._spend(company_id, amount)
    log IVault.FundsWithdrawn(company_id=company_id, payee=payee, amount=amount)
    self._pay(payee, amount)


# ---- external: anybody -------------------------------------------------------------------

@external
def deposit(company_id: uint256, amount: uint256):
    """
    @notice Pay in for a company's reads and bonds. It is the company's from then on.
    @param company_id The company.
    @param amount In units of `token`, which you allowed this contract to take.
    """
    company: IConsent.Company = staticcall CONSENT.company_of(company_id)
    assert company.controller != empty(address), "vault: unknown company"
    assert amount != 0, "vault: nothing paid"
    tokens._pull(TOKEN, msg.sender, amount)
    self._set_free(company_id, self._free[company_id] + amount)
    self.owed += amount
    log IVault.FundsDeposited(company_id=company_id, payer=msg.sender, amount=amount)


@external
def mark_overdue(company_id: uint256, passport_id: uint256, purpose: uint256):
    """
    @notice Have it written down that a company did not attest in time; its bond goes to the
            person and co-owners.
    @param company_id The company.
    @param passport_id The person.
    @param purpose The purpose's number.
    """
    duty: IVault.Duty = self._duty(passport_id, company_id, purpose)
    due_at: uint256 = self._due_at(duty, passport_id, company_id, purpose)
    assert due_at != 0 and block.timestamp > due_at, "vault: not overdue"
    assert not duty.is_overdue, "vault: marked already"
    bond: uint256 = duty.bond
    duty.bond = 0
    duty.is_overdue = True
    self._duties[self._place(passport_id, company_id, purpose)] = duties._packed(duty)
    self._lose_bond(passport_id, company_id, purpose, bond)


@external
def collect(account: uint256, payee: uint256):
    """
    @notice Pay somebody what a person's data has earned for them, to their main wallet.
    @param account The person, by passport.
    @param payee The person or a co-owner, by passport.
    """
    wallet: address = staticcall PASSPORT.wallet_of(payee)
    assert wallet != empty(address), "vault: no passport"
    self._pay(wallet, splits._collect(account, payee))


# ---- external: views -----------------------------------------------------------------------

@external
@view
@reentrant
def duty_of(passport_id: uint256, company_id: uint256, purpose: uint256) -> IVault.Duty:
    """
    @notice What a company read of a person for a purpose, and stakes on deleting it.
    @param passport_id The person.
    @param company_id The company.
    @param purpose The purpose's number.
    @return All empty for nothing.
    """
    return self._duty(passport_id, company_id, purpose)


@external
@view
@reentrant
def due_at(passport_id: uint256, company_id: uint256, purpose: uint256) -> uint256:
    """
    @notice Until when a company must have attested that it deleted what it read.
    @param passport_id The person.
    @param company_id The company.
    @param purpose The purpose's number.
    @return The last second, past or to come; 0 where it holds nothing, by its own word.
    """
    duty: IVault.Duty = self._duty(passport_id, company_id, purpose)
    return self._due_at(duty, passport_id, company_id, purpose)


@external
@view
@reentrant
def price_of(passport_id: uint256, purpose: uint256, category: uint256) -> uint256:
    """
    @notice What a read costs a company.
    @param passport_id The person.
    @param purpose The purpose's number.
    @param category The category's number.
    @return Units of `token`; 0 for none.
    """
    return self._prices[self._priced(passport_id, purpose, category)]


@external
@view
@reentrant
def funds_of(company_id: uint256) -> IVault.Funds:
    """
    @notice What a company has here, besides the bonds that are set aside.
    @param company_id The company.
    @return What is free, and what it stakes on each person and purpose, now and later.
    """
    word: uint256 = self._bonds[company_id]
    is_waiting: bool = block.timestamp < word >> _NEXT_FROM
    return IVault.Funds(
        free=self._free[company_id],
        bond=self._bond(company_id),
        next_bond=(word >> _NEXT_BOND) & _BOND if is_waiting else 0,
        next_from=word >> _NEXT_FROM if is_waiting else 0,
    )


@external
@view
@reentrant
def token() -> address:
    """
    @notice What prices and bonds are paid in.
    @return An ERC-20.
    """
    return TOKEN.address


@external
@view
@reentrant
def consent() -> address:
    """
    @notice The book that says who allowed what.
    @return The Consent contract.
    """
    return CONSENT.address


# ---- internal: who acts ------------------------------------------------------------------------

@internal
@view
def _person(wallet: address) -> uint256:
    passport_id: uint256 = staticcall PASSPORT.id_of(wallet)
    assert passport_id != 0, "vault: no passport"
    return passport_id


@internal
@view
def _owner(wallet: address) -> uint256:
    passport_id: uint256 = self._person(wallet)
    main_wallet: address = staticcall PASSPORT.wallet_of(passport_id)
    assert main_wallet == wallet, "vault: not the main wallet"
    return passport_id


@internal
@view
def _signed(
    wallet: address,
    message: bytes32,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
) -> uint256:
    signatures._require_live(deadline)
    passport_id: uint256 = self._person(wallet)
    signatures._require_signed(wallet, message, signature)
    return passport_id


@internal
@view
def _require_controller(company_id: uint256):
    company: IConsent.Company = staticcall CONSENT.company_of(company_id)
    assert company.controller == msg.sender, "vault: not the controller"


# ---- internal: what they do --------------------------------------------------------------------

@internal
def _set_price(passport_id: uint256, purpose: uint256, category: uint256, price: uint256):
    assert price <= _AMOUNT >> 1, "vault: too much"
    place: uint256 = self._priced(passport_id, purpose, category)
    log IVault.PriceSet(
        passport_id=passport_id,
        purpose=purpose,
        category=category,
        old_price=self._prices[place],
        new_price=price,
    )
    self._prices[place] = price


# ---- internal: where things lie ------------------------------------------------------------------

@internal
@pure
def _place(passport_id: uint256, company_id: uint256, purpose: uint256) -> uint256:
    """
    @dev Numbers that do not fit would name another's place.
    """
    assert (passport_id | company_id) >> 64 == 0, "vault: unknown number"
    assert purpose < limits.PURPOSES, "vault: unknown purpose"
    return passport_id << 70 | company_id << 6 | purpose


@internal
@pure
def _priced(passport_id: uint256, purpose: uint256, category: uint256) -> uint256:
    assert passport_id >> 64 == 0, "vault: unknown number"
    assert purpose < limits.PURPOSES, "vault: unknown purpose"
    assert category < limits.CATEGORIES, "vault: unknown category"
    return passport_id << 12 | purpose << 6 | category


@internal
@view
def _duty(passport_id: uint256, company_id: uint256, purpose: uint256) -> IVault.Duty:
    return duties._unpacked(self._duties[self._place(passport_id, company_id, purpose)])


# ---- internal: money ----------------------------------------------------------------------------

@internal
@view
def _bond(company_id: uint256) -> uint256:
    """
    @dev What is staked by who begins to read now.
    """
    word: uint256 = self._bonds[company_id]
    next_from: uint256 = word >> _NEXT_FROM
    if next_from != 0 and block.timestamp >= next_from:
        return (word >> _NEXT_BOND) & _BOND
    return word & _BOND


@internal
def _set_free(company_id: uint256, amount: uint256):
    assert amount <= _AMOUNT, "vault: too much"
    self._free[company_id] = amount


@internal
def _spend(company_id: uint256, amount: uint256):
    free: uint256 = self._free[company_id]
    assert amount <= free, "vault: too little paid in"
    self._free[company_id] = free - amount


@internal
def _lose_bond(passport_id: uint256, company_id: uint256, purpose: uint256, bond: uint256):
    """
    @dev To the person and co-owners; the host has taken it from the duty.
    """
    if bond != 0:
        splits._credit(passport_id, bond)
    log IVault.DeletionOverdue(
        passport_id=passport_id, company_id=company_id, purpose=purpose, bond=bond
    )


@internal
def _pay(payee: address, amount: uint256):
    self.owed -= amount
    tokens._push(TOKEN, payee, amount)


@internal
@view
def _due_at(
    duty: IVault.Duty, passport_id: uint256, company_id: uint256, purpose: uint256
) -> uint256:
    if duty.read_at == 0:
        return 0
    return staticcall CONSENT.kept_until(passport_id, company_id, purpose) + limits.DELETION_TIME
