"""A contract on a ledger in memory, as the registry reads one: it keeps what was logged."""

from typing import Any

from tests.invariant.revm import Contract


class Reading:
    """Stands for a contract, and notes its events; `tools.money.Reader` is its other face."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.events: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.contract, name)

    def send(self, name: str, *words: Any, sender: str) -> bytes:
        answer = self.contract.send(name, *words, sender=sender)
        self.note()
        return answer

    def note(self) -> None:
        """Keep what the contract logged in the last transaction."""
        self.events += self.contract.told_itself()

    def rewind(self, count: int) -> None:
        """Forget all but the first, as the ledger does when it goes back."""
        del self.events[count:]

    def logged(self, event: str) -> list[dict[str, Any]]:
        names = self.contract.fields(event)
        return [
            dict(zip(names, values, strict=True)) for name, *values in self.events if name == event
        ]
