"""`Governor.propose`: a description that ends in "#proposer=0x..." is that account's alone."""

import ape
import pytest

from tests.drafts import PENDING
from tests.refusals import refusal


@pytest.fixture
def marked(work, voters):
    """A draft that names voter 1, in a form of choice."""

    def _marked(form=str, before="Do it. ", after=""):
        return work.described(before + "#proposer=" + form(voters[0].address) + after)

    return _marked


@pytest.mark.parametrize("form", [str, str.lower, lambda text: "0x" + text[2:].upper()])
def test_propose__who_is_named__may(governor, marked, propose, form):
    draft = marked(form)
    propose(draft)
    assert governor.state(draft.id) == PENDING


@pytest.mark.parametrize("form", [str, str.lower, lambda text: "0x" + text[2:].upper()])
@pytest.mark.parametrize("before", ["", "Do it. "])
def test_propose__somebody_else__reverts(marked, propose, voters, form, before):
    with ape.reverts(refusal("GovernorRestrictedProposer(address)", str(voters[1]))):
        propose(marked(form, before), sender=voters[1])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1] + "g",
        lambda text: text[:-1] + "/",
        lambda text: text[:-1] + ":",
        lambda text: text[:-1] + "@",
        lambda text: text[:-1] + "G",
        lambda text: text[:-1] + "`",
        lambda text: text[:-1],
        lambda text: text + ".",
        lambda text: text.replace("0x", "0X"),
        lambda text: text.replace("0x", "00"),
        lambda text: text.replace("#", "%"),
    ],
)
def test_propose__no_address__binds_nobody(governor, marked, propose, voters, spoil):
    draft = marked(str.lower)
    draft = draft.described(spoil(draft.description))
    propose(draft, sender=voters[1])
    assert governor.state(draft.id) == PENDING
