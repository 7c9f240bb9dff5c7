"""D6, personal data on the chain, or a hash of it without a secret, which is the same.

Everything is done at Consent that there is to do, and at the books of records, reads and decisions
whatever carries a word of somebody's choice, about one person whose name, mail, address, birth date
and telephone we know. Then the whole chain is read: each transaction's words, each event, each word
stored; and each datum is looked for in plain and under ten hashes, in every usual spelling, hashed
once and twice. Nothing is found. The twin is a company that does the same carelessly: it writes its
customer into its address, and seals records with a hash that has no salt.
"""

import secrets

import pytest
from eth_utils import keccak, to_bytes

from cercle.consent.commitments import commitment, salted_hash
from cercle.typed_data import STRUCTS
from tests.attacks import d6_scan, vault_stage
from tests.attacks.d6_scan import SAMPLE, Find
from tests.conftest import DAY
from tests.consents import CATEGORY, PURPOSE
from tests.signing import sign
from tests.unit.consent.records.words import SHRED

WHOLE = str(sorted(SAMPLE.items())).encode()  # as a record would hold it


@pytest.fixture(scope="module")
def sought():
    return d6_scan.needles()


def salted(raw: bytes) -> bytes:
    """As records are sealed: with a secret that is destroyed with them."""
    return keccak(secrets.token_bytes(32) + raw)


@pytest.fixture
def consent(project, admin, registry):
    return admin.deploy(project.Consent, registry)


@pytest.fixture
def live(consent, victim, company, chain, outsider, newcomer):
    """Every act there is, about one person, by one company; their data, sealed by `seal`."""

    def _live(seal, uri):
        now = chain.blocks.head.timestamp
        consent.register_company(seal(b"a key"), uri, sender=company)
        consent.set_agent(1, outsider, sender=company)
        for purpose in (1, 2):
            consent.publish_notice(1, purpose, 3, seal(b"a notice"), sender=company)
        consent.request_consent(1, 1, 1, 1, sender=outsider)
        ends = (now + 30 * DAY, now + 60 * DAY)
        terms = (1, 1, 1, now, *ends, 5, 1, seal(WHOLE))
        consent.grant(terms, sender=victim)
        carry("Grant", 1, 2, 3, now, *ends, 5, 1, seal(SAMPLE["mail"].encode()), passport_id=1)
        chain.mine(deltatime=1)
        later = chain.blocks.head.timestamp
        carry("Refuse", 1, 1, 1)
        carry("DenyPurpose", 2, True, 2)
        carry("DenyCompany", 1, True, 3)
        carry("Withdraw", 1, 2, later, passport_id=1)
        chain.mine(deltatime=1)
        carry("WithdrawAll", chain.blocks.head.timestamp, passport_id=1)
        consent.note_end(1, 1, 1, sender=outsider)
        consent.describe(1, seal(b"another key"), uri, sender=company)
        consent.end_notice(1, 2, sender=company)
        consent.offer_controller(1, newcomer, sender=company)
        consent.accept_controller(1, sender=newcomer)

    def carry(struct, *words, passport_id=None):
        names = [one.name for one in STRUCTS[struct].fields]
        first = [victim] if passport_id is None else [victim, passport_id]
        told = dict(zip(names, [*first, *words, 2**40], strict=True))
        signature = sign(victim, consent, STRUCTS[struct].encoded_type, **told)
        sent = [words] if struct == "Grant" else words
        name = "".join("_" + one.lower() if one.isupper() else one for one in struct).lstrip("_")
        call = consent._mutable_methods_[f"{name}_by_signature"]
        call(victim, *sent, 2**40, signature, sender=outsider)

    return _live


def test_a_life_at_consent__leaves_nothing_to_find(live, chain, sought):
    live(salted, "https://shop.example/who")
    assert d6_scan.scan(chain.provider.web3, sought) == set()


def test_a_careless_company__is_found_out(live, chain, sought):
    """The same acts: a mail in an address, a hash of a mail for a seal."""
    live(keccak, f"https://shop.example/{SAMPLE['mail']}")
    found = d6_scan.scan(chain.provider.web3, sought)
    assert found == {
        Find("mail", "plain words", "calldata"),
        Find("mail", "plain words", "events"),
        Find("mail", "plain words", "storage"),
        Find("mail", "keccak", "calldata"),
        Find("mail", "keccak", "events"),
    }


@pytest.fixture
def books(project, chain, admin, members, accounts):
    """What becomes of somebody's data, done once each; all that is written is made by `seal`."""
    people, companies = members[:2], accounts[18:20]
    scene = vault_stage.set_scene(project, chain, admin, people, companies)
    records = admin.deploy(project.Records, scene.consent)

    def _books(seal):
        person, company = people[0], companies[0]
        records.set_custodians([company], sender=person)
        records.move(CATEGORY, seal(SAMPLE["postal address"]), sender=person)
        records.acknowledge(1, 1, PURPOSE, CATEGORY, 1, sender=company)
        scene.read(order_hash=seal(SAMPLE["mail"]))
        scene.vault.set_price(PURPOSE, CATEGORY, 5, sender=person)
        scene.vault.set_shares([(2, 2_500)], sender=person)
        scene.vault.attest_deletion(1, 1, PURPOSE, seal(SAMPLE["name"]), sender=company)
        records.erase(CATEGORY, sender=person)
        told = {"custodian": company, "passport_id": 1, "category": CATEGORY, "version": 2}
        told |= {"certificate_hash": seal(SAMPLE["telephone"])}
        signature = sign(company, records, SHRED, **told)
        records.certify_shred(*told.values(), signature, sender=person)
        opening, secret = tuple(seal(words) for words in SAMPLE.values())[:4], seal("a secret")
        sealed = scene.decisions.commitment_of(1, 1, opening, secret)
        scene.decisions.commit(1, 1, sealed, sender=company)
        scene.decisions.demand(1, sender=person)
        scene.decisions.open(1, opening, secret, sender=company)

    return _books


def test_a_life_in_the_other_books__leaves_nothing_to_find(books, chain, sought):
    """Sealed as the SDK seals: records under a fresh secret, documents under a fresh salt."""
    makers = iter((commitment, *[salted_hash] * 99))

    def seal(words):
        return to_bytes(hexstr=next(makers)(words.encode(), secrets.token_bytes(32)))

    books(seal)
    assert d6_scan.scan(chain.provider.web3, sought) == set()


def test_careless_words_in_the_other_books__are_found_out(books, chain, sought):
    """The same acts with a hash that anybody can guess, in each word that somebody chooses."""
    books(lambda words: keccak(text=words))
    found = d6_scan.scan(chain.provider.web3, sought)
    assert {one.what for one in found} == set(SAMPLE)
    assert {one.how for one in found} == {"keccak"}
    assert {"calldata", "events"} <= {one.where for one in found}


@pytest.mark.parametrize("what", SAMPLE)
@pytest.mark.parametrize("hashes", ["md5", "sha1", "sha256", "keccak"])
def test_a_hash_in_any_spelling__is_found(consent, company, chain, sought, what, hashes):
    """What somebody would hash who means well: trimmed, in small letters."""
    text = " ".join(SAMPLE[what].lower().split()).encode()
    digest = dict(d6_scan.hashed(text))[hashes].ljust(32, b"\0")[:32]
    consent.register_company(digest, "", sender=company)
    found = d6_scan.scan(chain.provider.web3, sought)
    assert {(one.what, one.how) for one in found} == {(what, hashes)}
    assert {one.where for one in found} == {"calldata", "events", "storage"}
