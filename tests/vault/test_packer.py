"""The packing table without its page: what it lists, looks at, says no to, and sends."""

from __future__ import annotations

from typing import Any

import pytest
from eth_utils.crypto import keccak

from cercle.consent import purpose_of
from cercle.consent.client import CompanyClient
from cercle.consent.sending import Sender
from cercle.executors import UnlockedExecutor
from cercle.flags import PerkKind
from cercle.index.history import open_history
from cercle.loyalty import membership, perks
from cercle.orders import make_order
from cercle.vault.client import Waiting
from examples.packer.packer import Need, Packer
from examples.serving import Said
from tests.client.community import DAY, perk_text
from tests.client.data_town import PURPOSE

from .stage import ADDRESS, PLAIN, SIZE, Stage
from .wired import Wire, company_of

LONG = 60 * DAY
LOOKED = "AccessRequested"


class Shop:
    """A perk that is sent, who claims it, and the table at which it is packed."""

    def __init__(self, stage: Stage, wire: Wire, clock: Any) -> None:
        self.stage, self.town = stage, stage.town
        self.town.send(
            membership.admit(self.town.deployment, [stage.passport_id]), self.town.steward
        )
        self.jersey = self.offer("Jersey", PerkKind.SHIP)
        self.history = open_history(self.town.chain, self.town.deployment)
        company = CompanyClient(
            Sender(self.town.chain, stage.shop),
            self.town.deployment,
            stage.company_id,
            self.history,
        )
        self.vault = company_of(stage, wire, clock)
        self.vault.waiting = Waiting(most=0.0, clock=clock)
        purpose = purpose_of(PURPOSE).code
        needs = [
            Need(company, self.vault, purpose, what) for what in ("ClothingSize", "PhysicalAddress")
        ]
        steward = UnlockedExecutor(self.town.chain, self.town.steward)
        self.table = Packer(self.town.store, self.history, needs, steward)

    def offer(self, name: str, kind: PerkKind) -> int:
        """A perk for nothing, twice a member."""
        now = self.town.now()
        terms = (int(kind), 0, now, now + LONG, 0, 2, 14 * DAY, [])
        content = self.town.store.put(perk_text(name, 2))
        made = self.town.send(
            perks.open_perk(self.town.deployment, content, terms, (2, 2)), self.town.steward
        )
        return int(made[0].args["perk_id"])

    def claim(self, variant: int = 0) -> str:
        """The member's order, by the number of its claim."""
        town, who = self.town, self.stage.person
        order = make_order(town.chain, town.deployment, who.address, self.jersey, variant)
        town.send(perks.claim(town.deployment, self.jersey, variant, order.order_hash), who.address)
        self.town.pass_time(1)
        return str(int(order.order.claim_id))

    def ask(self, question: str, **told: Any) -> dict[str, Any]:
        """As the page does."""
        return self.table.questions[question](told)

    def facts(self, claim_id: str) -> list[dict[str, Any]]:
        """What is to be known of an order, without the names of the categories."""
        told = self.ask("look", claim_id=claim_id)["facts"]
        assert [one.pop("category")["en"] for one in told] == ["Clothing size", "Postal address"]
        return told

    def waiting(self) -> list[str]:
        return [one["claim_id"] for one in self.ask("orders")["orders"]]

    def told(self, contract: str, event: str) -> list[Any]:
        found = self.history.events(contract, event, where={}, limit=100)
        return [one.event.args for one in found.entries]


@pytest.fixture
def wire(nobody) -> Wire:
    return Wire(nobody.http)


@pytest.fixture
def shop(stage, wire, clock) -> Shop:
    return Shop(stage, wire, clock)


@pytest.fixture
def allowed(stage, keep):
    """Both things are kept, left to the vault, and allowed."""
    keep()
    keep(category=ADDRESS)
    stage.grant()


# ---- what waits ----------------------------------------------------------------------


def test_orders__nobody_claimed__is_empty(shop):
    assert shop.ask("orders") == {"orders": []}
    assert shop.ask("shop") == {"name": "Sillon"}


def test_orders__claims__are_listed_the_oldest_first_until_they_are_sent(shop):
    first, second = shop.claim(0), shop.claim(1)
    told = shop.ask("orders")["orders"]
    assert [
        (one["claim_id"], one["perk"]["en"], one["variant"]["en"], one["looks"]) for one in told
    ] == [
        (first, "Jersey", "v0", 2),
        (second, "Jersey", "v1", 2),
    ]
    shop.ask("sent", claim_id=first, parcel="FR 4711")
    assert shop.waiting() == [second]


def test_orders__what_is_handed_over_at_the_counter__is_not_packed(shop, stage):
    coffee = shop.offer("Coffee", PerkKind.STORE)
    claim = perks.claim(stage.town.deployment, coffee)
    assert [one.name for one in stage.send(claim, stage.person)] == ["PerkClaimed"]
    assert shop.waiting() == []


# ---- looking -------------------------------------------------------------------------


@pytest.mark.usefixtures("allowed")
def test_look__asked_again_and_again__is_on_the_ledger_once_an_order(shop, stage):
    first, second = shop.claim(), shop.claim()
    shop.facts(first)
    stage.mine()
    for _ in range(2):
        assert shop.facts(first) == [{"content": PLAIN}, {"content": PLAIN}]
    assert len(shop.told("Vault", LOOKED)) == 2
    shop.facts(second)
    looks = shop.told("Vault", LOOKED)
    assert len(looks) == 4
    assert len({(bytes(one["order_hash"]), one["category"]) for one in looks}) == 4


@pytest.mark.usefixtures("allowed")
def test_look__too_few_blocks_followed__waits_for_the_ledger(shop):
    # A size opens one block later, which the second look brings; an address six.
    assert shop.facts(shop.claim()) == [{"content": PLAIN}, {"waits": "ledger"}]


def test_look__record_that_opens_only_with_the_member__waits_for_them(shop, stage, keep):
    keep()
    keep(category=ADDRESS, unattended=False)
    stage.grant()
    order = shop.claim()
    shop.facts(order)
    stage.mine()
    assert shop.facts(order) == [{"content": PLAIN}, {"waits": "person"}]


def test_look__nothing_allowed__is_refused_and_nothing_is_logged(shop, keep):
    keep()
    assert shop.facts(shop.claim()) == [{"refusal": "access_not_allowed"}] * 2
    assert shop.told("Vault", LOOKED) == []


def test_look__only_one_allowed__opens_that_one(shop, stage, keep):
    keep()
    stage.grant(categories=1 << SIZE)
    order = shop.claim()
    shop.facts(order)
    stage.mine()
    assert shop.facts(order) == [{"content": PLAIN}, {"refusal": "access_not_allowed"}]


def test_look__as_often_as_allowed_already__says_so(shop, stage, keep):
    keep()
    stage.grant(reads=1)
    assert shop.facts(shop.claim())[1] == {"refusal": "no_reads_left"}


@pytest.mark.usefixtures("allowed")
def test_look__taken_back_after_it_was_logged__opens_nothing(shop, stage):
    order = shop.claim()
    shop.facts(order)
    stage.mine()
    stage.withdraw()
    assert shop.facts(order) == [{"refusal": "not_allowed"}] * 2


def test_look__nothing_kept__says_so(shop, stage):
    stage.grant()
    order = shop.claim()
    shop.facts(order)
    stage.mine()
    assert shop.facts(order) == [{"refusal": "no_record"}] * 2


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize("status", [500, 502], ids=["nonsense", "a proxy"])
def test_look__no_vault_answers__says_so(shop, wire, status):
    wire.bend = lambda *_: (status, b"<html>")
    assert shop.facts(shop.claim()) == [{"refusal": "vault_unreachable"}] * 2


# ---- sent ----------------------------------------------------------------------------


def test_sent__with_a_parcel__is_fulfilled_under_a_salted_hash(shop):
    order, parcel = shop.claim(), "FR 4711"
    assert shop.ask("sent", claim_id=order, parcel=parcel)["block"] > 0
    (done,) = shop.told("Perks", "ClaimFulfilled")
    assert str(done["claim_id"]) == order
    assert bytes(done["evidence"]) not in (bytes(32), keccak(text=parcel))


@pytest.mark.parametrize("parcel", [None, "", "   ", 4711])
def test_sent__without_a_parcel__is_not_sent(shop, parcel):
    order = shop.claim()
    with pytest.raises(Said) as no:
        shop.ask("sent", claim_id=order, parcel=parcel)
    assert no.value.word == "no_parcel"
    assert shop.waiting() == [order]


@pytest.mark.parametrize("question", ["look", "sent"])
def test_order__sent_before__is_settled(shop, question):
    order = shop.claim()
    shop.ask("sent", claim_id=order, parcel="FR 4711")
    with pytest.raises(Said) as no:
        shop.ask(question, claim_id=order, parcel="FR 4711")
    assert no.value.word == "claim_settled"


def test_order__unnamed__is_asked_for(shop):
    with pytest.raises(Said) as no:
        shop.ask("look")
    assert no.value.word == "nothing_asked"
