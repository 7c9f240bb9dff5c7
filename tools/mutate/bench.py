"""A pytest plugin: one warm process, a fork for each mutant, the tests until one fails.

`pytest -p tools.mutate.bench <tests>` loads Ape, the project and the tests once, which is most of
what a short run takes. Each fork then has a node of its own and a project in which the mutated
contracts have the mutant's code, and runs the tests as ever. The job is the file that CERCLE_BENCH
names; each verdict is a line of JSON next to it.
"""

import gc
import inspect
import json
import os
import random
import re
import select
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tools.ports import free_port

JOB = "CERCLE_BENCH"
PATIENCE = 3  # times what the tests take without a mutant ...
GRACE = 60  # ... and these seconds
TRIES = 2
RECENT = 3  # tests that killed a neighbour are asked first
REASON = re.compile(r'"([^"]+)"')

planted: dict[str, str] = {}  # contract -> its code, for those who deploy without Ape


class Bench:
    """Judges mutants in forks of this process."""

    def __init__(self, config: pytest.Config, job: Path):
        self.config = config
        self.verdicts = job.with_suffix(".verdicts")
        self.work: dict[str, Any] = json.loads(job.read_text())
        self.killers: dict[str, list[str]] = {}
        self.kills: Counter[str] = Counter()
        self.texts: dict[str, str] = {}
        self.limit = 3_600.0
        self.connect: Any = None
        if config.pluginmanager.hasplugin("ape_test"):
            self._keep_ape_from_connecting()

    def _keep_ape_from_connecting(self) -> None:
        """A fork cannot share a node with its siblings: each connects by itself."""
        from ape.pytest.runners import PytestApeRunner

        self.connect = PytestApeRunner._connect
        setattr(PytestApeRunner, "_connect", lambda runner: None)  # noqa: B010

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In the place of a run of the tests: one for each mutant."""
        if session.testsfailed or not session.items:
            return True  # a file does not import: no verdict
        self._warm_up()
        gc.collect()
        gc.freeze()
        items = list(session.items)
        self.texts = {item.nodeid: _text(item) for item in items}
        start = time.monotonic()
        for name, order in (("plain", items), ("shuffled", _shuffled(items))):
            verdict = self._judge({"id": name, "code": self.work["code"], "function": ""}, order)
            if verdict["word"] != "survived":
                return True
        self.limit = GRACE + PATIENCE * (time.monotonic() - start) / 2
        for mutant in self.work["mutants"]:
            self._judge(mutant, self._in_order(items, mutant))
        self._judge({"id": "again", "code": self.work["code"], "function": ""}, items)
        return True

    def _warm_up(self) -> None:
        """Have Ape load once, for all forks, what it loads late: half of what a short run takes."""
        if self.connect:
            from ape import accounts, project

            from tests.quick_ape import quicken

            quicken(pytest.MonkeyPatch())  # as the tests do, before a node is started
            for name in self.work["code"]:
                project.contracts.get(name)
            len(accounts.test_accounts)
            runner: Any = self.config.pluginmanager.get_plugin("ape-test")
            _ = runner._provider_context

    def _in_order(self, items: list[pytest.Item], mutant: dict[str, Any]) -> list[pytest.Item]:
        """The likeliest to notice first: who quotes the line's reason, who noticed a neighbour,
        who is named after the function."""
        function = mutant["function"].strip("_")
        reason = (REASON.findall(mutant["line"]) or [""])[-1]
        recent = self.killers.get(mutant["function"], [])[-RECENT:]

        def rank(item: pytest.Item) -> tuple[int, int]:
            is_named = item.name.startswith(f"test_{function}__")
            if reason and reason in self.texts[item.nodeid]:
                return 0, 0 if is_named else 1
            if item.nodeid in recent:
                return 1, -recent.index(item.nodeid)
            if is_named or item.path.stem == f"test_{function}":
                return 2, 0 if is_named else 1
            return 3, -self.kills[item.nodeid]

        return sorted(items, key=rank)

    def _judge(self, mutant: dict[str, Any], items: list[pytest.Item]) -> dict[str, Any]:
        """What the tests say of a mutant; a broken run is tried again."""
        for _ in range(TRIES):
            start = time.monotonic()
            answer = self._fork(mutant["code"], items)
            if answer["word"] != "broken":
                break
        answer |= {"id": mutant["id"], "seconds": round(time.monotonic() - start, 2)}
        with self.verdicts.open("a") as out:
            out.write(json.dumps(answer) + "\n")
        if answer["word"] == "killed":
            self.kills[answer["by"]] += 1
            self.killers.setdefault(mutant["function"], []).append(answer["by"])
        return answer

    def _fork(self, code: dict[str, str], items: list[pytest.Item]) -> dict[str, Any]:
        """Run the tests against some code in a process of its own."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.setpgid(0, 0)
            os.close(reading)
            self._answer(writing, code, items)
        os.close(writing)
        try:
            ready, _, _ = select.select([reading], [], [], self.limit)
            said = os.read(reading, 1 << 16) if ready else b""
        finally:
            os.close(reading)
            _end(child)
        if not ready:
            return {"word": "killed", "by": "the clock"}
        told: dict[str, Any] = json.loads(said or b'{"word": "broken", "by": "it ended"}')
        return told

    def _answer(self, writing: int, code: dict[str, str], items: list[pytest.Item]) -> None:
        """In the fork: run the tests, tell, and end."""
        try:
            silence = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(silence, stream)
            answer = self._run(code, items)
        except BaseException as error:
            answer = {"word": "broken", "by": repr(error)[:500]}
        os.write(writing, json.dumps(answer).encode())
        os._exit(0)

    def _run(self, code: dict[str, str], items: list[pytest.Item]) -> dict[str, Any]:
        watch = Watch()
        self.config.pluginmanager.register(watch)
        os.environ["APE_FOUNDRY_HOST"] = f"http://127.0.0.1:{free_port()}"
        plant(code, bool(self.connect))
        if self.connect:
            self.connect(self.config.pluginmanager.get_plugin("ape-test"))
        for item, following in zip(items, [*items[1:], None], strict=True):
            self.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if watch.verdict:
                return watch.verdict
        return {"word": "survived", "by": ""}


class Watch:
    """Sees the first failure, and whether it is the tests' or the machine's."""

    def __init__(self) -> None:
        self.verdict: dict[str, Any] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        outcome = yield
        if not self.verdict and outcome.get_result().failed:
            error = call.excinfo.value if call.excinfo else None
            word = "broken" if _is_trouble(error) else "killed"
            self.verdict = {"word": word, "by": item.nodeid, "why": repr(error)[:300]}


def _is_trouble(error: BaseException | None) -> bool:
    """Whether a node could not be reached, and nothing is said about the code."""
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"OSError", "ProviderNotConnectedError", "SubprocessError", "MemoryError"})


def _end(child: int) -> None:
    """End a fork and the node that it started."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:  # not yet a group, or over already
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _text(item: pytest.Item) -> str:
    """The source of a test."""
    return inspect.getsource(item.function) if isinstance(item, pytest.Function) else ""


def _shuffled(items: list[pytest.Item]) -> list[pytest.Item]:
    """In another order, the same every time."""
    return random.Random(0).sample(items, len(items))


def plant(code: dict[str, str], in_ape: bool) -> None:
    """Put some code in the place of what was compiled."""
    planted.update(code)
    if not in_ape:
        return
    from ape import project
    from ethpm_types.contract_type import Bytecode

    for name, text in code.items():
        kind = project.contracts.get(name, check_for_changes=False).contract_type
        kind.deployment_bytecode = Bytecode(bytecode=f"0x{text}")


def pytest_configure(config: pytest.Config) -> None:
    """Take over the run of the tests, if there is a job."""
    if job := os.environ.get(JOB):
        sys.modules.setdefault("tools.mutate.bench", sys.modules[__name__])
        config.pluginmanager.register(Bench(config, Path(job)), "mutant-bench")
