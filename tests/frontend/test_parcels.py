# ruff: noqa: RUF001  (French apostrophes)
"""The Perks page and what is sent: what it needs, its order, and where it stands."""

from __future__ import annotations

from html import unescape

import pytest

from cercle.consent import salted_hash
from cercle.errors import ChainError, GateClosed, OrderMissing
from cercle.flags import ClaimState, GateQuestion, PerkKind
from cercle.gates import consent_asked
from cercle.orders import OrderFile
from frontend.states import plain
from frontend.testing import fakes

ADDRESS = consent_asked(2, "DeliveryOfGoods", "PhysicalAddress").value
NEEDS = {
    "en": (
        "Needs your consent: Postal address, for “Colis Brume”. "
        "To deliver what you ordered or claimed."
    ),
    "fr": "Demande votre accord\u00a0: Adresse postale, pour «\u00a0Colis Brume\u00a0».",
}
NUMBERED = {
    "en": "Needs your consent: Postal address, for company no. 2. To deliver",
    "fr": "Demande votre accord\u00a0: Adresse postale, pour l’entreprise n°\u00a02.",
}
LINK = {
    "en": "Allow “Colis Brume” on My data",
    "fr": "Autoriser «\u00a0Colis Brume\u00a0» sur Mes données",
}
NUMBERED_LINK = {
    "en": "Allow company no. 2 on My data",
    "fr": "Autoriser l’entreprise n°\u00a02 sur Mes données",
}


@pytest.fixture
def parcel(community):
    """A perk that is sent, behind a consent; is it given?"""

    def _parcel(is_open, **mine):
        gates = (fakes.gate(GateQuestion.CONSENT, ADDRESS, is_open),)
        community.perk_views = (fakes.perk(3, kind=PerkKind.SHIP, gates=gates),)
        community.mine = {3: mine} if mine else {}

    return _parcel


def says(app, text):
    shown = [*app.markdown, *app.caption, *app.info, *app.warning]
    return any(text in unescape(one.value.replace("\\", "")) for one in shown)


def links(app, label):
    return [one.proto for one in app.get("page_link") if one.proto.label == label]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_perks__consent_missing__says_which_and_leads_to_my_data(show, parcel, language):
    parcel(False, refusal=GateClosed)
    app = show("perks", language)
    assert says(app, NEEDS[language])
    assert [one.query_string for one in links(app, LINK[language])] == ["company=2"]
    assert not [one for one in app.button if one.key == "perks_claim_3"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "unknown",
    [
        lambda book: book.texts.clear(),
        lambda book: setattr(book, "trouble", ChainError("down")),
        lambda book: setattr(book, "mine", book.mine.model_copy(update={"companies": ()})),
    ],
    ids=["no text", "no answer", "no notice"],
)
def test_perks__company_without_a_name__is_asked_for_by_its_number(
    show, parcel, consents, unknown, language
):
    unknown(consents)
    parcel(False, refusal=GateClosed)
    app = show("perks", language)
    assert says(app, NUMBERED[language])
    assert [one.query_string for one in links(app, NUMBERED_LINK[language])] == ["company=2"]


def test_perks__two_companies_of_one_name__are_told_apart_by_their_numbers(
    show, community, consents
):
    consents.others[4] = consents.mine.companies[1].model_copy(update={"id": 4})
    asked = (ADDRESS, consent_asked(4, "DeliveryOfGoods", "Name").value)
    gates = tuple(fakes.gate(GateQuestion.CONSENT, one, False) for one in asked)
    community.perk_views = (fakes.perk(3, kind=PerkKind.SHIP, gates=gates, refusal=GateClosed),)
    app = show("perks")
    assert not links(app, LINK["en"])
    for number in (2, 4):
        label = NUMBERED_LINK["en"].replace("2", str(number))
        assert [one.query_string for one in links(app, label)] == [f"company={number}"]


def test_perks__companys_name_with_markdown__is_shown_letter_by_letter(show, parcel, consents):
    name = "[Brume](https://elsewhere.example) **now**"
    for text, notice in consents.texts.items():
        named = notice.controller.model_copy(update={"name": name})
        consents.texts[text] = notice.model_copy(update={"controller": named})
    parcel(False, refusal=GateClosed)
    app = show("perks")
    (label,) = [
        one.proto.label for one in app.get("page_link") if one.proto.query_string == "company=2"
    ]
    assert label == f"Allow “{plain(name)}” on My data" != f"Allow “{name}” on My data"


def test_perks__consent_given__claims_with_a_sealed_order(show, parcel, community, wallet):
    parcel(True)
    app = show("perks")
    assert says(app, f"{NEEDS['en']} You have it.")
    assert says(app, "Sent to you")
    assert says(app, "The ledger shows a seal of your order, and no name, size or address.")
    assert not [one for one in app.get("page_link") if "My data" in one.proto.label]
    app.button(key="perks_claim_3").click().run()
    (function, perk_id, variant, order_hash) = community.built[0]
    assert (function, perk_id, variant) == ("claim", 3, 0)
    assert wallet.sent[0][1] == "Claim “Screen-printed tote bag” for 400 points."

    community.mine = {3: {"my_claims": (fakes.claim(3, ClaimState.CLAIMED, days=27),)}}
    app.run()
    (kept,) = app.session_state["perks_orders"].values()
    assert order_hash == salted_hash(kept.order.document, bytes.fromhex(kept.salt[2:]))
    assert OrderFile.parse(kept.raw).matches(order_hash)
    assert "Keep my order" in [one.proto.label for one in app.get("download_button")]


def test_perks__asked_twice__is_one_order(show, parcel, community):
    parcel(True)
    app = show("perks")
    app.button(key="perks_claim_3").click().run()
    app.button(key="perks_claim_3").click().run()
    assert len(community.built) == 2
    assert community.built[0] == community.built[1]


def test_perks__order_refused__says_so(show, parcel, community, wallet):
    parcel(True)
    community.refusal = OrderMissing()
    app = show("perks")
    app.button(key="perks_claim_3").click().run()
    assert wallet.sent == []
    assert app.warning[0].value == "What is sent needs an order: claim it with the order's hash."


def test_perks__not_sent_yet__can_be_cancelled_and_shows_no_code(show, parcel, community, wallet):
    claim = fakes.claim(3, ClaimState.CLAIMED, days=27)
    parcel(True, my_claims=(claim,))
    app = show("perks")
    assert "On its way to you" in [head.value for head in app.header]
    assert says(app, "The shop has your order; it is sent in 27 days at the latest")
    assert says(app, "Your order's file was offered to you when you claimed this.")
    assert not [one for one in app.button if one.key == f"perks_code_{claim.id}"]
    app.button(key=f"perks_cancel_{claim.id}").click().run()
    assert community.built == [("cancel", claim.id)]


def test_perks__sent__is_among_what_i_had(show, parcel):
    parcel(True, my_claims=(fakes.claim(3, ClaimState.FULFILLED, days=27),))
    app = show("perks")
    assert "Sent" in str([table.value for table in app.markdown]) + str(
        [table.value for table in app.table]
    )
    assert not says(app, "Keep my order")
