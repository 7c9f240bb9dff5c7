"""D2, a withdrawal that is blocked (Vana: `whenNotPaused` on the way out; time locks).

Whoever earns by the data tries to keep its owner from taking it back: by a pause, a new notice, the
end of the notice, another controller, a flood of questions. At Consent the person's way out stays
open after each of them; at the twin the owner pauses, and reads on.
"""

import ape
import pytest

from tests.attacks.consent_stage import ANALYTICS, EVERY_KIND, RECORD

HINDRANCES = {
    "publish_notice": (1, ANALYTICS, EVERY_KIND, RECORD),
    "end_notice": (1, ANALYTICS),
    "describe": (1, RECORD, "elsewhere"),
    "set_agent": (1, "0x" + "00" * 20),
    "offer_controller": (1, "0x" + "0b" * 20),
    "note_end": None,  # of what is not ended
    "request_consent": (1, 1, ANALYTICS, EVERY_KIND),
}
WAYS_OUT = {
    "withdraw": (1, ANALYTICS),
    "withdraw_all": (),
    "deny_company": (1, True),
    "deny_purpose": (ANALYTICS, True),
}


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize("hindrance", HINDRANCES)
def test_way_out__whatever_the_company_did__is_open(books, victim, company, hindrance, way):
    ours, _ = books
    ours.give(victim)
    words = HINDRANCES[hindrance]
    if words is None:
        with ape.reverts("consent: not withdrawn"):
            ours.contract.note_end(1, 1, ANALYTICS, sender=company)
    else:
        getattr(ours.contract, hindrance)(*words, sender=company)
    receipt = getattr(ours.contract, way)(*WAYS_OUT[way], sender=victim)
    assert len(receipt.events) == 1
    assert not ours.sees()


def test_hindrances__every_act_that_is_not_a_persons__is_tried(consent):
    """A new function of a company's has to come here too."""
    persons = {*WAYS_OUT, "grant", "refuse", "cancel_nonce", "register_company"}
    found = {method.name for method in consent.contract_type.mutable_methods}
    rest = {name for name in found - persons if not name.endswith("_by_signature")}
    assert rest == {*HINDRANCES, "accept_controller"}


def test_pause__there_is_none(consent, books, company, victim):
    """Nobody has a right over all of Consent: no owner, no role, no switch."""
    names = {entry.name for entry in consent.contract_type.abi if getattr(entry, "name", "")}
    assert not names & {"pause", "unpause", "owner", "halt_until", "retire", "charter", "upgrade"}


def test_pause__at_the_twin__the_owner_reads_on(books, victim, company):
    _, twin = books
    twin.give(victim)
    twin.contract.pause(sender=company)
    with ape.reverts("trusting_consent: paused"):
        twin.contract.withdraw(1, ANALYTICS, sender=victim)
    assert twin.sees()
