"""An employer's staff: the plan that the project ships, deployed; no points anywhere."""

from datetime import timedelta
from pathlib import Path

import pytest
from eth_account import Account

from cercle import governance, identity, lens, typed_data
from cercle.chain import Chain
from cercle.content import ContentStore
from cercle.deployments import Deployment
from cercle.errors import NoOpenDoor
from cercle.executors import UnlockedExecutor
from cercle.flags import PollState
from cercle.loyalty import electorate, membership
from cercle.plan import Plan
from cercle.rollout import Rollout
from cercle.slips import Invitation

from .community import DAY, Community, poll_text
from .nodes import put_back, rpc

PLAN = Path(__file__).parents[2] / "plans" / "employees.yaml"
DEPLOYED = [
    *("Passport", "Profile", "Consent", "Records", "Decisions"),
    *("PriceLists", "Agreements", "Tariff"),
    *("Charter", "Electorate", "Membership", "Polls"),
    *("Guard", "Governor"),
]


@pytest.fixture
def workshop(brand_node, people, tmp_path):
    """The brand as its file says, with the node's first accounts in the offices."""
    snapshot = rpc(brand_node, "evm_snapshot")
    text = PLAN.read_text("utf-8")
    for office, account in ((1, people[0]), (2, people[4])):
        text = text.replace(f"0x{office:040d}", account)
    chain = Chain([brand_node], 31337, head_age=0.0)
    content = str(tmp_path / "content")
    path = tmp_path / "local.json"
    executor = UnlockedExecutor(chain, people[0])
    list(Rollout(Plan.parse(text), path, executor, network="local", content=content).run())
    yield Community(brand_node, chain, Deployment.load(path), ContentStore(content), people)
    put_back(brand_node, snapshot)


@pytest.fixture
def hire(workshop, keys):
    """Let somebody in, as staff do: by an invitation that the steward signs."""

    def _hire(who, nonce):
        message = typed_data.invitation(
            workshop.deployment,
            workshop.steward,
            passport_id=0,
            nonce=nonce,
            deadline=workshop.now() + DAY,
        )
        signed = Account.sign_typed_data(keys[4], full_message=message.full)
        slip = Invitation(
            inviter=workshop.steward,
            passport_id=0,
            nonce=nonce,
            deadline=message.message["deadline"],
            signature="0x" + bytes(signed.signature).hex(),
        )
        workshop.send(identity.register(workshop.deployment), who)
        workshop.send(membership.join_invited(workshop.deployment, slip), who)

    return _hire


def test_employees__deployed__have_no_points_anywhere(workshop):
    book = workshop.deployment
    assert list(book.contracts) == DEPLOYED
    view = lens.brand(workshop.chain, book)
    assert [entry.name for entry in view.entries] == [
        *("passport", "profile", "consent", "records", "decisions"),
        *("price_lists", "tariff", "agreements"),
        *("electorate", "membership", "polls", "governor"),
    ]
    assert (view.points, view.is_sealed, view.thresholds) == (None, True, ())
    card = lens.card(workshop.chain, book, workshop.outsider)
    assert (card.points, card.points_symbol, card.is_frozen) == (0, "", False)


def test_employees__nobody_joins__uninvited(workshop):
    who = workshop.outsider
    workshop.send(identity.register(workshop.deployment), who)
    with pytest.raises(NoOpenDoor):
        workshop.send(membership.join_open(workshop.deployment), who)


def test_employees__invited_and_grown_old__decide_by_one_voice_each(workshop, hire):
    book, staff = workshop.deployment, workshop.people[7:10]
    for nonce, who in enumerate(staff):
        hire(who, nonce)
    workshop.pass_time(31 * DAY)
    workshop.send(electorate.refresh(book, [1, 2, 3]), workshop.steward)
    workshop.pass_time(60)
    content = workshop.store.put(poll_text(2))
    closes = workshop.chain.head(fresh=True).time + timedelta(days=7)
    workshop.send(governance.open_poll(book, content, 2, closes), workshop.steward)
    for who, option in zip(staff, (1, 2, 2), strict=True):
        workshop.send(governance.vote(book, 1, option), who)
    (poll,) = lens.polls(workshop.chain, book, staff[0])
    assert (poll.tally, poll.my_options) == ((1, 2), (1,))
    assert poll.state == PollState.OPEN
