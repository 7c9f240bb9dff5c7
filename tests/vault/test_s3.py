"""The same vault with its ciphertexts in a bucket: an address is all that changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
import requests
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem

from cercle.vault import keys
from cercle.vault.backup import backup, restore
from cercle.vault.blobs import Blobs, StorageDown
from cercle.vault.book import Book

from .asking import no
from .stage import PLAIN, SIZE
from .test_releases import opened

BACKUP = bytes(range(3, 35))


class Store:
    """A server that speaks S3, and what lies there."""

    def __init__(self) -> None:
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        S3FileSystem.clear_instance_cache()  # else it would ask the server of another test
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.url = f"http://{host}:{port}"
        requests.post(f"{self.url}/moto-api/reset", timeout=30)  # of what earlier tests kept

    @property
    def client(self) -> Any:
        return boto3.client("s3", endpoint_url=self.url)

    def objects(self, bucket: str) -> dict[str, bytes]:
        client = self.client
        told = client.list_objects_v2(Bucket=bucket).get("Contents", [])
        return {
            one["Key"]: client.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
            for one in told
        }


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """As an operator says where it is: by the usual variables."""
    made = Store()
    for name, value in {
        "AWS_ENDPOINT_URL": made.url,
        "AWS_ACCESS_KEY_ID": "anybody",
        "AWS_SECRET_ACCESS_KEY": "anything",
        "AWS_DEFAULT_REGION": "eu-west-3",
        "AWS_MAX_ATTEMPTS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    yield made
    made.server.stop()


@pytest.fixture
def bucket(store: Store) -> str:
    """As an operator makes one, before a vault starts."""
    region = {"LocationConstraint": "eu-west-3"}
    store.client.create_bucket(Bucket="sealed", CreateBucketConfiguration=region)
    return "sealed"


@pytest.fixture
def vault(new_vault, store, bucket):
    return new_vault(storage=f"s3://{bucket}/kept")


def test_release__ciphertext_in_a_bucket__opens(stage, keep, ask, vault, store, bucket):
    envelope = keep()
    stage.grant()
    assert opened(ask(stage.look())) == PLAIN
    (name,) = store.objects(bucket)
    assert name.startswith(f"kept/records/{stage.passport_id}/{SIZE}/1/")
    assert store.objects(bucket)[name] == keys.bytes_of(envelope.ciphertext)


def test_erased__in_a_bucket__leaves_no_object(stage, keep, ask, vault, store, bucket):
    keep()
    stage.grant()
    look = stage.look()
    stage.erase()
    stage.mine()
    vault.step()
    assert store.objects(bucket) == {}
    assert no(ask(look)) == (410, "erased")


def test_replaced__in_a_bucket__leaves_the_new_one(stage, keep, vault, store, bucket):
    keep()
    keep(version=2)
    stage.mine()
    vault.step()
    assert [name.split("/")[-2] for name in store.objects(bucket)] == ["2"]


def test_backup__from_a_bucket__comes_back_in_a_folder(keep, vault, tmp_path):
    keep()
    backup(vault.book, vault.blobs, tmp_path / "backup", keys.public_of(BACKUP))
    book, blobs = Book.open(str(tmp_path / "new.sqlite")), Blobs(str(tmp_path / "new"))
    restore(tmp_path / "backup", BACKUP, book, blobs)
    assert dict(blobs.all()) == dict(vault.blobs.all()) != {}


def test_bucket__server_is_gone__is_storage_down(stage, keep, ask, vault, store, nobody):
    keep()
    stage.grant()
    look = stage.look()
    store.server.stop()
    assert no(ask(look)) == (503, "storage_down")
    assert nobody.get("/healthz").json()["storage"] == "storage_down"
    with pytest.raises(StorageDown):
        vault.blobs.check()
