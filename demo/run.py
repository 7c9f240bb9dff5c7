"""The whole demo: chain, brand, past, index, app, what stands beside it; and that all is true."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from cercle.artifacts import Artifacts
from cercle.chain import Chain
from cercle.codes import CodeStore, key_from, new_key
from cercle.content import ContentStore
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.executors import UnlockedExecutor
from cercle.journal import create_address
from cercle.plan import Plan, SharedPlan
from cercle.rollout import Rollout
from tools.build import compile_contracts

from . import script, verify
from .calendar import Calendar
from .carrier import Carrier
from .council import Council
from .desk import Desk
from .doors import Doors
from .fingerprint import fingerprint
from .guest import invitation_link
from .history import DAY, choose, noon, read, shift
from .indexer import Indexer
from .keeper import Keeper
from .made import Made
from .network import Network
from .node import CHAIN_ID, HOST, DemoError, Node, stop_pid
from .progress import say, step
from .settings import Settings
from .stage import NEWCOMERS, STAFF, Cast, Stage, yesterday_evening

PLAN = Path("plans") / "demo.yaml"
POLL_DAYS_AGO = 24
QUIET = 5.0  # seconds after which an idle chain gets a block: a vault waits for some


class Demo:
    """One run of the demo."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.node = Node(settings.rpc_port, settings.folder)
        self.carrier = Carrier(settings.relayer_port, settings.folder, self.node)
        self.indexer = Indexer(settings.folder, self.node)
        ports = (settings.gateway_port, settings.till_port, settings.world_port)
        self.doors = Doors(ports, settings.folder, self.node)
        kept = (settings.vault_port, settings.packer_port)
        self.keeper = Keeper(kept, settings.folder, self.node)
        self.app: subprocess.Popen[bytes] | None = None
        self.url = f"http://{HOST}:{settings.port}"
        self.site = f"http://localhost:{settings.port}"  # a passkey wants a name

    @property
    def _made(self) -> Path:
        return self.settings.folder / "made.json"

    @property
    def _deployment(self) -> Path:
        return self.settings.folder / "deployment.json"

    @property
    def _content(self) -> Path:
        return self.settings.folder / "content"

    @property
    def _codes(self) -> Path:
        return self.settings.folder / "codes"

    @property
    def _key(self) -> Path:
        return self.settings.folder / "codes.key"

    # ---- life ----

    def up(self) -> None:
        """Everything, in order.

        Raises:
            DemoError: Something does not work, or a page shows another number than the file.
        """
        if (name := self.settings.taken) is not None:
            raise DemoError(f"Somebody listens there already. Choose another port with {name}.")
        made = self.chain_up()
        with step("Reading the ledger's history into the index"):
            self.indexer.start(self._deployment)
        with step("Starting the relayer"):
            self.carrier.start(self._deployment)
        with step("Starting the gateway, a till and a world"):
            self._open_doors(made)
        with step("Starting the vault and a packing table"):
            self._keep()
        with step("Starting the app"):
            self._serve()
            self.doors.wait()
            self.keeper.wait()
        with step("Comparing every page with the purchase log"):
            deployment = Deployment.load(self._deployment)
            verify.compare(self.url, self._chain(), deployment, made, self.indexer.url)

    def chain_up(self) -> Made:
        """The chain and the brand on it: woken if an earlier run finished them, else made.

        Raises:
            DemoError: Something does not work.
        """
        made = self._kept()
        if made is None:
            return self._set_up()
        with step(f"Waking the chain of {made.members} members"):
            self.node.start(accounts=self._accounts(made.members), genesis=0)
            self.node.catch_up()
        return made

    def guest(self) -> str:
        """A link that brings somebody without a wallet in."""
        return invitation_link(self.node, Deployment.load(self._deployment), self.site)

    def wait(self) -> None:
        """Until somebody stops it. A block now and then: what people sign is good for an hour of
        the chain's own time."""
        assert self.app is not None
        mined = time.monotonic()
        while self.app.poll() is None:
            time.sleep(0.5)
            if time.monotonic() - mined > QUIET:
                mined = time.monotonic()
                self.node.catch_up()
        raise DemoError("The app ended by itself; see build/demo/app.log.")

    def down(self) -> None:
        """Stop the app, what stands beside it and the node; the node saves its state."""
        if self.app is not None and self.app.poll() is None:
            stop_pid(self.app.pid)
        self.keeper.stop()
        self.doors.stop()
        self.carrier.stop()
        self.indexer.stop()
        self.node.stop()

    # ---- parts ----

    def _kept(self) -> Made | None:
        """The set-up that an earlier run finished, if it is of this size and these contracts."""
        made = Made.load(self._made)
        wanted = (self.settings.members, fingerprint(PLAN))
        if made and (made.members, made.contracts) == wanted and self.node.state.exists():
            return made
        for leftover in (self.node.state, self._made, self._deployment):
            leftover.unlink(missing_ok=True)
        self.carrier.forget()
        self.indexer.forget()
        self.keeper.forget()
        shutil.rmtree(self._content, ignore_errors=True)
        return None

    def _accounts(self, members: int) -> int:
        return len(STAFF) + members + NEWCOMERS

    def _set_up(self) -> Made:
        now = datetime.now(UTC)
        purchases = shift(choose(read(), self.settings.members), now)
        ordered = sorted(purchases, key=lambda p: (p.day, p.customer))
        customers = list(dict.fromkeys(p.customer for p in ordered))
        last_day = ordered[-1].day
        with step("Compiling the contracts"):
            if trouble := compile_contracts():
                raise DemoError(f"The contracts do not compile:\n{trouble}")
        with step(f"Starting a chain for {len(customers)} members"):
            genesis = ordered[0].day * DAY
            self.node.start(accounts=self._accounts(len(customers)), genesis=genesis)
        cast = Cast.of(self.node.accounts(), customers)
        with step("Deploying the brand"):
            store = ContentStore(self._content.resolve().as_uri())
            plan = Plan.load(PLAN).model_copy(update={"profile": script.BRAND})
            euro = self._mint(plan)
            shared = SharedPlan(token=euro.address)
            plan = plan.model_copy(update={"shared": shared})
            deployment = self._deploy(plan)
        stage = Stage(self.node, self._chain(), deployment, store, cast)
        cut = last_day - POLL_DAYS_AGO
        evening = yesterday_evening(int(time.time()))
        council = Council(stage, plan, last_day, evening)
        desk = Desk(stage, euro, last_day)
        network = Network(stage, euro, last_day)
        parts = (council, desk, network)
        past = Calendar(one for part in parts for one in part.happenings())
        replaying = step(f"Replaying {len(ordered)} purchases")
        with self.node.speaking_for([*desk.strangers, *network.strangers]), replaying:
            stage.play([p for p in ordered if p.day <= cut], past.until)
            opened = noon(cut) + 2 * 3_600
            past.until(opened)
            stage.ask(
                script.CLOSED_POLL,
                opened_at=opened,
                closes_at=opened + 7 * DAY,
                numbers=customers,
                over=5 * 3_600,
            )
            stage.open_perks(noon(cut) + 8 * 3_600)
            stage.play([p for p in ordered if p.day > cut], past.until)
            past.until(evening)
        with step("Opening a vote and claiming perks"):
            stage.ask(
                script.OPEN_POLL,
                opened_at=evening - 4 * 3_600,
                closes_at=evening + 12 * DAY,
                numbers=customers,
                over=3 * 3_600,
            )
            stage.ask(
                script.EVENINGS_POLL,
                opened_at=evening + 600,
                closes_at=evening + 20 * DAY,
                numbers=customers,
                over=4 * 3_600,
            )
            stage.refresh()
            self.node.catch_up()
            stage.sweep()
            stage.claim()
            world, collection = stage.appear()
            self._keep_codes(deployment)
            desk.hand_over(self.settings.folder / "handed")
        made = Made(
            members=self.settings.members,
            last_day=last_day,
            claimed_at=self.node.now(),
            block=int(self.node.rpc("eth_blockNumber"), 16),
            contracts=fingerprint(PLAN),
            world=world,
            collection=collection,
        )
        self._save(made)
        return made

    def _save(self, made: Made) -> None:
        """Write the state now: a demo killed later wakes with it."""
        self.node.stop()
        self._made.write_text(json.dumps(asdict(made)))
        self.node.start(accounts=self._accounts(made.members), genesis=0)

    def _mint(self, plan: Plan) -> Contract:
        """The money of the demo, which companies pay in."""
        executor, name = UnlockedExecutor(self._chain(), plan.roles.admin), "DemoEuro"
        nonce = self._chain().nonce(plan.roles.admin)
        executor.deploy(name, (), nonce)
        return Contract(name, create_address(plan.roles.admin, nonce), Artifacts()[name].abi)

    def _deploy(self, plan: Plan) -> Deployment:
        executor = UnlockedExecutor(self._chain(), plan.roles.admin)
        rollout = Rollout(
            plan,
            self._deployment,
            executor,
            network="demo",
            content=self._content.resolve().as_uri(),
        )
        for done in rollout.run():
            say(f"  {done}")
        return Deployment.load(self._deployment)

    def _open_doors(self, made: Made) -> None:
        till = self.node.accounts()[STAFF.index("till")]
        self.doors.start(
            self._deployment,
            till=till,
            world=made.world,
            collection=made.collection,
            content=self._content.resolve().as_uri(),
            index=self.indexer.url,
        )

    def _keep(self) -> None:
        self.keeper.start(
            self._deployment,
            site=self.site,
            steward=self.node.accounts()[STAFF.index("steward")],
            content=self._content.resolve().as_uri(),
            index=self.indexer.url,
        )

    def _keep_codes(self, deployment: Deployment) -> None:
        """The concert's access codes, encrypted under a key of this demo's own."""
        key = new_key()
        self._key.touch(mode=0o600)
        self._key.write_text(key)
        shutil.rmtree(self._codes, ignore_errors=True)
        store = CodeStore(self._codes, key_from(key), CHAIN_ID, deployment.address("Perks"))
        count = script.PERKS[script.CONCERT - 1].stock[0]
        store.add(script.CONCERT, 0, [f"SILLON-{secrets.token_hex(4)}" for _ in range(count)])

    def _chain(self) -> Chain:
        return Chain([self.node.url], CHAIN_ID, head_age=0)

    def environment(self) -> dict[str, str]:
        """What an app is told to serve this community."""
        return {
            "CERCLE_RPC_URLS": self.node.url,
            "CERCLE_DEPLOYMENT": str(self._deployment.resolve()),
            "CERCLE_CONTENT": self._content.resolve().as_uri(),
            "CERCLE_CODES": str(self._codes.resolve()),
            "CERCLE_CODES_KEY": self._key.read_text(),
        }

    def _serve(self) -> None:
        more = {
            "CERCLE_DEMO_WALLET": "1",
            "CERCLE_RELAYER_URL": self.carrier.url,
            "CERCLE_INDEX_URL": self.indexer.url,
            "CERCLE_VAULT_URL": self.keeper.vault.url,
        }
        environment = {**os.environ, **self.environment(), **more}
        command = [sys.executable, "-m", "frontend.server", "--port", str(self.settings.port)]
        with (self.settings.folder / "app.log").open("ab") as log:
            self.app = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.app.poll() is None:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz"):
                return
            time.sleep(0.2)
        raise DemoError("The app did not start; see build/demo/app.log.")
