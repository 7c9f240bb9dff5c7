"""A gateway as a whole: what registered callers may know, at the newest block."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from .. import lens, loyalty
from ..deployments import Deployment
from ..errors import ChainError, DeploymentError, IndexFault, PageUnknown, Refused
from ..index.history import History, Page, open_history
from ..lens.perk_views import claim_view
from ..models import ClaimView, Head
from ..service.settings import SettingsError
from ..slips import BadSlip, RedeemCode
from ..values import hash_text, moment
from . import declined, views, wire
from .answers import Answers, Glance, in_words, word_of
from .callers import Callers
from .metrics import Metrics
from .reading import MeteredChain
from .settings import Settings
from .subjects import Subject, account_of, address, passport_of
from .texts import Texts

WELL = "well"
MOST = 50  # perks or polls of one part
REACH = 50_000  # blocks that one part of a history looks through where no index serves


class Gateway:
    """One brand, as strangers may know it.

    Usage example::

        gateway = Gateway.open(Settings.read())
        answer = gateway.member(Subject(wallet="0x…"))
    """

    def __init__(
        self,
        settings: Settings,
        deployment: Deployment,
        callers: Callers,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.settings = settings
        self.deployment = deployment
        self.callers = callers
        self.metrics = Metrics()
        self.clock = clock
        self.chain = MeteredChain(
            settings.rpc_urls,
            deployment.chain_id,
            timeout=settings.node_timeout,
            head_age=settings.head_age,
            cache_size=4 * settings.cache_size,
            metrics=self.metrics,
        )
        self._texts = Texts(settings.content or deployment.content)
        self._answers = Answers(self.chain, self.metrics, settings.cache_size, self._require_young)
        self._history = open_history(self.chain, deployment, settings.index_url, reach=REACH)
        self._by_chain = open_history(self.chain, deployment, reach=REACH)
        self._glance = Glance(self._look, settings.head_age)

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        deployment: Deployment | None = None,
        clock: Callable[[], float] = time.time,
    ) -> Gateway:
        """
        Raises:
            SettingsError: The settings cannot be used.
        """
        try:
            deployment = deployment or Deployment.load(settings.deployment)
            for name in ("Charter", "Membership", "Points", "Perks", "Polls"):
                deployment.address(name)
        except DeploymentError as error:
            raise SettingsError(str(error)) from error
        return cls(settings, deployment, Callers(settings.callers), clock)

    # ---- the brand ----------------------------------------------------------------

    def brand(self) -> wire.BrandAnswer:
        """The brand and its terms."""

        def make(head: Head) -> wire.BrandAnswer:
            view = lens.brand(self.chain, self.deployment, head)
            text = self._texts.brand(view.profile_hash)
            return wire.BrandAnswer(
                brand=views.brand(view, self.deployment, text), read=views.at_head(head)
            )

        return self._answers.get(make, "brand")

    def perks(
        self, subject: Subject | None = None, limit: int = MOST, before: int | None = None
    ) -> wire.PerksAnswer:
        """A part of the perks; as somebody sees them, if somebody is named.

        Raises:
            Declined: There is nobody of this name, or nothing true can be said.
        """

        def make(head: Head) -> wire.PerksAnswer:
            account = (
                None if subject is None else account_of(self.chain, self.deployment, subject, head)
            )
            if subject is not None and account is None:
                raise declined.nothing("nobody", "There is nobody of this name here.")
            part = lens.Part(limit, before)
            found = lens.perks(self.chain, self.deployment, account, head, part)
            return wire.PerksAnswer(
                passport_id=passport_of(self.chain, self.deployment, account, head),
                perks=tuple(views.perk(one, self._texts.perk(one.content_hash)) for one in found),
                older=_older([one.id for one in found]),
                read=views.at_head(head),
            )

        return self._answers.get(make, "perks", subject, limit, before)

    def polls(self, limit: int = MOST, before: int | None = None) -> wire.PollsAnswer:
        """A part of the polls, as they stand."""

        def make(head: Head) -> wire.PollsAnswer:
            found = lens.polls(self.chain, self.deployment, None, head, lens.Part(limit, before))
            return wire.PollsAnswer(
                polls=tuple(views.poll(one, self._texts.poll(one.content_hash)) for one in found),
                older=_older([one.id for one in found]),
                read=views.at_head(head),
            )

        return self._answers.get(make, "polls", limit, before)

    # ---- somebody -----------------------------------------------------------------

    def member(self, subject: Subject) -> wire.MemberAnswer:
        """Who somebody is to the brand.

        Raises:
            Declined: Nothing true can be said at the moment.
        """

        def make(head: Head) -> wire.MemberAnswer:
            account = account_of(self.chain, self.deployment, subject, head)
            if account is None:
                return wire.MemberAnswer(
                    member=wire.Member(is_member=False), read=views.at_head(head)
                )
            card = lens.card(self.chain, self.deployment, account, head)
            text = None
            if card.member_no:
                read = self.deployment.contract("Charter").read("profile")
                text = self._texts.brand(hash_text(self.chain.read([read], head)[0]))
            shown = views.member(card, text)
            if subject.world:  # a world asked about an avatar: it needs no wallet
                shown = shown.model_copy(update={"account": None})
            return wire.MemberAnswer(member=shown, read=views.at_head(head))

        return self._answers.get(make, "member", subject)

    def history(self, passport_id: int, limit: int, before: str | None) -> wire.HistoryAnswer:
        """A part of a person's public history: by the index, or by the chain where that lags.

        Raises:
            Declined: There is no such part, or nobody can tell at the moment.
        """

        def page(history: History) -> Page:
            try:
                return history.of_passport(passport_id, limit=limit, before=before)
            except PageUnknown as error:
                raise declined.nothing("page_unknown", str(error)) from error

        if self._index_state() == WELL:
            with in_words():
                return views.history(page(self._history))
        return self._answers.get(
            lambda _: views.history(page(self._by_chain)), "history", passport_id, limit, before
        )

    # ---- the till -----------------------------------------------------------------

    def redeem(self, request: wire.RedeemRequest) -> wire.RedeemAnswer:
        """Try a member's code, and prepare the call that the till sends.

        Raises:
            Declined: The contract would refuse it now, or it is no code.
        """
        till = address(request.till)
        try:
            code = RedeemCode.from_text(request.code)
        except BadSlip as error:
            raise declined.refused(error) from error
        perks = self.deployment.contract("Perks")
        arguments = (code.claim_id, code.wallet, code.deadline, code.signature_bytes)
        with in_words():
            head = self.chain.head(fresh=True)
            self._require_young(head)
            outcome = self.chain.try_read([perks.read("redeem", *arguments, sender=till)], head)[0]
            if isinstance(outcome, Refused):
                raise declined.refused(outcome)
            claim = self._claim(code.claim_id, head)
            row = self.chain.read([perks.read("perk", claim.perk_id)], head)[0]
        text = self._texts.perk(hash_text(row["content_hash"]))
        call = loyalty.perks.redeem_code(self.deployment, code)
        return wire.RedeemAnswer(
            claim=views.claim(claim),
            perk=views.words(text.name) if text else None,
            variant=views.variant_name(text, claim.variant),
            good_until=moment(code.deadline),
            call=wire.PreparedCall(
                chain_id=self.chain.chain_id, sender=till, to=call.to, data=call.data
            ),
            read=views.at_head(head),
        )

    def claim(self, claim_id: int) -> wire.ClaimAnswer:
        """Where a claim stands.

        Raises:
            Declined: There is none of this number.
        """
        with in_words():
            head = self.chain.head(fresh=True)
            self._require_young(head)
            return wire.ClaimAnswer(
                claim=views.claim(self._claim(claim_id, head)), read=views.at_head(head)
            )

    # ---- how it is ----------------------------------------------------------------

    def health(self) -> wire.Health:
        """How well each part is. Asked by anybody, so the parts hear of it once a `head_age`."""
        return self._glance.get()

    def _look(self) -> wire.Health:
        chain, block = WELL, None
        try:
            head = self.chain.head()
            block = head.number
            self._require_young(head)
        except (ChainError, DeploymentError) as error:
            chain = word_of(error)
        except declined.Declined as no:
            chain = no.word
        parts = {
            "chain": chain,
            "index": self._index_state(),
            "callers": WELL if self.callers.is_well else "unreadable",
        }
        for part, word in parts.items():
            self.metrics.well.labels(part).set(word in (WELL, "none"))
        # Without its index it answers all the same, from the chain.
        well = parts["chain"] == WELL and parts["callers"] == WELL
        return wire.Health(well=well, parts=parts, block=block)

    # ---- help ---------------------------------------------------------------------

    def _index_state(self) -> str:
        if self.settings.index_url is None:
            return "none"
        try:
            served = self._history.served()
        except (ChainError, IndexFault):
            return "down"
        if served.source == "chain":
            return "down"
        return WELL if served.behind <= self.settings.max_behind else "behind"

    def _claim(self, claim_id: int, head: Head) -> ClaimView:
        read = self.deployment.contract("Perks").read("claim_of", claim_id)
        found = self.chain.try_read([read], head)[0]
        if isinstance(found, Refused):
            raise declined.nothing(found.code, found.sentence)
        return claim_view(claim_id, found)

    def _require_young(self, head: Head) -> None:
        limit = self.settings.max_head_age
        if limit is not None and self.clock() - head.timestamp > limit:
            raise declined.not_now("behind")


def _older(numbers: Sequence[int]) -> str | None:
    """What to ask for the next part by."""
    return str(numbers[-1]) if numbers and numbers[-1] > 1 else None


__all__ = ["MOST", "REACH", "WELL", "Gateway"]
