"""What is mutated, and which tests answer for it."""

from dataclasses import dataclass
from pathlib import Path

from tools.places import ROOT

CONTRACTS = ROOT / "contracts"
EXEMPT = ("limits",)  # numbers that every test reads back, so none would notice another one


@dataclass(frozen=True)
class Target:
    """Some sources, the contracts through which tests reach them, and those tests."""

    name: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]
    contracts: tuple[str, ...] = ()  # the first source, where it says nothing

    @property
    def source_paths(self) -> tuple[Path, ...]:
        return tuple(CONTRACTS / f"{source}.vy" for source in self.sources)

    @property
    def contract_paths(self) -> tuple[Path, ...]:
        named = self.contracts or self.sources[:1]
        return tuple(CONTRACTS / f"{contract}.vy" for contract in named)


TARGETS = (
    Target(
        "Charter",
        ("core/Charter", "core/authority", "core/directory"),
        ("tests/unit/core/charter",),
    ),
    Target(
        "Passport",
        ("identity/Passport",),
        ("tests/unit/identity/passport", "tests/behaviours/test_passport_soulbound.py"),
    ),
    Target("PasskeyAccount", ("identity/PasskeyAccount",), ("tests/unit/identity/passkeys",)),
    Target(
        "Profile",
        ("identity/Profile", "identity/worlds", "identity/avatars"),
        ("tests/unit/identity/profile",),
    ),
    Target(
        "webauthn",
        ("identity/webauthn", "identity/p256"),
        ("tests/unit/identity/passkeys",),
        ("testing/WebauthnHarness", "identity/PasskeyAccount", "identity/PasskeyFactory"),
    ),
    Target("PasskeyFactory", ("identity/PasskeyFactory",), ("tests/unit/identity/passkeys",)),
    Target(
        "signatures",
        ("common/signatures",),
        (
            "tests/unit/common/test_signatures.py",
            "tests/unit/common/test_signatures_compact.py",
            "tests/unit/common/test_signatures_of_contracts.py",
        ),
        ("testing/SignaturesHarness",),
    ),
    Target(
        "wing",
        ("common/wing",),
        ("tests/unit/common/test_wing.py", "tests/behaviours/test_wing_harness.py"),
        ("testing/WingHarness",),
    ),
    Target(
        "votes",
        ("common/votes", "common/checkpoints"),
        ("tests/unit/common/votes", "tests/unit/common/checkpoints"),
        ("testing/VotesHarness",),
    ),
    Target("tokens", ("common/tokens",), ("tests/unit/common/tokens",), ("testing/TokensHarness",)),
    Target("splits", ("common/splits",), ("tests/unit/common/splits",), ("testing/SplitsHarness",)),
    Target("Electorate", ("loyalty/Electorate",), ("tests/unit/loyalty/electorate",)),
    Target(
        "Membership",
        ("loyalty/Membership", "loyalty/ladder", "loyalty/intake", "loyalty/member_word"),
        ("tests/unit/loyalty/membership",),
    ),
    Target(
        "Points",
        ("loyalty/Points", "loyalty/balances", "loyalty/point_recovery", "loyalty/point_rights"),
        ("tests/unit/loyalty/points",),
    ),
    Target("Rewards", ("loyalty/Rewards",), ("tests/unit/loyalty/rewards",)),
    Target(
        "Perks",
        (
            "loyalty/Perks",
            "loyalty/perk_claims",
            "loyalty/perk_gates",
            "loyalty/perk_stock",
            "loyalty/perk_terms",
        ),
        ("tests/unit/loyalty/perks",),
    ),
    Target(
        "Consent",
        ("consent/Consent", "consent/companies", "consent/grants"),
        ("tests/unit/consent/consent",),
    ),
    Target("PriceLists", ("service/PriceLists",), ("tests/unit/service/price_lists",)),
    Target("Tariff", ("service/Tariff", "service/tariff"), ("tests/unit/service/tariff",)),
    Target(
        "Agreements",
        ("service/Agreements", "service/accounts", "service/course"),
        ("tests/unit/service/agreements",),
    ),
    Target("Records", ("consent/Records",), ("tests/unit/consent/records",)),
    Target("Vault", ("consent/Vault", "consent/duties"), ("tests/unit/consent/vault",)),
    Target(
        "Decisions", ("consent/Decisions", "common/commit_open"), ("tests/unit/consent/decisions",)
    ),
    Target(
        "Polls", ("governance/Polls", "governance/ballot_box"), ("tests/unit/governance/polls",)
    ),
    Target(
        "Governor",
        (
            "governance/Governor",
            "governance/ballots",
            "governance/counting",
            "governance/governor_errors",
            "governance/proposals",
            "common/receiver",
        ),
        ("tests/unit/governance/governor",),
    ),
    Target(
        "Guard",
        (
            "governance/Guard",
            "governance/pins",
            "governance/scopes",
            "governance/seasons",
            "governance/settings",
            "governance/terms",
        ),
        ("tests/unit/governance/guard", "tests/unit/governance/governor"),
        ("governance/Guard", "governance/Governor"),
    ),
)


def chosen(words: list[str]) -> list[tuple[Target, tuple[Path, ...]]]:
    """The targets asked for, each with the sources to mutate; without a word all of them.

    Raises:
        ValueError: A word names nothing.
    """
    wanted = {word.lower() for word in words}
    known = {target.name.lower() for target in TARGETS} | {
        path.stem.lower() for target in TARGETS for path in target.source_paths
    }
    if unknown := sorted(wanted - known):
        raise ValueError(f"nothing is called {', '.join(unknown)}: one of {', '.join(known)}")
    found = []
    for target in TARGETS:
        paths = target.source_paths
        if wanted and target.name.lower() not in wanted:
            paths = tuple(path for path in paths if path.stem.lower() in wanted)
        if paths:
            found.append((target, paths))
    return found
