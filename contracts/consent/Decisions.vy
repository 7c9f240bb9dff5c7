# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Decisions
@custom:contract-name Decisions
@license AGPL-3.0-only
@author The Cercle authors
@notice Why a result came out. A company that decides about you commits to its rule, to what it
        knew, to the outcome and to what would have changed it, before it tells you. You may
        demand to see it for a year; the company has thirty days.
@dev A decision: committed -> demanded -> opened | silent -> opened late; or opened unasked; or
     never asked for. What is opened here are salted hashes: the documents go to the person,
     who holds them against the hashes. Nothing personal is on the chain.
     Signs: a company's agent or controller, what it commits and opens; any wallet of the person,
     the demand. Pays: the sender, who may be anybody with the person's signature.
     Lies: a company may commit to reasons that were not its own, or open hashes of documents
     that it never hands over: then the person holds its signed promise and no document,
     which is for a court. It cannot change its reasons afterwards, nor say that it was not
     asked. Silence costs it its name.
@custom:security security@cercle.example
@custom:kill None, on purpose: nobody can stop it.
"""

from ..interfaces import IDecisions

implements: IDecisions

from ..interfaces import IConsent
from ..interfaces import IPassport

from ..common import limits
from ..common import signatures

initializes: signatures

from ..common import commit_open

initializes: commit_open

exports: (
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
)
# Not exported: nonces. A demand counts once, whoever carries it.


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

DEMAND_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Demand(address wallet,uint256 decision_id,uint256 deadline)"
)


# ---- immutables -----------------------------------------------------------------

CONSENT: immutable(IConsent)
PASSPORT: immutable(IPassport)


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(consent_: IConsent):
    """
    @notice Open the book of decisions, empty and ownerless.
    @param consent_ The book that says who acts for a company, fixed for good.
    """
    signatures.__init__("Cercle Decisions", "1")
    commit_open.__init__()
    CONSENT = consent_
    PASSPORT = IPassport(staticcall consent_.passport())


# ---- external: a company -----------------------------------------------------------

@external
def commit(company_id: uint256, passport_id: uint256, commitment: bytes32) -> uint256:
    """
    @notice Commit to the reasons of a decision, before the person is told the outcome.
    @param company_id The company, for which you act.
    @param passport_id Whom it is about.
    @param commitment What `commitment_of` makes of them.
    @return The decision's number.
    """
    self._require_company(company_id)
    main_wallet: address = staticcall PASSPORT.wallet_of(passport_id)
    assert main_wallet != empty(address), "decisions: no passport"
    decision_id: uint256 = commit_open._commit(company_id, passport_id, commitment)
    log IDecisions.DecisionCommitted(
        decision_id=decision_id,
        company_id=company_id,
        passport_id=passport_id,
        commitment=commitment,
    )
    return decision_id


@external
def open(decision_id: uint256, opening: IDecisions.Opening, secret: bytes32):
    """
    @notice Open what the company committed to, demanded or not. Hand the documents over too.
    @param decision_id The decision.
    @param opening The salted hashes of rule, inputs, outcome and counterfactual.
    @param secret What kept the commitment from being guessed.
    """
    word: uint256 = commit_open._words[decision_id]
    company_id: uint256 = commit_open._committer(word)
    self._require_company(company_id)
    is_late: bool = commit_open._state(decision_id) == commit_open.SILENT
    commit_open._open(decision_id, self._digest(opening), secret)
    log IDecisions.DecisionOpened(
        decision_id=decision_id,
        company_id=company_id,
        passport_id=commit_open._subject(word),
        rule=opening.rule,
        inputs=opening.inputs,
        outcome=opening.outcome,
        counterfactual=opening.counterfactual,
        secret=secret,
        is_late=is_late,
    )


# ---- external: the person ----------------------------------------------------------

@external
def demand(decision_id: uint256):
    """
    @notice Demand the reasons of a decision about you.
    @param decision_id The decision.
    """
    self._demand(staticcall PASSPORT.id_of(msg.sender), decision_id)


@external
def demand_by_signature(
    wallet: address, decision_id: uint256, deadline: uint256, signature: Bytes[limits.MAX_SIGNATURE]
):
    """
    @notice Demand for a person who signed `Demand`.
    @param wallet A wallet of theirs, which signed.
    @param decision_id The decision.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    signatures._require_live(deadline)
    passport_id: uint256 = staticcall PASSPORT.id_of(wallet)
    message: bytes32 = keccak256(abi_encode(DEMAND_TYPE_HASH, wallet, decision_id, deadline))
    signatures._require_signed(wallet, message, signature)
    self._demand(passport_id, decision_id)


# ---- external: anybody ---------------------------------------------------------------

@external
def mark_silence(decision_id: uint256):
    """
    @notice Have it written down that a company was asked and did not answer in time.
    @param decision_id The decision.
    """
    commit_open._mark(decision_id)
    word: uint256 = commit_open._words[decision_id]
    log IDecisions.SilenceMarked(
        decision_id=decision_id,
        company_id=commit_open._committer(word),
        passport_id=commit_open._subject(word),
    )


# ---- external: views -------------------------------------------------------------------

@external
@view
@reentrant
def decision_of(decision_id: uint256) -> IDecisions.Decision:
    """
    @notice What is known of a decision.
    @param decision_id The decision.
    @return All empty for none.
    """
    word: uint256 = commit_open._words[decision_id]
    return IDecisions.Decision(
        company_id=commit_open._committer(word),
        passport_id=commit_open._subject(word),
        commitment=commit_open._seals[decision_id],
        committed_at=commit_open._committed_at(word),
        demanded_at=commit_open._demanded_at(word),
        opened_at=commit_open._opened_at(word),
    )


@external
@view
@reentrant
def state(decision_id: uint256) -> uint256:
    """
    @notice Where a decision stands, by the clock.
    @param decision_id The decision.
    @return 0 none, 1 committed, 2 demanded, 3 opened, 4 silent, 5 never asked for.
    """
    return commit_open._state(decision_id)


@external
@view
@reentrant
def decision_count() -> uint256:
    """
    @notice How many decisions there are.
    @return The last one's number.
    """
    return commit_open.count


@external
@pure
def commitment_of(
    company_id: uint256, passport_id: uint256, opening: IDecisions.Opening, secret: bytes32
) -> bytes32:
    """
    @notice What a company commits to; ask your own node, for it holds the secret.
    @param company_id The company.
    @param passport_id Whom it is about.
    @param opening The salted hashes of rule, inputs, outcome and counterfactual.
    @param secret 32 random bytes.
    @return The commitment.
    """
    return commit_open._seal(company_id, passport_id, self._digest(opening), secret)


@external
@view
@reentrant
def consent() -> address:
    """
    @notice The book that says who acts for a company.
    @return The Consent contract.
    """
    return CONSENT.address


# ---- internal ----------------------------------------------------------------------------

@internal
@view
def _require_company(company_id: uint256):
    assert staticcall CONSENT.may_act(company_id, msg.sender), "decisions: not the company"


@internal
def _demand(passport_id: uint256, decision_id: uint256):
    word: uint256 = commit_open._words[decision_id]
    assert passport_id != 0, "decisions: no passport"
    assert commit_open._subject(word) == passport_id, "decisions: not about you"
    commit_open._demand(decision_id)
    log IDecisions.OpeningDemanded(
        decision_id=decision_id,
        company_id=commit_open._committer(word),
        passport_id=passport_id,
        due_at=block.timestamp + limits.OPENING_TIME,
    )


@internal
@pure
def _digest(opening: IDecisions.Opening) -> bytes32:
    return keccak256(abi_encode(opening))
