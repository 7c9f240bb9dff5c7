# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Intake
@custom:contract-name intake
@license AGPL-3.0-only
@author The Cercle authors
@notice How many came in and how much standing was given: capped a day and a period,
        and told to anybody who asks what changed lately.
@dev A module. Days and periods are those of the calendar (seconds since 1970 divided
     by their length), so up to twice a cap may fall around the turn of one. The
     caps are fixed at deployment.
"""

from ..common import limits
from ..interfaces import IMembership


# ---- constants ------------------------------------------------------------------

# Both bounds keep the sums below within their bits for 179 years.
_MAX_HEADS: constant(uint256) = 2**24 - 1
_MAX_STANDING: constant(uint256) = 2**40 - 1

# Where the parts of the running sums lie; see `_sums`.
_DAY_MASK: constant(uint256) = 2**20 - 1
_GIVEN_MASK: constant(uint256) = 2**40 - 1
_STANDING_MASK: constant(uint256) = 2**56 - 1
_AWARDS_AT: constant(uint256) = 56
_AWARDS_MASK: constant(uint256) = 2**48 - 1
_JOINED_AT: constant(uint256) = 104
_JOINED_MASK: constant(uint256) = 2**32 - 1
_DAY_AT: constant(uint256) = 136
_GIVEN_AT: constant(uint256) = 156
_PERIOD_AT: constant(uint256) = 196
_ENTRIES_AT: constant(uint256) = 216

_HEADS_MASK: constant(uint256) = 2**24 - 1


# ---- immutables -----------------------------------------------------------------

CAPS: immutable(IMembership.Caps)


# ---- storage --------------------------------------------------------------------

# Running sums to date, and what this period's cap has seen, so that an award writes one
# slot: entries below 20 | period 20 | given in it 40 | day 20 | joined 32 | awards 48 | standing 56
_sums: uint256

# entry -> the sums at the end of an earlier day, in the same form
_past: HashMap[uint256, uint256]

# Who came in today: day 20 | by the open door 24 | by staff 24
_heads: uint256


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(caps_: IMembership.Caps):
    assert caps_.open_door_per_day <= _MAX_HEADS, "intake: cap too high"
    assert caps_.admissions_per_day <= _MAX_HEADS, "intake: cap too high"
    assert caps_.standing_per_period <= _MAX_STANDING, "intake: cap too high"
    assert caps_.period >= limits.DAY, "intake: period under a day"
    CAPS = caps_


# ---- internal: changes ------------------------------------------------------------

@internal
def _take_in(count: uint256, is_open_door: bool):
    """
    @dev Let so many in today, or refuse.
    """
    heads: uint256 = self._heads
    today: uint256 = block.timestamp // limits.DAY
    door: uint256 = 0
    admitted: uint256 = 0
    if heads >> 48 == today:
        door = (heads >> 24) & _HEADS_MASK
        admitted = heads & _HEADS_MASK
    if is_open_door:
        door += count
        assert door <= CAPS.open_door_per_day, "intake: open door cap"
    else:
        admitted += count
        assert admitted <= CAPS.admissions_per_day, "intake: admissions cap"
    self._heads = today << 48 | door << 24 | admitted
    self._sums = self._today() + (count << _JOINED_AT)


@internal
def _give(awards: uint256, standing: uint256):
    """
    @dev Give so much standing in this period, or refuse.
    """
    sums: uint256 = self._today()
    period: uint256 = block.timestamp // CAPS.period
    given: uint256 = standing
    if (sums >> _PERIOD_AT) & _DAY_MASK == period:
        given += (sums >> _GIVEN_AT) & _GIVEN_MASK
    assert given <= CAPS.standing_per_period, "intake: standing cap"
    sums &= ~(_DAY_MASK << _PERIOD_AT | _GIVEN_MASK << _GIVEN_AT)
    sums |= period << _PERIOD_AT | given << _GIVEN_AT
    # Below their bounds (see the caps), so no sum runs into the next.
    self._sums = sums + (awards << _AWARDS_AT) + standing


@internal
def _today() -> uint256:
    """
    @dev The sums to write on; yesterday's are put by first.
    """
    sums: uint256 = self._sums
    today: uint256 = block.timestamp // limits.DAY
    if (sums >> _DAY_AT) & _DAY_MASK == today:
        return sums
    if sums != 0:
        self._past[sums >> _ENTRIES_AT] = sums
        sums += 1 << _ENTRIES_AT
    return sums & ~(_DAY_MASK << _DAY_AT) | today << _DAY_AT


# ---- internal: look-ups -------------------------------------------------------------

@internal
@view
def _since(since: uint256) -> (uint256, uint256, uint256):
    """
    @dev Joined, awards and standing from the start of the day of `since` to now.
    """
    now: uint256 = self._sums
    then: uint256 = self._sums_before(now, since // limits.DAY)
    return (
        ((now >> _JOINED_AT) & _JOINED_MASK) - ((then >> _JOINED_AT) & _JOINED_MASK),
        ((now >> _AWARDS_AT) & _AWARDS_MASK) - ((then >> _AWARDS_AT) & _AWARDS_MASK),
        (now & _STANDING_MASK) - (then & _STANDING_MASK),
    )


@internal
@view
def _sums_before(latest: uint256, day: uint256) -> uint256:
    if (latest >> _DAY_AT) & _DAY_MASK < day:
        return latest
    low: uint256 = 0  # every entry before it is of an earlier day
    high: uint256 = latest >> _ENTRIES_AT  # every entry from it on is not
    found: uint256 = 0
    for _: uint256 in range(20):
        if low >= high:
            break
        middle: uint256 = (low + high) // 2
        entry: uint256 = self._past[middle]
        if (entry >> _DAY_AT) & _DAY_MASK < day:
            found = entry
            low = middle + 1
        else:
            high = middle
    return found
