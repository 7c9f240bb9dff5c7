"""Decisions turned into what a member reads: what `present` is for the rest of the app."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

from eth_utils.crypto import keccak

from cercle.contracts import packaged_abi, signature_of
from cercle.decision_models import AssetView, ClassView, ProposalsView, ProposalView
from cercle.errors import CercleError
from cercle.flags import ProposalState, Role, Support
from cercle.proposals import Said, kinds
from cercle.values import moment

from . import i18n, present
from .i18n import N_, _, ngettext
from .services import Community
from .states import plain

LONGEST_TITLE = 90  # characters
DIGITS = 6  # of a number by which people tell proposals apart
COINS = {100: "xDAI"}  # what a chain calls its own coin, where that is not ether
_RESERVED = re.compile(r"#proposer=0x[0-9a-fA-F]{40}\Z")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}(?![0-9a-fA-F])")
_BYTES = re.compile(r"0x[0-9a-fA-F]{50,}")
_WHOLE = 10_000

SUPPORTS = {
    Support.IN_FAVOUR: N_("For"),
    Support.AGAINST: N_("Against"),
    Support.ABSTAIN: N_("Abstain"),
}
ROLES = {
    Role.ADMIN: N_("admin"),
    Role.ISSUER: N_("issuer"),
    Role.TILL: N_("till"),
    Role.STEWARD: N_("steward"),
    Role.CURATOR: N_("curator"),
    Role.TREASURER: N_("treasurer"),
    Role.WARDEN: N_("warden"),
}


# ---- its text ----------------------------------------------------------------------


def number(proposal: ProposalView) -> str:
    """The digits by which people tell it from others."""
    return str(proposal.id)[:DIGITS]


def _lines(proposal: ProposalView) -> list[str]:
    text = _RESERVED.sub("", proposal.draft.description).strip()
    return text.splitlines() or [""]


def title(proposal: ProposalView) -> str:
    """The first line of what its maker wrote, or its number; raw."""
    first = _lines(proposal)[0].lstrip("# ").strip()
    if not first:
        return _("Proposal {n}").format(n=number(proposal))
    return first if len(first) <= LONGEST_TITLE else f"{first[:LONGEST_TITLE].rstrip()}…"


def body(proposal: ProposalView) -> str:
    """What its maker wrote besides; all of it where the title is only its beginning; raw."""
    lines = _lines(proposal)
    rest = "\n".join(lines[1:]).strip()
    if len(lines[0].lstrip("# ").strip()) > LONGEST_TITLE:
        return "\n".join(lines).strip()
    return rest


# ---- where it stands ---------------------------------------------------------------


def icon(proposal: ProposalView) -> str:
    """A sign for where it stands; words always stand beside it."""
    return {
        ProposalState.PENDING: ":material/hourglass_top:",
        ProposalState.ACTIVE: ":material/how_to_vote:",
        ProposalState.CANCELED: ":material/block:",
        ProposalState.DEFEATED: ":material/thumb_down:",
        ProposalState.SUCCEEDED: ":material/thumb_up:",
        ProposalState.QUEUED: ":material/schedule:",
        ProposalState.EXECUTED: ":material/task_alt:",
    }[proposal.state]


def why(proposal: ProposalView, now: datetime) -> str:
    """Why it is where it is, in a sentence; Markdown, with strangers' words escaped."""
    state = proposal.state
    if state == ProposalState.PENDING:
        return _(
            "The vote opens {when}. Until then everybody can read what it would do, and choose who "
            "speaks for them."
        ).format(when=i18n.relative(proposal.snapshot, now))
    if state == ProposalState.ACTIVE:
        return _active(proposal, now)
    if state == ProposalState.CANCELED:
        if proposal.course.veto:
            return _("Stopped by the warden, who says why: “{reason}”").format(
                reason=plain(proposal.course.veto)
            )
        return _("Taken back: it does nothing.")
    if state == ProposalState.DEFEATED:
        return _defeated(proposal)
    if state == ProposalState.SUCCEEDED:
        return _(
            "Accepted. It still has to be put in the queue, where it waits {duration} so that "
            "everybody sees it before it acts. Anybody may do that."
        ).format(duration=i18n.duration(proposal.terms.queue_delay if proposal.terms else _NO_TIME))
    if state == ProposalState.QUEUED:
        return _queued(proposal, now)
    return _("Accepted and carried out.")


_NO_TIME = timedelta(0)


def _active(proposal: ProposalView, now: datetime) -> str:
    closes = i18n.relative(proposal.deadline, now)
    if proposal.is_extended:
        return _(
            "The vote closes {when}. It was prolonged: enough members had voted only shortly "
            "before its end, and everybody gets time to answer."
        ).format(when=closes)
    if proposal.has_quorum:
        return _("The vote closes {when}. Enough members have taken part.").format(when=closes)
    return _("The vote closes {when}. Not enough members have taken part yet.").format(when=closes)


def _defeated(proposal: ProposalView) -> str:
    cast = proposal.in_favour + proposal.against + proposal.abstaining
    if not cast:
        return _("Not accepted: nobody voted.")
    if not proposal.has_quorum:
        return _(
            "Not accepted: too few took part. {n} votes for it or abstaining, where {quorum} were "
            "needed."
        ).format(
            n=i18n.number(proposal.in_favour + proposal.abstaining),
            quorum=i18n.number(proposal.quorum or 0),
        )
    if proposal.in_favour == proposal.against:
        return _("Not accepted: as many were against it as for it.")
    return _("Not accepted: more were against it than for it.")


def _queued(proposal: ProposalView, now: datetime) -> str:
    if is_due(proposal, now):
        return _(
            "Accepted, and its time has come. Anybody may now have it carried out; it waits for "
            "that as long as it takes."
        )
    when = i18n.relative(proposal.eta or now, now)
    if proposal.terms is not None and proposal.terms.has_veto:
        return _(
            "Accepted. It can be carried out {when}; until then everybody can see it, and the "
            "warden may still stop it."
        ).format(when=when)
    return _("Accepted. It can be carried out {when}; until then everybody can see it.").format(
        when=when
    )


def is_due(proposal: ProposalView, now: datetime) -> bool:
    """Whether it may be carried out."""
    is_queued = proposal.state == ProposalState.QUEUED
    return is_queued and proposal.eta is not None and proposal.eta <= now


DONE, NOW, TO_COME = (
    ":material/check_circle:",
    ":material/adjust:",
    ":material/radio_button_unchecked:",
)


def steps(proposal: ProposalView, now: datetime) -> list[str]:
    """Its way from the proposal to the act, a line a step; Markdown."""
    found: list[tuple[datetime | None, str]] = []
    if proposal.proposed_at is not None:
        found.append((proposal.proposed_at, _("Proposed")))
    ended = proposal.course.canceled_at
    is_stopped = proposal.state == ProposalState.CANCELED
    if not (is_stopped and ended is not None and ended <= proposal.snapshot):
        found.append((proposal.snapshot, _("Vote opens")))
    if not (is_stopped and ended is not None and ended <= proposal.deadline):
        closes = _("Vote closes, prolonged") if proposal.is_extended else _("Vote closes")
        found.append((proposal.deadline, closes))
    if is_stopped:
        stopped = _("Stopped by the warden") if proposal.course.veto else _("Taken back")
        found.append((ended, stopped))
    elif proposal.state != ProposalState.DEFEATED:
        found += _after(proposal)
    past = [at is not None and at <= now for at, _name in found]
    if is_stopped or proposal.state == ProposalState.EXECUTED:
        past = [True] * len(found)
    current = next((place for place, is_past in enumerate(past) if not is_past), len(found))
    return [
        _step(DONE if past[place] else NOW if place == current else TO_COME, at, name)
        for place, (at, name) in enumerate(found)
    ]


def _after(proposal: ProposalView) -> list[tuple[datetime | None, str]]:
    """What follows a vote that is won, or may be."""
    delay = proposal.terms.queue_delay if proposal.terms else None
    if proposal.eta is not None:
        queued = None if delay is None else proposal.eta - delay
        found = [(queued, _("Put in the queue")), (proposal.eta, _("May be carried out"))]
    elif delay is not None:
        wait = _("Put in the queue, then waits {duration}").format(duration=i18n.duration(delay))
        found = [(None, wait)]
    else:
        found = []
    return [*found, (proposal.course.executed_at, _("Carried out"))]


def _step(sign: str, at: datetime | None, name: str) -> str:
    if at is None:
        return f"{sign} {name}"
    return f"{sign} {name} · {i18n.day(at)}, {i18n.clock(at)}"


# ---- what it would do ---------------------------------------------------------------


class Names:
    """What is called by a name in a brand: its contracts, its points, the chain's own coin."""

    def __init__(self, community: Community, brand: present.Brand, chain_id: int) -> None:
        self.contracts = {address: name for name, address in community.addresses().items()}
        self.brand = brand
        self.coin = COINS.get(chain_id, "ETH")

    def contract(self, address: str) -> str:
        """A contract's name, or an address as people compare it."""
        return self.contracts.get(address) or present.short(address)

    def shortened(self, text: str) -> str:
        """The same with addresses as people compare them, and long data cut; raw."""
        for address, name in self.contracts.items():
            text = text.replace(f"{name} ({address})", name)
        text = _BYTES.sub(lambda found: f"{found.group()[:14]}…", text)
        return _ADDRESS.sub(lambda found: present.short(found.group()), text)


def said(one: Said, names: Names) -> str:
    """What an action would do, in the member's language; Markdown, all values escaped."""
    parts = {name: plain(names.shortened(part)) for name, part in one.parts.items()}
    parts |= {name: plain(text) for name, text in _own_words(one, names).items()}
    sentence, along = one.sentence, ""
    if sentence.endswith(kinds.ALONG):
        sentence, along = sentence.removesuffix(kinds.ALONG), _(kinds.ALONG)
    if one.kind == "Guard.set_scope":
        return _scope(one, names) + along.format(**parts)
    if one.kind == "Guard.set_terms":
        changed = _("Change the rules of class {class_id}, for proposals made after it:")
        return (changed + along).format(**parts)
    return (_(sentence) + along).format(**parts)


def _own_words(one: Said, names: Names) -> dict[str, str]:
    """The parts that have words in every language; raw."""
    values, found = one.values, dict[str, str]()
    if one.is_known and "roles" in values:
        named = [_(name) for role, name in ROLES.items() if values["roles"] & role]
        rest = values["roles"] & ~sum(ROLES)
        if named and not rest:
            found["roles"] = i18n.enumeration(named)
    for name in kinds.DATES & set(values):
        at = moment(int(values[name])) if isinstance(values[name], int) else None
        if one.is_known and at is not None:
            found[name] = i18n.exact(at)
    points = names.brand.view.points
    if one.kind == "Points.transfer" and points is not None:
        found["amount"] = i18n.points(Decimal(values["amount"]).scaleb(-points.decimals))
    if one.kind == "ether":
        found["amount"] = whole(Decimal(values["amount"]).scaleb(-18), names.coin)
    if "along" in values:
        found["along"] = whole(Decimal(values["along"]).scaleb(-18), names.coin)
    return found


def _scope(one: Said, names: Names) -> str:
    scope = one.values["scope"]
    name = names.contract(scope["target"])
    parts = {
        "n": i18n.number(scope["class_id"]),
        "function": plain(_function(name, bytes(scope["selector"]))),
        "contract": plain(name),
        "cap": i18n.number(scope["cap"]),
    }
    if not scope["is_allowed"]:
        return _("Class {n} may no longer call {function} of {contract}.").format(**parts)
    return _(
        "Class {n} may call {function} of {contract}, with at most {cap} of the smallest units "
        "each time."
    ).format(**parts)


def _function(contract: str, selector: bytes) -> str:
    """The name of a function of one of our contracts; else its four bytes."""
    try:
        abi = packaged_abi(contract) if contract.isalpha() else ()
    except CercleError:
        abi = ()
    for entry in abi:
        if entry["type"] == "function" and keccak(text=signature_of(entry))[:4] == selector:
            return str(entry["name"])
    return "0x" + selector.hex()


# ---- the terms of a class -------------------------------------------------------------


def terms(view: ClassView) -> dict[str, str]:
    """Each rule of a class, in the member's words."""
    share = view.season_share
    return {
        _("Must take part (quorum)"): _("{share} of all votes").format(share=share_of(view.quorum)),
        _("Votes to propose"): i18n.number(view.threshold),
        _("Waits before the vote"): i18n.duration(view.voting_delay),
        _("Vote lasts"): i18n.duration(view.voting_period),
        _("Prolonged if decided late"): i18n.duration(view.late_extension)
        if view.late_extension
        else _("Never"),
        _("Waits after the vote"): i18n.duration(view.queue_delay),
        _("May spend in a year"): _("Without limit")
        if share is None
        else _("{share} of the treasury, if everybody votes").format(share=share_of(share)),
        _("Warden's veto"): _("Yes") if view.has_veto else _("No"),
    }


def changes(one: Said, view: ProposalsView) -> list[dict[str, str]]:
    """What an action changes of a class's rules, now and then; nothing for any other action."""
    if one.kind != "Guard.set_terms" or not one.is_known:
        return []
    told, number_ = one.values["class_terms"], int(one.values["class_id"])
    after = terms(
        ClassView(
            id=number_,
            voting_delay=timedelta(seconds=_span(told["voting_delay"])),
            voting_period=timedelta(seconds=_span(told["voting_period"])),
            late_extension=timedelta(seconds=_span(told["late_extension"])),
            queue_delay=timedelta(seconds=_span(told["queue_delay"])),
            threshold=told["threshold"],
            quorum=Decimal(told["quorum"]) / _WHOLE,
            season_share=Decimal(told["season_share"]) / _WHOLE if told["is_bounded"] else None,
            has_veto=told["is_vetoable"],
        )
    )
    now = next((terms(old) for old in view.classes if old.id == number_), {})
    return [
        {_("Rule"): name, _("Now"): now.get(name, "—"), _("Then"): f"**{then}**"}
        for name, then in after.items()
        if now.get(name) != then
    ]


def _span(seconds: int) -> int:
    """Seconds that a calendar can hold: a proposer may have written any number."""
    return min(int(seconds), 10**9)


# ---- votes, shares, amounts -----------------------------------------------------------


def share_of(part: Decimal) -> str:
    """A share of one, to a tenth of a percent."""
    percent = (part * 100).quantize(Decimal("0.1"))
    if percent == percent.to_integral_value():
        return i18n.percent(int(percent), 100)
    return _("{n}%").format(n=i18n.number(percent))


def votes(count: int) -> str:
    """So many votes."""
    return ngettext("{n} vote", "{n} votes", count).format(n=i18n.number(count))


def rows(proposal: ProposalView, mine: Support | None) -> list[dict[str, str]]:
    """The count in words and numbers; ready for a table."""
    cast = counts(proposal)
    yours, in_all = _("(yours)"), sum(cast.values())
    found = [
        {
            _("Answer"): _(SUPPORTS[one]) + (f" {yours}" if one == mine else ""),
            _("Votes"): i18n.number(count),
            _("Share"): i18n.percent(count, in_all),
        }
        for one, count in cast.items()
    ]
    whole_ = _("In all")
    total = {
        _("Answer"): f"**{whole_}**",
        _("Votes"): f"**{i18n.number(in_all)}**",
        _("Share"): "",
    }
    return [*found, total]


def quorum(proposal: ProposalView, towards: int) -> str:
    """Whether enough take part, and how many that is."""
    said = {"n": i18n.number(towards), "quorum": i18n.number(proposal.quorum or 0)}
    if proposal.has_quorum:
        return _("Enough take part: {n} votes for or abstaining, {quorum} are needed").format(
            **said
        )
    return _("Too few so far: {n} votes for or abstaining, {quorum} are needed").format(**said)


def counts(proposal: ProposalView) -> dict[Support, int]:
    """How the votes lie."""
    return {
        Support.IN_FAVOUR: proposal.in_favour,
        Support.AGAINST: proposal.against,
        Support.ABSTAIN: proposal.abstaining,
    }


def whole(amount: Decimal, unit: str) -> str:
    """An amount with its unit: small ones keep their figures; raw."""
    text = i18n.amount(amount)
    return f"{text}\u00a0{unit}" if unit else text


def unit(asset: AssetView, coin: str) -> str:
    """What an asset is called; a token's own word is a stranger's; raw."""
    if asset.address is None:
        return coin
    return asset.symbol or present.short(asset.address)


def held(asset: AssetView, amount: int, coin: str) -> str:
    """So much of an asset; raw."""
    return whole(asset.whole(amount), unit(asset, coin))


def member(account: str, number_: int) -> str:
    """Who that is, as members are called."""
    if number_:
        return _("member no. {n}").format(n=number_)
    return present.short(account)
