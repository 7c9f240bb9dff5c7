"""The treasury: what the Governor holds, and what each class may pay of it this season."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from .. import limits
from ..chain import Chain
from ..contracts import Contract, Read
from ..decision_models import AssetView, SpendingView, TreasuryView
from ..deployments import Deployment
from ..models import Head
from ..values import ZERO_ADDRESS, moment
from .proposal_views import class_view
from .rounds import Reader, ask, at_newest

_WHOLE = 10_000
_COIN = 18  # decimals of every chain's own coin
_LONGEST = 16  # characters of a symbol that are shown
_MOST_DECIMALS = 36
_TOKEN: tuple[dict[str, Any], ...] = tuple(
    {
        "type": "function",
        "name": name,
        "stateMutability": "view",
        "inputs": [{"name": "", "type": kind} for kind in taken],
        "outputs": [{"name": "", "type": given}],
    }
    for name, taken, given in (
        ("symbol", (), "string"),
        ("decimals", (), "uint8"),
        ("balanceOf", ("address",), "uint256"),
    )
)


def treasury(chain: Chain, deployment: Deployment, block: Head | None = None) -> TreasuryView:
    """Balances and the bounds of the season.

    Args:
        chain: Where to read.
        deployment: The brand.
        block: The block to read at; the newest if none is named.
    """
    governor = deployment.address("Governor")

    def coin(head: Head) -> int:
        return int(chain.request("eth_getBalance", [governor, hex(head.number)]), 16)

    return at_newest(
        chain,
        block,
        lambda reader, head: _treasury(reader, deployment, head, coin),
        *("treasury", governor),
    )


def season_end(chain: Chain, deployment: Deployment, season: int) -> datetime:
    """When a season ends: they are years from the Guard's first block.

    Args:
        chain: Where to read.
        deployment: The brand.
        season: Its number, from 0.
    """
    first = chain.block(deployment.contracts["Guard"].block).timestamp
    return datetime.fromtimestamp(first + (season + 1) * limits.YEAR, UTC)


def _treasury(
    chain: Reader, deployment: Deployment, head: Head, coin: Callable[[Head], int]
) -> TreasuryView:
    guard, governor = deployment.contract("Guard"), deployment.address("Governor")
    known = ask(
        chain,
        head,
        {
            "assets": guard.read("assets"),
            "balances": guard.read("balances_of", governor),
            "count": guard.read("class_count"),
            "supply": deployment.contract("Electorate").read(
                "getPastTotalSupply", head.timestamp - 1
            ),
            "warden": deployment.contract("Charter").read("warden_until"),
        },
    )
    assets = [ZERO_ADDRESS, *(known["assets"] or ())]
    silent: set[str] = set()
    if known["balances"] is None:  # one token that tells none silences all
        asked = {one: _token(one, "balanceOf", governor) for one in assets[1:]}
        each = ask(chain, head, asked)
        silent = {one for one in assets[1:] if each[one] is None}
        held = {one: int(each[one] or 0) for one in assets[1:]} | {ZERO_ADDRESS: coin(head)}
    else:
        held = dict(zip(assets, known["balances"], strict=False))
    numbers = range(1, int(known["count"] or 0) + 1)
    terms = ask(chain, head, {str(n): guard.read("terms_of", n) for n in numbers})
    bounded = [n for n in numbers if terms[str(n)]["is_bounded"]]
    questions: dict[str, Read] = {
        f"{n}.{asset}": guard.read("season_of", n, asset) for n in bounded for asset in assets
    }
    questions |= _names_of(assets[1:])
    told = ask(chain, head, questions)
    return TreasuryView(
        head=head,
        governor=governor,
        balances={"ether" if one == ZERO_ADDRESS else one: held[one] for one in assets},
        spending=tuple(
            _spending(n, asset, terms[str(n)], told[f"{n}.{asset}"], held[asset])
            for n in bounded
            for asset in assets
        ),
        assets=tuple(
            _asset(one, held[one], told).model_copy(update={"is_silent": one in silent})
            for one in assets
        ),
        classes=tuple(class_view(n, terms[str(n)]) for n in numbers),
        supply=int(known["supply"] or 0),
        warden_until=moment(int(known["warden"] or 0)),
    )


def _spending(
    number: int, asset: str, terms: Mapping[str, Any], found: Mapping[str, Any], held: int
) -> SpendingView:
    base = max(found["treasury"], held)
    return SpendingView(
        class_id=number,
        asset=None if asset == ZERO_ADDRESS else asset,
        season=found["number"],
        treasury=found["treasury"] or None,
        spent=found["spent"],
        most=base * terms["season_share"] // _WHOLE,
    )


def _names_of(tokens: Sequence[str]) -> dict[str, Read]:
    """What tokens say of themselves: they may be anybody's code."""
    return {
        f"{name}.{token}": _token(token, name)
        for token in tokens
        for name in ("symbol", "decimals")
    }


def _token(token: str, function: str, *arguments: str) -> Read:
    return replace(Contract("token", token, _TOKEN).read(function, *arguments), is_foreign=True)


def _asset(address: str, held: int, told: Mapping[str, Any]) -> AssetView:
    if address == ZERO_ADDRESS:
        return AssetView(address=None, symbol="", decimals=_COIN, balance=held)
    symbol = str(told[f"symbol.{address}"] or "")[:_LONGEST]
    decimals = int(told[f"decimals.{address}"] or 0)
    return AssetView(
        address=address,
        symbol=symbol,
        decimals=decimals if decimals <= _MOST_DECIMALS else 0,
        balance=held,
    )


__all__ = ["season_end", "treasury"]
