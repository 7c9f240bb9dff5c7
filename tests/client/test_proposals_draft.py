"""A proposal as it is written: its limits in words, its id, and who alone may make it."""

import pytest

from cercle.limits import MAX_ACTION, MAX_DESCRIPTION
from cercle.proposals import Action, BadProposal, Draft, draft_of
from cercle.values import checksum

WHO = checksum("0x" + "ab" * 20)
ACT = Action(target=WHO, value=1)


def test_draft__as_openzeppelin_hashes_it__has_that_id():
    # OpenZeppelin 5.x, hashProposal([0x…01], [2], [0x1234], keccak256("Do it.")).
    draft = Draft(
        actions=(Action(target="0x" + "0" * 39 + "1", value=2, data="0x1234"),),
        description="Do it.",
    )
    by_hand = Draft(
        actions=draft.actions, description="Other words.", seal="0x" + draft.description_hash.hex()
    )
    assert by_hand.id == draft.id
    assert draft.model_copy(update={"description": "Do it"}).id != draft.id
    assert draft.lists == (["0x" + "0" * 39 + "1"], [2], [b"\x12\x34"])


@pytest.mark.parametrize(
    ("actions", "text", "words"),
    [
        ([], "x", "A proposal needs at least one action."),
        ([ACT] * 11, "x", "A proposal has 10 actions at most; this one has 11."),
        (
            [ACT, Action(target=WHO, data="0x" + "00" * (MAX_ACTION + 1))],
            "x",
            "A call has 1,024 bytes at most; that of action 2 has 1,025.",
        ),
        ([ACT], "", "A proposal needs a description."),
        (
            [ACT],
            "é" * (MAX_DESCRIPTION // 2) + "x",
            "A description has 2,048 bytes at most; this one has 2,049.",
        ),
    ],
)
def test_draft_of__past_a_limit__is_refused_in_words(actions, text, words):
    with pytest.raises(BadProposal) as refused:
        draft_of(actions, text)
    assert str(refused.value) == words


def test_draft_of__at_the_limits__is_taken():
    longest = Action(target=WHO, data="0x" + "00" * MAX_ACTION)
    draft = draft_of([longest] * 10, "x" * MAX_DESCRIPTION)
    assert len(draft.actions) == 10


def test_reserved_for__an_account__ends_in_its_address():
    draft = draft_of([ACT], "Do it.").reserved_for(WHO)
    assert draft.description == f"Do it.#proposer={WHO}"
    assert draft.proposer == WHO
    again = draft.reserved_for("0x" + "11" * 20)
    assert again.description == "Do it.#proposer=0x" + "11" * 20


@pytest.mark.parametrize("text", ["", "#proposer=0x12", "#proposer=0x" + "g" * 40, "#proposer="])
def test_proposer__no_address_at_the_end__is_nobody(text):
    assert Draft(actions=(ACT,), description="Do it." + text).proposer is None


def test_proposer__line_behind_it__is_nobody():
    assert Draft(actions=(ACT,), description=f"#proposer={WHO}\n").proposer is None
