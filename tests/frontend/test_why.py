"""Why: demand reasons, and check what was handed over against what was sealed."""

import pytest

from cercle.consent import DecisionState, Document, Reasons
from cercle.errors import DemandedTooLate
from frontend.holdings import Opening
from frontend.testing import consent as fakes
from frontend.testing.fakes import MEMBER_CARD, STRANGER
from tests.frontend.test_numbers import says

REASONS = Reasons(
    rule=Document(text="Credit from 3 orders paid in time on."),
    inputs=Document(text="Orders paid in time: 2."),
    outcome=Document(text="Credit refused."),
    counterfactual=Document(text="With 1 more order paid in time: credit granted."),
)


@pytest.fixture
def opened(consents):
    """A decision that was opened with `REASONS`."""
    names = ("rule", "inputs", "outcome", "counterfactual")
    opening = Opening(**dict(zip(names, REASONS.opening, strict=True)), is_late=False)
    made = fakes.decision(
        7,
        DecisionState.OPENED,
        30,
        opening=opening,
        commitment=REASONS.commitment(fakes.CARRIER, MEMBER_CARD.passport_id),
    )
    consents.decided = (made,)
    return made


def check(app, text, number=7):
    app.toggle(key=f"why_check_{number}").set_value(True).run()
    return app.text_area(key=f"why_text_{number}").set_value(text).run()


@pytest.mark.parametrize("account", [None, STRANGER])
def test_why__nobody_with_a_passport__is_told_what_this_is(show, wallet, account):
    wallet.account = account
    app = show("why")
    assert app.title[0].value == "Why was it decided so?"
    assert not [one for one in app.button if one.key.startswith("why_")]


def test_why__no_decision__says_so(show, consents):
    fakes.empty(consents)
    assert show("why").title[0].value == "No company has decided anything about you"


def test_why__each_state__says_where_it_stands(show):
    app = show("why")
    assert app.title[0].value == "1 company owes you its reasons"
    for sentence in (
        "The reasons are sealed. You may demand them until 13 March 2027.",
        "You demanded the reasons; the company has to open them.",
        "It has until 7 April 2026, in 23 days.",
        "The company opened its reasons: check that they are the sealed ones.",
        "The company did not answer in time. Everybody can see that.",
        "Nobody demanded the reasons within a year; that time is over.",
    ):
        assert says(app, sentence), sentence


def test_demand__sealed__gives_the_company_thirty_days(show, wallet, consents):
    show("why").button(key="why_demand_9").click().run()
    assert consents.built == [("demand", 9)]
    assert wallet.sent[0][1] == (
        "Demand that Colis Brume opens the reasons of decision no. 9 within 30 days. This cannot "
        "be undone."
    )


def test_demand__refused__says_why(show, community, wallet):
    community.refusal = DemandedTooLate()
    app = show("why")
    app.button(key="why_demand_9").click().run()
    assert says(app, "Reasons may be demanded for a year")
    assert not wallet.sent


def test_silence__of_a_company__can_be_written_down(show, consents):
    show("why").button(key="why_silence_6").click().run()
    assert consents.built == [("mark_silence", 6)]


def test_silence__written_down__is_not_offered_again(show, consents):
    consents.decided = (fakes.decision(6, DecisionState.SILENT, 60, is_marked=True),)
    app = show("why")
    assert says(app, "That is written down for good.")
    assert not [one for one in app.button if one.key == "why_silence_6"]


# ---- strangers, and many of them ------------------------------------------------------------


def test_strangers__of_companies_never_allowed__wait_apart(show, consents):
    strange = fakes.decision(12, DecisionState.COMMITTED, 1, was_allowed=False)
    consents.decided = (strange, *fakes.DECISIONS)
    app = show("why")
    assert app.title[0].value == "1 company owes you its reasons"
    assert app.expander[0].label == "1 decision by companies that you never allowed anything"
    app.button(key="why_demand_12").click().run()
    assert consents.built == [("demand", 12)]


def test_strangers__only_they_decided__is_not_called_a_decision_about_me(show, consents):
    consents.decided = (fakes.decision(12, DecisionState.SILENT, 60, was_allowed=False),)
    assert show("why").title[0].value == "No company has decided anything about you"


def test_strangers__the_brands_own_company__is_none(show, consents):
    brands = fakes.decision(
        12, DecisionState.COMMITTED, 1, was_allowed=False, company_id=fakes.SHOP
    )
    consents.decided = (brands,)
    own = fakes.SHOP_VIEW.model_copy(update={"is_brands": True})
    consents.mine = fakes.MINE.model_copy(update={"companies": (own,)})
    assert not [one for one in show("why").expander if "never allowed" in one.label]


def test_why__many__are_shown_part_by_part(show, consents):
    consents.decided = tuple(
        fakes.decision(number, DecisionState.UNASKED, 400) for number in range(45, 0, -1)
    )
    app = show("why")
    assert len(app.subheader) == 20
    app.button(key="why_older").click().run()
    assert len(app.subheader) == 40


# ---- the check ---------------------------------------------------------------------------


def test_check__what_was_sealed__is_confirmed_and_read(show, opened):
    app = check(show("why"), REASONS.model_dump_json())
    assert app.success[0].value.startswith("These are the reasons that were sealed")
    assert says(app, "With 1 more order paid in time")


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("rule", "The rule"),
        ("inputs", "What it knew of you"),
        ("outcome", "The result"),
        ("counterfactual", "What would have brought another result"),
    ],
)
def test_check__one_part_exchanged__is_named(show, opened, part, named):
    other = getattr(REASONS, part).model_copy(update={"text": "Something kinder."})
    app = check(show("why"), REASONS.model_copy(update={part: other}).model_dump_json())
    assert not app.success
    assert f"not the reasons that were sealed: {named}." in app.error[0].value


def test_check__another_secret__is_named(show, opened):
    other = REASONS.model_copy(update={"secret": "0x" + "12" * 32})
    app = check(show("why"), other.model_dump_json())
    assert "the secret" in app.error[0].value


@pytest.mark.parametrize("text", ["{}", "no json", '{"kind": "reasons"}', "[" * 100])
def test_check__no_such_file__says_so(show, opened, text):
    app = check(show("why"), text)
    assert says(app, "This is no file of a company's reasons.")
    assert not app.exception


def test_check__opened_too_late__says_so(show, consents, opened):
    late = opened.opening.model_copy(update={"is_late": True})
    consents.decided = (opened.model_copy(update={"opening": late}),)
    assert says(show("why"), "It opened them too late.")


def test_why__in_french__says_it_in_french(show):
    assert show("why", language="fr").title[0].value == "1 entreprise vous doit ses raisons"
