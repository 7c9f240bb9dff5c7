"""The list of public facts that a person sees is the one of docs/privacy.md, row by row."""

import re
from pathlib import Path

from frontend import present, public_facts
from frontend.testing import fakes

PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"


def rows() -> list[set[str]]:
    """The events that each row of the first table names."""
    section = PRIVACY.read_text("utf-8").split("## Every public fact")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [set(re.findall(r"`(\w+)`", line)) for line in lines]


def test_facts__against_the_document__are_the_same_row_by_row():
    assert [set(fact.events) for fact in public_facts.FACTS] == rows()


def test_facts__each__is_written_by_contracts_that_declare_its_events():
    writers = fakes.FakeCommunity().writers()
    for fact in public_facts.FACTS:
        named = present.contracts(fact, writers)
        assert named, fact.key
        for event in fact.events:
            assert set(named) & set(writers[event]), (fact.key, event)
        assert len(named) == 1 or fact.key == "signed", (fact.key, named)


def test_facts__keys__are_unique():
    keys = [fact.key for fact in public_facts.FACTS]
    assert len(set(keys)) == len(keys)


def test_facts__brand_without_passkeys__says_nothing_of_them():
    writers = fakes.FakeCommunity().writers()
    apart = {event: names for event, names in writers.items() if "Passkey" not in str(names)}
    missing = {fact.key for fact in public_facts.FACTS} - {f.key for f in present.facts(apart)}
    assert missing == {"passkey", "called"}
    assert present.facts(writers) == list(public_facts.FACTS)


def test_facts__brand_without_a_governor__says_nothing_of_proposals():
    """Polls leave ballots out, too: that is no fact about a proposal."""
    writers = fakes.FakeCommunity().writers()
    apart = {
        event: left
        for event, names in writers.items()
        if (left := tuple(name for name in names if name != "Governor"))
    }
    missing = {fact.key for fact in public_facts.FACTS} - {f.key for f in present.facts(apart)}
    assert missing == {"proposals", "decisions"}
