"""The acts of consent, measured like the others: what persons give, take back and tell, and what
companies read.

Two persons of the thousand have live grants with a thousand companies each; others have a few. No
price is asked: a read that costs nothing, by a company whose bond is set aside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from eth_account.signers.local import LocalAccount
from web3.contract import Contract

from benchmarks.acts import REPEATS, Measured, open_perk
from benchmarks.node import Act, Receipt, call
from benchmarks.signed_acts import signed
from benchmarks.town import DAY, Town, account
from cercle import typed_data
from cercle.deployments import Deployed, Deployment
from tools.artifacts import CONTRACTS, artifact, artifacts

COMPANIES = 1_000
DELIVERY = 0  # a purpose by its number
ADDRESS = 1  # a category by its number
CATEGORIES = 0b111  # that a notice names
READS = 100
YEAR = 365 * DAY
BOND = 50_00
KEY, TEXT = b"\x55" * 32, b"\x66" * 32  # of a company, of a notice
RECORD, ORDER, MOVE = b"\x77" * 32, b"\x88" * 32, b"\x99" * 32


@dataclass(frozen=True)
class Books:
    """The contracts of consent, and a thousand companies with a notice each."""

    consent: Contract
    records: Contract
    vault: Contract
    probe: Contract


def books_of(town: Town) -> Books:
    """The town's books, opened and filled with companies by the first act that needs them."""
    if town.books is None:
        made, admin, node = artifacts(), account("admin").address, town.node
        consent = node.deploy(made["Consent"], town.passport.address, sender=admin)
        records = node.deploy(made["Records"], consent.address, sender=admin)
        euro = node.deploy(double("DemoEuro"), sender=admin)
        vault = node.deploy(made["Vault"], consent.address, euro.address, sender=admin)
        probe = node.deploy(double("ConsentProbe"), sender=admin)
        town.books = Books(consent, records, vault, probe)
        numbers = range(1, COMPANIES + 1)
        uri = "https://company.example/about.json"
        entries = [
            call(consent, "register_company", KEY, uri, sender=controller_of(number))
            for number in numbers
        ]
        notices = [
            call(consent, "publish_notice", *of_notice(number), sender=controller_of(number))
            for number in numbers
        ]
        node.send_together(entries)
        node.send_together(notices)
        node.send(call(consent, "set_agent", 1, reader(), sender=controller_of(1)))
        stake(town, euro)
    return town.books


def double(name: str) -> Any:
    """A contract of the tests."""
    return artifact(CONTRACTS / "testing" / f"{name}.vy")


def stake(town: Town, euro: Contract) -> None:
    """The first company stakes a bond on each person it reads."""
    company, vault, amount = controller_of(1), books_of(town).vault, 100 * BOND
    town.node.send_together(
        [
            call(euro, "mint", company, amount, sender=account("admin").address),
            call(euro, "approve", vault.address, amount, sender=company),
            call(vault, "deposit", 1, amount, sender=company),
            call(vault, "set_bond", 1, BOND, sender=company),
        ]
    )


def reader() -> str:
    """The agent of the first company: its servers, which read in its name."""
    return account("reader").address


def controller_of(company_id: int) -> str:
    """Who controls a company."""
    return account(f"company {company_id}").address


def of_notice(company_id: int) -> tuple[Any, ...]:
    """A company's first notice."""
    return company_id, DELIVERY, CATEGORIES, TEXT


# ---- what persons give ------------------------------------------------------------------


def terms(town: Town, company_id: int) -> dict[str, Any]:
    """Terms that a person makes up their mind about now, after what happened in the last block."""
    now = town.node.now + 1
    return {
        "company_id": company_id,
        "purpose": DELIVERY,
        "categories": CATEGORIES,
        "issued_at": now,
        "until": now + YEAR,
        "keep_until": now + 2 * YEAR,
        "reads": READS,
        "notice_version": 1,
        "record_hash": RECORD,
    }


def granting(town: Town, person: LocalAccount, company_id: int) -> Act:
    """A grant by the person."""
    words = tuple(terms(town, company_id).values())
    return call(books_of(town).consent, "grant", words, sender=person.address)


def carrying(town: Town, person: LocalAccount, company_id: int) -> Act:
    """A signed grant, carried by somebody else."""
    place = deployment(town)
    words = terms(town, company_id)
    words["record_hash"] = "0x" + RECORD.hex()
    until = town.node.now + DAY
    message = typed_data.grant(place, person.address, town.number(person), deadline=until, **words)
    return town.carried(typed_data.carry(place, signed(person, message)))


def deployment(town: Town) -> Deployment:
    """The town's address book with the books in it."""
    entry = Deployed(address=books_of(town).consent.address, block=0, codehash="0x" + "00" * 32)
    book = town.deployment
    return replace_contracts(book, {"Consent": entry})


def replace_contracts(book: Deployment, more: dict[str, Deployed]) -> Deployment:
    """An address book with more in it."""
    return book.model_copy(update={"contracts": {**book.contracts, **more}})


def consent_grant_first(town: Town) -> Measured:
    """A person's first grant to a company; they gave others before."""
    books_of(town)
    receipts = []
    for person in town.draw(REPEATS, "first grant"):
        town.node.send(granting(town, person, 1))
        receipts.append(town.node.send(granting(town, person, 2)))
    return receipts, 1


def consent_grant_again(town: Town) -> Measured:
    """The same terms given anew while they count."""
    books_of(town)
    receipts = []
    for person in town.draw(REPEATS, "grant again"):
        town.node.send(granting(town, person, 3))
        receipts.append(town.node.send(granting(town, person, 3)))
    return receipts, 1


def consent_grant_by_sig_first(town: Town) -> Measured:
    """A signed first grant to a company, carried by somebody else."""
    books_of(town)
    receipts = []
    for person in town.draw(REPEATS, "first signed grant"):
        town.node.send(carrying(town, person, 4))
        receipts.append(town.node.send(carrying(town, person, 5)))
    return receipts, 1


def consent_grant_by_sig_again(town: Town) -> Measured:
    """The same terms signed anew."""
    books_of(town)
    receipts = []
    for person in town.draw(REPEATS, "signed grant again"):
        town.node.send(carrying(town, person, 6))
        receipts.append(town.node.send(carrying(town, person, 6)))
    return receipts, 1


# ---- what they take back and tell --------------------------------------------------------


def give_a_thousand(town: Town, person: LocalAccount) -> None:
    """A live grant with every company."""
    numbers = range(1, COMPANIES + 1)
    town.node.send_together([granting(town, person, number) for number in numbers])
    ask = books_of(town).consent.functions.allowed
    who = town.number(person)
    assert all(ask(who, number, DELIVERY, ADDRESS).call() for number in (1, 500, COMPANIES))


def withdraw_one(town: Town) -> Measured:
    """A live grant taken back."""
    consent, receipts = books_of(town).consent, []
    for person in town.draw(REPEATS, "withdraw"):
        town.node.send(granting(town, person, 7))
        act = call(consent, "withdraw", 7, DELIVERY, sender=person.address)
        receipts.append(town.node.send(act))
    return receipts, 1


def withdraw_all_first(town: Town) -> Measured:
    """A thousand live grants taken back in one act, by who never did the like."""
    return withdrawals(town, "withdraw first", before=0), 1


def withdraw_all_1000(town: Town) -> Measured:
    """A thousand live grants taken back in one act, by who did so once before."""
    return withdrawals(town, "withdraw all", before=1), 1


def withdrawals(town: Town, purpose: str, before: int) -> list[Receipt]:
    """What the last withdrawal costs, each of a thousand live grants."""
    consent, person = books_of(town).consent, town.draw(1, purpose)[0]
    receipts = []
    for _ in range(before + 1):
        give_a_thousand(town, person)
        receipts.append(town.node.send(call(consent, "withdraw_all", sender=person.address)))
        who = town.number(person)
        assert not consent.functions.allowed(who, COMPANIES, DELIVERY, ADDRESS).call()
    return receipts[before:]


def move_house_1000(town: Town) -> Measured:
    """A thousand companies told of a move in one act, by who moved before."""
    records, person = books_of(town).records, town.draw(1, "move")[0]
    give_a_thousand(town, person)
    act = call(records, "move", ADDRESS, MOVE, sender=person.address)
    return [town.node.send(act) for _ in range(1 + REPEATS)][1:], 1


# ---- what companies do ---------------------------------------------------------------------


def request_access(town: Town) -> Measured:
    """A read of a person whom the company has read before; no price, a bond set aside."""
    receipts = []
    for person in town.draw(REPEATS, "read"):
        town.node.send(granting(town, person, 1))
        receipts.append([town.node.send(reading(town, person)) for _ in range(2)][1])
    return receipts, 1


def reading(town: Town, person: LocalAccount) -> Act:
    """A read by the first company's agent; by its controller it costs one slot more."""
    words = (1, town.number(person), DELIVERY, ADDRESS, ORDER, 0)
    return call(books_of(town).vault, "request_access", *words, sender=reader())


def allowed_cold(town: Town) -> Measured:
    """The question that another contract asks, everything cold: what its call costs it."""
    books, receipts = books_of(town), []
    for person in town.draw(REPEATS, "question"):
        town.node.send(granting(town, person, 8))
        words = (books.consent.address, town.number(person), 8, DELIVERY, ADDRESS)
        act = call(books.probe, "ask", *words, sender=account("relayer").address)
        receipt = town.node.send(act)
        assert books.probe.functions.answer().call()
        receipts.append(replace(receipt, gas=books.probe.functions.gas_used().call()))
    return receipts, 1


def perk_claim_sent(town: Town) -> Measured:
    """A member's first claim of what is sent, priced, behind two consents, with an order."""
    consent, ship, company_id = books_of(town).consent, 4, COMPANIES
    asked = [company_id << 16 | DELIVERY << 8 | category for category in (0, ADDRESS)]
    perk_id = open_perk(town, ship, [(consent.address, argument) for argument in asked])
    receipts = []
    for place, member in enumerate(town.draw(4 + REPEATS, "sent claim")):
        town.node.send(granting(town, member, company_id))
        words = (perk_id, place % 2, ORDER)
        receipts.append(town.node.send(call(town.perks, "claim", *words, sender=member.address)))
    return receipts[4:], 1
