"""A proposal as people write it: every word reads into its action, every fault is named."""

from datetime import UTC, datetime

import pytest
import yaml

from cercle.flags import Role
from cercle.governor_plan import ClassPlan
from cercle.proposal_file import Reader
from cercle.proposals import Action, BadProposal, build

from .test_proposals_say import AT, BOOK, ZERO, place

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WHO = place(5_000)
READER = Reader(BOOK, NOW)
TERMS = {
    "voting_delay_days": 1,
    "voting_period_days": 3,
    "late_extension_days": 1,
    "queue_delay_days": 2,
    "quorum_percent": 40,
}


def read(action, **more):
    text = yaml.safe_dump({"description": "Do it.", "actions": [action], **more})
    return READER.draft(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            {"give_roles": {"account": WHO, "roles": ["till", "issuer"]}},
            build.give_roles(BOOK, WHO, Role.TILL | Role.ISSUER),
        ),
        (
            {"take_roles": {"account": WHO, "roles": "steward"}},
            build.take_roles(BOOK, WHO, Role.STEWARD),
        ),
        ({"accept_admin": None}, build.accept_admin(BOOK)),
        ({"offer_admin": {"to": WHO}}, build.offer_admin(BOOK, WHO)),
        ({"pay": {"to": WHO, "ether": "0.5"}}, build.pay_ether(WHO, 5 * 10**17)),
        ({"pay": {"to": WHO, "points": 12.5}}, build.pay_token(AT["Points"], WHO, 125)),
        ({"pay": {"to": "perks", "token": WHO, "units": 7}}, build.pay_token(WHO, AT["Perks"], 7)),
        (
            {"announce_replacement": {"name": "perks", "contract": WHO}},
            build.announce_replacement(BOOK, "perks", WHO),
        ),
        ({"cancel_replacement": {"name": "perks"}}, build.cancel_replacement(BOOK, "perks")),
        (
            {"extend_warden": {"until": datetime(2027, 1, 1, tzinfo=UTC)}},
            build.extend_warden(BOOK, datetime(2027, 1, 1, tzinfo=UTC)),
        ),
        ({"set_profile": {"seal": ZERO}}, build.set_profile(BOOK, ZERO)),
        ({"set_dao_uri": {"uri": "ipfs://x"}}, build.set_dao_uri(BOOK, "ipfs://x")),
        ({"set_terms": {"class": 2, **TERMS}}, build.set_terms(BOOK, 2, ClassPlan(**TERMS))),
        (
            {
                "set_scope": {
                    "class": 2,
                    "contract": "points",
                    "function": "transfer(address,uint256)",
                    "cap": 5,
                    "amount_argument": 2,
                }
            },
            build.set_scope(BOOK, 2, AT["Points"], bytes.fromhex("a9059cbb"), cap=5, amount_word=2),
        ),
        ({"set_assets": {"tokens": ["points"]}}, build.set_assets(BOOK, [AT["Points"]])),
        (
            {"call": {"contract": "rewards", "function": "set_budget", "arguments": [9]}},
            build.call(BOOK.contract("Rewards").call("set_budget", 9)),
        ),
        (
            {"call": {"contract": WHO, "function": "f(uint256)", "arguments": [1], "ether": 1}},
            Action(target=WHO, value=10**18, data="0xb3de648b" + "0" * 63 + "1"),
        ),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_draft__each_word__is_its_action(written, meant):
    assert read(written).actions == (meant,)


def test_draft__open_perk__reads_its_terms():
    perk = {"kind": "store", "price": 5, "stock": [3], "closes": "+60 days", "seal": ZERO}
    (action,) = read({"open_perk": perk}).actions
    assert action.target == AT["Perks"]


def test_draft__class__is_kept():
    assert read({"accept_admin": None}, **{"class": 2}).class_id == 2


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("pay", "Action 1 is one word with what it needs"),
        ({"dance": {}}, "Action 1 is one of give_roles"),
        ({"pay": [1]}, "Action 1, pay: what it needs is a mapping"),
        ({"pay": {"ether": 1}}, "Action 1, pay: to is missing."),
        ({"pay": {"to": WHO}}, "Action 1, pay: token is missing."),
        ({"pay": {"to": WHO, "ether": "much"}}, "Action 1, pay: 'much' is no amount."),
        ({"pay": {"to": WHO, "ether": -1}}, "Action 1, pay: -1 is no amount"),
        ({"pay": {"to": WHO, "points": 0.01}}, "no amount of at most 1 decimals"),
        ({"pay": {"to": WHO, "ether": 1, "points": 1}}, "Action 1, pay: it knows no 'points'."),
        ({"pay": {"to": "nobody", "ether": 1}}, "'nobody' is not an address"),
        ({"give_roles": {"account": WHO, "roles": "king"}}, "there is no role 'king'"),
        ({"extend_warden": {"until": 5}}, "a time names its zone"),
        ({"set_terms": {"class": 2, **TERMS, "quorum_percent": 101}}, "quorum_percent"),
        ({"set_scope": {"class": 2, "contract": WHO, "function": "f"}}, "with its arguments"),
        ({"call": {"contract": "polls", "function": "nothing"}}, "has no function nothing"),
        ({"accept_admin": {"now": True}}, "Action 1, accept_admin: it knows no 'now'."),
    ],
)
def test_draft__faulty__is_refused_in_one_sentence(action, words):
    with pytest.raises(BadProposal) as refused:
        read(action)
    assert words in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("more", [{"class": 0}, {"class": True}, {"class": "two"}, {"who": 1}])
def test_draft__faulty_head__is_refused(more):
    with pytest.raises(BadProposal):
        read({"accept_admin": None}, **more)
