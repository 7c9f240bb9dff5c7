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

# Both bounds keep the sums below within their 64 bits for 179 years.
_MAX_HEADS: constant(uint256) = 2**24 - 1
_MAX_STANDING: constant(uint256) = 2**48 - 1

_DAY_MASK: constant(uint256) = 2**24 - 1
_STANDING_MASK: constant(uint256) = 2**64 - 1
_AWARDS_MASK: constant(uint256) = 2**56 - 1
_JOINED_MASK: constant(uint256) = 2**40 - 1
_SUMS_MASK: constant(uint256) = 2**160 - 1


# ---- immutables -----------------------------------------------------------------

CAPS: immutable(IMembership.Caps)


# ---- storage --------------------------------------------------------------------

# What the caps have left: period 40 | its standing 64 | day 24 | door 24 | admitted 24
_used: uint256

# Running sums to date: entries below 24 | day 24 | joined 40 | awards 56 | standing 64
_latest: uint256

# entry -> the sums at the end of an earlier day, in the same form
_past: HashMap[uint256, uint256]


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
    used: uint256 = self._used
    today: uint256 = block.timestamp // limits.DAY
    door: uint256 = 0
    admitted: uint256 = 0
    if (used >> 48) & _DAY_MASK == today:
        door = (used >> 24) & _DAY_MASK
        admitted = used & _DAY_MASK
    if is_open_door:
        door += count
        assert door <= CAPS.open_door_per_day, "intake: open door cap"
    else:
        admitted += count
        assert admitted <= CAPS.admissions_per_day, "intake: admissions cap"
    self._used = used >> 72 << 72 | today << 48 | door << 24 | admitted
    self._add(count, 0, 0)


@internal
def _give(awards: uint256, standing: uint256):
    """
    @dev Give so much standing in this period, or refuse.
    """
    used: uint256 = self._used
    period: uint256 = block.timestamp // CAPS.period
    given: uint256 = standing
    if used >> 136 == period:
        given += (used >> 72) & _STANDING_MASK
    assert given <= CAPS.standing_per_period, "intake: standing cap"
    self._used = period << 136 | given << 72 | used & (2**72 - 1)
    self._add(0, awards, standing)


@internal
def _add(joined: uint256, awards: uint256, standing: uint256):
    latest: uint256 = self._latest
    today: uint256 = block.timestamp // limits.DAY
    if (latest >> 160) & _DAY_MASK != today:
        entries: uint256 = latest >> 184
        if latest != 0:
            self._past[entries] = latest
            entries += 1
        latest = entries << 184 | today << 160 | latest & _SUMS_MASK
    # Below their bounds (see the caps), so no sum runs into the next.
    self._latest = latest + (joined << 120 | awards << 64 | standing)


# ---- internal: look-ups -------------------------------------------------------------

@internal
@view
def _since(since: uint256) -> (uint256, uint256, uint256):
    """
    @dev Joined, awards and standing from the start of the day of `since` to now.
    """
    now: uint256 = self._latest
    then: uint256 = self._sums_before(now, since // limits.DAY)
    return (
        ((now >> 120) & _JOINED_MASK) - ((then >> 120) & _JOINED_MASK),
        ((now >> 64) & _AWARDS_MASK) - ((then >> 64) & _AWARDS_MASK),
        (now & _STANDING_MASK) - (then & _STANDING_MASK),
    )


@internal
@view
def _sums_before(latest: uint256, day: uint256) -> uint256:
    if (latest >> 160) & _DAY_MASK < day:
        return latest
    low: uint256 = 0  # every entry before it is of an earlier day
    high: uint256 = latest >> 184  # every entry from it on is not
    found: uint256 = 0
    for _: uint256 in range(24):
        if low >= high:
            break
        middle: uint256 = (low + high) // 2
        entry: uint256 = self._past[middle]
        if (entry >> 160) & _DAY_MASK < day:
            found = entry
            low = middle + 1
        else:
            high = middle
    return found
