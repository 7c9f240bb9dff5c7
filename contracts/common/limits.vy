# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Limits
@custom:contract-name limits
@license AGPL-3.0-only
@author The Cercle authors
@notice The bounds that contracts, interfaces, tests and Python share. Every
        number has its one home here; a probe reads them back for Python.
"""

# ---- time ---------------------------------------------------------------------

DAY: constant(uint256) = 86_400
YEAR: constant(uint256) = 365 * 86_400

# ---- money --------------------------------------------------------------------

MONTH: constant(uint256) = 30 * 86_400  # of shared income, counted from 1970
MAX_SHARES: constant(uint256) = 8  # co-owners of one income

# ---- signatures (EIP-712, ERC-1271) ---------------------------------------------

MAX_SIGNATURE: constant(uint256) = 1_024  # bytes: a Safe with fifteen owners fits

# ---- identity -----------------------------------------------------------------

MAX_CALL: constant(uint256) = 2_048  # bytes that a passkey account sends in one call
MAX_ANSWER: constant(uint256) = 1_024  # bytes of the answer that it hands back
MAX_WORLD_NAME: constant(uint256) = 64  # bytes
OWNER_GAS: constant(uint256) = 100_000  # what a token may spend to say whose it is

# ---- core ---------------------------------------------------------------------

REPLACEMENT_DELAY: constant(uint256) = 14 * 86_400
MAX_PAUSE: constant(uint256) = 14 * 86_400
MAX_WARDEN_TERM: constant(uint256) = 2 * 365 * 86_400
MAX_ENTRIES: constant(uint256) = 32
MAX_URI: constant(uint256) = 256

# ---- loyalty ------------------------------------------------------------------

MAX_BATCH: constant(uint256) = 100  # awards, admissions or look-ups in one call
MAX_TIERS: constant(uint256) = 8
TIER_KEPT: constant(uint256) = 365 * 86_400  # a raised threshold demotes nobody sooner
MAX_MATURITY: constant(uint256) = 180 * 86_400
REVERSAL_WINDOW: constant(uint256) = 7 * 86_400
MAX_VARIANTS: constant(uint256) = 16
MAX_GATES: constant(uint256) = 4
MAX_CLAIMS: constant(uint256) = 4  # a member's claims of one perk in one period

# ---- governance ---------------------------------------------------------------

MIN_OPTIONS: constant(uint256) = 2
MAX_OPTIONS: constant(uint256) = 32
MIN_POLL: constant(uint256) = 3_600
MAX_POLL: constant(uint256) = 90 * 86_400
MAX_ACTIONS: constant(uint256) = 10  # of a proposal
MAX_ACTION: constant(uint256) = 1_024  # bytes of an action's call
MAX_DESCRIPTION: constant(uint256) = 2_048  # bytes, `#proposer=` included
MAX_REASON: constant(uint256) = 1_024  # bytes beside a vote or a veto
MAX_PARAMS: constant(uint256) = 256  # bytes beside a vote
MAX_CLASSES: constant(uint256) = 15  # of proposals
MAX_SCOPES: constant(uint256) = 64  # listed while a Governor is deployed
MAX_ASSETS: constant(uint256) = 4  # of the treasury, the chain's own coin not counted
MAX_VOTING: constant(uint256) = 90 * 86_400  # of each of a class's four terms of time
MIN_VOTING: constant(uint256) = 3_600  # the voting period
MIN_QUEUE: constant(uint256) = 3_600  # between the vote and the act
CODE_GAS: constant(uint256) = 50_000  # what a target may spend to name its implementation
BALANCE_GAS: constant(uint256) = 100_000  # what a token may spend to tell a balance

# ---- consent ------------------------------------------------------------------

PURPOSES: constant(uint256) = 64  # numbers that the vocabulary may give, from 0
CATEGORIES: constant(uint256) = 64  # bits, likewise
SELLING: constant(uint256) = 7  # the purpose of selling insights: nothing without a price
MAX_GRANT: constant(uint256) = 5 * 365 * 86_400  # no consent without an end
MAX_KEEP: constant(uint256) = 10 * 365 * 86_400
MAX_ISSUE_AGE: constant(uint256) = 3_600  # between making up one's mind and sending it oneself
REFUSAL_HOLDS: constant(uint256) = 30 * 86_400  # no asking again
ASK_INTERVAL: constant(uint256) = 7 * 86_400  # between two askings of one person
MAX_ASKS: constant(uint256) = 1_000  # of one company in a day
ACKNOWLEDGE_TIME: constant(uint256) = 14 * 86_400  # from a move to being late
DELETION_TIME: constant(uint256) = 30 * 86_400  # from the end of a grant (GDPR, article 12(3))
BOND_HOLDS: constant(uint256) = 30 * 86_400  # a bond that was lowered, for who begins to read
MAX_CUSTODIANS: constant(uint256) = 3  # who keep a person's records
DEMAND_WINDOW: constant(uint256) = 365 * 86_400  # from a decision
OPENING_TIME: constant(uint256) = 30 * 86_400  # from a demand

# ---- service ------------------------------------------------------------------

MAX_RUNGS: constant(uint256) = 6  # plans of one ladder
MAX_PERIOD: constant(uint256) = 366 * 86_400
MIN_PERIOD: constant(uint256) = 86_400
MAX_PERIODS: constant(uint256) = 4_095  # of one agreement
MAX_GRACE: constant(uint256) = 31 * 86_400  # for readings after a period, and never longer than it
MAX_OUTAGE_FACTOR: constant(uint256) = 100_000  # basis points: ten times the time that was lost
MAX_START: constant(uint256) = 90 * 86_400  # between signing and the first period
MAX_SETTLEMENTS: constant(uint256) = 50  # in one call
ADVISED: constant(uint256) = 12  # periods that advice looks back
OPTIMISING: constant(uint256) = 9  # the purpose under which a plan is made for one person
