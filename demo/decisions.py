# ruff: noqa: RUF001  (French apostrophes and spaces)
"""What the demo's people decide together: their proposals, who votes how and who speaks for whom.

As in `demo.script`, nothing is random: a person acts by the number of the customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from cercle.flags import Support

from .script import DAY


class End(Enum):
    """What became of a proposal by the time that the stage is set."""

    EXECUTED = "executed"
    DEFEATED = "defeated"
    VETOED = "vetoed"
    DUE = "due"  # queued, and anybody may execute it
    QUEUED = "queued"
    SUCCEEDED = "succeeded"
    ACTIVE = "active"
    PENDING = "pending"


@dataclass(frozen=True)
class Decision:
    """A proposal: what for, when, and how it goes."""

    name: str
    text: str
    class_id: int
    days_ago: int  # before the day of the last purchase
    end: End
    turnout: int = 0  # of 97 members so many take part, speakers apart
    against: int = 0  # sevenths of those


def _text(fr: tuple[str, str], en: tuple[str, str]) -> str:
    """A description for whoever reads either language: nobody translates what is voted on."""
    return f"{fr[0]} · {en[0]}\n\n{fr[1]}\n\n{en[1]}"


HANDOVER = "handover"
DECISIONS = (
    Decision(
        HANDOVER,
        _text(
            (
                "La boutique à ses membres",
                "Les fondateurs ont proposé la charge d’administrateur : acceptons-la. "
                "Désormais, seul un vote change les rôles et les contrats.",
            ),
            (
                "The shop to its members",
                "The founders have offered the office of admin: let us accept it. "
                "From then on only a vote changes roles and contracts.",
            ),
        ),
        class_id=1,
        days_ago=46,
        end=End.EXECUTED,
        turnout=66,
        against=1,
    ),
    Decision(
        "till",
        _text(
            ("Une deuxième caisse", "Pour notre table au marché du samedi."),
            ("A second till", "For our table at the Saturday market."),
        ),
        class_id=1,
        days_ago=34,
        end=End.EXECUTED,
        turnout=48,
        against=1,
    ),
    Decision(
        "radio",
        _text(
            (
                "Des points pour Radio Sillon",
                "Ils enregistrent nos soirées ; la caisse commune les remercie.",
            ),
            ("Points for Radio Sillon", "They record our evenings; the common chest thanks them."),
        ),
        class_id=2,
        days_ago=31,
        end=End.EXECUTED,
        turnout=40,
        against=2,
    ),
    Decision(
        "warden",
        _text(
            ("Prolonger la garante", "Son mandat, d’une demi-année de plus."),
            ("Prolong the warden's office", "Her office, by half a year more."),
        ),
        class_id=1,
        days_ago=21,
        end=End.DEFEATED,
        turnout=4,
    ),
    Decision(
        "curator",
        _text(
            ("Un compte pour la vitrine", "Il ouvrira des avantages pour nous."),
            ("An account for the shelf", "It will open perks for us."),
        ),
        class_id=1,
        days_ago=15,
        end=End.VETOED,
        turnout=40,
        against=3,
    ),
    Decision(
        "quorum",
        _text(
            ("Un quorum de 15 %", "Au lieu de 10 %, pour ce que paie la caisse commune."),
            ("A quorum of 15%", "Instead of 10%, for what the common chest pays."),
        ),
        class_id=1,
        days_ago=9,
        end=End.QUEUED,
        turnout=40,
        against=1,
    ),
    Decision(
        "sleeves",
        _text(
            ("Des points pour nos pochettes", "Pour la graveuse, de la caisse commune."),
            ("Points for our sleeves", "For the engraver, from the common chest."),
        ),
        class_id=2,
        days_ago=8,
        end=End.DUE,
        turnout=33,
        against=1,
    ),
    Decision(
        "headphones",
        _text(
            ("Des casques pour l’écoute", "Radio Sillon les achète pour la salle d’écoute."),
            ("Headphones to listen with", "Radio Sillon buys them for the listening room."),
        ),
        class_id=2,
        days_ago=6,
        end=End.SUCCEEDED,
        turnout=40,
        against=1,
    ),
    Decision(
        "pressing",
        _text(
            (
                "Un acompte au presseur",
                "Pour la réédition de printemps, payée de la caisse commune.",
            ),
            (
                "A deposit for the pressing plant",
                "For the spring reissue, paid from the common chest.",
            ),
        ),
        class_id=1,
        days_ago=4,
        end=End.ACTIVE,
        turnout=33,
        against=2,
    ),
    Decision(
        "address",
        _text(
            ("Notre description", "Dire où elle se trouve, pour qui nous cherche."),
            ("Our description", "To say where it lies, for whoever looks for us."),
        ),
        class_id=1,
        days_ago=0,
        end=End.PENDING,
    ),
)
VETO = (
    "La clé de ce compte circule sur un forum. Proposez-en un autre. · "
    "This account's key is going round on a forum. Propose another."
)
# Delay, vote and queue of each class of plans/demo.yaml, in days.
DAYS = {1: (2, 7, 2), 2: (1, 4, 1)}
QUORUM = {1: 20, 2: 10}  # per cent
CHEST_DAYS_AGO = 48  # when the votes begin to count, and the chest is filled: at two o'clock
SPEAKERS = 2  # people who speak for others: with no end, and up to a date
SPEAKS_FOR = 60 * DAY  # from the evening on which the stage is set
ETHER = 2 * 10**18  # which the treasurer puts into the chest
DEPOSIT = ETHER // 4
# What is paid of the chest's points, in thousandths of what was given.
SHARES = {"radio": 40, "sleeves": 20, "headphones": 20}


def gift_of(customer: int, points: int) -> int:
    """One in three gives a tenth of their points to the common chest."""
    return points // 10 if customer % 3 == 1 else 0


def share_of(name: str, chest: int) -> int:
    """What a proposal pays of a chest that was filled with so much."""
    return chest * SHARES[name] // 1_000


def speakers(numbers: Sequence[int]) -> list[int]:
    """Who speaks for others: the first two who let nobody speak for them."""
    return [n for n in sorted(numbers) if _wish(n) is None][:SPEAKERS]


def delegate_of(customer: int, speaking: Sequence[int]) -> int | None:
    """Who of those who speak for others speaks for a person, if not they themselves."""
    wish = _wish(customer)
    return speaking[wish] if wish is not None and wish < len(speaking) else None


def _wish(customer: int) -> int | None:
    return {5: 0, 9: 1}.get(customer % 13)


def signs(customer: int) -> bool:
    """Whether somebody else carries their ballots; one in eight sends their own."""
    return customer % 8 != 3


def spread(customer: int, place: int) -> int:
    """A number without a pattern, for the customers' own have one."""
    return (customer * 40_503 + place * 9_973) * 2_654_435_761 % 2**32 >> 8


def vote(place: int, customer: int, speaking: Sequence[int]) -> Support | None:
    """What a person says to the proposal at a place of `DECISIONS`, for whom they speak too."""
    decision = DECISIONS[place]
    if not decision.turnout or delegate_of(customer, speaking) is not None:
        return None
    if customer in speaking:
        return None if decision.end is End.DEFEATED else Support.IN_FAVOUR
    if spread(customer, place) % 97 >= decision.turnout:
        return None
    kind = spread(customer, place) // 97 % 7
    if kind < decision.against:
        return Support.AGAINST
    return Support.ABSTAIN if kind == 6 else Support.IN_FAVOUR
