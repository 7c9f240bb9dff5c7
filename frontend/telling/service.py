"""Sentences about service contracts: what was signed, paid in and taken back; and of providers."""

from __future__ import annotations

from .. import i18n
from ..i18n import _
from .base import Args, Reader, Row


def _number(args: Args) -> str:
    return i18n.number(args["agreement_id"])


def opened(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You signed service contract no. {n}.").format(n=_number(args))


def paid_in(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You paid in for service contract no. {n}.").format(n=_number(args))


def paid_back(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("Money of service contract no. {n} was paid to you.").format(n=_number(args))


def ended(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if args["is_at_once"]:
        return _("You left service contract no. {n} at once.").format(n=_number(args))
    return _("You ended service contract no. {n}: it is served until {date}.").format(
        n=_number(args), date=reader.day(args["ends_at"])
    )


def offered(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("Price list no. {n} has a plan made for you alone.").format(
        n=i18n.number(args["list_id"])
    )


# ---- providers and meters ---------------------------------------------------------------


def listed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("A token that you made is what price list no. {n} is in.").format(
        n=i18n.number(args["list_id"])
    )


def metered(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("Your key was registered as a meter of company no. {n}.").format(
        n=i18n.number(args["company_id"])
    )


def collected(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You were paid what price list no. {n} had earned.").format(
        n=i18n.number(args["list_id"])
    )


ROWS = (
    Row("Agreements", "AgreementOpened", "service", "contract", opened, rank=0),
    Row("Agreements", "EscrowPaid", "service", "savings", paid_in, rank=1),
    Row("Agreements", "EscrowWithdrawn", "service", "savings", paid_back, rank=0),
    Row("Agreements", "AgreementEnded", "service", "event_busy", ended, rank=0),
    Row("Agreements", "EarningsCollected", "service", "savings", collected, rank=0),
    Row("PriceLists", "PlanPublished", "service", "local_offer", offered, rank=0),
    Row("PriceLists", "PriceListOpened", "service", "list_alt", listed, rank=0),
    Row("PriceLists", "MeterRegistered", "service", "speed", metered, rank=0),
)
