"""The page of proposals: what waits, why each is where it is, what it would do, and my vote."""

from datetime import timedelta

import pytest

from cercle.errors import NoVotes, PastTheSeasonsBound, PointsTooFew, TargetCodeChanged
from cercle.flags import ProposalState, Support
from cercle.proposals import Course
from frontend import decided, deciding
from frontend.testing import decisions as fakes
from frontend.testing.fakes import MEMBER, MEMBER_CARD, NOW, PERSON, STRANGER, FakeCarrier
from tests.frontend.test_numbers import says, table


def only(decisions, *proposals):
    decisions.every = proposals


def links(app):
    return [one.label for one in app.get("page_link")]


# ---- the answer ------------------------------------------------------------------------


def test_proposals__member__counts_what_waits_for_their_vote(show, decisions):
    assert show("proposals").title[0].value == "2 proposals wait for your vote"
    decisions.mine[fakes.PAID.id] = {"my_votes": 3, "has_voted": True}
    assert show("proposals").title[0].value == "1 proposal waits for your vote"
    assert show("proposals", "fr").title[0].value == "1 proposition attend votre vote"


def test_proposals__nothing_to_vote_on__counts_what_anybody_may_carry_on(show, decisions):
    only(decisions, fakes.DUE, fakes.SUCCEEDED, fakes.WAITING)
    assert show("proposals").title[0].value == "2 decisions wait for somebody to carry them on"
    only(decisions, fakes.WAITING)
    assert show("proposals").title[0].value == "Nothing waits for your vote"


@pytest.mark.parametrize("account", [None, STRANGER, PERSON])
def test_proposals__no_member__is_told_what_is_decided_here(show, wallet, account):
    wallet.account = account
    assert show("proposals").title[0].value == "What members decide to do"


def test_proposals__none__says_what_will_be_here(show, decisions):
    fakes.empty(decisions)
    assert says(show("proposals"), "Nothing is proposed at the moment.")


def test_proposals__doors__lead_to_my_voice_and_the_treasury(show, decisions):
    app = show("proposals")
    assert {"You speak with 3 votes", "What the members hold"} <= set(links(app))
    decisions.voices[MEMBER] = fakes.AWAY
    assert "Your voice is with member no. 7" in links(show("proposals"))


# ---- why it is where it is ---------------------------------------------------------------

WHY = [
    (fakes.PENDING, "The vote opens in 24 hours."),
    (fakes.ACTIVE, "The vote closes in 5 days. Not enough members have taken part yet."),
    (
        fakes.ACTIVE.model_copy(update={"in_favour": 80}),
        "The vote closes in 5 days. Enough members have taken part.",
    ),
    (
        fakes.ACTIVE.model_copy(update={"deadline": fakes.ACTIVE.deadline + timedelta(hours=1)}),
        "The vote closes in 5 days. It was prolonged",
    ),
    (fakes.QUIET, "30 votes for it or abstaining, where 79 were needed."),
    (fakes.REFUSED.model_copy(update={"in_favour": 90}), "as many were against it as for it"),
    (fakes.REFUSED.model_copy(update={"in_favour": 85}), "more were against it than for it"),
    (fakes.QUIET.model_copy(update={"in_favour": 0}), "Not accepted: nobody voted."),
    (fakes.SUCCEEDED, "put in the queue, where it waits 3 days"),
    (fakes.WAITING, "It can be carried out in 2 days"),
    (fakes.WAITING, "the warden may still stop it"),
    (fakes.DUE, "its time has come"),
    (fakes.EXECUTED, "Accepted and carried out."),
    (fakes.VETOED, "Stopped by the warden, who says why: “It pays a stranger all we have\\.”"),
    (fakes.TAKEN_BACK, "Taken back: it does nothing."),
]


@pytest.mark.parametrize(("proposal", "sentence"), WHY, ids=[why for _, why in WHY])
def test_proposals__each_state__says_why_it_is_there(show, decisions, proposal, sentence):
    only(decisions, proposal)
    assert says(show("proposals"), sentence)


@pytest.mark.parametrize("state", list(ProposalState))
def test_icon__each_state__has_one(state):
    assert decided.icon(fakes.ACTIVE.model_copy(update={"state": state}))


def test_steps__vetoed_while_voted_on__ends_there():
    course = Course(canceled_at=NOW - timedelta(hours=1), warden=STRANGER, veto="No.")
    one = fakes.ACTIVE.model_copy(update={"state": ProposalState.CANCELED, "course": course})
    names = [step.partition(" ")[2].partition(" · ")[0] for step in decided.steps(one, NOW)]
    assert names == ["Proposed", "Vote opens", "Stopped by the warden"]


def test_steps__taken_back_before_the_vote__names_no_vote():
    course = Course(canceled_at=NOW)
    one = fakes.PENDING.model_copy(update={"state": ProposalState.CANCELED, "course": course})
    names = [step.partition(" ")[2].partition(" · ")[0] for step in decided.steps(one, NOW)]
    assert names == ["Proposed", "Taken back"]


def test_steps__queued__one_step_is_the_present_one():
    signs = [step.partition(" ")[0] for step in decided.steps(fakes.WAITING, NOW)]
    assert signs == [decided.DONE] * 4 + [decided.NOW, decided.TO_COME]


# ---- what it says and would do -----------------------------------------------------------


def test_proposals__text__is_its_makers_and_what_it_would_do_is_not(show, decisions):
    reserved = f"{fakes.ACTIVE.draft.description}\n#proposer={fakes.FRIEND}"
    draft = fakes.ACTIVE.draft.model_copy(update={"description": reserved})
    only(decisions, fakes.ACTIVE.model_copy(update={"draft": draft}))
    app = show("proposals")
    assert [head.value for head in app.subheader] == ["A second till on Saturdays"]
    assert says(app, "Awa would stand at it")
    assert not says(app, "proposer=")
    assert says(app, "- Give 0x15d3…6A65 these roles: till and curator.")


def test_proposals__description_of_nothing__is_called_by_its_number(show, decisions):
    draft = fakes.ACTIVE.draft.model_copy(update={"description": "#\n"})
    one = fakes.ACTIVE.model_copy(update={"draft": draft})
    only(decisions, one)
    assert show("proposals").subheader[0].value == f"Proposal {decided.number(one)}"


def test_proposals__new_terms__shows_what_changes_and_nothing_else(show, decisions):
    only(decisions, fakes.PENDING)
    assert table(show("proposals")) == [
        ("Must take part (quorum)", "20% of all votes", "**25% of all votes**"),
        ("Warden's veto", "Yes", "**No**"),
    ]


def test_proposals__call_of_a_stranger__is_a_warning(show, decisions):
    only(decisions, fakes.REFUSED)
    assert show("proposals").warning[0].value.startswith("We cannot tell what this does")


def test_proposals__amounts__are_in_points_and_coin(show, decisions):
    only(decisions, fakes.PAID, fakes.SUCCEEDED)
    app = show("proposals", "fr")
    assert says(app, "- Payer 1\u202f200 points à 0x9965…A4dc.")
    assert says(app, "- Payer 0\\,25\u00a0ETH à 0x9965…A4dc.")


def test_proposals__class_has_other_rules_by_now__keeps_its_own(show, decisions):
    only(decisions, fakes.ACTIVE)
    assert says(show("proposals"), "later changes do not touch it")
    decisions.classes = (fakes.FIRST.model_copy(update={"threshold": 9}), fakes.PAYING)
    assert says(show("proposals"), "Class 1 has other rules by now.")


def test_proposals__count__is_in_the_table_the_meter_and_the_turnout(show, decisions):
    only(decisions, fakes.ACTIVE)
    app = show("proposals")
    assert [row[:2] for row in table(app)] == [
        ("For", "41"), ("Against", "12"), ("Abstain", "9"), ("**In all**", "**62**"),
    ]  # fmt: skip
    meter = app.get("progress")[0].proto
    assert meter.text == "Too few so far: 50 votes for or abstaining, 79 are needed"
    assert meter.value == 63
    assert says(app, "16% of all 398 votes took part.")
    assert says(app, "Since 13 February 2026, 7 members joined.")


def test_proposals__older_ones__are_shown_to_who_asks(show, decisions):
    decisions.older = 15
    app = show("proposals")
    assert app.button(key="proposals_older").label == "Show 12 older ones"
    app.button(key="proposals_older").click().run()
    assert app.session_state["proposals_parts"] == 2


# ---- my vote -------------------------------------------------------------------------------


def press(app, support, reason=""):
    key = f"proposals_vote_{fakes.ACTIVE.id}"
    if support is not None:
        app.radio(key=f"{key}_choice").set_value(support)
    if reason:
        app.text_area(key=f"{key}_reason").set_value(reason)
    return app.button(key=key).click().run()


@pytest.mark.parametrize("support", list(Support))
def test_vote__picked__asks_the_wallet_and_says_that_it_is_final(show, wallet, decisions, support):
    press(show("proposals"), support)
    assert decisions.built == [("vote", fakes.ACTIVE.id, support, "")]
    answer = {0: "Against", 1: "For", 2: "Abstain"}[support]
    assert wallet.sent[0][1] == (
        f"Vote “{answer}” on “A second till on Saturdays”. It is final and public."
    )


def test_vote__with_a_reason__takes_it_along(show, decisions):
    press(show("proposals"), Support.AGAINST, "  Too dear.  ")
    assert decisions.built[0][3] == "Too dear."


def test_vote__nothing_picked__asks_to_pick(show, wallet, decisions):
    app = press(show("proposals"), None)
    assert (wallet.sent, decisions.built) == ([], [])
    assert "Pick an answer first." in [box.value for box in app.warning]


def test_vote__carried_by_a_relayer__is_only_signed(show, wallet, community):
    community.relayer = FakeCarrier()
    press(show("proposals"), Support.IN_FAVOUR)
    assert wallet.sent == []
    assert wallet.carried[0][0].struct == "BallotUntil"


def test_vote__refused_when_tried__says_why(show, wallet, community):
    community.refusal = NoVotes()
    app = press(show("proposals"), Support.IN_FAVOUR)
    assert wallet.sent == []
    assert any("See on the page My voice who speaks for you." in box.value for box in app.warning)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "You voted: **Abstain**. A vote is final."),
        ("fr", "Vous avez voté\u00a0: **Abstention**. Un vote est définitif."),
    ],
)
def test_vote__cast__is_shown_and_not_asked_again(show, decisions, language, sentence):
    fakes.busy(decisions)
    only(decisions, fakes.ACTIVE)
    app = show("proposals", language)
    assert [box.value for box in app.success] == [sentence]
    assert not app.radio
    decisions.said.clear()
    assert len(show("proposals").success) == 1


def test_vote__no_voice__says_why_for_each_reason(show, wallet, community, decisions):
    fakes.late(decisions)
    only(decisions, fakes.ACTIVE)
    assert says(show("proposals"), "somebody else spoke for you")
    counts = {"counts_from": NOW + timedelta(days=3)}
    community.cards[MEMBER] = MEMBER_CARD.model_copy(update=counts)
    assert says(show("proposals"), "yours counts from 18 March 2026")
    wallet.account = STRANGER
    assert says(show("proposals"), "Only members vote.")
    wallet.account = None
    assert says(show("proposals"), "Connect a wallet to vote.")


# ---- what anybody may do ---------------------------------------------------------------------


@pytest.mark.parametrize(("proposal", "act"), [(fakes.SUCCEEDED, "queue"), (fakes.DUE, "execute")])
def test_step__due__anybody_may_take_it(show, wallet, decisions, proposal, act):
    wallet.account = STRANGER
    only(decisions, proposal)
    app = show("proposals")
    assert says(app, "Anybody may.")
    app.button(key=f"proposals_{act}_{proposal.id}").click().run()
    assert decisions.built == [(act, proposal.draft.id)]
    assert wallet.sent[0][1].endswith("as the members decided.")


@pytest.mark.parametrize("proposal", [fakes.WAITING, fakes.PENDING, fakes.EXECUTED, fakes.QUIET])
def test_step__not_due__is_not_offered(show, decisions, proposal):
    only(decisions, proposal)
    assert not show("proposals").button


def test_step__wallet_that_only_signs__is_told_who_may(show, wallet, decisions):
    wallet.signs_only = True
    only(decisions, fakes.DUE)
    app = show("proposals")
    assert not app.button
    assert says(app, "yours only signs")


def test_cancel__its_maker__takes_it_back_before_the_vote(show, wallet, decisions):
    wallet.account = fakes.FRIEND
    only(decisions, fakes.PENDING)
    show("proposals").button(key=f"proposals_cancel_{fakes.PENDING.id}").click().run()
    assert decisions.built == [("cancel", fakes.PENDING.draft.id)]


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (TargetCodeChanged(), "It can be proposed again."),
        (PastTheSeasonsBound(), "it can wait for the next year"),
        (PointsTooFew(), "one of its calls is refused"),  # the treasury's, not the member's
    ],
)
def test_execute__refused_when_tried__says_what_it_means_here(
    show, community, decisions, refusal, sentence
):
    community.refusal = refusal
    only(decisions, fakes.DUE)
    app = show("proposals")
    app.button(key=f"proposals_execute_{fakes.DUE.id}").click().run()
    assert any(sentence in box.value for box in app.warning)


def test_has_governor__no_node__hides_its_pages(monkeypatch, community):
    monkeypatch.setattr(deciding.services, "community", lambda: community)
    assert deciding.has_governor()
    monkeypatch.setattr(deciding.services, "community", lambda: community.deployment.address("No"))
    assert not deciding.has_governor()
