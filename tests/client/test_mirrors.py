"""What Python repeats of the contracts is what the contracts say: limits and flags."""

import ast
import re
from pathlib import Path

import pytest

from cercle import flags, limits

CONTRACTS = Path(__file__).parents[2] / "contracts"
_CONSTANT = re.compile(r"^([A-Z_]+): constant\(uint256\) = ([^#\n]+)", re.M)
_FLAG = re.compile(r"^flag (\w+):\n((?:    .*\n)+)", re.M)

MIRRORS = {
    ("ICharter", "Role"): flags.Role,
    ("IProfile", "Kind"): flags.AvatarKind,
    ("IElectorate", "UnitRule"): flags.UnitRule,
    ("IMembership", "Way"): flags.Way,
    ("IPoints", "Right"): flags.Right,
    ("IRewards", "Skip"): flags.Skip,
    ("IPerks", "Kind"): flags.PerkKind,
    ("IPerks", "State"): flags.ClaimState,
    ("IPolls", "Kind"): flags.PollKind,
    ("IPolls", "Skip"): flags.BallotSkip,
    ("IPolls", "State"): flags.PollState,
    ("IGovernor", "Skip"): flags.VoteSkip,
}


def product(text):
    """The value of a literal such as `14 * 86_400`."""
    value = 1
    for factor in text.split("*"):
        value *= ast.literal_eval(factor.strip())
    return value


def vyper_flags():
    for path in sorted(CONTRACTS.joinpath("interfaces").glob("*.vyi")):
        for name, body in _FLAG.findall(path.read_text()):
            members = re.findall(r"^    ([A-Z_]+)", body, re.M)
            yield (path.stem, name), {member: 1 << bit for bit, member in enumerate(members)}


def test_proposal_states__against_the_module__are_the_same():
    source = (CONTRACTS / "governance" / "proposals.vy").read_text()
    theirs = {name: product(value) for name, value in _CONSTANT.findall(source) if name[0] != "_"}
    assert {member.name: member.value for member in flags.ProposalState} == theirs


def test_limits__against_the_module__are_the_same():
    source = (CONTRACTS / "common" / "limits.vy").read_text()
    theirs = {name: product(value) for name, value in _CONSTANT.findall(source)}
    ours = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert ours == theirs


@pytest.mark.parametrize(("place", "theirs"), vyper_flags())
def test_flags__against_the_interfaces__are_the_same(place, theirs):
    assert {member.name: member.value for member in MIRRORS[place]} == theirs
