# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Brittle rewards
@custom:contract-name BrittleRewards
@license AGPL-3.0-only
@author The Cercle authors
@notice Rewards with one defence removed: whoever is no member is not skipped, and
        stops the whole batch.
@dev For tests alone: the twin of Rewards under attack P8.
"""

from ..common import limits
from ..common import wing
from ..interfaces import ICharter
from ..interfaces import IMembership
from ..interfaces import IPassport
from ..interfaces import IPoints

initializes: wing

exports: (
    wing.charter,
    wing.halt_until,
    wing.halted_until,
    wing.retire,
)

PASSPORT: immutable(IPassport)
MEMBERSHIP: immutable(IMembership)
POINTS: immutable(IPoints)


@deploy
def __init__(charter_: ICharter, passport_: IPassport, membership_: IMembership, points_: IPoints):
    wing.__init__(charter_)
    PASSPORT = passport_
    MEMBERSHIP = membership_
    POINTS = points_


@external
def award(batch_id: uint256, awards: DynArray[uint256, limits.MAX_BATCH]):
    """
    @notice Give points and standing, to all or to none.
    """
    wing._require_running()
    wing._require_role(ICharter.Role.ISSUER)
    credits: DynArray[uint256, limits.MAX_BATCH] = []
    for word: uint256 in awards:
        wallet: address = convert(word >> 96, address)
        passport_id: uint256 = staticcall PASSPORT.id_of(wallet)
        assert passport_id != 0, "brittle_rewards: no passport"
        credits.append((passport_id << 96) | (word & (2**48 - 1)))
    credited: uint256 = extcall MEMBERSHIP.credit(credits)
    assert credited == (1 << len(awards)) - 1, "brittle_rewards: no member"
    extcall POINTS.mint_batch(awards)
