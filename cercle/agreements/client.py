"""Price lists and agreements as a chain tells them: each answer of one block.

Usage example::

    lists, agreements = PriceLists(chain, deployment), Agreements(chain, deployment)
    shelf = lists.shelf(1, meters=[meter], passport_id=7)
    for number in agreements.of(7):
        print(agreements.view(number).standing)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from ..chain import Chain
from ..consent.status import ConsentStatus
from ..deployments import Deployment
from ..errors import AgreementUnknown, OtherTerms
from ..events import Event, read_events
from ..index.history import MOST, History
from ..limits import OPTIMISING
from ..models import Head
from ..values import Frozen, checksum
from . import course
from .lists import Offer, PriceList, Shelf
from .models import Account, GoingOn, Standing, Terms
from .plans import Plan

HAPPENINGS = (
    *("AgreementOpened", "EscrowPaid", "EscrowWithdrawn", "ReadingSettled", "ReadingUncounted"),
    *("PlanSwitched", "LimitNeared", "AgreementStopped", "PeriodClosed", "SilenceClosed"),
    *("TermsImproved", "TermsWorsened", "WentOn", "AgreementEnded"),
)
_TERMS = ("AgreementOpened", "TermsImproved")
_PAGE = 200  # questions in one batch


class AgreementView(Frozen):
    """An agreement, all of it read at one block."""

    agreement_id: int
    terms: Terms = Field(description="as written down: what a call takes")
    current: Terms = Field(description="with what got cheaper since: what counts")
    account: Account
    going: GoingOn
    standing: Standing
    withdrawable: int = Field(description="what its customer may take back now")
    is_entitled: bool = Field(description="as the contract itself answers who serves")
    is_worse_now: bool = Field(description="a plan is dearer or gone: one may leave at once")
    now: int = Field(description="the block's second")


class _Client:
    def __init__(
        self, chain: Chain, deployment: Deployment, history: History | None = None
    ) -> None:
        """
        Args:
            chain: Where to read.
            deployment: Whose contracts.
            history: The index, to find events faster; else the chain is searched.
        """
        self.chain, self.deployment, self._history = chain, deployment, history

    def _events(self, contract: str, names: Sequence[str], **where: Any) -> Iterator[Event]:
        """Oldest first."""
        if self._history is None:
            yield from read_events(self.chain, self.deployment, contract, names, filters=where)
            return
        found: list[Event] = []
        for name in names:
            before = None
            while True:
                page = self._history.events(contract, name, where=where, limit=MOST, before=before)
                found += [entry.event for entry in page.entries]
                if (before := page.older) is None:
                    break
        yield from sorted(found, key=lambda event: (event.block, event.index))


class PriceLists(_Client):
    """What providers offer."""

    def numbers(self, company_id: int | None = None) -> tuple[int, ...]:
        """The lists of a company, or of all."""
        where = {} if company_id is None else {"company_id": company_id}
        opened = self._events("PriceLists", ["PriceListOpened"], **where)
        return tuple(event.args["list_id"] for event in opened)

    def opened_with(self, company_id: int, content_hash: str) -> tuple[int, ...]:
        """The lists of a company that tell this text, by its hash."""
        opened = self._events("PriceLists", ["PriceListOpened"], company_id=company_id)
        told = [(event.args["list_id"], event.args["content_hash"].hex()) for event in opened]
        return tuple(number for number, words in told if "0x" + words == content_hash)

    def price_list(self, list_id: int, head: Head | None = None) -> PriceList:
        """What holds for all agreements under a list.

        Raises:
            AgreementUnknown: There is none of this number.
        """
        contract = self.deployment.contract("PriceLists")
        head = head or self.chain.head()
        (told,) = self.chain.read([contract.read("list_of", list_id)], head)
        if not told["company_id"]:
            raise AgreementUnknown(f"There is no price list {list_id}.")
        return PriceList.of(list_id, told)

    def shelf(
        self,
        list_id: int,
        *,
        meters: Sequence[str] = (),
        passport_id: int = 0,
        plans: Sequence[int] | None = None,
        head: Head | None = None,
    ) -> Shelf:
        """A list with its plans, as a ladder is built from it.

        Args:
            list_id: The list.
            meters: Of which to ask who operates them.
            passport_id: The customer; 0: nobody in particular.
            plans: Which of its plans to look at, by their numbers; None: at all, those for one
                person alone included.
            head: The block; the newest if none is named.

        Raises:
            AgreementUnknown: There is no list of this number.
        """
        head = head or self.chain.head(fresh=True)
        price_list = self.price_list(list_id, head)
        contract = self.deployment.contract("PriceLists")
        numbers = range(1, price_list.plan_count + 1)
        looked = list(numbers) if plans is None else [n for n in sorted(plans) if n in numbers]
        told = _in_pages(
            self.chain, [contract.read("plan_of", list_id, number) for number in looked], head
        )
        asked = [contract.read("operator_of", meter) for meter in meters]
        operators = self.chain.read(asked, head) if asked else []
        return Shelf(
            price_list=price_list,
            offers=_offers(looked, told),
            meters={checksum(m): op for m, op in zip(meters, operators, strict=True)},
            allowing=self._allowing(price_list, passport_id, head),
            now=head.timestamp,
        )

    def heading(self, list_id: int) -> str | None:
        """The hash of a list's own words, which never change; None: there is no such list."""
        opened = self._events("PriceLists", ["PriceListOpened"], list_id=list_id)
        return next(("0x" + event.args["content_hash"].hex() for event in opened), None)

    def words(self, list_id: int, passport_id: int | None = None) -> dict[int, str]:
        """The hash of each plan's words, as published last; that of the list itself under 0.

        Args:
            list_id: The list.
            passport_id: Only of plans for all and for this person; None: of every plan. A provider
                has as many for one person alone as it likes.
        """
        own = self.heading(list_id)
        found = {} if own is None else {0: own}
        people = [{}] if passport_id is None else [{"passport_id": n} for n in {0, passport_id}]
        for person in people:
            for event in self._events("PriceLists", ["PlanPublished"], list_id=list_id, **person):
                found[event.args["plan_id"]] = "0x" + event.args["content_hash"].hex()
        return found

    def meters_of(self, company_id: int) -> tuple[str, ...]:
        """The meters that a company operates, the newest first."""
        told = self._events("PriceLists", ["MeterRegistered"], company_id=company_id)
        return tuple(reversed([checksum(event.args["meter"]) for event in told]))

    def _allowing(self, price_list: PriceList, passport_id: int, head: Head) -> frozenset[int]:
        if not passport_id:
            return frozenset()
        words = (passport_id, price_list.company_id, OPTIMISING)
        asked = self.deployment.contract("Consent").read("status", *words)
        (status,) = self.chain.read([asked], head)
        return frozenset({passport_id} if ConsentStatus(status).counts else ())


class Agreements(_Client):
    """The book of agreements."""

    def of(self, passport_id: int) -> tuple[int, ...]:
        """The agreements of a customer, oldest first."""
        opened = self._events("Agreements", ["AgreementOpened"], passport_id=passport_id)
        return tuple(event.args["agreement_id"] for event in opened)

    def under(self, list_id: int) -> tuple[int, ...]:
        """The agreements under a price list, oldest first."""
        opened = self._events("Agreements", ["AgreementOpened"], list_id=list_id)
        return tuple(event.args["agreement_id"] for event in opened)

    def terms(self, agreement_id: int) -> Terms:
        """The terms that a call about an agreement takes: as opened, or as improved last.

        Raises:
            AgreementUnknown: There is none of this number.
        """
        told = list(self._events("Agreements", _TERMS, agreement_id=agreement_id))
        if not told:
            raise AgreementUnknown(f"There is no contract {agreement_id}.")
        return Terms.of(told[-1].args["terms"])

    def account(self, agreement_id: int) -> Account:
        """Its book, as it was written down last; all empty for none."""
        contract = self.deployment.contract("Agreements")
        (told,) = self.chain.read([contract.read("account_of", agreement_id)], self.chain.head())
        return Account(**told)

    def history(self, agreement_id: int) -> tuple[Event, ...]:
        """All that happened to it, oldest first."""
        return tuple(self._events("Agreements", HAPPENINGS, agreement_id=agreement_id))

    def view(self, agreement_id: int, *, terms: Terms | None = None) -> AgreementView:
        """How an agreement stands at the newest block, whether or not it was written down.

        Args:
            agreement_id: Which.
            terms: Its terms, if they are known; else its events are searched for them.

        Raises:
            AgreementUnknown: There is none of this number.
            OtherTerms: Those that were given are not its terms now.
        """
        terms = terms or self.terms(agreement_id)
        book, lists = (self.deployment.contract(name) for name in ("Agreements", "PriceLists"))
        asked = [
            book.read("account_of", agreement_id),
            book.read("going_on_of", agreement_id),
            book.read("terms_hash_of", agreement_id),
            book.read("is_entitled", agreement_id),
            lists.read("improved", terms.words),
        ]
        head = self.chain.head(fresh=True)
        told, going, known, is_entitled, (better, _, is_worse) = self.chain.read(asked, head)
        if "0x" + known.hex() != terms.hash:
            raise OtherTerms()
        account, gone, current = Account(**told), GoingOn(**going), Terms.of(better)
        return AgreementView(
            agreement_id=agreement_id,
            terms=terms,
            current=current,
            account=account,
            going=gone,
            standing=course.standing(current, account, gone, head.timestamp),
            withdrawable=course.withdrawable(current, account, gone, head.timestamp),
            is_entitled=is_entitled,
            is_worse_now=is_worse or account.is_worsened,
            now=head.timestamp,
        )

    def due(self, list_id: int) -> int:
        """What a list's provider earned and did not collect."""
        contract = self.deployment.contract("Agreements")
        (due,) = self.chain.read([contract.read("due_of", list_id)], self.chain.head())
        return int(due)


def _offers(numbers: Sequence[int], plans: Sequence[Any]) -> dict[int, Offer]:
    return {
        number: Offer(plan_id=number, plan=Plan(**plan), passport_id=passport_id)
        for number, (plan, passport_id) in zip(numbers, plans, strict=True)
        if plan["capacity"]
    }


def _in_pages(chain: Chain, asked: Sequence[Any], head: Head) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(asked), _PAGE):
        found += chain.read(asked[start : start + _PAGE], head)
    return found


__all__ = ["HAPPENINGS", "AgreementView", "Agreements", "PriceLists"]
