# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Member word
@custom:contract-name member_word
@license AGPL-3.0-only
@author The Cercle authors
@notice How a member fits one word, in one place for who writes it (Membership) and
        who reads it (Electorate).
@dev A module. In storage:

         kept tiers 88 | active 8 | joined_at 40 | member_no 32 | standing 64

     As `Membership.words_of` gives it, the passport's id stands where the kept tiers were.
"""

# ---- constants ------------------------------------------------------------------

STANDING_MASK: constant(uint256) = 2**64 - 1
NUMBER_AT: constant(uint256) = 64
NUMBER_MASK: constant(uint256) = 2**32 - 1
JOINED_AT: constant(uint256) = 96
JOINED_MASK: constant(uint256) = 2**40 - 1
ACTIVE: constant(uint256) = 2**136
KEPT_AT: constant(uint256) = 144
STABLE_MASK: constant(uint256) = 2**144 - 1
