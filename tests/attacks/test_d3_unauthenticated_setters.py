"""D3, unauthenticated setters (ClearGDPR, the TACo sample): nobody asked who calls.

Every writing function of every deployable, taken from its ABI, is called by a stranger, who must
be refused but for a reviewed list of what is anybody's to do. The call is no shot in the dark: with
the same arguments somebody else passes. The twin forgot the lock on one setter, and is found out.
"""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from web3.exceptions import ContractLogicError

from cercle.errors import refusal_by_data
from tests.attacks import (
    d3_arguments,
    d3_consent,
    d3_governor,
    d3_passkeys,
    d3_service,
    d3_vault,
)
from tests.attacks.d3_stage import Stage, set_scene
from tools import access
from tools.artifacts import deployables
from tools.places import BUILD, ROOT

PAGE = ROOT / "docs" / "audit" / "access.md"
REVIEWED = json.loads(Path(__file__).with_name("d3_reviewed.json").read_text())
OPEN, NOBODY = REVIEWED["open_to_anyone"], REVIEWED["to_nobody"]


@pytest.fixture(scope="module")
def people(
    charter, passport, admin, warden, issuer, till, steward, curator, treasurer, members,
    newcomer, outsider, spare_wallets,
):  # fmt: skip
    named = locals()
    return named | {"spares": spare_wallets}


@pytest.fixture(scope="module")
def decisions(project, admin, charter, electorate):
    """The Governor and its Guard."""
    return d3_governor.deployed(project, admin, charter, electorate)


@pytest.fixture(scope="module")
def senders(people, brand, community, decisions):
    """Who calls: outside people, every role, every contract of the brand."""
    roles = ("admin", "issuer", "till", "steward", "curator", "treasurer", "warden")
    outside = {"stranger": people["outsider"], "person": people["newcomer"]}
    everyone = outside | {"member": people["members"][0]} | {role: people[role] for role in roles}
    contracts = {"charter": people["charter"]} | brand | {"governor": decisions["Governor"]}
    return {
        name: str(account.address)
        for name, account in (everyone | {f"the {n}": c for n, c in contracts.items()}).items()
    }


@pytest.fixture(scope="module")
def ask(chain):
    """Ask the node what a call would come to."""

    def call(sender: str, to: str, data: bytes) -> str | None:
        request = {"from": sender, "to": to, "data": "0x" + data.hex(), "gas": 10_000_000}
        try:
            chain.provider.web3.eth.call(request)
        except ContractLogicError as refusal:
            said = refusal.message or ""
            custom = refusal_by_data(str(refusal.data or "").removeprefix("0x"))
            if custom is not None:
                return custom.error.partition("(")[0]
            return said.removeprefix("execution reverted").lstrip(": ") or "no reason"
        return None

    return call


@pytest.fixture(scope="module")
def stage(chain, project, brand, community, people, decisions, consent):
    service = d3_service.deployed(project, people)
    served = d3_service.set_scene(project, chain, service, people)
    books = d3_vault.deployed(project, people)
    d3_vault.set_scene(project, chain, books, people)
    scene = set_scene(chain, project, brand, people)
    admin, charter = people["admin"], people["charter"]
    drafts = d3_governor.set_scene(chain, decisions, people["members"], people["newcomer"])
    named = {"charter": people["charter"]} | brand
    shared = d3_passkeys.deployed(project, people["admin"])
    d3_consent.set_scene(chain, consent, people)
    now = chain.blocks.head.timestamp
    given = d3_arguments.arguments(brand, people, scene, now)
    given |= d3_passkeys.arguments(shared, now)
    given |= d3_consent.arguments(consent, people, now)
    shared |= {"Consent": consent}
    given |= d3_governor.arguments(decisions, drafts, people, now)
    given |= d3_vault.arguments(books, people, now)
    given |= d3_service.arguments(service, people, served, now)
    unbound = admin.deploy(project.Guard, charter, [d3_governor.SHORT], [], [])
    return Stage(
        {name.capitalize(): contract for name, contract in named.items()}
        | shared
        | decisions
        | books
        | service,
        given,
        {
            "Charter.set_entry(bytes32,address)": scene["founding"],
            "Charter.seal()": scene["founding"],
            "Electorate.bind()": scene["unbound"],
            "Guard.bind()": unbound,
        },
    )


@pytest.fixture(scope="module")
def cells(stage, senders, ask):
    """The whole matrix, kept for `make audit`."""
    found = access.matrix(stage.calls(), senders, ask)
    kept = BUILD / "audit" / "access.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps([asdict(cell) for cell in found]))
    return found


@pytest.fixture(scope="module")
def passing(cells):
    return access.passing(cells)


def unguarded(passing: dict[str, list[str]]) -> list[str]:
    """The attack: functions that a stranger may call and nobody has reviewed as open."""
    return sorted(name for name, who in passing.items() if "stranger" in who and name not in OPEN)


def test_every_writer__as_a_stranger__refused_but_for_the_reviewed(passing):
    assert unguarded(passing) == []


def test_every_writer__with_the_same_arguments__passes_for_somebody(passing):
    assert sorted(name for name, who in passing.items() if not who) == sorted(NOBODY)


def test_reviewed_list__every_line__still_true(passing):
    assert sorted(name for name in OPEN if "stranger" not in passing[name]) == []


def test_every_deployable__on_the_stage(stage):
    names = {path.stem for path in deployables()}
    assert set(stage.contracts) == names


def test_access_page__current(cells):
    assert PAGE.read_text() == access.render(cells, OPEN, NOBODY), "run `make audit`"


def test_twin_that_forgot_a_lock__found_and_robbed(project, admin, charter, senders, ask, outsider):
    twin = admin.deploy(project.UnguardedRewards, charter, 1_000)
    amounts = {"UnguardedRewards.set_budget(uint256)": [2**40]}
    amounts |= {"UnguardedRewards.cut_budget(uint256)": [10]}
    amounts |= {"UnguardedRewards.halt_until(uint256)": [2**40], "UnguardedRewards.retire()": []}
    stage = Stage({"UnguardedRewards": twin}, amounts)

    found = unguarded(access.passing(access.matrix(stage.calls(), senders, ask)))
    assert found == ["UnguardedRewards.set_budget(uint256)"]

    twin.set_budget(2**40, sender=outsider)  # what it costs: points without end
    assert twin.budget() == 2**40
