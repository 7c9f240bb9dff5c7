"""The hand-over and its audit: what a founder keeps is found, and after the vote it is nothing."""

import re
from pathlib import Path

import pytest

from cercle import core, identity
from cercle.artifacts import Artifacts
from cercle.audit import audit
from cercle.audit.guarded import GUARDED
from cercle.errors import DeploymentError
from cercle.executors import UnlockedExecutor
from cercle.flags import Role, Support
from cercle.handover import Handover, Stage
from cercle.journal import create_address
from cercle.loyalty import electorate, membership
from cercle.proposals import acts, build, draft_of

from .community import DAY
from .nodes import place_code, rpc

CONTRACTS = Path(__file__).parents[2] / "contracts"
_ASKS = re.compile(r"(?:authority|wing|self)\._require_(?:role|admin)\(|self\._require_governor\(")


@pytest.fixture
def look(town):
    """The findings that are wrong, or all."""

    def _look(*, wrong=True, also=()):
        found = audit(town.chain, town.deployment, Artifacts(), also)
        return [one.sentence for one in found if not (wrong and one.is_right)]

    return _look


@pytest.fixture
def hand_over(town):
    """By the book: offered, proposed, voted, queued, executed."""
    book, founder = town.deployment, town.people[0]
    for member in town.members:
        town.send(identity.register(book), member)
    town.send(membership.admit(book, [1, 2, 3]), town.steward)
    town.pass_time(31 * DAY)
    town.send(electorate.refresh(book, [1, 2, 3]), town.steward)
    town.pass_time(60)

    def _hand_over():
        town.send(Handover(town.chain, book).offer(), founder)
        draft = draft_of([build.accept_admin(book)], "The members take over.")
        town.send(acts.propose(book, draft), town.members[0])
        town.pass_time(DAY + 60)
        for member in town.members[:2]:
            town.send(acts.vote(book, draft.id, Support.IN_FAVOUR), member)
        town.pass_time(3 * DAY + 60)
        town.send(acts.queue(book, draft), town.outsider)
        town.pass_time(2 * DAY + 60)
        town.send(acts.execute(book, draft), town.outsider)

    return _hand_over


def test_guarded__every_function_that_asks__is_listed():
    """By the sources: whatever asks for a role, or for the governor."""
    asking = set()
    for path in sorted(CONTRACTS.rglob("*.vy")):
        if "testing" in path.parts:
            continue
        for part in re.split(r"^@", path.read_text(), flags=re.M):
            named = re.search(r"^def (\w+)\(", part, re.M)
            if named and named.group(1)[0] != "_" and _ASKS.search(part):
                asking.add(named.group(1))
    listed = {one.function for one in GUARDED}
    # `cancel` asks for a steward only where the claim is somebody else's; `reverse` asks inside.
    assert asking - listed == {"cancel"}
    assert listed - asking == {"reverse"}


def test_handover__step_by_step__says_what_stands(town, hand_over):
    founder, book = town.people[0], town.deployment
    before = Handover(town.chain, book)
    assert before.stage is Stage.FOUNDER
    assert before.sentence == f"{founder} is the admin, and has offered the office to nobody."
    town.send(before.offer(), founder)
    offered = Handover(town.chain, book)
    assert offered.stage is Stage.OFFERED
    assert "A proposal must accept it" in offered.sentence
    town.send(core.offer_admin(book, "0x" + "0" * 40), founder)
    assert Handover(town.chain, book).stage is Stage.FOUNDER
    hand_over()
    done = Handover(town.chain, book)
    assert done.stage is Stage.DONE
    assert "only votes change the brand now" in done.sentence


def test_handover__another_governor_in_the_directory__is_refused(town):
    other = town.deployment.contracts["Governor"].model_copy(update={"address": town.outsider})
    with pytest.raises(DeploymentError, match="The directory's governor is"):
        Handover(town.chain, town.deployment.with_contract("Governor", other))


def test_audit__before_the_hand_over__names_the_admin(town, look):
    founder = town.people[0]
    assert look() == [f"The admin is {founder}.", f"{founder} may: admin."]


def test_audit__while_it_is_offered__names_who_may_accept(town, look):
    town.send(core.offer_admin(town.deployment, town.outsider), town.people[0])
    told = f"The office of admin is offered to {town.outsider}, who may accept at any time."
    assert told in look()


def test_audit__after_the_hand_over__finds_nothing_wrong(town, hand_over, look):
    hand_over()
    assert look() == []
    told = look(wrong=False, also=[town.members[0]])
    assert "The Governor is the admin." in told
    assert f"{town.people[0]} may: nothing." in told
    assert f"{town.steward} may: steward." in told
    count = len(GUARDED)
    for who in (town.people[0], town.members[0], "a stranger"):
        assert f"{who} is refused all {count} guarded functions outside its roles." in told
    assert any("in the directory, has rights over points: minter" in one for one in told)


def test_audit__replacement_announced__is_named(town, look):
    """A second Polls, that stands already, in the place of the first."""
    book, founder = town.deployment, town.people[0]
    arguments = book.address("Charter"), book.address("Electorate")
    executor = UnlockedExecutor(town.chain, founder)
    nonce = int(rpc(town.url, "eth_getTransactionCount", founder, "latest"), 16)
    executor.deploy("Polls", arguments, nonce)
    second = create_address(founder, nonce)
    town.send(core.announce_replacement(book, "polls", second), founder)
    (told,) = [one for one in look() if "may take the place" in one]
    assert told.startswith(f"{second} may take the place of polls from 20")


def test_audit__door_left_open__is_found_for_everybody(town, look):
    """A Membership that lets everybody in: every key would pass, and its code is another."""
    place_code(town.url, town.deployment.address("Membership"), "0x00")
    rpc(town.url, "evm_mine")
    town.chain.forget_head()
    found = look()
    assert any("Membership at" in one and "differs" in one for one in found)
    opened = "Membership.set_tiers is not closed; Membership.admit is not closed."
    assert f"To a stranger, {opened}" in found
    assert f"To {town.issuer}, {opened}" in found


def test_audit__second_admin__would_be_seen(town, look):
    """Roles are asked of the chain, not believed from the record."""
    town.send(core.give_roles(town.deployment, town.outsider, Role.TILL), town.people[0])
    told = look(wrong=False)
    assert f"{town.outsider} may: till." in told
