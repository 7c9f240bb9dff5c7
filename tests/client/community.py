"""A small brand at work on a node of its own: who is who, and how they act."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cercle.calls import Call
from cercle.chain import Chain
from cercle.content import ContentStore, PerkDocument, PollDocument, Text
from cercle.deployments import Deployment
from cercle.events import Event, decode_logs
from cercle.executors import UnlockedExecutor
from cercle.models import Head
from cercle.plan import Plan
from cercle.rollout import Rollout

from .nodes import rpc, wait_mined

DAY = 86_400
# Classes of proposals: the first may do anything, the second pays a few points.
FREE = {
    "voting_delay_days": 1,
    "voting_period_days": 3,
    "late_extension_days": 1,
    "queue_delay_days": 2,
    "quorum_percent": 40,
    "veto": True,
}
BOUNDED = {
    **FREE,
    "queue_delay_days": 1,
    "quorum_percent": 20,
    "season_share_percent": 50,
    "scopes": [{"contract": "points", "function": "transfer", "cap": 500, "amount_argument": 2}],
}


def plan_of(people: list[str], **changes: Any) -> Plan:
    """A brand whose staff are the node's first accounts."""
    admin, warden, issuer, till, steward, curator, treasurer = people[:7]
    raw = {
        "brand": "Sillon",
        "roles": {
            "admin": admin,
            "warden": warden,
            "issuer": [issuer],
            "till": [till],
            "steward": [steward],
            "curator": [curator],
            "treasurer": [treasurer],
        },
        "electorate": {"maturity_days": 30},
        "membership": {
            "open_door_per_day": 5,
            "admissions_per_day": 500,
            "standing_per_period": 100_000,
            "tiers": [100, 250, 500],
        },
        "points": {
            "name": "Sillon Points",
            "symbol": "SIL",
            "currency": "EUR",
            "face_value": "0.01",
            "decimals": 1,
            "expiry_days": 365,
        },
        "rewards": {"budget": 50_000},
        "governor": {"classes": [FREE, BOUNDED], "assets": ["points"]},
    }
    return Plan.parse(json.dumps({**raw, **changes}))


@dataclass(frozen=True)
class Community:
    """A brand, its texts and its people, with the acts that tests need."""

    url: str
    chain: Chain
    deployment: Deployment
    store: ContentStore
    people: list[str]

    @property
    def issuer(self) -> str:
        return self.people[2]

    @property
    def till(self) -> str:
        return self.people[3]

    @property
    def steward(self) -> str:
        return self.people[4]

    @property
    def members(self) -> list[str]:
        return self.people[7:10]

    @property
    def outsider(self) -> str:
        return self.people[12]

    def send(self, call: Call, sender: str) -> tuple[Event, ...]:
        """Simulate, send, and return what our contracts logged."""
        self.chain.simulate(call, sender)
        return decode_logs(self.deployment, self.receipt(call, sender)["logs"])

    def receipt(self, call: Call, sender: str) -> dict[str, Any]:
        """Send without asking first, and wait for the receipt."""
        fields = call.transaction(sender, self.chain.chain_id, 3_000_000)
        tx_hash = rpc(self.url, "eth_sendTransaction", fields)
        wait_mined(self.url, tx_hash)
        followed = self.chain.follow(tx_hash, sender, call)
        assert followed.fate == "mined", followed.fate
        assert followed.receipt is not None
        return followed.receipt

    def pass_time(self, seconds: int) -> None:
        rpc(self.url, "evm_increaseTime", hex(seconds))
        rpc(self.url, "evm_mine")
        self.chain.forget_head()

    def next_block(self) -> Head:
        """One more block, with nothing in it."""
        rpc(self.url, "evm_mine")
        return self.chain.head(fresh=True)

    def now(self) -> int:
        return self.chain.head(fresh=True).timestamp


def found(url: str, people: list[str], folder: Path) -> Community:
    """Deploy a brand on a node, as its plan says."""
    chain = Chain([url], 31337, head_age=0.0)
    path = folder / "local.json"
    executor = UnlockedExecutor(chain, people[0])
    content = str(folder / "content")
    for _ in Rollout(plan_of(people), path, executor, network="local", content=content).run():
        pass
    return Community(url, chain, Deployment.load(path), ContentStore(content), people)


def perk_text(name: str, variants: int) -> PerkDocument:
    return PerkDocument(
        name=Text(fr=name, en=name),
        description={"fr": "", "en": ""},
        variants=tuple(Text(fr=f"v{n}", en=f"v{n}") for n in range(variants)),
    )


def poll_text(options: int) -> PollDocument:
    return PollDocument(
        question=Text(fr="Lequel ?", en="Which one?"),
        description={"fr": "", "en": ""},
        options=tuple(Text(fr=f"o{n}", en=f"o{n}") for n in range(options)),
    )
