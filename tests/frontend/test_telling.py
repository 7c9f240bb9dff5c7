"""Every event that concerns a member has its sentence, in both languages; none is left out."""

import json
import re

import pytest

from cercle.flags import BallotSkip, PerkKind, Role, Way
from cercle.index.specs import specs
from cercle.index.subjects import subjects_in
from cercle.loyalty.words import claim_id_of
from frontend import i18n, present, telling
from frontend.telling import votes, work
from frontend.telling.base import NOBODY
from frontend.testing import fakes

OTHER, SECOND = fakes.STRANGER, fakes.PERSON
CLAIM = claim_id_of(3, 42, 0, 0)


@pytest.fixture
def speak(monkeypatch):
    def use(code: str) -> None:
        monkeypatch.setattr(i18n, "language", lambda: code)
        monkeypatch.setattr(i18n, "zone", lambda: i18n.ZoneInfo("Europe/Paris"))

    use("en")
    return use


@pytest.fixture
def reader(community, speak):
    return telling.Reader(
        community, present.brand(community), fakes.MEMBER_CARD, (fakes.MEMBER, SECOND)
    )


def some(field, mine: str):
    """A value of an argument; every person in it is the reader."""
    if field.kind == "address":
        return mine
    if field.name == "claim_id":
        return CLAIM
    if field.name == "member_no":
        return 42
    if field.name in ("passport_id", "token_id", "tokenId"):
        return 17
    if field.name in ("perk_id", "poll_id"):
        return 2
    if field.name == "shares":
        return [{"payee": 17, "basis_points": 1_000}]
    if field.kind.endswith("]"):
        return [17 << 96 | 5]
    if field.kind.startswith("bytes"):
        return bytes.fromhex("41" * 32)
    if field.kind == "tuple":
        return {}
    return {"string": "Rêves", "bool": True}.get(field.kind, 1)


def concerning() -> list[tuple[str, str]]:
    """The events that name a wallet, a person or a member: what an index files under a name."""
    found = []
    for spec in specs():
        cells = [
            json.dumps(some(one, "")) if one.kind.endswith("]") else some(one, fakes.MEMBER.lower())
            for one in spec.fields
        ]
        if subjects_in(spec, cells):
            found.append((spec.contract, spec.name))
    return found


def tell(reader, contract, event, /, **args) -> str:
    """The sentence of one event by itself."""
    entries = fakes.happened(1_000, (contract, event, args))
    return telling.acts(entries, reader)[0].headline


# ---- none is left out --------------------------------------------------------------


def test_rows__against_the_contracts__none_is_left_out_and_none_is_invented():
    assert sorted(telling.rows()) == sorted(concerning())
    assert len(telling.ROWS) == len(telling.rows())
    assert {row.kind for row in telling.ROWS} == set(telling.KINDS)


@pytest.mark.parametrize(("contract", "event"), concerning())
def test_tell__each_event__has_a_sentence_in_both_languages(reader, speak, contract, event):
    spec = next(one for one in specs() if (one.contract, one.name) == (contract, event))
    args = {one.name: some(one, fakes.MEMBER) for one in spec.fields}
    said, plainest = {}, {}
    for code in i18n.LANGUAGES:
        speak(code)
        said[code] = tell(reader, contract, event, **args)
        plainest[code] = work.fallback(contract, event)
    assert said["fr"] != said["en"]
    for text in said.values():
        assert text.endswith(".")
        assert not re.search(r"[{}]|None", text)
    assert (said == plainest) == ((contract, event) in work.OF_CONTRACTS)


@pytest.mark.parametrize("kind", telling.KINDS)
def test_events_of__each_filter__lets_some_through_and_none_twice(kind):
    chosen = telling.events_of(kind)
    assert chosen
    assert len(set(chosen)) == len(chosen)


# ---- perks ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "event", "verb"),
    [
        (PerkKind.STORE, "ClaimFulfilled", "was delivered to you"),
        (PerkKind.SHIP, "ClaimFulfilled", "was sent to you"),
        (PerkKind.STORE, "ClaimMissed", "was not delivered in time"),
        (PerkKind.SHIP, "ClaimMissed", "was not sent in time"),
    ],
)
def test_claim__of_each_kind__says_how_it_came(reader, community, kind, event, verb):
    community.perk_views = (fakes.perk(3, kind=kind),)
    args = {"claim_id": CLAIM, "by": OTHER, "evidence": bytes(32), "refund": 0}
    assert tell(reader, "Perks", event, **args).endswith(f"” {verb}.")


# ---- points: how they came and went, and why ------------------------------------------


@pytest.mark.parametrize(
    ("sender", "receiver", "said"),
    [
        (NOBODY, fakes.MEMBER, "The shop awarded you **12 points**."),
        (fakes.MEMBER, NOBODY, "Gone for good: **12 points**."),
        (fakes.MEMBER, fakes.ESCROW, "**12 points** left your wallet for a perk."),
        (fakes.ESCROW, fakes.MEMBER, "**12 points** came back to you from a perk."),
        (fakes.MEMBER, OTHER, "**12 points** went from you to 0x3C44…93BC."),
        (OTHER, fakes.MEMBER, "**12 points** came to you from 0x3C44…93BC."),
        (SECOND, fakes.MEMBER, "**12 points** moved from one of your wallets to another."),
    ],
)
def test_transfer__each_way__says_why(reader, sender, receiver, said):
    assert tell(reader, "Points", "Transfer", sender=sender, receiver=receiver, value=1_200) == said


def test_transfer__in_french__counts_as_french_does(reader, speak):
    speak("fr")
    told = {"sender": NOBODY, "receiver": fakes.MEMBER, "value": 125_000}
    assert tell(reader, "Points", "Transfer", **told) == (
        "La boutique vous a attribué **1\u202f250 points**."
    )


@pytest.mark.parametrize(
    ("contract", "event", "args"),
    [
        ("Points", "PointsExpired", {"holder": fakes.MEMBER, "amount": 500}),
        (
            "Rewards",
            "AwardReversed",
            {"batch_id": 1, "index": 0, "account": fakes.MEMBER, "points": 500, "standing": 3},
        ),
    ],
)
def test_transfer__out_of_the_world__is_explained_by_what_stands_beside(
    reader, contract, event, args
):
    gone = fakes.moved(fakes.MEMBER, NOBODY, 5)
    act = telling.acts(fakes.happened(1_000, gone, (contract, event, args)), reader)[0]
    assert act.rest == ("These points left your wallet.",)
    assert "**5 points**" in act.headline


def test_acts__two_awards_at_once__are_both_told(reader):
    entries = fakes.happened(1_000, *fakes.awarded(20, 4), *fakes.awarded(20, 4))
    act = telling.acts(entries, reader)[0]
    said = [act.headline, *act.rest]
    assert said.count("The shop awarded you **20 points**.") == 2
    assert said.count("Your standing rose by 4.") == 2


@pytest.mark.parametrize(
    ("owner", "spender", "value", "said"),
    [
        (fakes.MEMBER, OTHER, 0, "0x3C44…93BC may no longer spend points of yours."),
        (fakes.MEMBER, OTHER, 100, "You allowed 0x3C44…93BC to spend **1 point** of yours."),
        (fakes.MEMBER, OTHER, 2**256 - 1, "You allowed 0x3C44…93BC to spend all your points."),
        (OTHER, fakes.MEMBER, 0, "You may no longer spend points of 0x3C44…93BC."),
        (OTHER, fakes.MEMBER, 100, "0x3C44…93BC allowed you to spend **1 point** of its own."),
        (OTHER, fakes.MEMBER, 2**64, "0x3C44…93BC allowed you to spend all its points."),
    ],
)
def test_approval__each_way__says_who_may_what(reader, owner, spender, value, said):
    told = {"owner": owner, "spender": spender, "value": value}
    assert tell(reader, "Points", "Approval", **told) == said


def test_credited__batch_of_many__tells_only_of_the_reader(reader):
    credits = [9 << 96 | 5, 17 << 96 | 29, 17 << 96 | 1, 3 << 96 | 8]
    said = tell(reader, "Membership", "StandingCredited", credits=credits)
    assert said == "Your standing rose by 30."
    said = tell(reader, "Membership", "StandingCredited", credits=[17 << 96])
    assert said == "Your standing stays as it was: this award adds nothing to it."


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (1, "An award passed you by: 0x7099…79C8 had no passport."),
        (2, "An award passed you by: you were no member."),
    ],
)
def test_skipped__each_reason__is_said(reader, reason, said):
    told = {"batch_id": 1, "index": 0, "account": fakes.MEMBER, "reason": reason}
    assert tell(reader, "Rewards", "AwardSkipped", **told) == said


# ---- perks and votes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "by", "said"),
    [
        (42, fakes.MEMBER, "You gave “Screen\\-printed tote bag” back."),
        (42, OTHER, "The shop cancelled “Screen\\-printed tote bag” for you."),
        (7, fakes.MEMBER, "You cancelled the claim of member no. 7 to “Screen"),
    ],
)
def test_cancelled__by_each__is_theirs(reader, member, by, said):
    claim = claim_id_of(3, member, 0, 0)
    text = tell(reader, "Perks", "ClaimCancelled", claim_id=claim, by=by, refund=400)
    assert text.startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (0, 2, "You voted **World music** on “Which section should grow\\?”."),
        (1, 4, "You changed your vote on “Which section should grow\\?” to **Film scores**."),
        (0, 3, "You voted **Jazz and World music** on “Which section should grow\\?”."),
        (1, 0, "You changed your vote on “Which section should grow\\?” to **none of these**."),
        (0, 64, "You voted **Answer 7** on “Which section should grow\\?”."),
    ],
)
def test_cast__first_or_changed__names_the_answers(reader, old, new, said):
    told = {"poll_id": 2, "member_no": 42, "old_options": old, "new_options": new, "sequence": 1}
    assert tell(reader, "Polls", "BallotCast", **told) == said


def test_cast__poll_that_is_not_there__is_a_number(reader):
    told = {"poll_id": 77, "member_no": 42, "old_options": 0, "new_options": 1, "sequence": 1}
    assert tell(reader, "Polls", "BallotCast", **told) == (
        "You voted **Answer 1** on “Poll no. 77”."
    )


def test_left_out__each_reason__has_words_of_its_own(reader):
    told = {"poll_id": 2, "voter": fakes.MEMBER, "index": 0}
    said = {tell(reader, "Polls", "BallotSkipped", why=int(why), **told) for why in BallotSkip}
    assert len(said) == len(BallotSkip) == len(votes.LEFT_OUT)


@pytest.mark.parametrize(
    ("giver", "before", "after", "said"),
    [
        (fakes.MEMBER, NOBODY, fakes.MEMBER, "You speak for yourself in"),
        (fakes.MEMBER, fakes.MEMBER, OTHER, "You entrusted your voice in"),
        (fakes.MEMBER, OTHER, NOBODY, "Nobody speaks for you in"),
        (OTHER, OTHER, fakes.MEMBER, "0x3C44…93BC entrusted you with a voice"),
        (OTHER, fakes.MEMBER, OTHER, "0x3C44…93BC took back the voice"),
    ],
)
def test_delegated__each_way__says_whose_voice_it_is(reader, giver, before, after, said):
    told = {"delegator": giver, "fromDelegate": before, "toDelegate": after}
    assert tell(reader, "Electorate", "DelegateChanged", **told).startswith(said)


@pytest.mark.parametrize("way", Way)
def test_joined__each_way__is_said(reader, way):
    told = {"member_no": 42, "passport_id": 17, "way": int(way), "counts_from": 0}
    said = tell(reader, "Membership", "MemberJoined", **told)
    assert said.endswith("you are member no. 42.")
    assert ("invitation" in said, "open door" in said) == (
        way == Way.INVITED,
        way == Way.WALKED_IN,
    )


def test_roles__several__are_named(reader):
    told = {"account": fakes.MEMBER, "roles": int(Role.TILL | Role.STEWARD)}
    assert tell(reader, "Charter", "RolesGiven", **told) == (
        "You work for the brand as till and steward."
    )
    assert set(work.ROLES) == set(Role)


# ---- acts -----------------------------------------------------------------------------


def test_acts__one_transaction__is_one_act_with_its_telling_sentence_first(reader):
    claim = telling.acts(fakes.PAST, reader)[2]
    assert claim.headline == "You claimed “Screen\\-printed tote bag”, Black."
    assert claim.rest == ("**400 points** left your wallet for a perk.",)
    assert claim.icon == ":material/redeem:"
    assert {one.entry.event.tx_hash for one in claim.told} == {claim.tx_hash}


def test_acts__event_of_tomorrow__still_has_a_sentence(reader):
    said = tell(reader, "Badges", "BadgeEarned", holder=fakes.MEMBER)
    assert said == "The contract Badges named a wallet of yours, under BadgeEarned."
