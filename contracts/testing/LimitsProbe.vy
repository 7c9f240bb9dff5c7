# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Limits probe
@custom:contract-name LimitsProbe
@license AGPL-3.0-only
@author The Cercle authors
@notice Reads every bound of `limits` back, so that Python and the tests never
        retype one.
"""

from ..common import limits

DAY: public(constant(uint256)) = limits.DAY
YEAR: public(constant(uint256)) = limits.YEAR
MONTH: public(constant(uint256)) = limits.MONTH
MAX_SHARES: public(constant(uint256)) = limits.MAX_SHARES
MAX_SIGNATURE: public(constant(uint256)) = limits.MAX_SIGNATURE
MAX_CALL: public(constant(uint256)) = limits.MAX_CALL
MAX_ANSWER: public(constant(uint256)) = limits.MAX_ANSWER
MAX_WORLD_NAME: public(constant(uint256)) = limits.MAX_WORLD_NAME
OWNER_GAS: public(constant(uint256)) = limits.OWNER_GAS
REPLACEMENT_DELAY: public(constant(uint256)) = limits.REPLACEMENT_DELAY
MAX_PAUSE: public(constant(uint256)) = limits.MAX_PAUSE
MAX_WARDEN_TERM: public(constant(uint256)) = limits.MAX_WARDEN_TERM
MAX_ENTRIES: public(constant(uint256)) = limits.MAX_ENTRIES
MAX_URI: public(constant(uint256)) = limits.MAX_URI
MAX_BATCH: public(constant(uint256)) = limits.MAX_BATCH
MAX_TIERS: public(constant(uint256)) = limits.MAX_TIERS
TIER_KEPT: public(constant(uint256)) = limits.TIER_KEPT
MAX_MATURITY: public(constant(uint256)) = limits.MAX_MATURITY
REVERSAL_WINDOW: public(constant(uint256)) = limits.REVERSAL_WINDOW
MAX_VARIANTS: public(constant(uint256)) = limits.MAX_VARIANTS
MAX_GATES: public(constant(uint256)) = limits.MAX_GATES
MAX_CLAIMS: public(constant(uint256)) = limits.MAX_CLAIMS
MIN_OPTIONS: public(constant(uint256)) = limits.MIN_OPTIONS
MAX_OPTIONS: public(constant(uint256)) = limits.MAX_OPTIONS
MIN_POLL: public(constant(uint256)) = limits.MIN_POLL
MAX_POLL: public(constant(uint256)) = limits.MAX_POLL
MAX_ACTIONS: public(constant(uint256)) = limits.MAX_ACTIONS
MAX_ACTION: public(constant(uint256)) = limits.MAX_ACTION
MAX_DESCRIPTION: public(constant(uint256)) = limits.MAX_DESCRIPTION
MAX_REASON: public(constant(uint256)) = limits.MAX_REASON
MAX_PARAMS: public(constant(uint256)) = limits.MAX_PARAMS
MAX_CLASSES: public(constant(uint256)) = limits.MAX_CLASSES
MAX_SCOPES: public(constant(uint256)) = limits.MAX_SCOPES
MAX_ASSETS: public(constant(uint256)) = limits.MAX_ASSETS
MAX_VOTING: public(constant(uint256)) = limits.MAX_VOTING
MIN_VOTING: public(constant(uint256)) = limits.MIN_VOTING
MIN_QUEUE: public(constant(uint256)) = limits.MIN_QUEUE
CODE_GAS: public(constant(uint256)) = limits.CODE_GAS
BALANCE_GAS: public(constant(uint256)) = limits.BALANCE_GAS
PURPOSES: public(constant(uint256)) = limits.PURPOSES
CATEGORIES: public(constant(uint256)) = limits.CATEGORIES
SELLING: public(constant(uint256)) = limits.SELLING
MAX_GRANT: public(constant(uint256)) = limits.MAX_GRANT
MAX_KEEP: public(constant(uint256)) = limits.MAX_KEEP
MAX_ISSUE_AGE: public(constant(uint256)) = limits.MAX_ISSUE_AGE
REFUSAL_HOLDS: public(constant(uint256)) = limits.REFUSAL_HOLDS
ASK_INTERVAL: public(constant(uint256)) = limits.ASK_INTERVAL
MAX_ASKS: public(constant(uint256)) = limits.MAX_ASKS
ACKNOWLEDGE_TIME: public(constant(uint256)) = limits.ACKNOWLEDGE_TIME
DELETION_TIME: public(constant(uint256)) = limits.DELETION_TIME
BOND_HOLDS: public(constant(uint256)) = limits.BOND_HOLDS
MAX_CUSTODIANS: public(constant(uint256)) = limits.MAX_CUSTODIANS
DEMAND_WINDOW: public(constant(uint256)) = limits.DEMAND_WINDOW
OPENING_TIME: public(constant(uint256)) = limits.OPENING_TIME
