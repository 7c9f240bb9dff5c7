"""The contracts that hold money: what comes in, how it goes out, and what each owes.

One entry a contract. A contract with a token call that is not listed here fails `make lint`
(tools/checks/money_registered.py); one that takes any token brings itself into the odd-token
matrix and the solvency machine (tests/money/takers.py). `python -m tools.money` prints the table of
docs/money.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from tools.say import say


class Assets(Enum):
    """Which assets a contract holds."""

    ANY_TOKEN = "any ERC-20: the one it was deployed for, or one for each price list"
    POINTS = "the brand's own points"
    ANYTHING = "ether and whatever tokens are sent to it"


class Reader(Protocol):
    """A contract on some chain, as `owed` reads it."""

    def view(self, function: str, *words: Any) -> Any:
        """What a view answers; several outputs, or a struct, as a sequence."""

    def logged(self, event: str) -> Iterable[dict[str, Any]]:
        """The fields of each event of this name, from the first on."""


@dataclass(frozen=True)
class Holder:
    """A contract that holds money."""

    contract: str
    assets: Assets
    comes_in: str
    goes_out: str
    owes: str
    owed: Callable[[Reader], int] | None  # None: nobody has a claim on it


def unsettled_claims(perks: Reader) -> int:
    """The prices of all claims that are neither fulfilled nor sent home."""
    claims = (fields["claim_id"] for fields in perks.logged("PerkClaimed"))
    return sum(int(perks.view("claim_of", claim_id)[-1]) for claim_id in claims)


def vault_debts(vault: Reader) -> int:
    """What is free of each company's, its bonds that are set aside, and incomes not collected."""
    companies = {fields["company_id"] for fields in vault.logged("FundsDeposited")}
    places = {
        (fields["passport_id"], fields["company_id"], fields["purpose"])
        for fields in vault.logged("AccessRequested")
    }
    people = {fields["account"] for fields in vault.logged("IncomeCredited")}
    free = sum(int(vault.view("funds_of", company)[0]) for company in companies)
    bonds = sum(int(vault.view("duty_of", *place)[3]) for place in places)
    incomes = sum(int(vault.view("income_of", person)) for person in people)
    collected = sum(int(fields["amount"]) for fields in vault.logged("IncomeCollected"))
    return free + bonds + incomes - collected


def agreement_debts(agreements: Reader) -> int:
    """Each agreement's escrow, and what each list's provider earned and did not collect."""
    opened = agreements.logged("AgreementOpened")
    lists = {fields["list_id"] for fields in opened}
    escrows = sum(int(agreements.view("account_of", one["agreement_id"])[5]) for one in opened)
    return escrows + sum(int(agreements.view("due_of", number)) for number in lists)


HOLDERS = (
    Holder(
        contract="Vault",
        assets=Assets.ANY_TOKEN,
        comes_in="`deposit`: anybody pays for a company's reads and bonds",
        goes_out="`withdraw_funds` pays a company what is free; `collect` a person or co-owner what"
        " the data earned",
        owes="each company what is free and the bonds set aside; each person and co-owner what is"
        " not collected",
        owed=vault_debts,
    ),
    Holder(
        contract="Agreements",
        assets=Assets.ANY_TOKEN,
        comes_in="`open`, `open_by_signature`: the customer's deposit; `top_up`: anybody pays in"
        " for a customer",
        goes_out="`withdraw`, `withdraw_by_signature` pay a customer what no period can cost any"
        " more; `collect` a provider what it earned",
        owes="each customer the escrow; each list's provider what is not collected",
        owed=agreement_debts,
    ),
    Holder(
        contract="Perks",
        assets=Assets.POINTS,
        comes_in="`claim`, `claim_by_signature`: Points moves the price here",
        goes_out="`cancel`, `miss` send it home; `fulfil`, `redeem` burn it",
        owes="the price of each claim that is neither fulfilled nor sent home",
        owed=unsettled_claims,
    ),
    Holder(
        contract="Governor",
        assets=Assets.ANYTHING,
        comes_in="anybody sends it; no book is kept of who did",
        goes_out="`execute`: what an accepted proposal says, within the Guard's bound",
        owes="nobody: it is the members' treasury",
        owed=None,
    ),
    Holder(
        contract="PasskeyAccount",
        assets=Assets.ANYTHING,
        comes_in="anybody sends it",
        goes_out="`execute`: what its owner's passkey signed",
        owes="nobody: it is one person's wallet",
        owed=None,
    ),
)


def table() -> str:
    """The holders as a table of docs/money.md."""
    head = "| contract | holds | comes in | goes out | owes |\n|---|---|---|---|---|"
    rows = (
        f"| {one.contract} | {one.assets.value} | {one.comes_in} | {one.goes_out} | {one.owes} |"
        for one in HOLDERS
    )
    return "\n".join((head, *rows))


if __name__ == "__main__":
    say(table())
