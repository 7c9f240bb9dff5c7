"""Consent and its model, walked together by the machine and by the campaign."""

from collections import Counter, defaultdict

import pytest
from eth_utils import keccak

from cercle.typed_data import STRUCTS
from tests.invariant.consent_model import DAY, YEAR, ConsentModel, Given
from tests.invariant.revm import SOMEBODY, Ledger, Refused
from tests.signing import Key, sign

START = 1_800_000_000
PEOPLE = {number: Key(0xA000 + number) for number in (1, 2)}
CONTROLLERS = {1: "0x" + "c1" * 20, 2: "0x" + "c2" * 20}
PURPOSES = (0, 63)
CATEGORIES = (0, 1, 62, 63)
BESIDE = (2, 64, 104, 255)  # bits that nobody gives: among the categories, and behind them
HASH = keccak(text="a record")

# ---- what may be done, and with what; often means often ----------------------------------

RARELY = (False,) * 5 + (True,)
EVENLY = (False, True)
WHO = (1, 1, 1, 2)
KEY = {"person": WHO, "company": (1, 1, 1, 2), "purpose": (0, 0, 63)}
SOME = (0b1, 0b10, 0b11, 1 << 62, 1 << 63, 1 << 63 | 1, 0b11 | 3 << 62, 0)
TERMS = {
    "categories": SOME,
    "age": (0, 0, 0, 0, 1, 60, 3_600, 3_601, -1),
    "lasts": (DAY, DAY, 20 * DAY, 40 * DAY, 40 * DAY, 5 * YEAR, 5 * YEAR + 1, 1, 0),
    "kept": (0, DAY, 100 * DAY, 100 * DAY, -1, 9 * YEAR),
    "other_version": RARELY,
}
CARRIED = {"carried": EVENLY}
MOVES = {
    "grant": {**KEY, **TERMS, **CARRIED},
    "sign_grant": {**KEY, **TERMS},
    "send_late": {"which": range(6), "is_kept": EVENLY},
    "refuse": {**KEY, **CARRIED},
    "withdraw": {**KEY, **CARRIED, "age": (0, 0, 1, 60, DAY, -1)},
    "sign_withdrawal": {**KEY, "of_everything": EVENLY},
    "withdraw_all": {"person": WHO, **CARRIED, "age": (0, 0, 0, 60, DAY, -1)},
    "deny_company": {"person": WHO, "company": (1, 1, 2), "is_denied": EVENLY, **CARRIED},
    "deny_purpose": {"person": WHO, "purpose": PURPOSES, "is_denied": EVENLY, **CARRIED},
    "publish": {"company": (1, 2), "purpose": PURPOSES, "categories": SOME[:-1]},
    "end_notice": {"company": (1, 2), "purpose": PURPOSES},
    "ask": {**KEY, "categories": SOME[:-1]},
    "note_end": KEY,
    "wait": {"seconds": (1, 1, 60, 3_600, DAY, DAY, 7 * DAY, 31 * DAY)},
}


def bits(word):
    return frozenset(bit for bit in range(64) if word >> bit & 1)


def deploy(project):
    """Ledger, passport and Consent."""
    ledger = Ledger(START)
    passport = ledger.deploy(project.Passport)
    return ledger, passport, ledger.deploy(project.Consent, passport.address)


class ConsentWorld:
    """The contract and its model, side by side: every act is done to both."""

    def __init__(self, stage):
        """Two people and two companies with their notices; grants given, withdrawn and unsent."""
        self.ledger, self.passport, self.consent = stage
        self.checkpoint = self.ledger.evm.snapshot()
        self.outcomes, self.model = Counter(), ConsentModel()
        self.agreed = defaultdict(set)  # key -> every category ever agreed to for it
        self.unsent = []  # messages that somebody holds
        self.now, self.nonce = START, 0
        self.ledger.turn_to(self.now)
        for wallet in PEOPLE.values():
            self.passport.send("register", sender=wallet.address)
        for company, controller in CONTROLLERS.items():
            self.consent.send("register_company", HASH, "", sender=controller)
            for purpose in PURPOSES:
                self.publish(company, purpose, 0b11 | 3 << 62)
        good = {"age": 0, "lasts": 40 * DAY, "kept": 100 * DAY, "other_version": False}
        self.sign_grant(1, 1, 0, 0b11, **good)
        self.wait(1)
        self.grant(1, 1, 0, 0b1, **good, carried=False)
        self.grant(1, 1, 63, 0b10, **good, carried=True)
        self.grant(1, 2, 0, 1 << 63, **good, carried=False)
        self.wait(DAY)
        self.withdraw(1, 2, 0, carried=False, age=0)
        self.sign_grant(1, 2, 0, 1, **good)

    def end(self):
        self.ledger.evm.revert(self.checkpoint)

    # ---- how an act is done ----

    def expect(self, refusal, function, *arguments, sender):
        self.last = function, refusal
        self.outcomes[function, refusal] += 1
        if refusal is None:
            self.consent.send(function, *arguments, sender=sender)
            return
        with pytest.raises(Refused) as refused:
            self.consent.send(function, *arguments, sender=sender)
        assert str(refused.value) == refusal

    def carried(self, struct, person, words, sent):
        """The arguments of a message that this person signs now, the deadline far."""
        wallet, deadline = PEOPLE[person], self.now + 50 * YEAR
        told = {"wallet": wallet.address, **words, "deadline": deadline}
        signature = sign(wallet, self.consent, STRUCTS[struct].encoded_type, **told)
        return wallet.address, *sent, deadline, signature

    def once(self, struct, function, person, refusal, is_carried, **words):
        """An act that a number keeps from being replayed, sent or carried."""
        sent = list(words.values())
        if not is_carried:
            self.expect(refusal, function, *sent, sender=PEOPLE[person].address)
            return
        self.nonce += 1
        words |= {"nonce": self.nonce}
        arguments = self.carried(struct, person, words, [*sent, self.nonce])
        self.expect(refusal, f"{function}_by_signature", *arguments, sender=SOMEBODY)

    # ---- a person gives ----

    def terms(self, company, purpose, categories, age, lasts, kept, other_version):
        notice = self.model.notices[company, purpose]
        version = notice.version + other_version
        issued_at, until = self.now - age, self.now + lasts
        words = (company, purpose, categories, issued_at, until, until + kept, 3, version, HASH)
        return words, Given(bits(categories), issued_at, until, until + kept, version)

    def done(self, key, given, refusal):
        if refusal is None:
            self.agreed[key] |= given.categories

    def grant(self, person, company, purpose, categories, *, carried, **terms):
        key = person, company, purpose
        if carried:
            self.sign_grant(*key, categories, **terms)
            self.send_late(len(self.unsent) - 1, is_kept=False)
            return
        words, given = self.terms(company, purpose, categories, **terms)
        refusal = self.model.grant(key, given, self.now, is_signed=False)
        self.expect(refusal, "grant", words, sender=PEOPLE[person].address)
        self.done(key, given, refusal)

    def sign_grant(self, person, company, purpose, categories, **terms):
        words, given = self.terms(company, purpose, categories, **terms)
        names = [one.name for one in STRUCTS["Grant"].fields[2:-1]]
        told = {"passport_id": person, **dict(zip(names, words, strict=True))}
        arguments = self.carried("Grant", person, told, [words])
        self.unsent.append(("grant", (person, company, purpose), given, arguments))
        self.last = "sign", None

    # ---- a person takes back ----

    def withdraw(self, person, company, purpose, *, carried, age):
        key = person, company, purpose
        if carried:
            self.sign_withdrawal(*key, of_everything=False, age=age)
            self.send_late(len(self.unsent) - 1, is_kept=False)
            return
        refusal = self.model.withdraw(key, self.now)
        self.expect(refusal, "withdraw", company, purpose, sender=PEOPLE[person].address)

    def withdraw_all(self, person, *, carried, age):
        if carried:
            self.sign_withdrawal(person, 0, 0, of_everything=True, age=age)
            self.send_late(len(self.unsent) - 1, is_kept=False)
            return
        refusal = self.model.withdraw_all(person, self.now)
        self.expect(refusal, "withdraw_all", sender=PEOPLE[person].address)

    def sign_withdrawal(self, person, company, purpose, *, of_everything, age=0):
        signed_at = self.now - age
        told, sent, struct = {"passport_id": person}, [], "WithdrawAll"
        if not of_everything:
            told |= {"company_id": company, "purpose": purpose}
            sent, struct = [company, purpose], "Withdraw"
        arguments = self.carried(
            struct, person, told | {"signed_at": signed_at}, [*sent, signed_at]
        )
        self.unsent.append((struct, (person, company, purpose), signed_at, arguments))
        self.last = "sign", None

    def send_late(self, which, is_kept):
        """Somebody carries what somebody signed once; and may try again later."""
        if not self.unsent:
            return
        kind, key, said, arguments = self.unsent[which % len(self.unsent)]
        if not is_kept:
            self.unsent.pop(which % len(self.unsent))
        if kind == "grant":
            given = Given(**vars(said))
            refusal = self.model.grant(key, given, self.now, is_signed=True)
            self.expect(refusal, "grant_by_signature", *arguments, sender=SOMEBODY)
            self.done(key, given, refusal)
        elif kind == "Withdraw":
            refusal = self.model.withdraw(key, self.now, said)
            self.expect(refusal, "withdraw_by_signature", *arguments, sender=SOMEBODY)
        else:
            refusal = self.model.withdraw_all(key[0], self.now, said)
            self.expect(refusal, "withdraw_all_by_signature", *arguments, sender=SOMEBODY)

    # ---- a person says no ----

    def refuse(self, person, company, purpose, *, carried):
        self.model.refused[person, company, purpose] = self.now
        words = {"company_id": company, "purpose": purpose}
        self.once("Refuse", "refuse", person, None, carried, **words)

    def deny_company(self, person, company, is_denied, *, carried):
        act = self.model.shut_companies.add if is_denied else self.model.shut_companies.discard
        act((person, company))
        words = {"company_id": company, "is_denied": is_denied}
        self.once("DenyCompany", "deny_company", person, None, carried, **words)

    def deny_purpose(self, person, purpose, is_denied, *, carried):
        act = self.model.shut_purposes.add if is_denied else self.model.shut_purposes.discard
        act((person, purpose))
        words = {"purpose": purpose, "is_denied": is_denied}
        self.once("DenyPurpose", "deny_purpose", person, None, carried, **words)

    # ---- others ----

    def publish(self, company, purpose, categories):
        self.model.publish(company, purpose, bits(categories), self.now)
        words = company, purpose, categories, HASH
        self.expect(None, "publish_notice", *words, sender=CONTROLLERS[company])

    def end_notice(self, company, purpose):
        refusal = self.model.end_notice(company, purpose)
        self.expect(refusal, "end_notice", company, purpose, sender=CONTROLLERS[company])

    def ask(self, person, company, purpose, categories):
        refusal = self.model.ask((person, company, purpose), bits(categories), self.now)
        words = person, company, purpose, categories
        self.expect(refusal, "request_consent", *words, sender=CONTROLLERS[company])

    def note_end(self, person, company, purpose):
        refusal = self.model.note_end((person, company, purpose))
        self.expect(refusal, "note_end", person, company, purpose, sender=SOMEBODY)

    def wait(self, seconds):
        self.now += seconds
        self.ledger.turn_to(self.now)
        self.last = "wait", None

    # ---- what must hold ----

    def agree(self):
        for person in PEOPLE:
            for company in CONTROLLERS:
                for purpose in PURPOSES:
                    self.agree_on((person, company, purpose))

    def agree_on(self, key):
        for category in (*CATEGORIES, *BESIDE):
            is_allowed = self.consent.view("allowed", *key, category)
            assert is_allowed == self.model.allowed(key, category, self.now), (key, category)
            # What was never agreed to for this purpose is never allowed for it.
            assert not is_allowed or category in self.agreed[key], (key, category)
            self.outcomes["allowed", is_allowed] += 1
        status = self.consent.view("status", *key)
        assert status == self.model.status(key, self.now), key
        self.outcomes["status", status] += 1
        assert self.consent.view("kept_until", *key) == self.model.kept_until(key), key
