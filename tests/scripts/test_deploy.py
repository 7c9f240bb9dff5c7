"""`ape run deploy`: a plan carried out on two networks, killed anywhere, verified."""

from __future__ import annotations

from pathlib import Path

import pytest

from cercle.deployments import Deployment
from cercle.rollout import DIRECTORY
from cercle.values import checksum
from tests.scripts.stage import KILLED, PLAN, ApeServer, LocalNode, Outcome, running_node

# The plan names no token, and a Vault is of one.
CONTRACTS = {"Charter", "Guard", *DIRECTORY.values()} - {"Vault"}


def words(node: LocalNode, path: Path, account: str = "TEST::0", plan: Path = PLAN) -> list[str]:
    return [
        *("deploy", "--plan", str(plan), "--network", node.network),
        *("--deployment", str(path), "--account", account),
    ]


def verify(ape: ApeServer, node: LocalNode, path: Path) -> Outcome:
    return ape.run("deploy", "verify", "--network", node.network, "--deployment", str(path))


def final_state(node: LocalNode, path: Path) -> dict[str, object]:
    """What two deployments of one plan must agree in, whatever happened on the way."""
    deployment = Deployment.load(path)
    charter, points = deployment.contract("Charter"), deployment.contract("Points")
    head = node.chain.head(fresh=True)
    reads = [charter.read("is_sealed"), charter.read("entry_count"), charter.read("admin")]
    reads += [charter.read("roles", account) for account in node.accounts[:8]]
    holders = [points.read("holder", deployment.address(c)) for c in ("Rewards", "Perks")]
    return {
        "charter": node.chain.read(reads, head),
        "rights": [holder["rights"] for holder in node.chain.read(holders, head)],
        "addresses": {name: d.address for name, d in deployment.contracts.items()},
    }


def test_deploy__dry_run__sends_nothing(ape, node, tmp_path):
    before = node.nonce(node.accounts[0])
    outcome = ape.run(*words(node, tmp_path / "d.json"), "--dry-run")
    assert outcome.code == 0, outcome.text
    assert "would deploy Charter" in outcome.text
    assert "would seal the charter" in outcome.text
    assert node.nonce(node.accounts[0]) == before
    assert not (tmp_path / "d.json").exists()


def test_deploy__on_a_stand_in_for_a_testnet__stands_after_a_reorganisation(
    ape, rehearsal, tmp_path
):
    path = tmp_path / "rehearsal.json"
    outcome = ape.run(*words(rehearsal, path))
    assert outcome.code == 0, outcome.text
    assert set(Deployment.load(path).contracts) == CONTRACTS
    complete = final_state(rehearsal, path)

    rehearsal.rpc("anvil_reorg", 3, [])
    rehearsal.rpc("anvil_dropAllTransactions")
    assert final_state(rehearsal, path) != complete

    again = ape.run(*words(rehearsal, path))
    assert again.code == 0, again.text
    assert "deployed" not in again.text
    assert final_state(rehearsal, path) == complete
    verified = verify(ape, rehearsal, path)
    assert verified.code == 0, verified.text
    assert "Everything stands as the plan says." in ape.run(*words(rehearsal, path)).text


def test_deploy__killed_after_each_transaction__ends_in_the_same_state(ape, tmp_path):
    with running_node(31_337, "demo") as calm:
        whole = tmp_path / "whole.json"
        assert ape.run(*words(calm, whole)).code == 0
        expected, total = final_state(calm, whole), calm.nonce(calm.accounts[0])
    with running_node(31_337, "demo") as node:
        path, admin = tmp_path / "torn.json", node.accounts[0]
        kills = 0
        for sent in range(1, total + 1):
            outcome = ape.run(
                *words(node, path), kill_when=lambda goal=sent: node.nonce(admin) >= goal
            )
            kills += outcome.code == KILLED
        assert kills >= total - 1
        last = ape.run(*words(node, path))
        assert last.code == 0, last.text
        assert final_state(node, path) == expected
        assert node.nonce(admin) == total
        assert verify(ape, node, path).code == 0


def test_verify__other_code__is_named(ape, brand, node):
    address = brand.deployment.address("Polls")
    code = node.rpc("eth_getCode", address, "latest")
    node.rpc("anvil_setCode", address, code[:-2] + ("01" if code[-2:] == "00" else "00"))
    outcome = verify(ape, node, brand.path)
    node.rpc("anvil_setCode", address, code)
    assert outcome.code == 1
    assert f"Polls at {address} differs: its code is not the one that was recorded." in outcome.text
    assert outcome.refusal == "1 contracts differ from this build."


def test_verify__other_immutable__is_named(ape, brand, node, tmp_path):
    lied = brand.deployment.model_dump(mode="json")
    lied["contracts"]["Rewards"]["args"][4] += 1
    path = tmp_path / "lied.json"
    Deployment.model_validate(lied).save(path)
    outcome = verify(ape, node, path)
    assert outcome.code == 1
    assert f"Rewards at {brand.deployment.address('Rewards')} differs" in outcome.text


@pytest.mark.parametrize(
    ("line", "instead", "sentence"),
    [
        ("  maturity_days: 30", "  maturity_days: 181", "line 16: electorate.maturity_days:"),
        ("  tiers: [100, 250, 500]", "  tiers: [250, 100]", "membership: tiers must ascend"),
        ("  symbol: SIL", "  symbol: TOOLONG", "points.symbol:"),
        ("rewards:", "reward:", "reward: Extra inputs are not permitted"),
        ("  budget: 500000", "  budget: [", "line 34, column 10:"),
        ("0xf39Fd6", "0xF39fd6", "line 5: roles.admin:"),
    ],
)
def test_deploy__wrong_plan__names_line_and_field(ape, node, tmp_path, line, instead, sentence):
    text = PLAN.read_text()
    assert line in text
    plan = tmp_path / "plan.yaml"
    plan.write_text(text.replace(line, instead, 1))
    outcome = ape.run(*words(node, tmp_path / "d.json", plan=plan))
    assert outcome.code == 1
    assert sentence in outcome.refusal


def test_deploy__another_account__is_refused(ape, node, tmp_path):
    outcome = ape.run(*words(node, tmp_path / "d.json", account="TEST::5"))
    assert outcome.refusal == (
        "The plan's admin is 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266; "
        f"{checksum(node.accounts[5])} cannot act for it."
    )


def test_deploy__file_of_another_chain__is_refused(ape, brand, rehearsal):
    outcome = ape.run(*words(rehearsal, brand.path))
    assert "on chain 31337; this plan is of Sillon on chain 424242." in outcome.refusal
