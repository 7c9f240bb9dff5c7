# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Companies
@custom:contract-name companies
@license AGPL-3.0-only
@author The Cercle authors
@notice The companies that may ask for consent: who acts for each, how to write to it, and
        what it says, purpose by purpose, that it would do with whose data.
@dev A module. Anybody registers, under the next number: who a number is, a brand says in its
     Charter. A notice: published -> published anew (version + 1) | ended -> published
     anew. What a version says never changes.
     Signs: the controller; the agent asks in its name. Lies: a company about itself; its
     words are kept by hash, so that it cannot deny them later.
"""

from ..common import limits
from ..interfaces import IConsent


# ---- constants ------------------------------------------------------------------

# A notice, from the lowest bit: the version that counts 16, 0 once it was ended |
# the newest version 16 | since 40 | categories 64
VERSION: constant(uint256) = 2**16 - 1
CATEGORIES_AT: constant(uint256) = 72
_NEWEST: constant(uint256) = 16
_SINCE: constant(uint256) = 32
_TIME: constant(uint256) = 2**40 - 1
_ALL_CATEGORIES: constant(uint256) = 2**limits.CATEGORIES - 1

_COMPANY_BITS: constant(uint256) = 64
_PURPOSE_BITS: constant(uint256) = 6


# ---- storage --------------------------------------------------------------------

company_count: public(uint256)

_companies: HashMap[uint256, IConsent.Company]
# company | purpose -> what its notice says
_notices: HashMap[uint256, uint256]
_notice_hashes: HashMap[uint256, bytes32]
# company -> day 128 | how often it asked on it 128
_asks: HashMap[uint256, uint256]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__():
    pass


# ---- external: anybody ------------------------------------------------------------

@external
def register_company(hpke_key: bytes32, uri: String[limits.MAX_URI]) -> uint256:
    """
    @notice Register a company, of which you are the controller.
    @param hpke_key Its X25519 public key, for envelopes to it (RFC 9180).
    @param uri Where it says who it is.
    @return Its number.
    """
    self.company_count += 1
    company_id: uint256 = self.company_count
    self._companies[company_id].controller = msg.sender
    log IConsent.CompanyRegistered(company_id=company_id, controller=msg.sender)
    self._describe(company_id, hpke_key, uri)
    return company_id


# ---- external: a company's controller -----------------------------------------------

@external
def describe(company_id: uint256, hpke_key: bytes32, uri: String[limits.MAX_URI]):
    """
    @notice Change a company's key for envelopes, or where it says who it is.
    @param company_id Your company.
    @param hpke_key Its X25519 public key from now on.
    @param uri Where it says who it is.
    """
    self._require_controller(company_id)
    self._describe(company_id, hpke_key, uri)


@external
def set_agent(company_id: uint256, agent: address):
    """
    @notice Let an account ask, read and acknowledge in the company's name, besides you.
    @param company_id Your company.
    @param agent The account; zero for none. The former one is out at once.
    """
    self._require_controller(company_id)
    log IConsent.AgentSet(
        company_id=company_id,
        old_agent=self._companies[company_id].agent,
        new_agent=agent,
    )
    self._companies[company_id].agent = agent


@external
def offer_controller(company_id: uint256, candidate: address):
    """
    @notice Offer a company to another account; an earlier offer lapses.
    @param company_id Your company.
    @param candidate Who may accept; zero to withdraw the offer.
    """
    self._require_controller(company_id)
    self._companies[company_id].candidate = candidate
    log IConsent.ControllerOffered(company_id=company_id, candidate=candidate)


@external
def accept_controller(company_id: uint256):
    """
    @notice Take a company over that is offered to you. Its agent is out.
    @param company_id The company.
    """
    company: IConsent.Company = self._companies[company_id]
    assert msg.sender == company.candidate, "companies: not the candidate"
    self._companies[company_id].controller = msg.sender
    self._companies[company_id].candidate = empty(address)
    log IConsent.ControllerChanged(
        company_id=company_id, old_controller=company.controller, new_controller=msg.sender
    )
    if company.agent != empty(address):
        self._companies[company_id].agent = empty(address)
        log IConsent.AgentSet(
            company_id=company_id, old_agent=company.agent, new_agent=empty(address)
        )


@external
def publish_notice(
    company_id: uint256, purpose: uint256, categories: uint256, content_hash: bytes32
) -> uint256:
    """
    @notice Say what the company would do for a purpose. Whoever agreed to an earlier version
            is asked anew: their consent does not count any more.
    @param company_id Your company.
    @param purpose The purpose's number.
    @param categories What it may be allowed to see, a bit each; no grant goes beyond.
    @param content_hash The notice, in every language, by its hash.
    @return The version.
    """
    self._require_controller(company_id)
    assert purpose < limits.PURPOSES, "companies: unknown purpose"
    assert categories != 0, "companies: no category"
    assert categories <= _ALL_CATEGORIES, "companies: unknown category"
    assert content_hash != empty(bytes32), "companies: no content"
    key: uint256 = self._key(company_id, purpose)
    version: uint256 = (self._notices[key] >> _NEWEST) & VERSION
    assert version < VERSION, "companies: too many notices"
    version += 1
    self._notices[key] = (
        version | version << _NEWEST | block.timestamp << _SINCE | categories << CATEGORIES_AT
    )
    self._notice_hashes[key] = content_hash
    log IConsent.NoticePublished(
        company_id=company_id,
        purpose=purpose,
        version=version,
        categories=categories,
        content_hash=content_hash,
    )
    return version


@external
def end_notice(company_id: uint256, purpose: uint256):
    """
    @notice Give a purpose up: no consent to it counts any more.
    @param company_id Your company.
    @param purpose The purpose's number.
    """
    self._require_controller(company_id)
    assert purpose < limits.PURPOSES, "companies: unknown purpose"
    key: uint256 = self._key(company_id, purpose)
    word: uint256 = self._notices[key]
    assert self._version(word) != 0, "companies: no notice"
    self._notices[key] = word & ~VERSION
    log IConsent.NoticeEnded(company_id=company_id, purpose=purpose, version=word & VERSION)


# ---- external: views ------------------------------------------------------------------

@external
@view
def may_act(company_id: uint256, account: address) -> bool:
    """
    @notice Whether an account acts for a company.
    @param company_id The company.
    @param account Anybody.
    @return True for its controller and its agent.
    """
    return self._may_act(company_id, account)


@external
@view
def company_of(company_id: uint256) -> IConsent.Company:
    """
    @notice Who a company is, in its own words.
    @param company_id The company.
    @return All empty for none.
    """
    return self._companies[company_id]


@external
@view
def notice_of(company_id: uint256, purpose: uint256) -> IConsent.Notice:
    """
    @notice What a company says that it would do for a purpose.
    @param company_id The company.
    @param purpose The purpose's number.
    @return All empty for none.
    """
    if purpose >= limits.PURPOSES or company_id >> _COMPANY_BITS != 0:
        return empty(IConsent.Notice)
    key: uint256 = self._key(company_id, purpose)
    word: uint256 = self._notices[key]
    return IConsent.Notice(
        version=(word >> _NEWEST) & VERSION,
        since=self._since(word),
        categories=self._categories(word),
        is_ended=word != 0 and self._version(word) == 0,
        content_hash=self._notice_hashes[key],
    )


# ---- internal -----------------------------------------------------------------------

@internal
def _describe(company_id: uint256, hpke_key: bytes32, uri: String[limits.MAX_URI]):
    assert hpke_key != empty(bytes32), "companies: no key"
    self._companies[company_id].hpke_key = hpke_key
    self._companies[company_id].uri = uri
    log IConsent.CompanyDescribed(company_id=company_id, hpke_key=hpke_key, uri=uri)


@internal
def _count_ask(company_id: uint256):
    """
    @dev Refuse what is too much for a day.
    """
    day: uint256 = block.timestamp // limits.DAY
    word: uint256 = self._asks[company_id]
    count: uint256 = word & (2**128 - 1) if word >> 128 == day else 0
    assert count < limits.MAX_ASKS, "companies: asks too much"
    self._asks[company_id] = day << 128 | count + 1


@internal
@view
def _require_controller(company_id: uint256):
    assert msg.sender == self._companies[company_id].controller, "companies: not the controller"


@internal
@view
def _require_agent(company_id: uint256):
    assert self._may_act(company_id, msg.sender), "companies: not the company"


@internal
@view
def _may_act(company_id: uint256, account: address) -> bool:
    return account != empty(address) and (
        account == self._companies[company_id].agent
        or account == self._companies[company_id].controller
    )


@internal
@pure
def _key(company_id: uint256, purpose: uint256) -> uint256:
    """
    @dev Where what concerns a company and a purpose lies; both are in their bounds.
    """
    return company_id << _PURPOSE_BITS | purpose


@internal
@pure
def _is_known(company_id: uint256, purpose: uint256) -> bool:
    """
    @dev Whether the numbers fit a key: beyond, two would share one.
    """
    return purpose < limits.PURPOSES and company_id >> _COMPANY_BITS == 0


@internal
@pure
def _version(word: uint256) -> uint256:
    """
    @dev A notice's version; 0 when it was ended, or never published.
    """
    return word & VERSION


@internal
@pure
def _since(word: uint256) -> uint256:
    return (word >> _SINCE) & _TIME


@internal
@pure
def _categories(word: uint256) -> uint256:
    return word >> CATEGORIES_AT
