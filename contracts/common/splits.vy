# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Splits
@custom:contract-name splits
@license AGPL-3.0-only
@author The Cercle authors
@notice The income of an account, shared between its owner and up to eight co-owners. Each
        fetches their own part, whenever they like: nobody's part waits for another's.
@dev A module. The owner has the account's own number. Shares count from the next month on:
     what came in before was earned under the old ones, and is never divided anew.

     Division is in turn: the first named takes their share of all, the second theirs of what
     is left, and so on, each rounded down; the owner has the rest. So the parts are all of the
     income, to the unit, and none gets less as more comes in. (With everybody's share of all
     rounded down and the rest for the owner, the owner's part would shrink whenever two others
     grow at once: an owner who had fetched it would have been paid another's money.)

     A credit costs one slot, whatever the shares. In the first credit under new shares it
     costs a second one: the mark that divides the two incomes. Their parts are settled into
     the payees' books when the owner sets shares again, at the owner's cost. So two tables of
     shares are ever open, no loop is longer than eight, and no claim ends.
"""

from ..interfaces import ISplits
from . import limits


# ---- constants ------------------------------------------------------------------

_WHOLE: constant(uint256) = 10_000
_AMOUNT: constant(uint256) = 2**128 - 1
_HIGH: constant(uint256) = 128

# A header: total income 128 | month in which the next table takes over, 0 = none 64 | side of
# the table that counts 1.
_MONTH_AT: constant(uint256) = 128
_MONTH: constant(uint256) = 2**64 - 1
_SIDE_AT: constant(uint256) = 192

# A share: basis points 16 | payee 240.
_POINTS: constant(uint256) = 2**16 - 1
_PAYEE_AT: constant(uint256) = 16
_PAYEE: constant(uint256) = 2**240 - 1


# ---- structs --------------------------------------------------------------------

struct Account:
    total: uint256
    month: uint256  # in which the next table takes over, 0 = none
    side: uint256  # of the table that counts; the other is the next, or the last
    closed: uint256  # income under the last table, not settled yet
    running: uint256  # income under the table that counts


# ---- storage --------------------------------------------------------------------

# account -> header
_headers: HashMap[uint256, uint256]
# account -> total where the open income begins 128 | where the table that counts began 128
_marks: HashMap[uint256, uint256]
# account -> side -> shares
_tables: HashMap[uint256, HashMap[uint256, DynArray[uint256, limits.MAX_SHARES]]]
# account -> payee -> settled in their favour 128 | collected by them 128
_books: HashMap[uint256, HashMap[uint256, uint256]]


# ---- external: views ----------------------------------------------------------------

@external
@view
def shares_of(account: uint256) -> DynArray[ISplits.Share, limits.MAX_SHARES]:
    """
    @notice Who has a share of what comes in now; the rest is the owner's.
    @param account The account.
    @return The shares, in the order of division.
    """
    return self._shares(account, self._open(account).side)


@external
@view
def next_shares_of(account: uint256) -> (uint256, DynArray[ISplits.Share, limits.MAX_SHARES]):
    """
    @notice Shares that are set and do not count yet.
    @param account The account.
    @return The month from which they count, 0 if none are set; and the shares.
    """
    state: Account = self._open(account)
    if state.month == 0:
        return 0, []
    return state.month, self._shares(account, 1 - state.side)


@external
@view
def income_of(account: uint256) -> uint256:
    """
    @notice All that ever came in.
    @param account The account.
    @return The amount.
    """
    return self._headers[account] & _AMOUNT


@external
@view
def due(account: uint256, payee: uint256) -> uint256:
    """
    @notice What somebody may fetch.
    @param account The account.
    @param payee The owner, which is the account's own number, or a co-owner of now or before.
    @return The amount.
    """
    return self._due(account, payee)


# ---- internal: the host's acts --------------------------------------------------------

@internal
def _credit(account: uint256, amount: uint256):
    """
    @dev Income. Hot: one slot, but for the first credit under new shares.
    """
    header: uint256 = self._headers[account]
    month: uint256 = header >> _MONTH_AT & _MONTH
    if month != 0 and self._month() >= month:
        header = self._take_over(account, header)
    assert amount <= _AMOUNT - (header & _AMOUNT), "splits: income too large"
    self._headers[account] = header + amount
    log ISplits.IncomeCredited(account=account, amount=amount)


@internal
def _set_shares(account: uint256, shares: DynArray[ISplits.Share, limits.MAX_SHARES]):
    """
    @dev From the next month on. Set again in the same month, they replace those set before.
    """
    words: DynArray[uint256, limits.MAX_SHARES] = self._checked(account, shares)
    state: Account = self._open(account)
    if state.closed != 0:
        self._settle(account, 1 - state.side, state.closed)
    month: uint256 = self._month() + 1
    start: uint256 = state.total - state.running
    self._marks[account] = start | start << _HIGH
    self._headers[account] = state.total | month << _MONTH_AT | state.side << _SIDE_AT
    self._tables[account][1 - state.side] = words
    log ISplits.SharesSet(account=account, month=month, shares=shares)


@internal
def _collect(account: uint256, payee: uint256) -> uint256:
    """
    @dev Book what somebody may fetch as fetched, all of it; the host then pays.
    """
    amount: uint256 = self._due(account, payee)
    assert amount != 0, "splits: nothing due"
    self._books[account][payee] += amount << _HIGH
    log ISplits.IncomeCollected(account=account, payee=payee, amount=amount)
    return amount


@internal
@view
def _due(account: uint256, payee: uint256) -> uint256:
    state: Account = self._open(account)
    book: uint256 = self._books[account][payee]
    amount: uint256 = book & _AMOUNT
    if state.closed != 0:
        amount += self._part(account, payee, 1 - state.side, state.closed)
    if state.running != 0:
        amount += self._part(account, payee, state.side, state.running)
    return amount - (book >> _HIGH)


# ---- internal -------------------------------------------------------------------------

@internal
def _take_over(account: uint256, header: uint256) -> uint256:
    """
    @dev The next table counts from here on; returns the header that says so.
    """
    total: uint256 = header & _AMOUNT
    self._marks[account] = self._marks[account] & _AMOUNT | total << _HIGH
    return total | (1 - (header >> _SIDE_AT)) << _SIDE_AT


@internal
@view
def _open(account: uint256) -> Account:
    """
    @dev The account as it stands now, also where the next table took over and no credit came
         since. While a table waits, nothing is closed: setting it settled that.
    """
    header: uint256 = self._headers[account]
    marks: uint256 = self._marks[account]
    total: uint256 = header & _AMOUNT
    month: uint256 = header >> _MONTH_AT & _MONTH
    side: uint256 = header >> _SIDE_AT
    start: uint256 = marks >> _HIGH
    if month != 0 and self._month() >= month:
        month = 0
        side = 1 - side
        start = total
    return Account(
        total=total,
        month=month,
        side=side,
        closed=start - (marks & _AMOUNT),
        running=total - start,
    )


@internal
def _settle(account: uint256, side: uint256, income: uint256):
    """
    @dev Write each payee's part of a closed income into their book.
    """
    left: uint256 = income
    whole: uint256 = _WHOLE
    for word: uint256 in self._tables[account][side]:
        part: uint256 = left * (word & _POINTS) // whole
        left -= part
        whole -= word & _POINTS
        self._books[account][word >> _PAYEE_AT] += part
    self._books[account][account] += left


@internal
@view
def _part(account: uint256, payee: uint256, side: uint256, income: uint256) -> uint256:
    """
    @dev Somebody's part of an income; 0 for who has no share of it.
    """
    left: uint256 = income
    whole: uint256 = _WHOLE
    for word: uint256 in self._tables[account][side]:
        part: uint256 = left * (word & _POINTS) // whole
        if word >> _PAYEE_AT == payee:
            return part
        left -= part
        whole -= word & _POINTS
    return left if payee == account else 0


@internal
@pure
def _checked(
    account: uint256, shares: DynArray[ISplits.Share, limits.MAX_SHARES]
) -> DynArray[uint256, limits.MAX_SHARES]:
    """
    @dev The shares as words, or the reason why not.
    """
    words: DynArray[uint256, limits.MAX_SHARES] = []
    whole: uint256 = 0
    for share: ISplits.Share in shares:
        assert share.payee != 0 and share.payee <= _PAYEE, "splits: unknown payee"
        assert share.payee != account, "splits: owner has the rest"
        assert share.basis_points != 0, "splits: empty share"
        assert share.basis_points <= _WHOLE - whole, "splits: more than all"
        for word: uint256 in words:
            assert word >> _PAYEE_AT != share.payee, "splits: named twice"
        whole += share.basis_points
        words.append(share.payee << _PAYEE_AT | share.basis_points)
    return words


@internal
@view
def _shares(account: uint256, side: uint256) -> DynArray[ISplits.Share, limits.MAX_SHARES]:
    shares: DynArray[ISplits.Share, limits.MAX_SHARES] = []
    for word: uint256 in self._tables[account][side]:
        shares.append(ISplits.Share(payee=word >> _PAYEE_AT, basis_points=word & _POINTS))
    return shares


@internal
@view
def _month() -> uint256:
    return block.timestamp // limits.MONTH
