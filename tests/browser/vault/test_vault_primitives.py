"""What the vault is made of in a browser, against the RFC and against its Python half."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from cercle.vault.envelopes import Record
from cercle.vault.keys import text_of
from tests.browser.kit.processes import ROOT, Server
from tests.browser.vault.desk import (
    FRIEND,
    LEDGER,
    ME,
    PLACE,
    SAID,
)

PARTS = ROOT / "frontend" / "components" / "vault"


@pytest.fixture
def run(context: BrowserContext, server: Server) -> Callable[[str], Any]:
    """Runs an expression beside the primitives and the forms."""
    page = context.new_page()
    page.goto(server.url + "/_stcore/health")
    source = "\n".join((PARTS / name).read_text() for name in ("crypto.js", "forms.js"))
    return lambda code: page.evaluate(f"(async () => {{ {source}\n return await ({code}); }})()")


def test_hpke__vector_of_the_rfc__comes_out(run: Callable[[str], Any]) -> None:
    """RFC 9180, A.1.1: the same KEM and KDF as ours, with the cipher that it prints."""
    found = run(
        """(async () => {
          const raw = (text) => Uint8Array.from(text.match(/../g), (two) => parseInt(two, 16));
          const theirs = raw("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8");
          const fresh = raw("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736");
          const [enc, to] = [await publicFrom(fresh), await publicFrom(theirs)];
          const agreed = await agree(await importPrivate(fresh), to);
          const shared = await sharedSecret(agreed, enc, to);
          const info = raw("4f6465206f6e2061204772656369616e2055726e");
          const { key, nonce } = await schedule(shared, info, { id: 1, length: 16 });
          const plain = utf8("Beauty is truth, truth beauty");
          const sealed = await aesSeal(key, nonce, utf8("Count-0"), plain);
          return [enc, shared, key, nonce, sealed].map(hex);
        })()"""
    )
    assert found == [
        "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
        "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc",
        "4531685d41d65f03dc48f6b8302c05b0",
        "56d890e5accaaf011cff4b7d",
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a9"
        "6d8770ac83d07bea87e13c512a",
    ]


@pytest.mark.parametrize("content", [SAID, 'é\u2028\U0001f600\\"\u0001', "x" * 4_096])
def test_commitment__of_any_content__is_the_one_of_python(
    run: Callable[[str], Any], content: str
) -> None:
    secret = text_of(bytes(range(32)))
    record = Record(
        category="PhysicalAddress", content=content, made_at=1_760_000_000, secret=secret
    )
    assert run(f"commit({json.dumps(record.model_dump(mode='json'))})") == record.commitment


def test_bindings__each__are_the_bytes_of_python(run: Callable[[str], Any]) -> None:
    release = {
        **{"category": 1, "version": 3, "company_id": 2, "purpose": 4},
        **{"order_hash": "0x" + "0a" * 32, "issued_at": 5, "expires_at": 6},
    }
    place = json.dumps(PLACE)
    found = run(
        f"""[binding("ring", {place}), contactBinding({place}, 9),
        recoveryBinding({place}, 9, "{text_of(bytes(32))}"), recordBinding({place}, 1, 3),
        wrapBinding({place}, 1, 3, "vault"), releaseBinding({place}, {json.dumps(release)})]
        .map((bytes) => new TextDecoder().decode(bytes))"""
    )
    assert [one.encode() for one in found] == [
        LEDGER.ring(ME).as_bytes(),
        LEDGER.contact(ME, FRIEND).as_bytes(),
        LEDGER.recovery(ME, FRIEND, text_of(bytes(32))).as_bytes(),
        LEDGER.record(ME, category=1, version=3).as_bytes(),
        LEDGER.wrap(ME, category=1, version=3, to="vault").as_bytes(),
        LEDGER.release(ME, **release).as_bytes(),
    ]
