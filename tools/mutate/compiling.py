"""Mutants as bytecode: compiled once each, and kept in build/mutate/compiled.

What does not compile is no mutant, nor is what compiles to the code that is there already, or to
that of another mutant.
"""

import gc
import hashlib
import os
import re
import sysconfig
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import vyper
from vyper.compiler.input_bundle import FilesystemInputBundle
from vyper.compiler.phases import CompilerData
from vyper.compiler.settings import Settings
from vyper.exceptions import VyperException, VyperInternalException

from tools.artifacts import SETTINGS
from tools.mutate.operators import Change
from tools.mutate.quick_vyper import quickly
from tools.places import BUILD, ROOT

KEPT = BUILD / "mutate" / "compiled"
IMPORT = re.compile(r"^from ([.\w]+) import (\w+)", re.MULTILINE)
EVM = SETTINGS[SETTINGS.index("--evm-version") + 1]


@dataclass(frozen=True)
class Mutant:
    """A change, and what the contracts that read the changed file become."""

    source: Path
    change: Change
    code: dict[str, str]

    @property
    def name(self) -> str:
        """Where to look, for a reader."""
        return f"{self.source.name}:{self.change.line} {self.change.function}"


class Sources(FilesystemInputBundle):
    """The files, one of them as a mutant has it."""

    def __init__(self, root: Path, replaced: dict[Path, str]):
        super().__init__([Path(sysconfig.get_paths()["purelib"]), root])
        self.replaced = replaced

    def _load_from_path(self, resolved_path: Path, original_path: Path) -> Any:
        loaded = super()._load_from_path(resolved_path, original_path)
        if resolved_path not in self.replaced:
            return loaded
        text = self.replaced[resolved_path]
        return type(loaded)(loaded.source_id, loaded.path, loaded.resolved_path, text)


@cache
def closure(contract: Path) -> frozenset[Path]:
    """A contract and all of our own files that it reads, at any remove."""
    found = {contract.resolve()}
    for dots, name in IMPORT.findall(contract.read_text()):
        if not dots.startswith("."):
            continue
        up = len(dots) - len(dots.lstrip("."))
        folder = contract.resolve().parents[up - 1].joinpath(*dots.lstrip(".").split("."))
        for path in (folder / f"{name}.vy", folder / f"{name}.vyi"):
            if path.is_file() and path not in found:
                found |= closure(path)
    return frozenset(found)


def compiled(contract: Path, replaced: dict[Path, str]) -> str:
    """The creation code of a contract, nothing if it does not compile."""
    said = hashlib.sha256(f"{vyper.__version__} {EVM} {contract.name}".encode())
    for path in sorted(closure(contract)):
        said.update(replaced.get(path, path.read_text()).encode() + b"\0")
    kept = KEPT / said.hexdigest()[:32]
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(_compile(contract, replaced))
        fresh.rename(kept)
    return kept.read_bytes().hex()


def _compile(contract: Path, replaced: dict[Path, str]) -> bytes:
    sources = Sources(ROOT, replaced)
    try:
        with warnings.catch_warnings(), quickly():
            warnings.simplefilter("ignore")
            data = CompilerData(
                sources.load_file(contract),
                sources,
                Settings(evm_version=EVM),
                no_bytecode_metadata=True,  # it has a hash of the sources
            )
            return bytes(data.bytecode)
    except (VyperException, VyperInternalException, RecursionError):
        return b""


def code_of(contracts: Iterable[Path], source: Path, text: str) -> dict[str, str]:
    """The code of those contracts that read a source, as a text has it."""
    replaced = {source.resolve(): text}
    reading = [contract for contract in contracts if source.resolve() in closure(contract)]
    return {contract.stem: compiled(contract, replaced) for contract in reading}


def mutants_of(
    contracts: tuple[Path, ...], source: Path, changes: Iterable[Change], lanes: int = 1
) -> Iterator[Mutant]:
    """The mutants that some changes of a source make, each unlike any other."""
    text = source.read_text()
    known = [code_of(contracts, source, text)]
    if not known[0] or "" in known[0].values():
        raise ValueError(f"{source}: no contract reads it and compiles")
    gc.freeze()
    with ProcessPoolExecutor(lanes, get_context("fork"), initializer=gc.disable) as pool:
        waiting = [
            (change, pool.submit(_answer, contracts, source, change.applied_to(text)))
            for change in changes
        ]
        try:
            for change, answer in waiting:
                code = answer.result()
                if "" not in code.values() and code not in known:
                    known.append(code)
                    yield Mutant(source, change, code)
        finally:
            pool.shutdown(cancel_futures=True)


def _answer(contracts: tuple[Path, ...], source: Path, text: str) -> dict[str, str]:
    """`code_of` where nobody collects the garbage: twice as fast, if done once at the end."""
    code = code_of(contracts, source, text)
    gc.collect()
    return code
