"""Where ciphertexts lie: files that only numbers name, under a root that fsspec opens."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import fsspec  # type: ignore[import-untyped]
from fsspec.implementations.local import (  # type: ignore[import-untyped]
    LocalFileSystem,
)

from ..errors import CercleError


class StorageDown(CercleError):
    """What is kept cannot be reached."""

    code = "storage_down"


class Blobs:
    """Ciphertexts by passport, category, version and a serial number of the attempt.

    A file is there whole or not at all; it is never changed, only followed by another.
    """

    def __init__(self, root: str) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(root)
        self._root = self._root.rstrip("/")

    def put(self, passport_id: int, category: int, version: int, serial: int, raw: bytes) -> None:
        """Keep one.

        Raises:
            StorageDown: It could not be written.
        """
        path = self._path(passport_id, category, version, serial)
        with _told():
            if isinstance(self._fs, LocalFileSystem):
                _write(Path(path), raw)
            else:  # an object is stored whole, or not at all
                self._fs.pipe_file(path, raw)

    def get(self, passport_id: int, category: int, version: int, serial: int) -> bytes | None:
        """One that was kept; None if it is not there.

        Raises:
            StorageDown: It cannot be read now.
        """
        with self._there():
            try:
                return bytes(self._fs.cat_file(self._path(passport_id, category, version, serial)))
            except FileNotFoundError:
                return None

    def remove(self, passport_id: int, category: int, version: int) -> int:
        """Forget every attempt at a version; tells how many there were.

        Raises:
            StorageDown: They could not be removed.
        """
        folder = self._path(passport_id, category, version)
        with self._there():
            found = self._fs.find(folder)
            if self._fs.exists(folder):
                self._fs.rm(folder, recursive=True)
            return len(found)

    def remove_one(self, passport_id: int, category: int, version: int, serial: int) -> None:
        """Forget one attempt, if it is there.

        Raises:
            StorageDown: It could not be removed.
        """
        with self._there(), contextlib.suppress(FileNotFoundError):
            self._fs.rm_file(self._path(passport_id, category, version, serial))

    def keep_only(self, passport_id: int, category: int, version: int, serial: int) -> None:
        """Forget the other attempts at a version.

        Raises:
            StorageDown: They could not be removed.
        """
        folder = self._path(passport_id, category, version)
        with self._there():
            for one in self._fs.find(folder) if self._fs.exists(folder) else []:
                if str(one).rsplit("/", 1)[-1] != str(serial):
                    self._fs.rm_file(one)

    def versions(self, passport_id: int, category: int) -> list[int]:
        """The versions of which something lies here, whether or not a book knows of them."""
        folder = self._path(passport_id, category)
        with self._there():
            if not self._fs.exists(folder):
                return []
            found = self._fs.ls(folder, detail=False)
        names = [str(one).rstrip("/").rsplit("/", 1)[-1] for one in found]
        return sorted(int(name) for name in names if name.isdecimal())

    def all(self) -> Iterator[tuple[tuple[int, int, int, int], bytes]]:
        """Everything, for a backup."""
        folder = self._path()
        with self._there():
            found = sorted(self._fs.find(folder)) if self._fs.exists(folder) else []
        for path in found:
            parts = path.rsplit("/", 4)[1:]
            if len(parts) == 4 and all(part.isdecimal() for part in parts):
                passport_id, category, version, serial = map(int, parts)
                raw = self.get(passport_id, category, version, serial)
                if raw is not None:
                    yield (passport_id, category, version, serial), raw

    def check(self) -> None:
        """
        Raises:
            StorageDown: It is not there.
        """
        with self._there():
            self._fs.exists(self._root)

    def prepare(self) -> None:
        """Make the root, once, at the start: later a root that is gone is a disk that is."""
        with _told():
            self._fs.makedirs(self._path(), exist_ok=True)

    @contextlib.contextmanager
    def _there(self) -> Iterator[None]:
        """A root that is gone is a fault: else all that lies on it would seem to be erased."""
        with _told():
            self._require_root()
            self._fs.invalidate_cache()
            yield

    def _require_root(self) -> None:
        if isinstance(self._fs, LocalFileSystem) and not Path(self._path()).is_dir():
            raise OSError("the root is gone")

    def _path(self, *numbers: int) -> str:
        if any(not isinstance(one, int) or isinstance(one, bool) or one < 0 for one in numbers):
            raise ValueError("a path is made of numbers alone")
        return "/".join([self._root, "records", *map(str, numbers)])


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except StorageDown:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, ValueError) and "numbers alone" in str(error):
            raise
        raise StorageDown("What is kept cannot be reached.") from error
    except Exception as error:  # each store's own client has its own kinds
        raise StorageDown("What is kept cannot be reached.") from error


def _write(path: Path, raw: bytes) -> None:
    """All of it, on the disk, before its name is there."""
    if not path.parents[3].is_dir():
        raise OSError("the root is gone")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


__all__ = ["Blobs", "StorageDown"]
