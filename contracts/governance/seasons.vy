# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Seasons
@custom:contract-name seasons
@license AGPL-3.0-only
@author The Cercle authors
@notice How much of a treasury a class of proposals may pay in a season (a year): its share
        of the treasury, times the turnout.
@dev A module. What is paid is told by balances before and after, so it does not matter by
     which call an asset leaves. The treasury of a season is the most that was there just
     before one of its payments. So nobody can write it down while it is small; who pays in
     to raise it pays more than the share of it that can leave; and no call of a proposal
     has run yet which could borrow.
"""

from ..common import limits
from ..interfaces import IGuard
from . import terms


# ---- constants ------------------------------------------------------------------

ASSETS: constant(uint256) = limits.MAX_ASSETS + 1  # the chain's own coin comes first

_AMOUNT: constant(uint256) = 2**128 - 1


# ---- immutables -----------------------------------------------------------------

FIRST_SEASON: immutable(uint256)


# ---- storage --------------------------------------------------------------------

# Besides the chain's own coin.
_assets: DynArray[address, limits.MAX_ASSETS]
# season 96 | asset 160 -> the most there was before a payment
_treasuries: HashMap[uint256, uint256]
# class 16 | season 80 | asset 160 -> paid
_spent: HashMap[uint256, uint256]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(assets_: DynArray[address, limits.MAX_ASSETS]):
    FIRST_SEASON = block.timestamp
    self._set_assets(assets_)


# ---- external: views ----------------------------------------------------------------

@external
@view
def assets() -> DynArray[address, limits.MAX_ASSETS]:
    """
    @notice The tokens whose spending is bounded, besides the chain's own coin.
    @return ERC-20 tokens.
    """
    return self._assets


@external
@view
def balances_of(account: address) -> uint256[ASSETS]:
    """
    @notice What an account holds of the bounded assets.
    @param account The account.
    @return The chain's own coin, then each token of `assets`, then zeros.
    """
    balances: uint256[ASSETS] = empty(uint256[ASSETS])
    for i: uint256 in range(ASSETS):
        if i > len(self._assets):
            break
        balances[i] = self._balance(account, self._asset(i))
    return balances


@external
@view
def season_of(class_id: uint256, asset: address) -> IGuard.Season:
    """
    @notice What a class has paid of an asset this season.
    @param class_id The class.
    @param asset A token of `assets`; zero for the chain's own coin.
    @return The season's number, from 0; the most that was there before a payment of it, 0
            until the first; and what was paid.
    """
    season: uint256 = self._season()
    return IGuard.Season(
        number=season,
        treasury=self._treasuries[self._treasury_key(season, asset)],
        spent=self._spent[self._spent_key(class_id, season, asset)],
    )


# ---- internal -------------------------------------------------------------------------

@internal
def _set_assets(assets: DynArray[address, limits.MAX_ASSETS]):
    for i: uint256 in range(len(assets), bound=limits.MAX_ASSETS):
        assert assets[i].codesize != 0, "seasons: no token"
        for j: uint256 in range(i, bound=limits.MAX_ASSETS):
            assert assets[j] != assets[i], "seasons: listed twice"
    self._assets = assets
    log IGuard.AssetsSet(assets=assets)


@internal
def _spend(
    account: address,
    class_id: uint256,
    share: uint256,
    turnout: uint256,
    supply: uint256,
    before: uint256[ASSETS],
):
    """
    @dev Refuse what left the account past the class's share of it, by the turnout.
    """
    season: uint256 = self._season()
    for i: uint256 in range(ASSETS):
        if i > len(self._assets):
            break
        asset: address = self._asset(i)
        left: uint256 = self._balance(account, asset)
        if left >= before[i]:
            continue
        treasury: uint256 = self._treasury(season, asset, before[i])
        key: uint256 = self._spent_key(class_id, season, asset)
        total: uint256 = self._spent[key] + before[i] - left
        assert (
            total * supply * terms.BASIS_POINTS <= treasury * share * turnout
        ), "seasons: past the bound"
        self._spent[key] = total
        log IGuard.SeasonSpent(
            season=season,
            class_id=class_id,
            asset=asset,
            amount=before[i] - left,
            total=total,
        )


@internal
def _treasury(season: uint256, asset: address, amount: uint256) -> uint256:
    """
    @dev What a season's payments are counted from; it is written down where it is more.
         A token that tells a balance past 128 bits counts as one of 128.
    """
    key: uint256 = self._treasury_key(season, asset)
    known: uint256 = self._treasuries[key]
    treasury: uint256 = min(amount, _AMOUNT)
    if known >= treasury:
        return known
    self._treasuries[key] = treasury
    log IGuard.TreasuryCounted(season=season, asset=asset, treasury=treasury)
    return treasury


@internal
@view
def _season() -> uint256:
    return (block.timestamp - FIRST_SEASON) // limits.YEAR


@internal
@view
def _asset(index: uint256) -> address:
    return empty(address) if index == 0 else self._assets[index - 1]


@internal
@view
def _balance(account: address, asset: address) -> uint256:
    if asset == empty(address):
        return account.balance
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(
        asset,
        abi_encode(account, method_id=method_id("balanceOf(address)")),
        max_outsize=32,
        gas=limits.BALANCE_GAS,
        is_static_call=True,
        revert_on_failure=False,
    )
    # What cannot be seen could leave uncounted: the first class may unlist such a token.
    assert success and len(answer) == 32, "seasons: silent token"
    return convert(answer, uint256)


@internal
@pure
def _treasury_key(season: uint256, asset: address) -> uint256:
    return season << 160 | convert(asset, uint256)


@internal
@pure
def _spent_key(class_id: uint256, season: uint256, asset: address) -> uint256:
    return class_id << 240 | season << 160 | convert(asset, uint256)
