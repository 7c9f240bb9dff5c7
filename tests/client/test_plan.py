"""Plans and address books: read strictly, faults named by file, line and field."""

import json
import re
from pathlib import Path

import pytest

from cercle.deployments import Deployment
from cercle.errors import DeploymentError, PlanError
from cercle.flags import Role
from cercle.governor_plan import ScopePlan, guard_arguments
from cercle.plan import DAY, Plan

PLANS = Path(__file__).parents[2] / "plans"
DEMO = (PLANS / "demo.yaml").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.yaml")), ids=lambda path: path.name)
def test_plan__each_of_ours__is_valid(path):
    assert Plan.load(path).brand


def test_plan__as_the_constructors_take_it__is_in_base_units():
    plan = Plan.parse(DEMO)
    assert plan.points.millionths == 10_000
    assert plan.points.expiry_period == 365 * 86_400 + 43_200
    assert plan.unit_rule == 1
    assert plan.caps == (50, 500, 100_000, 30 * 86_400)


def test_plan__points_without_rewards__are_refused():
    start = DEMO.index("rewards:")
    with pytest.raises(PlanError, match="points and rewards go together: give both, or neither"):
        Plan.parse(DEMO[:start])


def test_plan__of_employees__has_neither_points_nor_rewards():
    plan = Plan.load(PLANS / "employees.yaml")
    assert (plan.points, plan.rewards, plan.membership.tiers) == (None, None, ())
    assert plan.caps == (0, 100, 1, 30 * 86_400)


def test_plan__governor__as_the_guard_takes_it():
    classes, scopes, assets = guard_arguments(
        Plan.parse(DEMO).governor, {"points": "0x" + "11" * 20}
    )
    assert classes[0] == (2 * DAY, 7 * DAY, 2 * DAY, 2 * DAY, 1, 2_000, 0, False, True)
    assert classes[1] == (DAY, 4 * DAY, DAY, DAY, 1, 1_000, 2_000, True, True)
    assert scopes == [(2, "0x" + "11" * 20, "0xa9059cbb", 20_000, 2, True)]
    assert assets == ["0x" + "11" * 20]


def test_plan__scopes_of_the_first_class__are_refused():
    free = "      quorum_percent: 20\n"
    scoped = free + "      scopes: [{ contract: points, function: transfer }]\n"
    with pytest.raises(PlanError, match="the first class may call anything"):
        Plan.parse(DEMO.replace(free, scoped))


def test_scope__ether_alone__has_no_selector():
    assert ScopePlan(contract="0x" + "11" * 20).selector("") == bytes(4)


def test_scope__signature__is_taken_as_written():
    scope = ScopePlan(contract="0x" + "11" * 20, function="transfer(address,uint256)")
    assert scope.selector("").hex() == "a9059cbb"


def test_plan__roles__are_given_once_an_account():
    somebody = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
    both = DEMO.replace("0x90F79bf6EB2c4f870365E785982E1f101E93b906", somebody)
    assert Plan.parse(both).roles.given()[somebody] == Role.ISSUER | Role.TILL


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("unit_rule: one", "unit_rule: two", "line 15: electorate.unit_rule"),
        ("tiers: [100, 250, 500]", "tiers: [100, 100]", "membership: tiers must ascend"),
        ("face_value: 0.01", "face_value: free", "points.face_value"),
        ("face_value: 0.01", "face_value: 0.0000001", "points.face_value"),
        ("currency: EUR", "currency: euros", "points.currency"),
        ("maturity_days: 30", "maturity_days: 181", "electorate.maturity_days"),
        ("warden_term_days: 730", "warden_term_days: 731", "charter.warden_term_days"),
        ("brand: Sillon", "brand: ''", "brand"),
        ("brand: Sillon", "brand: Sillon\nowner: me", "owner"),
        ("  budget: 500000", "", "line 30: rewards.budget: Field required"),
        ("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "f39fD6e51aad88F6", "roles.admin"),
        ("period_days: 30", "period_days: 0.5", "period_days"),
        ("brand: Sillon", "brand: [", "column"),
        ("brand: Sillon", "\tbrand: x", "line"),
        ("quorum_percent: 10", "quorum_percent: 101", "governor.classes.1.quorum_percent"),
        ("voting_period_days: 4", "voting_period_days: 0.01", "classes.1.voting_period_days"),
        ("late_extension_days: 2", "late_extension_days: 8", "late_extension_days is at most"),
        ("contract: points", "contract: casino", "'casino' is not an address"),
        ("function: transfer", "function: transfers", "write it with its arguments"),
        ("cap: 20000", "cap: -1", "governor.classes.1.scopes.0.cap"),
        ("assets: [points]", "assets: [p, p, p, p, p]", "governor.assets"),
    ],
)
def test_plan__faulty__is_refused_in_one_sentence(old, new, words):
    changed = DEMO.replace(old, new)
    assert changed != DEMO, "the demo's plan has such a line"
    with pytest.raises(PlanError) as refused:
        Plan.parse(changed, "demo.yaml")
    assert str(refused.value).startswith("demo.yaml")
    assert words in str(refused.value)


def test_plan__bad_checksum__names_the_line():
    changed = DEMO.replace("0xf39Fd6e51aad88F6F4ce6aB8827279", "0xF39Fd6e51aad88F6F4ce6aB8827279")
    with pytest.raises(PlanError, match=r"line 5: roles\.admin: .*bad checksum"):
        Plan.parse(changed)


@pytest.mark.parametrize("text", ["", "- a", "a: !!python/object:os.system {}", "\x00", "7"])
def test_plan__no_mapping__is_refused(text):
    with pytest.raises(PlanError):
        Plan.parse(text)


def test_plan__missing_file__is_refused(tmp_path):
    with pytest.raises(PlanError, match="does not exist"):
        Plan.load(tmp_path / "nothing.yaml")


# ---- the address book -----------------------------------------------------------------

BOOK = {
    "schema_version": 1,
    "chain_id": 31337,
    "network": "local",
    "brand": "Sillon",
    "content": None,
    "contracts": {
        "Points": {
            "address": "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
            "block": 3,
            "codehash": "0x" + "11" * 32,
            "args": ["0x0000000000000000000000000000000000000001", [1, 2]],
        }
    },
}


def changed_book(*path, value):
    book = json.loads(json.dumps(BOOK))
    place = book
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return json.dumps(book)


def test_deployment__valid__finds_its_contracts():
    book = Deployment.parse(json.dumps(BOOK))
    assert book.contract("Points").address == BOOK["contracts"]["Points"]["address"]
    with pytest.raises(DeploymentError, match="no Polls on local"):
        book.contract("Polls")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("schema_version",), 2, "schema version 2"),
        (("chain_id",), 0, "chain_id"),
        (("chain_id",), "one", "chain_id"),
        (("owner",), "me", "owner"),
        (("contracts", "Points", "address"), "0x12", "contracts.Points.address"),
        (("contracts", "Points", "codehash"), "0x12", "contracts.Points.codehash"),
        (("contracts", "Points", "block"), -1, "contracts.Points.block"),
    ],
)
def test_deployment__faulty__is_refused_by_field(path, value, words):
    with pytest.raises(DeploymentError) as refused:
        Deployment.parse(changed_book(*path, value=value), "local.json")
    assert str(refused.value).startswith("local.json")
    assert words in str(refused.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "null", "[" * 100])
def test_deployment__no_book__is_refused(text):
    with pytest.raises(DeploymentError):
        Deployment.parse(text)


def test_deployment__missing__says_to_deploy_first(tmp_path):
    with pytest.raises(DeploymentError, match="deploy first"):
        Deployment.load(tmp_path / "nothing.json")


def test_deployment__unknown_contract__has_no_abi():
    book = Deployment.parse(json.dumps(BOOK).replace('"Points"', '"Casino"'))
    with pytest.raises(DeploymentError, match="No contract is named 'Casino'"):
        book.contract("Casino")


def test_plan__the_governors_page__shows_one_that_can_be_deployed():
    page = (PLANS.parent / "docs" / "governor.md").read_text("utf-8")
    (section,) = re.findall(r"```yaml\n(governor:.*?)```", page, re.DOTALL)
    found = re.sub(r"^governor:.*?(?=^\S|\Z)", section, DEMO, flags=re.DOTALL | re.MULTILINE)
    assert Plan.parse(found, "governor.md").governor.classes[1].threshold == 2
