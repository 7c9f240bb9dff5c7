"""`ape run proposal`, `deploy handover` and `deploy audit`: a brand passes to its members."""

from __future__ import annotations

from pathlib import Path

import pytest

from cercle import identity
from cercle.flags import ProposalState, Role, Support
from cercle.loyalty import electorate, membership
from cercle.proposals import acts, made
from tests.scripts.stage import FIRST_PERSON, ApeServer, Brand, Outcome

DAY = 86_400
PROPOSER = ["--account", f"TEST::{FIRST_PERSON}"]
TAKE_OVER = """
description: The members take over.
actions:
  - accept_admin:
"""
HIRE = """
description: Another till.
actions:
  - give_roles: {{ account: "{who}", roles: [till] }}
  - call: {{ contract: polls, function: withdraw_poll, arguments: [7] }}
"""


def later(brand: Brand, days: int) -> None:
    brand.node.rpc("evm_increaseTime", hex(days * DAY + 60))
    brand.node.rpc("evm_mine")
    brand.node.chain.forget_head()


@pytest.fixture(scope="module")
def grown(brand: Brand) -> Brand:
    """Three members, old enough to decide."""
    people, book = brand.people(3), brand.deployment
    for person in people:
        brand.node.send(person, identity.register(book))
    brand.node.send(brand.seat(Role.STEWARD), membership.admit(book, [1, 2, 3]))
    later(brand, 31)
    brand.node.send(people[0], electorate.refresh(book, [1, 2, 3]))
    later(brand, 1)
    return brand


@pytest.fixture
def run(ape: ApeServer, grown: Brand):
    def _run(*words: str, account: list[str] | None = None) -> Outcome:
        return ape.run(*words, *grown.words(), *(account or []))

    return _run


@pytest.fixture
def write(tmp_path: Path):
    def _write(text: str) -> str:
        path = tmp_path / "proposal.yaml"
        path.write_text(text)
        return str(path)

    return _write


def newest(brand: Brand) -> int:
    return made(brand.node.chain, brand.deployment)[-1].id


def state(brand: Brand, number: int) -> ProposalState:
    return ProposalState(brand.ask("Governor", "state", number))


def test_brand__handed_over_by_scripts__leaves_its_founder_nothing(run, grown, write):
    founder, admin = grown.seat(Role.ADMIN), ["--account", "TEST::0"]
    before = run("deploy", "audit")
    assert before.code == 1
    assert before.refusal == "2 findings need a look."
    assert f"LOOK  The admin is {grown.ask('Charter', 'admin')}." in before.text

    rehearsed = run("deploy", "handover", "--dry-run", account=admin)
    assert "would send: offer the office of admin to the Governor" in rehearsed.text
    assert "has offered the office to nobody" in rehearsed.text
    offered = run("deploy", "handover", account=admin)
    assert offered.code == 0, offered.text
    assert "A proposal must accept it, with the action `accept_admin`" in offered.text
    assert "A proposal must accept it" in run("deploy", "handover", account=admin).text

    file = write(TAKE_OVER)
    drafted = run("proposal", "draft", file)
    assert drafted.code == 0, drafted.text
    assert "  1. Take the office of admin that was offered." in drafted.text
    submitted = run("proposal", "submit", file, account=PROPOSER)
    assert submitted.code == 0, submitted.text
    number = newest(grown)
    assert f"propose {number}: done in block" in submitted.text

    later(grown, 2)
    for person in grown.people(2):
        vote = acts.vote(grown.deployment, number, Support.IN_FAVOUR)
        grown.node.send(person, vote)
    shown = run("proposal", "show", str(number)[:12])
    assert f"{number}: active, class 1" in shown.text
    assert "2 for, 0 against, 0 abstaining; quorum 1 of 3" in shown.text
    too_early = run("proposal", "queue", str(number), account=PROPOSER)
    assert too_early.refusal == (
        "This proposal is at another stage: that cannot be done with it now."
    )

    later(grown, 7)
    assert run("proposal", "queue", str(number), account=PROPOSER).code == 0
    assert "may be executed from" in run("proposal", "show").text
    later(grown, 2)
    done = run("proposal", "execute", str(number), account=PROPOSER)
    assert done.code == 0, done.text
    assert state(grown, number) == ProposalState.EXECUTED

    told = run("deploy", "handover", account=admin)
    assert "only votes change the brand now" in told.text
    after = run("deploy", "audit", "--also", grown.people(1)[0])
    assert after.code == 0, after.text
    assert "LOOK" not in after.text
    assert "ok    0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 may: nothing." in after.text
    assert founder.lower() == "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"
    assert "No key outside can do more than its role says." in after.text


def test_proposal__vetoed__with_a_reason(run, grown, write):
    file = write(HIRE.format(who=grown.people(2)[1]))
    submitted = run("proposal", "submit", file, account=PROPOSER)
    assert submitted.code == 0, submitted.text
    assert "these roles: till." in submitted.text
    assert "  2. Call Polls.withdraw_poll with poll_id 7." in submitted.text
    number = newest(grown)
    warden = ["--account", "TEST::1"]
    refused = run("proposal", "veto", str(number), "--reason", "No.", account=PROPOSER)
    assert refused.refusal == "Only a warden may veto."
    done = run("proposal", "veto", str(number), "--reason", "No.", account=warden)
    assert done.code == 0, done.text
    assert state(grown, number) == ProposalState.CANCELED


def test_submit__dry_run__sends_nothing(run, grown, write):
    count = len(made(grown.node.chain, grown.deployment))
    file = write(HIRE.format(who=grown.people(3)[2]))
    outcome = run("proposal", "submit", file, "--dry-run", account=PROPOSER)
    assert "would send: propose " in outcome.text
    assert len(made(grown.node.chain, grown.deployment)) == count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("description: x", "A proposal lists its actions."),
        ("actions: []\ndescription: x", "A proposal needs at least one action."),
        ("actions: [{dance: {}}]\ndescription: x", "Action 1 is one of give_roles"),
    ],
)
def test_draft__wrong_file__is_refused_in_a_sentence(run, write, text, words):
    outcome = run("proposal", "draft", write(text))
    assert outcome.code == 1
    assert outcome.refusal.startswith(words)


def test_queue__unknown_proposal__is_refused(run):
    outcome = run("proposal", "queue", "12", account=PROPOSER)
    assert outcome.refusal == "No proposal has an id that begins with '12'."
