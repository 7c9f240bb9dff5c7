"""The members' own decisions in the demo's past: the chest, the proposals, the hand-over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from cercle import typed_data
from cercle.calls import Call
from cercle.flags import Role, Support
from cercle.governor_plan import ClassPlan
from cercle.handover import Handover
from cercle.limits import MAX_BATCH
from cercle.loyalty import electorate, points
from cercle.plan import Plan
from cercle.proposals import Action, Draft, acts, build, draft_of

from . import decisions
from .calendar import Happening
from .decisions import DECISIONS, Decision, End
from .history import DAY, noon
from .node import Tx
from .stage import Stage

HOUR = 3_600
_GROUPS = 4  # in which people come to vote, two hours apart


def stranger(name: str) -> str:
    """An account of somebody who is no member, and of whom nobody has the key."""
    return str(to_checksum_address(keccak(text=f"cercle demo: {name}")[-20:]))


class Council:
    """Plays the members' decisions, each at its time, between the purchases."""

    def __init__(self, stage: Stage, plan: Plan, last_day: int, evening: int) -> None:
        """
        Args:
            stage: Where it all happens.
            plan: The brand's.
            last_day: Of the last purchase, in days from the epoch.
            evening: When the stage is set: dates that lie ahead are counted from there.
        """
        self.stage = stage
        self.deployment = stage.deployment
        self.governor = stage.deployment.address("Governor")
        self.plan = plan
        self.evening = evening
        self.last_day = last_day
        self.speaking = decisions.speakers(list(stage.cast.members))
        self.chest = 0
        self.drafts: dict[str, Draft] = {}

    # ---- when ----

    def happenings(self) -> Iterator[Happening]:
        """All that they do, and when."""
        chest = self._at(decisions.CHEST_DAYS_AGO)
        for hours, act in enumerate((self._begin, self._fill, self._delegate)):
            yield Happening(chest + hours * HOUR, act)
        for place, decision in enumerate(DECISIONS):
            start = self._at(decision.days_ago)
            delay, period, wait = (days * DAY for days in decisions.DAYS[decision.class_id])
            yield Happening(start, self._proposing(place))
            if decision.turnout:
                for group in range(_GROUPS):
                    at = start + delay + HOUR * (1 + 2 * group)
                    yield Happening(at, self._voting(place, group))
            ended = start + delay + period + HOUR
            if decision.end in (End.EXECUTED, End.DUE, End.QUEUED):
                yield Happening(ended, self._naming(decision, acts.queue))
            if decision.end is End.EXECUTED:
                yield Happening(ended + wait + HOUR, self._naming(decision, acts.execute))
            if decision.end is End.VETOED:
                yield Happening(start + delay + DAY, self._vetoing(decision))

    def _at(self, days_ago: int) -> int:
        """An hour after the purchases of a day."""
        return noon(self.last_day - days_ago) + HOUR

    # ---- what ----

    def _begin(self, at: int) -> None:
        """Everybody's votes count; the founder offers the office."""
        self.stage.refresh()
        handover = Handover(self.stage.chain, self.deployment)
        self.stage.node.send([self._by("admin", handover.offer())])

    def _fill(self, at: int) -> None:
        """The chest: points of members, coins of the treasurer."""
        gifts = []
        self.stage.node.reach(at)  # what has lapsed by then is nobody's to give
        for number, (_, balance) in self.stage.cards().items():
            if amount := decisions.gift_of(number, balance):
                self.chest += amount
                call = points.transfer(self.deployment, self.governor, amount)
                gifts.append((self.stage.cast.members[number], call))
        self._send(gifts, at)
        coins = Tx(self.stage.cast.staff["treasurer"], self.governor, "0x", decisions.ETHER)
        self.stage.node.send([coins])

    def _delegate(self, at: int) -> None:
        """Who lets somebody speak for them, the ones for good, the others up to a date."""
        cast, told = self.stage.cast.members, []
        until = self.evening + decisions.SPEAKS_FOR
        for number, wallet in cast.items():
            speaker = decisions.delegate_of(number, self.speaking)
            if speaker is not None and speaker == self.speaking[0]:
                told.append((wallet, electorate.delegate(self.deployment, cast[speaker])))
            elif speaker is not None:
                call = electorate.delegate_until(self.deployment, cast[speaker], until)
                told.append((wallet, call))
        self._send(told, at)

    def _proposing(self, place: int) -> Callable[[int], None]:
        def act(at: int) -> None:
            decision = DECISIONS[place]
            proposer = self.stage.cast.members[self.speaking[place % len(self.speaking)]]
            draft = draft_of([self._action(decision.name)], decision.text, decision.class_id)
            self.drafts[decision.name] = draft
            self._send([(proposer, acts.propose(self.deployment, draft))], at)

        return act

    def _voting(self, place: int, group: int) -> Callable[[int], None]:
        def act(at: int) -> None:
            number = self.drafts[DECISIONS[place].name].id
            said = [
                (customer, support)
                for customer in self.stage.cast.members
                if (support := decisions.vote(place, customer, self.speaking)) is not None
            ][group::_GROUPS]
            signed = [one for one in said if decisions.signs(one[0])]
            self._carry(number, signed, at)
            sent = [one for one in said if not decisions.signs(one[0])]
            self._send(
                [
                    (self.stage.cast.members[who], acts.vote(self.deployment, number, support))
                    for who, support in sent
                ],
                at,
            )

        return act

    def _carry(self, number: int, said: list[tuple[int, Support]], at: int) -> None:
        """Let the node sign ballots for its accounts, and bring them together."""
        told = [
            typed_data.ballot_until(
                *(self.deployment, to_checksum_address(self.stage.cast.members[who])),
                proposal_id=number,
                support=support,
                deadline=at + DAY,
            )
            for who, support in said
        ]
        asked = [("eth_signTypedData_v4", [one.actor, one.for_wallet()]) for one in told]
        ballots = list(zip(told, self.stage.node.batch(asked), strict=True))
        for start in range(0, len(ballots), MAX_BATCH):
            part = [(one, bytes.fromhex(raw[2:])) for one, raw in ballots[start:][:MAX_BATCH]]
            call = typed_data.carry_votes(self.deployment, part)
            self.stage.node.send([self._by("steward", call)], at=at)

    def _naming(self, decision: Decision, step: Callable[..., Call]) -> Callable[[int], None]:
        def act(at: int) -> None:
            call = step(self.deployment, self.drafts[decision.name])
            self.stage.node.send([self._by("steward", call)], at=at)

        return act

    def _vetoing(self, decision: Decision) -> Callable[[int], None]:
        def act(at: int) -> None:
            call = acts.veto(self.deployment, self.drafts[decision.name].id, decisions.VETO)
            self.stage.node.send([self._by("warden", call)], at=at)

        return act

    def _action(self, name: str) -> Action:
        deployment = self.deployment
        if name in decisions.SHARES:
            amount = decisions.share_of(name, self.chest)
            token = deployment.address("Points")
            who = "the engraver" if name == "sleeves" else "Radio Sillon"
            return build.pay_token(token, stranger(who), amount)
        if name == "warden":
            end = datetime.fromtimestamp(self.evening + 360 * DAY, UTC)
            return build.extend_warden(deployment, end)
        if name == "quorum":
            assert self.plan.governor is not None
            terms = self.plan.governor.classes[1].model_dump() | {"quorum_percent": 15}
            return build.set_terms(deployment, 2, ClassPlan.model_validate(terms))
        return {
            "handover": lambda: build.accept_admin(deployment),
            "till": lambda: build.give_roles(deployment, stranger("a second till"), Role.TILL),
            "curator": lambda: build.give_roles(deployment, stranger("a curator"), Role.CURATOR),
            "pressing": lambda: build.pay_ether(stranger("the plant"), decisions.DEPOSIT),
            "address": lambda: build.set_dao_uri(deployment, "https://sillon.example/dao.json"),
        }[name]()

    # ---- help ----

    def _send(self, said: list[tuple[str, Call]], at: int) -> None:
        txs = [Tx(who, call.to, call.data) for who, call in said]
        for start in range(0, len(txs), 100):
            self.stage.node.send(txs[start : start + 100], at=at)

    def _by(self, role: str, call: Call) -> Tx:
        return Tx(self.stage.cast.staff[role], call.to, call.data)


__all__ = ["Council", "stranger"]
