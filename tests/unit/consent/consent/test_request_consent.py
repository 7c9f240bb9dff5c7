"""`Consent.request_consent`: a company may ask, within its notice, and not for ever."""

import ape
import pytest
from eth_abi import encode
from eth_utils import keccak

from tests.conftest import DAY

from .test_publish_notice import write
from .words import CATEGORIES, NOTICE, OTHER_PURPOSE, PURPOSE, Status

pytestmark = pytest.mark.usefixtures("company", "person")

ASKS_SLOT = 5  # a company's asks of a day: `vyper -f layout`


@pytest.fixture
def ask(consent, agent):
    """The agent asks passport 1."""

    def _ask(categories=1, *, passport_id=1, company_id=1, purpose=PURPOSE, sender=agent):
        return consent.request_consent(passport_id, company_id, purpose, categories, sender=sender)

    return _ask


def test_request_consent__by_the_agent__is_written_down(consent, ask):
    receipt = ask(CATEGORIES)

    assert receipt.events == [
        consent.ConsentRequested(
            passport_id=1, company_id=1, purpose=PURPOSE, categories=CATEGORIES
        )
    ]
    asked = consent.ask_of(1, 1, PURPOSE)
    assert (asked.asked_at, asked.refused_at) == (receipt.timestamp, 0)
    assert consent.status(1, 1, PURPOSE) == Status.REQUESTED
    assert not consent.allowed(1, 1, PURPOSE, 0)


def test_request_consent__by_the_controller__is_done(ask, controller, consent):
    ask(sender=controller)
    assert consent.status(1, 1, PURPOSE) == Status.REQUESTED


def test_request_consent__of_several_people__each_is_asked(ask, other, consent):
    ask()
    ask(passport_id=2)
    assert consent.ask_of(2, 1, PURPOSE).asked_at != 0


def test_request_consent__by_anybody_else__reverts(ask, person, outsider, rival):
    for stranger in (person, outsider):
        with ape.reverts("companies: not the company"):
            ask(sender=stranger)


def test_request_consent__unknown_company__reverts(ask):
    for company_id in (0, 2, 2**64, 2**64 | 1, 2**250 | 1):
        with ape.reverts("companies: not the company"):
            ask(company_id=company_id)


def test_request_consent__unknown_purpose__reverts(ask, limits):
    for purpose in (limits.PURPOSES(), 2**64 | PURPOSE, 2**256 - 1):
        with ape.reverts("consent: unknown purpose"):
            ask(purpose=purpose)


def test_request_consent__without_a_notice__reverts(ask):
    with ape.reverts("consent: no notice"):
        ask(purpose=OTHER_PURPOSE)


def test_request_consent__for_nothing__reverts(ask):
    with ape.reverts("consent: no category"):
        ask(0)


def test_request_consent__beyond_the_notice__reverts(ask):
    for categories in (0b100, 1 << 64 | 1, 2**256 - 1):
        with ape.reverts("consent: beyond the notice"):
            ask(categories)


def test_request_consent__of_nobody__reverts(ask):
    for passport_id in (0, 2, 2**64 | 1, 2**186 | 1, 2**256 - 1):
        with ape.reverts("consent: no passport"):
            ask(passport_id=passport_id)


# ---- what was given already -----------------------------------------------------


def test_request_consent__given_already__reverts(ask, give):
    give(categories=0b11)
    for categories in (0b1, 0b11):
        with ape.reverts("consent: given already"):
            ask(categories)


def test_request_consent__more_than_was_given__is_done(ask, give, consent):
    give(categories=0b11)
    ask(0b1001)
    assert consent.status(1, 1, PURPOSE) == Status.GIVEN


def test_request_consent__given_to_an_earlier_notice__is_done(ask, give, consent, controller):
    give()
    consent.publish_notice(1, PURPOSE, CATEGORIES, NOTICE, sender=controller)
    ask()


def test_request_consent__at_the_end_of_what_was_given__is_done(ask, give, at):
    agreed = give()
    at(agreed.until - 1)
    with ape.reverts("consent: given already"):
        ask()
    at(agreed.until)
    ask()


# ---- not too often --------------------------------------------------------------


def test_request_consent__asked_lately__reverts(ask, at, limits):
    moment = ask().timestamp
    at(moment + limits.ASK_INTERVAL() - 1)
    with ape.reverts("consent: asked lately"):
        ask()
    at(moment + limits.ASK_INTERVAL())
    ask()


def test_request_consent__for_another_purpose__is_another_question(ask, consent, controller):
    consent.publish_notice(1, OTHER_PURPOSE, 1, NOTICE, sender=controller)
    ask()
    ask(purpose=OTHER_PURPOSE)


@pytest.mark.parametrize("said", ["refuse", "withdraw", "withdraw_all"])
def test_request_consent__told_to_go_away__waits(consent, ask, at, person, limits, said):
    words = () if said == "withdraw_all" else (1, PURPOSE)
    moment = getattr(consent, said)(*words, sender=person).timestamp
    at(moment + limits.REFUSAL_HOLDS() - 1)
    with ape.reverts("consent: refused lately"):
        ask()
    at(moment + limits.REFUSAL_HOLDS())
    ask()


def test_request_consent__refused_when_asked__waits_from_the_refusal(
    consent, ask, at, person, wait, limits
):
    asked = ask().timestamp
    wait(3 * DAY)
    refused = consent.refuse(1, PURPOSE, sender=person).timestamp
    at(refused + limits.REFUSAL_HOLDS())
    ask()
    known = consent.ask_of(1, 1, PURPOSE)
    assert known.asked_at > asked
    assert known.refused_at == refused


def test_request_consent__refused_by_one__others_are_asked(consent, ask, person, other):
    consent.refuse(1, PURPOSE, sender=person)
    ask(passport_id=2)


def test_request_consent__too_much_for_a_day__waits_for_the_next(
    chain, consent, ask, at, now, other, limits
):
    """Nearly a thousand asks, written where the contract counts them."""
    tomorrow = (now() // DAY + 1) * DAY
    slot = keccak(encode(["uint256", "uint256"], [ASKS_SLOT, 1]))
    write(chain, consent, slot, tomorrow // DAY << 128 | limits.MAX_ASKS() - 1)
    at(tomorrow)
    ask()
    at(tomorrow + DAY - 1)
    with ape.reverts("companies: asks too much"):
        ask(passport_id=2)
    at(tomorrow + DAY)
    ask(passport_id=2)


def test_request_consent__each__counts_towards_the_day(chain, consent, ask, at, now, other, limits):
    moment = (now() // DAY + 1) * DAY
    at(moment)
    ask()
    slot = keccak(encode(["uint256", "uint256"], [ASKS_SLOT, 1]))
    kept = int.from_bytes(bytes(chain.provider.get_storage(consent.address, slot)), "big")
    assert kept == moment // DAY << 128 | 1
    write(chain, consent, slot, kept + limits.MAX_ASKS() - 1)
    at(moment + 1)
    with ape.reverts("companies: asks too much"):
        ask(passport_id=2)


def test_request_consent__another_company_asked_too_much__is_its_own_affair(
    chain, consent, ask, at, now, rival, outsider, limits
):
    tomorrow = (now() // DAY + 1) * DAY
    slot = keccak(encode(["uint256", "uint256"], [ASKS_SLOT, 1]))
    write(chain, consent, slot, tomorrow // DAY << 128 | limits.MAX_ASKS())
    at(tomorrow)
    ask(company_id=rival, sender=outsider)
