# ruff: noqa: RUF001  (French apostrophes)
"""Every number on a page is the service's, in the member's words."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pyarrow
import pytest

from cercle.errors import GateClosed, PerkClosed, PerkSoldOut, PointsTooFew
from cercle.flags import ClaimState
from cercle.models import VariantView
from frontend import present, public_facts
from frontend.testing import fakes

BOOKS = {"Consent", "Records", "Vault", "Decisions"}
OF_DATA = [
    fact
    for fact in public_facts.FACTS
    if set(present.contracts(fact, fakes.FakeCommunity().writers())) <= BOOKS
]
OF_SERVICE = {
    "Which service contracts you signed, with whom, on which plans, for how long and up to what "
    "price": "AgreementOpened",
    "What you paid in for a service contract, and what you took back":
        "EscrowPaid and EscrowWithdrawn",
    "How much you had used of a service whenever its meter was read, and what that cost on each "
    "plan": "ReadingSettled and ReadingUncounted",
    "When you stood on another plan, neared a limit, were stopped, or went on":
        "PlanSwitched\\, LimitNeared\\, AgreementStopped and WentOn",
    "What each period of a service contract came to": "PeriodClosed and SilenceClosed",
    "That prices of your contract fell, or that a plan of it got dearer":
        "TermsImproved and TermsWorsened",
    "That a service contract of yours ends, when, and who ended it": "AgreementEnded",
}  # fmt: skip


def texts(app) -> list[str]:
    """Everything a page says, in its order."""
    return [
        str(element.value)
        for kind in ("title", "header", "subheader", "markdown", "caption", "info", "warning")
        for element in app.get(kind)
    ]


def says(app, sentence: str) -> bool:
    return any(sentence in text for text in texts(app))


def table(app, place: int = 0) -> list[tuple[str, ...]]:
    return [tuple(row) for row in app.table[place].value.itertuples(index=False)]


def chart(app, place: int = 0) -> list[dict]:
    """The rows that a chart draws."""
    data = app.get("vega_lite_chart")[place].proto.data.data
    return pyarrow.ipc.open_stream(data).read_all().to_pylist()


# ---- tour ------------------------------------------------------------------------


def test_tour__metrics__are_the_brands(show, wallet):
    wallet.account = None
    app = show("tour")
    assert [(one.label, one.value) for one in app.metric] == [
        ("Members", "398"),
        ("Perks open now", "3"),
        ("Questions open now", "1"),
    ]
    assert says(app, "A point is worth €0.01")
    assert table(app)[:4] == [
        ("Jazz", "31", "31%"),
        ("World music", "58", "57%"),
        ("Film scores", "12", "12%"),
        ("**In all**", "**101**", ""),
    ]


def test_tour__before_joining__every_public_fact_is_listed(show, wallet):
    wallet.account = None
    app = show("tour")
    assert len(table(app, 1)) == len(public_facts.FACTS)
    assert says(app, "Never written there")


# ---- my card ---------------------------------------------------------------------


def test_card__member__answers_with_points_tier_and_voice(show):
    app = show("card")
    assert app.title[0].value == "You have 1,250 points"
    assert says(app, "They are worth **€12.50** here.")
    assert says(app, "They expire in 3 days unless you earn or spend some before.")
    assert app.get("progress")[0].proto.text == "320 more points of standing to Silver"
    assert app.get("progress")[0].proto.value == 68  # of the 1,000 from Bronze to Silver
    assert says(app, "Your standing is 1,180.")
    assert says(app, "Since 10 March 2025")
    of_data = {fact.what for fact in OF_DATA}
    served = {
        what: f"In the contract Agreements\\, under {how}" for what, how in OF_SERVICE.items()
    }
    assert {what: said for what, said in table(app) if what not in of_data} == served | {
        "That a wallet of yours has a passport, and its number": "17",
        "That the wallets you link are one person's": "See My wallets below",
        "That you show a text of your own, and each change of it":
            "In the contract Profile\\, under ProfileSet",
        "How you appear in each world, and whether that is verified":
            "In the contract Profile\\, under AvatarSet and AvatarRemoved",
        "That a world took back what it had confirmed of you":
            "In the contract Profile\\, under AttestationRevoked",
        "Your member number, when and how you joined, and when you leave":
            "No\\. 42\\, since 8 February 2025",
        "Your standing and your tier": "1\\,180\\, Bronze",
        "That an award passed you by, and why":
            "In the contract Rewards\\, under AwardSkipped",
        "Your points, and each time they come or go": "1\\,250 points",
        "Whom you allow to spend your points": "In the contract Points\\, under Approval",
        "That points of yours lapsed": "In the contract Points\\, under PointsExpired",
        "That a recovery froze, freed or moved your points": "Not now",
        "An award of yours that was undone": "In the contract Rewards\\, under AwardReversed",
        "Which perks you claim, which choice, and when": "See Perks",
        "What became of each claim": "See Perks",
        "How you vote: the answer you picked, and each change": "See Votes",
        "What you propose to the brand's members, and that you took it back":
            "In the contract Governor\\, under ProposalCreated\\, ProposalClassed and "
            "ProposalCanceled",
        "How you vote on proposals, with how many votes, and the reason you give":
            "See Proposals",
        "Who votes for you in the brand's decisions, and until when": "Yourself",
        "How many votes you carry": "1",
        "That a passkey has an account, its public key, and the site it belongs to":
            "In the contract PasskeyFactory\\, under AccountCreated",
        "Whom your passkey account called, and what money came to it":
            "In the contract PasskeyAccount\\, under Executed and Received",
        "That a signature of yours was used or cancelled":
            "In the contracts Agreements\\, Consent\\, Electorate\\, Membership\\, Passport\\, "
            "PriceLists\\, Profile\\, Records and Vault\\, under NonceUsed",
    }  # fmt: skip


def test_card__member__is_told_where_the_facts_about_data_stand(show):
    said = dict(table(show("card")))
    assert said["That you took everything back, from every company"] == "See My data"
    where = Counter(said[fact.what] for fact in OF_DATA)
    assert {what: count for what, count in where.items() if what.startswith("See")} == {
        "See My data": 6,
        "See Who looked": 2,
        "See I moved": 2,
        "See Why": 4,
    }


def test_card__member_in_french__says_the_same(show):
    app = show("card", "fr")
    assert app.title[0].value == "Vous avez 1\u202f250 points"
    assert says(app, "Ils valent **12,50\u00a0€** ici.")
    assert says(app, "Ils expirent dans 3 jours")
    assert app.get("progress")[0].proto.text == "Encore 320 points de statut jusqu’au palier Argent"


def test_card__picture__says_what_is_drawn(show):
    app = show("card")
    assert app.get("image")[0].proto.imgs[0].alt == (
        "Membership card of Disques Delta: Bronze, member no. 42, since February 2025"
    )


def test_card__highest_tier_and_endless_points__say_so(show, community):
    community.cards[fakes.MEMBER] = fakes.MEMBER_CARD.model_copy(
        update={"standing": 3_000, "tier": 3, "points_expire_at": None}
    )
    app = show("card")
    assert app.get("progress")[0].proto.text == "The highest there is."
    assert says(app, "They never expire.")


def test_card__newcomer__learns_when_the_voice_counts(show, community):
    community.cards[fakes.MEMBER] = fakes.MEMBER_CARD.model_copy(
        update={"counts_from": fakes.NOW + timedelta(days=12)}
    )
    app = show("card")
    assert says(app, "Your voice counts in 12 days")
    assert says(app, "From 27 March 2026")


# ---- perks -----------------------------------------------------------------------


def test_perks__member__sees_prices_stock_and_distance(show):
    app = show("perks")
    assert app.title[0].value == "2 perks are open to you"
    assert says(app, "You have **1,250 points** to spend.")
    assert says(app, "**400 points (worth €4.00)**")
    assert says(app, "6 left · Ends in 9 days · At the counter")
    assert says(app, "163 left · No end date · By code, here")
    assert app.get("progress")[0].proto.text == (
        "Needs the Silver tier\\. You are 320 points of standing away\\."
    )
    assert app.get("progress")[0].proto.value == 78  # 1,180 of 1,500
    assert [button.label for button in app.button] == ["Claim for 400 points", "Claim for free"]
    assert app.selectbox[0].options == ["Natural (6 left)"]  # the black one is sold out


def test_perks__my_claims__tell_the_deadline_and_the_past(show, community):
    fakes.busy(community)
    app = show("perks")
    assert app.title[0].value == "2 perks wait for you"
    assert says(app, "Collect it in 27 days")
    assert says(app, "All are taken. Some may come back if others cancel.")
    assert table(app)[0] == ("Scarf", "10 February 2026", "Delivered")


def test_perks__closed_before_it_opens__is_not_on_offer(show, community):
    tomorrow = fakes.NOW + timedelta(days=1)
    never = fakes.perk(3, opens_at=tomorrow, closes_at=tomorrow, refusal=PerkClosed)
    community.perk_views = (never,)
    app = show("perks")
    assert says(app, "No perk is on offer.")
    assert not says(app, "Opens")


def test_perks__overdue_claim__offers_the_points_back(show, community, wallet):
    fakes.late(community)
    claim = fakes.claim(3, ClaimState.CLAIMED, days=-2)
    app = show("perks")
    assert says(app, "The brand is late.")
    app.button(key=f"perks_miss_{claim.id}").click().run()
    assert community.built == [("miss", claim.id)]
    assert wallet.sent[0][1] == "Call it missed: your points come back."


# ---- votes -----------------------------------------------------------------------


@pytest.mark.parametrize(("language", "total"), [("en", "In all"), ("fr", "En tout")])
def test_votes__tally__is_the_polls_in_chart_and_table(show, language, total):
    app = show("votes", language)
    assert [row[1] for row in table(app)] == ["31", "58", "12", "**101**"]
    assert table(app)[-1][0] == f"**{total}**"
    assert [row["votes"] for row in chart(app)] == [31, 58, 12]
    assert [row[1] for row in table(app, 1)] == ["140", "77", "**217**"]
    assert table(app, 1)[0][0].endswith("(yours)" if language == "en" else "(la vôtre)")


def test_votes__closed__names_the_winner_or_the_tie(show, community):
    assert says(show("votes"), "Members chose **Yes**")
    community.poll_views = (fakes.POLLS[1].model_copy(update={"tally": (5, 5)}),)
    assert says(show("votes"), "A tie: **Yes** and **No**")
    community.poll_views = (fakes.POLLS[1].model_copy(update={"tally": (0, 0)}),)
    assert says(show("votes"), "Nobody voted.")


def test_votes__without_voice__says_from_when(show, community):
    fakes.late(community)
    app = show("votes")
    assert says(app, "yours counts from 27 March 2026")
    assert says(app, "when it opened, on 13 March 2026")
    assert not app.radio


def test_votes__lately__shows_who_joined(show, community):
    assert says(show("votes"), "Since 13 February 2026, 7 members joined.")
    recent = fakes.BRAND_VIEW.recent.model_copy(update={"joined": 0})
    community.brand_view = fakes.BRAND_VIEW.model_copy(update={"recent": recent})
    assert says(show("votes"), "Nobody has joined since 13 February 2026.")


def test_perks__odd_amounts__keep_their_decimals(show, community):
    one = fakes.perk(3, price=Decimal("12.5"), variants=(VariantView(stock=1, taken=0, left=1),))
    community.perk_views = (one,)
    assert says(show("perks"), "**12.5 points (worth €0.12)**")  # half to even, as banks do


def test_perks__what_is_nearest__comes_first(show, community):
    gone = fakes.perk(9, variants=(VariantView(stock=1, taken=1, left=0),))
    community.perk_views = (gone, fakes.PERKS[2], fakes.perk(8), fakes.PERKS[1])
    community.mine = {
        9: {"refusal": PerkSoldOut},
        1: {"refusal": GateClosed},
        8: {"refusal": PointsTooFew},
    }
    offers = [head.value for head in show("perks").subheader]
    assert offers == [
        "Unreleased album\\, download",
        "Perk no\\. 8",
        "Private listening night",
        "Perk no\\. 9",
    ]


def test_card__points_lapse_within_a_month__is_a_warning(show, community):
    assert show("card").warning[0].value.startswith("They expire in 3 days")
    later = fakes.MEMBER_CARD.model_copy(
        update={"points_expire_at": fakes.NOW + timedelta(days=90)}
    )
    community.cards[fakes.MEMBER] = later
    app = show("card")
    assert not app.warning
    assert says(app, "They expire in 3 months")
