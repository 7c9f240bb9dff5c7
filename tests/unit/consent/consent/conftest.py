"""Two people, a company with an agent and a notice, and what they say to each other."""

import pytest

from cercle.typed_data.consent import TERMS
from tests.behaviours.signed_act import SignedAct
from tests.conftest import DAY

from .words import CATEGORIES, KEY, NOTICE, PURPOSE, RECORD, URI, Terms, text_of


@pytest.fixture
def company(consent, controller, agent):
    """Company 1, with a notice for `PURPOSE`."""
    consent.register_company(KEY, URI, sender=controller)
    consent.set_agent(1, agent, sender=controller)
    consent.publish_notice(1, PURPOSE, CATEGORIES, NOTICE, sender=controller)
    return 1


@pytest.fixture
def rival(consent, company, outsider):
    """Company 2, with a notice for the same purpose."""
    consent.register_company(KEY, URI, sender=outsider)
    consent.publish_notice(2, PURPOSE, CATEGORIES, NOTICE, sender=outsider)
    return 2


@pytest.fixture
def terms(company, now):
    """What a person could agree to now."""

    def _terms(**changes):
        good = Terms(
            company_id=company,
            purpose=PURPOSE,
            categories=0b11,
            issued_at=now(),
            until=now() + 30 * DAY,
            keep_until=now() + 60 * DAY,
            reads=5,
            notice_version=1,
            record_hash=RECORD,
        )
        return good._replace(**changes)

    return _terms


@pytest.fixture
def give(consent, terms, person, wait):
    """The person agrees to it, and a second passes; tells the terms."""

    def _give(whose=person, **changes):
        wait()
        agreed = terms(**changes)
        consent.grant(agreed, sender=whose)
        wait()
        return agreed

    return _give


@pytest.fixture
def withdrawn(chain, consent, person, give):
    """A grant that was withdrawn; tells its terms and when."""
    agreed = give()
    receipt = consent.withdraw(1, PURPOSE, sender=person)
    return agreed, receipt.timestamp


# ---- what is signed ---------------------------------------------------------------


@pytest.fixture
def act_of(consent, passport, now, terms):
    """One of a person's acts as a message: good words, but for those told."""

    def _act(struct, function, wallet, keys=None, **changes):
        text = text_of(struct)
        names = [pair.split(" ")[1] for pair in text.rstrip(")").partition("(")[2].split(",")]
        words = {"wallet": wallet, "passport_id": passport.id_of(wallet), "signed_at": now()}
        words |= {"nonce": 5, "deadline": now() + DAY, "is_denied": True}
        words |= terms()._asdict() | changes
        told = {name: words[name] for name in names}

        def send(values, signature, sender):
            if struct == "Grant":
                sent = [Terms(**{name: values[name] for name in TERMS})]
            else:
                left_out = ("wallet", "passport_id", "deadline")
                sent = [value for name, value in values.items() if name not in left_out]
            ends = values["deadline"], signature
            return getattr(consent, function)(values["wallet"], *sent, *ends, sender=sender)

        return SignedAct(consent, text, "wallet", told, [wallet] if keys is None else keys, send)

    return _act
