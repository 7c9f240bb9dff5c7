"""The treasury: what the Governor holds, and what each class may pay of it this season."""

from __future__ import annotations

from ..chain import Chain
from ..contracts import Read
from ..decision_models import SpendingView, TreasuryView
from ..deployments import Deployment
from ..models import Head
from ..values import ZERO_ADDRESS
from .rounds import Reader, ask, at_newest

_WHOLE = 10_000


def treasury(chain: Chain, deployment: Deployment, block: Head | None = None) -> TreasuryView:
    """Balances and the bounds of the season.

    Args:
        chain: Where to read.
        deployment: The brand.
        block: The block to read at; the newest if none is named.
    """
    view = ("treasury", deployment.address("Governor"))
    return at_newest(chain, block, lambda reader, head: _treasury(reader, deployment, head), *view)


def _treasury(chain: Reader, deployment: Deployment, head: Head) -> TreasuryView:
    guard, governor = deployment.contract("Guard"), deployment.address("Governor")
    known = ask(
        chain,
        head,
        {
            "assets": guard.read("assets"),
            "balances": guard.read("balances_of", governor),
            "count": guard.read("class_count"),
        },
    )
    assets = [ZERO_ADDRESS, *(known["assets"] or ())]
    held = dict(zip(assets, known["balances"] or (), strict=False))
    numbers = range(1, int(known["count"] or 0) + 1)
    terms = ask(chain, head, {str(n): guard.read("terms_of", n) for n in numbers})
    bounded = [n for n in numbers if terms[str(n)]["is_bounded"]]
    questions: dict[str, Read] = {
        f"{n}.{asset}": guard.read("season_of", n, asset) for n in bounded for asset in assets
    }
    seasons = ask(chain, head, questions)
    spending = []
    for number in bounded:
        share = terms[str(number)]["season_share"]
        for asset in assets:
            found = seasons[f"{number}.{asset}"]
            base = max(found["treasury"], held[asset])
            spending.append(
                SpendingView(
                    class_id=number,
                    asset=None if asset == ZERO_ADDRESS else asset,
                    season=found["number"],
                    treasury=found["treasury"] or None,
                    spent=found["spent"],
                    most=base * share // _WHOLE,
                )
            )
    return TreasuryView(
        head=head,
        governor=governor,
        balances={"ether" if one == ZERO_ADDRESS else one: held[one] for one in assets},
        spending=tuple(spending),
    )


__all__ = ["treasury"]
