"""
A person gives consents, takes them back and shuts companies out, and companies change what they
say. From the logs and the notices alone each record is made again, and each receipt says what the
contract says of the consent at that moment.
"""

import random

import pytest
from ape.exceptions import ContractLogicError

from cercle.consent import (
    LANGUAGES,
    ConsentStatus,
    ConsentTerms,
    Grant,
    Proof,
    event_of,
    rebuild,
    receipt,
    record,
    record_hash,
)
from cercle.content import document_hash
from tests.client.consents import notice

DAY = 86_400
NAMES = ("categories", "issued_at", "until", "keep_until", "reads", "notice_version")


class Story:
    """One person, one company, one purpose, and every log there was."""

    def __init__(self, chain, consent, person, company):
        self.chain, self.consent = chain, consent
        self.person, self.company = person, company
        self.notices, self.logs, self.states = {}, [], set()

    def do(self, act, *args, sender):
        """Act, unless it is refused, and keep what was logged."""
        try:
            done = act(*args, sender=sender)
        except ContractLogicError:
            return
        for log in done.events:
            place = Proof(
                chain_id=self.chain.chain_id,
                contract=self.consent.address,
                transaction_hash=done.txn_hash,
                log_index=log.log_index,
                block_number=done.block_number,
                block_time=done.timestamp,
            )
            self.logs.append((log.event_name, dict(log.event_arguments), place))

    def publish(self, chance):
        text = notice(sentence={"fr": f"Livrer {chance.random()}", "en": "To deliver"})
        version = len(self.notices) + 1
        self.notices[version] = text
        raw = bytes.fromhex(document_hash(text)[2:])
        self.do(self.consent.publish_notice, 1, 0, text.categories, raw, sender=self.company)

    def grant(self, chance):
        version = max(self.notices)
        now = self.chain.pending_timestamp
        until = now + chance.choice((2, 40)) * DAY
        terms = ConsentTerms(
            chain_id=self.chain.chain_id,
            contract=self.consent.address,
            passport_id=1,
            company_id=1,
            purpose=0,
            categories=chance.choice((0b1, 0b11, 0b1011)),
            issued_at=now - chance.choice((0, 5)),
            until=until,
            keep_until=until + DAY,
            reads=3,
            notice_version=version,
            notice_hash=document_hash(self.notices[version]),
        )
        signed = record_hash(record(terms, self.notices[version], chance.choice(LANGUAGES)))
        values = [getattr(terms, name) for name in NAMES]
        self.do(self.consent.grant, (1, 0, *values, signed), sender=self.person)

    def check(self):
        """The newest consent, told from the logs, stands where the contract says."""
        given = [log for log in self.logs if log[0] == "ConsentGiven"]
        if not given:
            return
        _, args, place = given[-1]
        word = Grant.of_word(args["grant"])
        text = self.notices[word.notice_version]
        terms = ConsentTerms.of_grant(
            args,
            chain_id=self.chain.chain_id,
            contract=self.consent.address,
            notice_hash=document_hash(text),
        )
        made = rebuild(terms, text, bytes(args["record_hash"]))
        events = [event for log in self.logs if (event := event_of(terms, *log))]
        now = self.chain.blocks.head.timestamp
        paper = receipt(made, place, events, as_of=now, renewed_from=word.renewed_from)
        status = ConsentStatus(self.consent.status(1, 1, 0))
        assert paper["event_state"] == f"dpv:{status.dpv_name}"
        self.states.add(status)


@pytest.mark.parametrize("seed", [1, 4, 5])
def test_a_consent_is_told_from_its_logs_alone(
    project, chain, admin, passport, members, issuer, seed
):
    person, chance = members[0], random.Random(seed)
    consent = admin.deploy(project.Consent, passport)
    passport.register(sender=person)
    story = Story(chain, consent, person, issuer)
    story.do(consent.register_company, b"\x11" * 32, "https://sillon.example", sender=issuer)
    story.publish(chance)
    acts = {
        story.grant: 9,
        story.publish: 2,
        lambda _: story.do(consent.end_notice, 1, 0, sender=issuer): 2,
        lambda _: story.do(consent.request_consent, 1, 1, 0, 1, sender=issuer): 3,
        lambda _: story.do(consent.refuse, 1, 0, sender=person): 1,
        lambda _: story.do(consent.withdraw, 1, 0, sender=person): 1,
        lambda _: story.do(consent.withdraw_all, sender=person): 2,
        lambda c: story.do(consent.deny_company, 1, c.random() < 0.2, sender=person): 2,
        lambda c: story.do(consent.deny_purpose, 0, c.random() < 0.2, sender=person): 2,
    }
    for _ in range(90):
        chain.pending_timestamp += chance.choice((1, 3_600, 3_600, DAY, 3 * DAY, 35 * DAY))
        chain.mine()
        story.check()
        chance.choices(list(acts), list(acts.values()))[0](chance)
        story.check()
    assert story.states >= set(ConsentStatus) - {ConsentStatus.NONE}
