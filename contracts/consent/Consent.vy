# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Consent
@custom:contract-name Consent
@license AGPL-3.0-only
@author The Cercle authors
@notice Which company may see which data of yours, for what, and until when. You alone give
        it, it always ends, and you take back one or everything in one act.
@dev A grant, one a person, company and purpose: none -> given -> (renewed | expired |
     withdrawn | asked anew by a new notice | invalidated by the notice's end) -> given anew.
     A refusal by company or purpose beats every grant for as long as it stands. Nothing a
     company, a brand or anybody else does gives a grant, or keeps one from being withdrawn.
     Signs: any wallet of the person's passport, each act of theirs; a company's controller its
     notices; its agent what it asks. Pays: the sender, who may be anybody with the
     person's signature.
     Lies: a company about what it would do with the data; its notice is kept by hash. A person
     cannot be lied to about what was signed: the terms are in the message. What a company has
     read, no withdrawal makes it forget: the Vault holds it to deletion.
     No pause, no fee, no lock, no owner. Each act of a person asks one contract only, the
     Passport, which has none of these either.
@custom:security security@cercle.example
@custom:kill None, on purpose: nobody can stop it.
"""

from ..interfaces import IConsent

implements: IConsent

from ..interfaces import IGate

implements: IGate

from ..interfaces import IPassport

from ..common import limits
from ..common import signatures

initializes: signatures

from . import companies

initializes: companies

from . import grants

exports: (
    signatures.cancel_nonce,
    signatures.is_nonce_used,
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
    companies.register_company,
    companies.describe,
    companies.set_agent,
    companies.offer_controller,
    companies.accept_controller,
    companies.publish_notice,
    companies.end_notice,
    companies.may_act,
    companies.company_of,
    companies.company_count,
    companies.notice_of,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

# What carries no nonce names the passport: a wallet may come to another person, and what
# it signed would count anew there.
GRANT_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Grant(address wallet,uint256 passport_id,uint256 company_id,uint256 purpose,uint256 categories,uint256 issued_at,uint256 until,uint256 keep_until,uint256 reads,uint256 notice_version,bytes32 record_hash,uint256 deadline)"
)
REFUSE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Refuse(address wallet,uint256 company_id,uint256 purpose,uint256 nonce,uint256 deadline)"
)
WITHDRAW_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Withdraw(address wallet,uint256 passport_id,uint256 company_id,uint256 purpose,uint256 signed_at,uint256 deadline)"
)
WITHDRAW_ALL_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "WithdrawAll(address wallet,uint256 passport_id,uint256 signed_at,uint256 deadline)"
)
DENY_COMPANY_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "DenyCompany(address wallet,uint256 company_id,bool is_denied,uint256 nonce,uint256 deadline)"
)
DENY_PURPOSE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "DenyPurpose(address wallet,uint256 purpose,bool is_denied,uint256 nonce,uint256 deadline)"
)

# What `status` answers, by the names of the Data Privacy Vocabulary.
_NONE: constant(uint256) = 0
_REQUESTED: constant(uint256) = 1
_REFUSED: constant(uint256) = 2
_GIVEN: constant(uint256) = 3
_RENEWED: constant(uint256) = 4
_EXPIRED: constant(uint256) = 5
_INVALIDATED: constant(uint256) = 6
_WITHDRAWN: constant(uint256) = 7

# A person, from the lowest bit: denied purposes 64 | withdrawn_at 40 | denied companies 32
_WITHDRAWN_AT: constant(uint256) = 64
_COMPANIES: constant(uint256) = 104
_TIME: constant(uint256) = 2**40 - 1
_PURPOSES: constant(uint256) = 2**limits.PURPOSES - 1
_COUNT: constant(uint256) = 2**32 - 1

_ASKED: constant(uint256) = 2**40 - 1


# ---- immutables -----------------------------------------------------------------

PASSPORT: immutable(IPassport)


# ---- storage --------------------------------------------------------------------

# passport, company, purpose -> the grant
_grants: HashMap[uint256, uint256]
_persons: HashMap[uint256, uint256]
_denied_companies: HashMap[uint256, HashMap[uint256, bool]]
# passport, company, purpose -> asked at 40 | refused at 40
_asks: HashMap[uint256, uint256]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(passport_: IPassport):
    """
    @notice Open the book of consents, empty and ownerless.
    @param passport_ The register of persons, fixed for good.
    """
    signatures.__init__("Cercle Consent", "1")
    companies.__init__()
    PASSPORT = passport_


# ---- external: a person, from any wallet of theirs ----------------------------------
# They ask nobody but the Passport, and so need no lock.

@external
@reentrant
def grant(terms: IConsent.Terms):
    """
    @notice Let a company see data of yours. What you gave it before for this purpose ends.
    @param terms Which data, for what, until when. A refusal of yours that stands still beats it.
    """
    assert terms.issued_at >= block.timestamp - limits.MAX_ISSUE_AGE, "consent: issued long ago"
    self._grant(self._person(msg.sender), terms)


@external
@reentrant
def refuse(company_id: uint256, purpose: uint256):
    """
    @notice Say no to a company; it may not ask again for 30 days. A grant stays as it is.
    @param company_id The company.
    @param purpose The purpose's number.
    """
    self._refuse(self._person(msg.sender), company_id, purpose)


@external
@reentrant
def withdraw(company_id: uint256, purpose: uint256):
    """
    @notice Take back what you gave a company for a purpose, and what you signed so far.
    @param company_id The company.
    @param purpose The purpose's number.
    """
    self._withdraw(self._person(msg.sender), company_id, purpose, block.timestamp)


@external
@reentrant
def withdraw_all():
    """
    @notice Take back whatever you gave anybody, and whatever you signed so far.
    """
    self._withdraw_all(self._person(msg.sender))


@external
@reentrant
def deny_company(company_id: uint256, is_denied: bool):
    """
    @notice Shut a company out, whatever you gave it, or let what you gave it count again.
    @param company_id The company.
    @param is_denied Whether it is shut out.
    """
    self._deny_company(self._person(msg.sender), company_id, is_denied)


@external
@reentrant
def deny_purpose(purpose: uint256, is_denied: bool):
    """
    @notice Shut a purpose out with every company, or let what you gave for it count again.
    @param purpose The purpose's number.
    @param is_denied Whether it is shut out.
    """
    self._deny_purpose(self._person(msg.sender), purpose, is_denied)


# ---- external: a person's signature, carried by anybody -------------------------------
# A wallet that is a contract is asked by a static call, as the Passport is: no lock either.

@external
@reentrant
def grant_by_signature(
    wallet: address,
    terms: IConsent.Terms,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Give a grant of a person who signed `Grant`, has not withdrawn since, and does not
            shut the company or the purpose out.
    @dev Without a lock: all that it asks, it asks by static calls, and none afterwards.
    @param wallet A wallet of theirs, which signed.
    @param terms What they signed; a second use is refused, for `issued_at` only rises.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    signatures._require_live(deadline)
    passport_id: uint256 = self._person(wallet)
    message: bytes32 = keccak256(abi_encode(GRANT_TYPE_HASH, wallet, passport_id, terms, deadline))
    signatures._require_signed(wallet, message, signature)
    person: uint256 = self._persons[passport_id]
    assert terms.issued_at > self._withdrawn_at(person), "consent: withdrawn since"
    self._grant(passport_id, terms)
    assert not self._is_denied(
        person, passport_id, terms.company_id, terms.purpose
    ), "consent: denied"


@external
@reentrant
def refuse_by_signature(
    wallet: address,
    company_id: uint256,
    purpose: uint256,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Say no for a person who signed `Refuse`.
    @param wallet A wallet of theirs, which signed.
    @param company_id The company.
    @param purpose The purpose's number.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(
        abi_encode(REFUSE_TYPE_HASH, wallet, company_id, purpose, nonce, deadline)
    )
    passport_id: uint256 = self._signed_once(wallet, message, nonce, deadline, signature)
    self._refuse(passport_id, company_id, purpose)


@external
@reentrant
def withdraw_by_signature(
    wallet: address,
    company_id: uint256,
    purpose: uint256,
    signed_at: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Withdraw for a person who signed `Withdraw`.
    @param wallet A wallet of theirs, which signed.
    @param company_id The company.
    @param purpose The purpose's number.
    @param signed_at When they signed: a grant given since stays, and a second use is refused.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    passport_id: uint256 = self._person(wallet)
    message: bytes32 = keccak256(
        abi_encode(
            WITHDRAW_TYPE_HASH, wallet, passport_id, company_id, purpose, signed_at, deadline
        )
    )
    signatures._require_live(deadline)
    signatures._require_signed(wallet, message, signature)
    word: uint256 = self._grants[self._place(passport_id, self._key(company_id, purpose))]
    assert grants._is_given(word) or signed_at > grants._issued_at(word), "consent: outdated"
    self._withdraw(passport_id, company_id, purpose, signed_at)


@external
@reentrant
def withdraw_all_by_signature(
    wallet: address, signed_at: uint256, deadline: uint256, signature: Bytes[limits.MAX_SIGNATURE]
):
    """
    @notice Withdraw everything for a person who signed `WithdrawAll`.
    @param wallet A wallet of theirs, which signed.
    @param signed_at When they signed; a second use is refused, for it only rises.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    passport_id: uint256 = self._person(wallet)
    message: bytes32 = keccak256(
        abi_encode(WITHDRAW_ALL_TYPE_HASH, wallet, passport_id, signed_at, deadline)
    )
    signatures._require_live(deadline)
    signatures._require_signed(wallet, message, signature)
    assert signed_at <= block.timestamp, "consent: dated ahead"
    assert signed_at > self._withdrawn_at(self._persons[passport_id]), "consent: withdrawn since"
    self._withdraw_all(passport_id)


@external
@reentrant
def deny_company_by_signature(
    wallet: address,
    company_id: uint256,
    is_denied: bool,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Shut a company out, or let it in again, for a person who signed `DenyCompany`.
    @param wallet A wallet of theirs, which signed.
    @param company_id The company.
    @param is_denied Whether it is shut out.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(
        abi_encode(DENY_COMPANY_TYPE_HASH, wallet, company_id, is_denied, nonce, deadline)
    )
    passport_id: uint256 = self._signed_once(wallet, message, nonce, deadline, signature)
    self._deny_company(passport_id, company_id, is_denied)


@external
@reentrant
def deny_purpose_by_signature(
    wallet: address,
    purpose: uint256,
    is_denied: bool,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Shut a purpose out, or let it in again, for a person who signed `DenyPurpose`.
    @param wallet A wallet of theirs, which signed.
    @param purpose The purpose's number.
    @param is_denied Whether it is shut out.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(
        abi_encode(DENY_PURPOSE_TYPE_HASH, wallet, purpose, is_denied, nonce, deadline)
    )
    passport_id: uint256 = self._signed_once(wallet, message, nonce, deadline, signature)
    self._deny_purpose(passport_id, purpose, is_denied)


# ---- external: a company -----------------------------------------------------------------

@external
@reentrant
def request_consent(
    passport_id: uint256, company_id: uint256, purpose: uint256, categories: uint256
):
    """
    @notice Ask a person, in a company's name, under its notice for the purpose. Who said no, or
            withdrew, is left alone for 30 days.
    @param passport_id The person.
    @param company_id The company, for which you act.
    @param purpose The purpose's number.
    @param categories Which data, a bit each.
    """
    companies._require_agent(company_id)
    self._require_purpose(purpose)
    notice: uint256 = companies._notices[companies._key(company_id, purpose)]
    self._require_noticed(notice, categories)
    assert staticcall PASSPORT.wallet_of(passport_id) != empty(address), "consent: no passport"
    person: uint256 = self._persons[passport_id]
    assert not self._is_denied(person, passport_id, company_id, purpose), "consent: denied"
    key: uint256 = companies._key(company_id, purpose)
    word: uint256 = self._grants[self._place(passport_id, key)]
    assert not (
        self._is_live(word, person, notice) and categories & ~word == 0
    ), "consent: given already"
    ask: uint256 = self._asks[self._place(passport_id, key)]
    refused: uint256 = max(ask >> 40, self._withdrawn_at(person))
    if not grants._is_given(word):
        refused = max(refused, grants._issued_at(word))
    assert (
        refused == 0 or block.timestamp >= refused + limits.REFUSAL_HOLDS
    ), "consent: refused lately"
    asked: uint256 = ask & _ASKED
    assert asked == 0 or block.timestamp >= asked + limits.ASK_INTERVAL, "consent: asked lately"
    companies._count_ask(company_id)
    self._asks[self._place(passport_id, key)] = (ask >> 40) << 40 | block.timestamp
    log IConsent.ConsentRequested(
        passport_id=passport_id, company_id=company_id, purpose=purpose, categories=categories
    )


# ---- external: anybody -------------------------------------------------------------------

@external
@reentrant
def note_end(passport_id: uint256, company_id: uint256, purpose: uint256):
    """
    @notice Write down when a withdrawal of everything ended a grant, before a later one could
            seem to have. Worth it only for who wants the company's time to run from there.
    @param passport_id The person.
    @param company_id The company.
    @param purpose The purpose's number.
    """
    key: uint256 = self._key(company_id, purpose)
    word: uint256 = self._grants[self._place(passport_id, key)]
    ended_at: uint256 = self._withdrawn_at(self._persons[passport_id])
    assert grants._is_given(word) and ended_at >= grants._issued_at(word), "consent: not withdrawn"
    self._grants[self._place(passport_id, key)] = grants._withdrawn(word, ended_at, ended_at)
    log IConsent.EndNoted(
        passport_id=passport_id, company_id=company_id, purpose=purpose, ended_at=ended_at
    )


# ---- external: views -----------------------------------------------------------------------

@external
@view
@reentrant
def allowed(passport_id: uint256, company_id: uint256, purpose: uint256, category: uint256) -> bool:
    """
    @notice Whether a company may see something of a person, now, for this. It says nothing of how
            often: what is left to read, the Vault counts.
    @param passport_id The person.
    @param company_id The company.
    @param purpose The purpose's number.
    @param category The category's number.
    @return True while a grant for this very purpose counts.
    """
    return self._is_allowed(passport_id, company_id, purpose, category)


@external
@view
@reentrant
def access_of(
    passport_id: uint256,
    company_id: uint256,
    purpose: uint256,
    category: uint256,
    account: address,
) -> IConsent.Access:
    """
    @notice What a contract that lets a company read asks, in one call.
    @param passport_id The person.
    @param company_id The company.
    @param purpose The purpose's number.
    @param category The category's number.
    @param account Who says to act for the company.
    @return Whether it does, whether it may, and the grant that says so: when it was issued, and
            how many reads it gives.
    """
    is_allowed: bool = self._is_allowed(passport_id, company_id, purpose, category)
    word: uint256 = 0
    if is_allowed:
        word = self._grants[self._place(passport_id, companies._key(company_id, purpose))]
    return IConsent.Access(
        may_act=companies._may_act(company_id, account),
        is_allowed=is_allowed,
        issued_at=grants._issued_at(word),
        reads=grants._reads(word),
    )


@external
@view
@reentrant
def open_for(passport_id: uint256, argument: uint96) -> bool:
    """
    @notice The gate: whether a company may see something of a person, now, for this.
    @param passport_id The person.
    @param argument The company's number, then 8 bits of the purpose's and 8 of the category's.
    @return True when it may.
    """
    question: uint256 = convert(argument, uint256)
    return self._is_allowed(passport_id, question >> 16, (question >> 8) & 255, question & 255)


@external
@view
@reentrant
def status(passport_id: uint256, company_id: uint256, purpose: uint256) -> uint256:
    """
    @notice How things stand between a person and a company, by the names of the Data Privacy
            Vocabulary.
    @param passport_id The person.
    @param company_id The company.
    @param purpose The purpose's number.
    @return 0 nothing, 1 requested, 2 refused, 3 given, 4 renewed, 5 expired, 6 invalidated,
            7 withdrawn.
    """
    if not self._is_known(passport_id, company_id, purpose):
        return _NONE
    key: uint256 = companies._key(company_id, purpose)
    person: uint256 = self._persons[passport_id]
    if self._is_denied(person, passport_id, company_id, purpose):
        return _REFUSED
    word: uint256 = self._grants[self._place(passport_id, key)]
    notice: uint256 = companies._notices[key]
    if self._is_live(word, person, notice):
        since: uint256 = grants._renewed_from(word)
        return _RENEWED if since > self._withdrawn_at(person) else _GIVEN
    # What was said last counts: by the person, by the company, by the clock.
    is_withdrawn: bool = self._is_withdrawn(word, person)
    said_at: uint256 = grants._until(word)
    if companies._version(notice) not in [0, grants._notice(word)]:
        said_at = min(said_at, companies._since(notice))
    if is_withdrawn:
        said_at = max(grants._issued_at(word), self._withdrawn_at(person))
    ask: uint256 = self._asks[self._place(passport_id, key)]
    asked: uint256 = ask & _ASKED
    refused: uint256 = ask >> 40
    if word == 0 or max(asked, refused) > said_at:
        if max(asked, refused) == 0:
            return _NONE
        return _REFUSED if refused >= asked else _REQUESTED
    if is_withdrawn:
        return _WITHDRAWN
    if companies._version(notice) == 0:
        return _INVALIDATED
    if block.timestamp >= grants._until(word):
        return _EXPIRED
    return _REQUESTED


@external
@view
@reentrant
def grant_of(passport_id: uint256, company_id: uint256, purpose: uint256) -> IConsent.Grant:
    """
    @notice What a person gave a company for a purpose, whether or not it still counts.
    @param passport_id The person.
    @param company_id The company.
    @param purpose The purpose's number.
    @return All empty for nothing.
    """
    if not self._is_known(passport_id, company_id, purpose):
        return empty(IConsent.Grant)
    return grants._unpacked(
        self._grants[self._place(passport_id, companies._key(company_id, purpose))]
    )


@external
@view
@reentrant
def kept_until(passport_id: uint256, company_id: uint256, purpose: uint256) -> uint256:
    """
    @notice From when on a company may not keep what it read for a purpose: the end it was
            given, or the withdrawal if that came first.
    @param passport_id The person.
    @param company_id The company.
    @param purpose The purpose's number.
    @return Unix seconds, past or to come; 0 where nothing was ever given.
    """
    if not self._is_known(passport_id, company_id, purpose):
        return 0
    word: uint256 = self._grants[self._place(passport_id, companies._key(company_id, purpose))]
    everything: uint256 = self._withdrawn_at(self._persons[passport_id])
    if everything < grants._given_at(word):  # since then
        everything = max_value(uint256)
    if not grants._is_given(word):
        everything = min(everything, grants._until(word))
    return min(grants._keep_until(word), everything)


@external
@view
@reentrant
def person_of(passport_id: uint256) -> IConsent.Person:
    """
    @notice What a person said to all companies.
    @param passport_id The person.
    @return When they withdrew everything last, and whom they shut out.
    """
    person: uint256 = self._persons[passport_id]
    return IConsent.Person(
        withdrawn_at=self._withdrawn_at(person),
        denied_purposes=person & _PURPOSES,
        denied_companies=(person >> _COMPANIES) & _COUNT,
    )


@external
@view
@reentrant
def ask_of(passport_id: uint256, company_id: uint256, purpose: uint256) -> IConsent.Ask:
    """
    @notice When a company asked a person for a purpose, and was refused, the last time.
    @param passport_id The person.
    @param company_id The company.
    @param purpose The purpose's number.
    @return Unix seconds; 0 for never.
    """
    if not self._is_known(passport_id, company_id, purpose):
        return empty(IConsent.Ask)
    word: uint256 = self._asks[self._place(passport_id, companies._key(company_id, purpose))]
    return IConsent.Ask(asked_at=word & _ASKED, refused_at=word >> 40)


@external
@view
@reentrant
def is_company_denied(passport_id: uint256, company_id: uint256) -> bool:
    """
    @notice Whether a person shut a company out.
    @param passport_id The person.
    @param company_id The company.
    @return True while they do.
    """
    return self._denied_companies[passport_id][company_id]


@external
@view
@reentrant
def passport() -> address:
    """
    @notice The register of persons that this contract reads.
    @return The Passport.
    """
    return PASSPORT.address


# ---- internal: who acts ----------------------------------------------------------------------

@internal
@view
def _person(wallet: address) -> uint256:
    passport_id: uint256 = staticcall PASSPORT.id_of(wallet)
    assert passport_id != 0, "consent: no passport"
    return passport_id


@internal
def _signed_once(
    wallet: address,
    message: bytes32,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
) -> uint256:
    passport_id: uint256 = self._person(wallet)
    signatures._require_live(deadline)
    signatures._require_signed(wallet, message, signature)
    signatures._use_nonce(wallet, nonce)
    return passport_id


# ---- internal: what they do ------------------------------------------------------------------

@internal
def _grant(passport_id: uint256, terms: IConsent.Terms):
    """
    @dev The act that is done most: what it asks is written out here, for each call costs.
    """
    assert terms.purpose < limits.PURPOSES, "consent: unknown purpose"
    assert terms.company_id >> 64 == 0, "consent: unknown company"
    key: uint256 = terms.company_id << 6 | terms.purpose
    notice: uint256 = companies._notices[key]
    version: uint256 = notice & companies.VERSION
    assert version != 0, "consent: no notice"
    assert terms.notice_version == version, "consent: other notice"
    assert terms.categories != 0, "consent: no category"
    assert (
        terms.categories & ~(notice >> companies.CATEGORIES_AT) == 0
    ), "consent: beyond the notice"
    assert terms.issued_at <= block.timestamp, "consent: dated ahead"
    assert terms.until > block.timestamp, "consent: empty window"
    assert terms.until <= block.timestamp + limits.MAX_GRANT, "consent: endless window"
    assert terms.keep_until >= terms.until, "consent: kept too short"
    assert terms.keep_until <= block.timestamp + limits.MAX_KEEP, "consent: kept too long"
    assert terms.reads <= grants.SMALL, "consent: too many reads"
    assert terms.record_hash != empty(bytes32), "consent: no record"
    key |= passport_id << 70
    word: uint256 = self._grants[key]
    issued_before: uint256 = (word >> grants.ISSUED_AT) & grants.TIME
    assert terms.issued_at > issued_before, "consent: issued before"
    is_given: bool = word & grants.CATEGORIES != 0
    is_renewal: bool = is_given and (word >> grants.UNTIL) & grants.TIME > block.timestamp
    word = (
        terms.categories
        | terms.issued_at << grants.ISSUED_AT
        | terms.until << grants.UNTIL
        | terms.keep_until << grants.KEEP_UNTIL
        | terms.reads << grants.READS
        | version << grants.NOTICE
    )
    if is_renewal:
        word |= issued_before << grants.RENEWED_FROM
    self._grants[key] = word
    log IConsent.ConsentGiven(
        passport_id=passport_id,
        company_id=terms.company_id,
        purpose=terms.purpose,
        grant=word,
        record_hash=terms.record_hash,
    )


@internal
def _refuse(passport_id: uint256, company_id: uint256, purpose: uint256):
    key: uint256 = self._key(company_id, purpose)
    asked: uint256 = self._asks[self._place(passport_id, key)] & _ASKED
    self._asks[self._place(passport_id, key)] = block.timestamp << 40 | asked
    log IConsent.ConsentRefused(passport_id=passport_id, company_id=company_id, purpose=purpose)


@internal
def _withdraw(passport_id: uint256, company_id: uint256, purpose: uint256, signed_at: uint256):
    key: uint256 = self._key(company_id, purpose)
    word: uint256 = self._grants[self._place(passport_id, key)]
    assert signed_at <= block.timestamp, "consent: dated ahead"
    assert signed_at >= grants._issued_at(word), "consent: outdated"
    # The first end counts, so that withdrawing again gives a company no more time.
    ended_at: uint256 = grants._until(word)
    if grants._is_given(word):
        ended_at = block.timestamp
    self._grants[self._place(passport_id, key)] = grants._withdrawn(word, ended_at, block.timestamp)
    log IConsent.ConsentWithdrawn(passport_id=passport_id, company_id=company_id, purpose=purpose)


@internal
def _withdraw_all(passport_id: uint256):
    person: uint256 = self._persons[passport_id]
    rest: uint256 = person & ~(_TIME << _WITHDRAWN_AT)
    self._persons[passport_id] = rest | block.timestamp << _WITHDRAWN_AT
    log IConsent.EverythingWithdrawn(passport_id=passport_id)


@internal
def _deny_company(passport_id: uint256, company_id: uint256, is_denied: bool):
    if self._denied_companies[passport_id][company_id] != is_denied:
        self._denied_companies[passport_id][company_id] = is_denied
        person: uint256 = self._persons[passport_id]
        one: uint256 = 1 << _COMPANIES
        self._persons[passport_id] = person + one if is_denied else person - one
        log IConsent.CompanyDenied(
            passport_id=passport_id, company_id=company_id, is_denied=is_denied
        )


@internal
def _deny_purpose(passport_id: uint256, purpose: uint256, is_denied: bool):
    self._require_purpose(purpose)
    person: uint256 = self._persons[passport_id]
    bit: uint256 = 1 << purpose
    if (person & bit != 0) != is_denied:
        self._persons[passport_id] = person ^ bit
        log IConsent.PurposeDenied(passport_id=passport_id, purpose=purpose, is_denied=is_denied)


# ---- internal: what holds ----------------------------------------------------------------------

@internal
@view
def _is_allowed(
    passport_id: uint256, company_id: uint256, purpose: uint256, category: uint256
) -> bool:
    """
    @dev The question that others ask most: written out here, for each call costs.
    """
    if (passport_id | company_id) >> 64 != 0:
        return False
    if purpose >= limits.PURPOSES or category >= limits.CATEGORIES:
        return False
    key: uint256 = company_id << 6 | purpose
    word: uint256 = self._grants[passport_id << 70 | key]
    person: uint256 = self._persons[passport_id]
    return (
        (word >> category) & 1 == 1
        and word >> grants.NOTICE == companies._notices[key] & companies.VERSION
        and (word >> grants.UNTIL) & grants.TIME > block.timestamp
        and (word >> grants.ISSUED_AT) & grants.TIME > (person >> _WITHDRAWN_AT) & _TIME
        and (person >> purpose) & 1 == 0
        and (
            (person >> _COMPANIES) & _COUNT == 0
            or not self._denied_companies[passport_id][company_id]
        )
    )


@internal
@view
def _is_live(word: uint256, person: uint256, notice: uint256) -> bool:
    """
    @dev Whether a grant counts, denials apart.
    """
    return (
        grants._is_given(word)
        and block.timestamp < grants._until(word)
        and grants._issued_at(word) > self._withdrawn_at(person)
        and grants._notice(word) == companies._version(notice)
    )


@internal
@view
def _is_denied(
    person: uint256, passport_id: uint256, company_id: uint256, purpose: uint256
) -> bool:
    """
    @dev A person's denied companies are looked up only where there are some.
    """
    if (person >> purpose) & 1 == 1:
        return True
    return (person >> _COMPANIES) & _COUNT != 0 and self._denied_companies[passport_id][company_id]


@internal
@pure
def _is_withdrawn(word: uint256, person: uint256) -> bool:
    return not grants._is_given(word) or (grants._issued_at(word) <= self._withdrawn_at(person))


@internal
@pure
def _withdrawn_at(person: uint256) -> uint256:
    return (person >> _WITHDRAWN_AT) & _TIME


@internal
@pure
def _key(company_id: uint256, purpose: uint256) -> uint256:
    self._require_purpose(purpose)
    assert companies._is_known(company_id, purpose), "consent: unknown company"
    return companies._key(company_id, purpose)


@internal
@pure
def _is_known(passport_id: uint256, company_id: uint256, purpose: uint256) -> bool:
    """
    @dev Whether the numbers fit a place: beyond, two would share one.
    """
    return passport_id >> 64 == 0 and companies._is_known(company_id, purpose)


@internal
@pure
def _place(passport_id: uint256, key: uint256) -> uint256:
    return passport_id << 70 | key


@internal
@pure
def _require_purpose(purpose: uint256):
    assert purpose < limits.PURPOSES, "consent: unknown purpose"


@internal
@pure
def _require_noticed(notice: uint256, categories: uint256):
    assert companies._version(notice) != 0, "consent: no notice"
    assert categories != 0, "consent: no category"
    assert categories & ~companies._categories(notice) == 0, "consent: beyond the notice"
