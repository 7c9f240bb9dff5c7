"""A vault as a whole: its parts, how well they are, and what it does by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from ..cache import BoundedCache
from ..chain import Chain
from ..deployments import Deployment
from ..errors import CercleError, DeploymentError
from ..service.pace import Bucket
from ..service.settings import SettingsError
from . import declined, keys, wire
from .blobs import Blobs, StorageDown
from .book import Book
from .erasures import Erasures
from .ledger import LedgerReader
from .logs import broke, warn
from .metrics import Metrics
from .records import Records
from .recovery import Rings
from .releases import Releases
from .settings import Settings
from .sign_in import SignIn

WELL = "well"
_MOST = 10_000  # callers whose pace is remembered


class Vault:
    """One vault, obeying one ledger.

    Usage example::

        vault = Vault.open(Settings.read())
        vault.step()
        serve(build(vault), "127.0.0.1", 8506)
    """

    def __init__(
        self,
        settings: Settings,
        deployment: Deployment,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.settings, self.deployment, self.clock = settings, deployment, clock
        private_keys = settings.private_keys()
        self.custodian = settings.custodian()
        self.metrics = Metrics()
        self.book = Book.open(settings.database, clock)
        self.book.bind(deployment)
        self.blobs = Blobs(settings.storage)
        chain = Chain(settings.rpc_urls, deployment.chain_id, timeout=settings.node_timeout)
        self.ledger = LedgerReader(chain, deployment, settings.max_head_age, clock)
        self.records = Records(
            self.book, self.blobs, self.ledger, private_keys, settings.waiting_for
        )
        self.releases = Releases(self.records, self.metrics, settings.window)
        self.erasures = Erasures(self.records, self.custodian, self.metrics, settings.waiting_for)
        self.rings = Rings(self.book)
        self.sign_in = SignIn(settings, self.book, self.ledger)
        self._public_key = keys.text_of(keys.public_of(private_keys[0]))
        self._buckets: BoundedCache[str, Bucket] = BoundedCache(_MOST)

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        deployment: Deployment | None = None,
        clock: Callable[[], float] = time.time,
    ) -> Vault:
        """
        Raises:
            SettingsError: The settings cannot be used.
        """
        try:
            deployment = deployment or Deployment.load(settings.deployment)
            for name in ("Passport", "Consent", "Records", "Vault"):
                deployment.address(name)
            vault = cls(settings, deployment, clock)
            vault.blobs.prepare()
        except (DeploymentError, StorageDown) as error:
            raise SettingsError(str(error)) from error
        return vault

    # ---- answers that belong to no part --------------------------------------------------------

    def terms(self) -> wire.TermsAnswer:
        """Which vault this is."""
        return wire.TermsAnswer(
            site=self.settings.domain,
            chain_id=self.deployment.chain_id,
            consent=self.deployment.address("Consent"),
            vault=self.deployment.address("Vault"),
            records=self.deployment.address("Records"),
            public_key=self._public_key,
            custodian=self.custodian.address,
        )

    def export(self, passport_id: int) -> wire.Export:
        """Everything that is kept of a person."""
        return wire.Export(
            chain_id=self.deployment.chain_id,
            consent=self.deployment.address("Consent"),
            passport_id=passport_id,
            made_at=self.book.now(),
            ring=self.rings.get(passport_id),
            records=self.records.all(passport_id),
            asks=self.releases.asks(passport_id),
            releases=self.releases.lines(passport_id),
            certificates=self.erasures.certificates(passport_id),
        )

    def health(self) -> dict[str, str]:
        """How each part is: "well", or the word of what is wrong."""
        found = {"node": WELL, "storage": WELL, "database": WELL}
        try:
            self.ledger.head()
        except declined.Declined as no:
            found["node"] = no.word
        except CercleError:
            found["node"] = "node_down"
        try:
            self.blobs.check()
        except StorageDown:
            found["storage"] = "storage_down"
        try:
            with self.book.reading() as connection:
                connection.exec_driver_sql("SELECT 1")
        except StorageDown:
            found["database"] = "storage_down"
        for part, word in found.items():
            self.metrics.well.labels(part).set(word == WELL)
        return found

    def pace(self, who: str, per_minute: int | None = None) -> None:
        """Count one request of somebody's.

        Raises:
            Declined: `too_often`.
        """
        bucket = self._buckets.get(who)
        if bucket is None:
            bucket = Bucket(per_minute or self.settings.per_minute)
            self._buckets.put(who, bucket)
        if wait := bucket.take():
            raise declined.no("too_often", wait)

    # ---- what it does by itself ----------------------------------------------------------------

    def step(self) -> None:
        """Make the disk agree with the ledger.

        Raises:
            ChainError, Declined, StorageDown: It is left for the next step.
        """
        self.erasures.step()

    def close(self) -> None:
        """Let the database go."""
        self.book.close()


class Worker:
    """Takes steps until it is told to end."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="vault", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End the step that is being taken, and no more."""
        self._end.set()
        self._thread.join(30)

    def _run(self) -> None:
        while True:
            try:
                self._vault.step()
            except CercleError as error:
                warn("step left", why=getattr(error, "word", error.code))
            except Exception:
                broke("step failed")
            if self._end.wait(self._vault.settings.poll_seconds):
                return


__all__ = ["WELL", "Vault", "Worker"]
