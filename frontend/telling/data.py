"""Sentences about a person's data: what they allowed, who looked, moves, reasons; and companies."""

from __future__ import annotations

from cercle.consent import CATEGORIES, PURPOSES, Grant

from .. import consented, i18n
from ..i18n import _
from .base import Args, Reader, Row


def _company(args: Args) -> str:
    return _("company no. {n}").format(n=i18n.number(args["company_id"]))


def _purpose(args: Args) -> str:
    number = args["purpose"]
    if number < len(PURPOSES):
        return consented.purpose(number)
    return _("a purpose that nobody knows here")


def _category(args: Args) -> str:
    bit = args["category"]
    if bit < len(CATEGORIES):
        return consented.category(bit)
    return _("data that nobody knows here")


# ---- what was allowed -----------------------------------------------------------------


def asked(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("The {company} asked to see data of yours for “{purpose}”.").format(
        company=_company(args), purpose=_purpose(args)
    )


def given(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You allowed {company} to see data of yours for “{purpose}”, until {date}.").format(
        company=_company(args),
        purpose=_purpose(args),
        date=reader.day(Grant.of_word(args["grant"]).until),
    )


def refused(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You said no to {company} for “{purpose}”.").format(
        company=_company(args), purpose=_purpose(args)
    )


def withdrawn(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You took back what you had allowed {company} for “{purpose}”.").format(
        company=_company(args), purpose=_purpose(args)
    )


def stopped(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You took back everything, from every company.")


def ended(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("It was written down that what you allowed {company} for “{purpose}” ended.").format(
        company=_company(args), purpose=_purpose(args)
    )


def shut_company(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if args["is_denied"]:
        return _("You shut out {company}.").format(company=_company(args))
    return _("You let {company} in again.").format(company=_company(args))


def shut_purpose(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if args["is_denied"]:
        return _("You shut out “{purpose}” with every company.").format(purpose=_purpose(args))
    return _("You let “{purpose}” in again with every company.").format(purpose=_purpose(args))


# ---- what is kept -----------------------------------------------------------------------


def moved(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You told every company that this changed: {what}.").format(what=_category(args))


def erased(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You had this deleted: {what}.").format(what=_category(args))


def noted(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("The {company} took note that this changed: {what}.").format(
        company=_company(args), what=_category(args)
    )


def custodians(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if args["passport_id"] != reader.card.passport_id:
        return _("You were named to keep somebody's data.")
    if not args["custodians"]:
        return _("You named nobody any more to keep your data.")
    return _("You named who keeps your data.")


def shredded(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if args["passport_id"] != reader.card.passport_id:
        return _("You certified that data of somebody is gone.")
    return _("It was certified that this of yours is gone: {what}.").format(what=_category(args))


# ---- who looked, what it earns ------------------------------------------------------------


def looked(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("The {company} looked at this of yours for “{purpose}”: {what}.").format(
        company=_company(args), purpose=_purpose(args), what=_category(args)
    )


def deleted(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("The {company} signed that it deleted what it had read for “{purpose}”.").format(
        company=_company(args), purpose=_purpose(args)
    )


def overdue(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("The {company} did not delete in time what it had read for “{purpose}”.").format(
        company=_company(args), purpose=_purpose(args)
    )


def priced(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    told = _("You set a price for a look at “{what}” for “{purpose}”.")
    if not args["new_price"]:
        told = _("You ask nothing any more for a look at “{what}” for “{purpose}”.")
    return told.format(what=_category(args), purpose=_purpose(args))


def paid_in(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You paid in for {company}.").format(company=_company(args))


def paid_out(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You were paid what {company} had paid in.").format(company=_company(args))


def earned(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("Your data earned something: see the page Who looked.")


def collected(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    mine = reader.card.passport_id
    if args["payee"] != mine:
        return _("Passport no. {n} was paid a part of what your data earned.").format(
            n=i18n.number(args["payee"])
        )
    if args["account"] != mine:
        return _("You were paid a part of what the data of passport no. {n} earned.").format(
            n=i18n.number(args["account"])
        )
    return _("What your data earned was paid to your main wallet.")


def shared(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if args["account"] == reader.card.passport_id:
        return _("You set who has a part of what your data earns, from the next month on.")
    return _("You have a part of what the data of passport no. {n} earns.").format(
        n=i18n.number(args["account"])
    )


# ---- why ------------------------------------------------------------------------------------


def _decision(told: str, args: Args) -> str:
    return told.format(company=_company(args), n=i18n.number(args["decision_id"]))


def decided(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _decision(_("The {company} sealed its reasons of decision no. {n} about you."), args)


def demanded(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _decision(_("You demanded the reasons of decision no. {n} from {company}."), args)


def opened(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _decision(_("The {company} opened its reasons of decision no. {n}."), args)


def silent(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _decision(
        _("It was written down that {company} gave no reasons of decision no. {n} in time."), args
    )


# ---- companies ---------------------------------------------------------------------------------


def registered(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You listed {company}.").format(company=_company(args))


def agent(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if reader.is_mine(args["new_agent"]):
        return _("You act for {company}.").format(company=_company(args))
    return _("You act for {company} no more.").format(company=_company(args))


def offered(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You were offered the lead of {company}.").format(company=_company(args))


def led(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if reader.is_mine(args["new_controller"]):
        return _("You lead {company}.").format(company=_company(args))
    return _("You lead {company} no more.").format(company=_company(args))


ROWS = (
    Row("Consent", "ConsentRequested", "data", "help", asked, rank=0),
    Row("Consent", "ConsentGiven", "data", "check_circle", given, rank=0),
    Row("Consent", "ConsentRefused", "data", "close", refused, rank=0),
    Row("Consent", "ConsentWithdrawn", "data", "undo", withdrawn, rank=0),
    Row("Consent", "EverythingWithdrawn", "data", "front_hand", stopped, rank=0),
    Row("Consent", "EndNoted", "data", "event_busy", ended, rank=1),
    Row("Consent", "CompanyDenied", "data", "block", shut_company, rank=0),
    Row("Consent", "PurposeDenied", "data", "block", shut_purpose, rank=0),
    Row("Consent", "CompanyRegistered", "data", "apartment", registered, rank=0),
    Row("Consent", "AgentSet", "data", "apartment", agent, rank=1),
    Row("Consent", "ControllerOffered", "data", "apartment", offered, rank=0),
    Row("Consent", "ControllerChanged", "data", "apartment", led, rank=0),
    Row("Records", "CategoryMoved", "data", "local_shipping", moved, rank=0),
    Row("Records", "CategoryErased", "data", "delete", erased, rank=0),
    Row("Records", "MoveAcknowledged", "data", "mark_email_read", noted, rank=0),
    Row("Records", "CustodiansSet", "data", "vpn_key", custodians, rank=0),
    Row("Records", "ShredCertified", "data", "delete_forever", shredded, rank=0),
    Row("Vault", "AccessRequested", "data", "visibility", looked, rank=0),
    Row("Vault", "DeletionAttested", "data", "delete", deleted, rank=0),
    Row("Vault", "DeletionOverdue", "data", "running_with_errors", overdue, rank=0),
    Row("Vault", "PriceSet", "data", "sell", priced, rank=0),
    Row("Vault", "IncomeCredited", "data", "savings", earned, rank=2),
    Row("Vault", "IncomeCollected", "data", "savings", collected, rank=0),
    Row("Vault", "SharesSet", "data", "pie_chart", shared, rank=0),
    Row("Vault", "FundsDeposited", "data", "savings", paid_in, rank=1),
    Row("Vault", "FundsWithdrawn", "data", "savings", paid_out, rank=1),
    Row("Decisions", "DecisionCommitted", "data", "lock", decided, rank=0),
    Row("Decisions", "OpeningDemanded", "data", "contact_support", demanded, rank=0),
    Row("Decisions", "DecisionOpened", "data", "lock_open", opened, rank=0),
    Row("Decisions", "SilenceMarked", "data", "hourglass_disabled", silent, rank=0),
)
