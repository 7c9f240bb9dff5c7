"""The demo's decisions: on its chain as in the script, and the script good for any size."""

from __future__ import annotations

import pytest

from cercle import lens
from cercle.flags import ProposalState, Role
from cercle.handover import Handover
from cercle.handover import Stage as Done
from cercle.index.history import open_history
from demo import council, decisions, independent, verify
from demo.decisions import DECISIONS, QUORUM, End
from demo.history import choose, read
from demo.made import Made
from demo.node import DemoError
from demo.run import Demo
from demo.verify_decisions import Found, compare_decisions

from .staged import deployment_of, expected_of


def decisions_of(demo: Demo, made: Made) -> list[Found]:
    deployment, expected = expected_of(demo, made)
    chain = demo._chain()
    since = verify._since(open_history(chain, deployment), chain, deployment, made)
    return compare_decisions(chain, deployment, made, expected.people, since)


def test_decisions__after_the_set_up__are_as_in_the_script(stage):
    assert len(decisions_of(*stage)) == len(DECISIONS)
    demo, _ = stage
    states = {one.state for one in lens.proposals(demo._chain(), deployment_of(demo)).proposals}
    assert states == set(ProposalState)


def test_decisions__one_vote_or_point_too_many__is_caught(stage, monkeypatch):
    with monkeypatch.context() as patch:
        counted = independent.votes
        patch.setattr(independent, "votes", lambda *told: [n + 1 for n in counted(*told)])
        with pytest.raises(DemoError, match="The votes on 'handover'"):
            decisions_of(*stage)
    with monkeypatch.context() as patch:
        summed = independent.chest
        patch.setattr(independent, "chest", lambda people: summed(people) + 1)
        with pytest.raises(DemoError, match="The common chest"):
            decisions_of(*stage)
    with monkeypatch.context() as patch:
        patch.setitem(decisions.QUORUM, 2, 100)
        with pytest.raises(DemoError, match="The proposal 'headphones': SUCCEEDED"):
            decisions_of(*stage)


def test_decisions__handed_over__leave_the_founder_nothing(stage):
    demo, _ = stage
    chain, deployment = demo._chain(), deployment_of(demo)
    assert Handover(chain, deployment).stage is Done.DONE
    till = council.stranger("a second till")
    read = deployment.contract("Charter").read("roles", till)
    assert Role(chain.read([read], chain.head())[0]) == Role.TILL


def test_delegations__some_with_an_end__are_as_in_the_script(stage):
    demo, made = stage
    _, expected = expected_of(demo, made)
    chain, deployment = demo._chain(), deployment_of(demo)
    speaking = decisions.speakers(list(expected.people))
    ends = set()
    for number, wallet in expected.wallets.items():
        view = lens.delegation(chain, deployment, wallet)
        speaker = decisions.delegate_of(number, speaking)
        assert view.delegate == (expected.wallets[speaker] if speaker else wallet)
        if speaker:
            ends.add(view.expires_at is None)
    assert ends == {True, False}


# ---- the script alone ---------------------------------------------------------------


@pytest.mark.parametrize("members", [*range(10, 60), 233, 400, 2_357])
def test_script__of_any_size__goes_as_it_says(members):
    numbers = list({purchase.customer: None for purchase in choose(read(), members)})
    weights = independent.weights(numbers)
    assert sum(weights.values()) == members
    for place, decision in enumerate(DECISIONS):
        against, in_favour, abstaining = independent.votes(place, numbers)
        has_quorum = in_favour + abstaining >= max(1, members * QUORUM[decision.class_id] // 100)
        if decision.end is End.DEFEATED:
            assert not has_quorum
        elif decision.end is End.PENDING:
            assert (against, in_favour, abstaining) == (0, 0, 0)
        elif decision.end not in (End.ACTIVE, End.VETOED):
            assert has_quorum, decision.name
            assert in_favour > against, decision.name
