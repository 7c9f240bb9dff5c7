"""The app over fakes: a test says who looks, what they find, in which language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from frontend import agreeing, deciding, services, vaults
from frontend import consents as consenting
from frontend.testing import agreements as agreement_fakes
from frontend.testing import consent as consent_fakes
from frontend.testing import decisions as deciding_fakes
from frontend.testing import fakes
from frontend.testing import vault as vault_fakes

ENTRY = Path(__file__).parents[2] / "frontend" / "streamlit_app.py"


@pytest.fixture
def community() -> fakes.FakeCommunity:
    return fakes.FakeCommunity()


@pytest.fixture
def decisions() -> deciding_fakes.FakeDeciding:
    return deciding_fakes.FakeDeciding()


@pytest.fixture
def consents() -> consent_fakes.FakeConsents:
    return consent_fakes.FakeConsents()


@pytest.fixture
def agreements() -> agreement_fakes.FakeAgreeing:
    return agreement_fakes.FakeAgreeing()


@pytest.fixture
def wallet() -> fakes.FakeWallet:
    """A member's; a test may take the account away or put another in its place."""
    return fakes.FakeWallet(fakes.MEMBER)


@pytest.fixture
def vault(monkeypatch) -> vault_fakes.FakeVaults:
    """The site has one; a member is signed in to it."""
    made = vault_fakes.FakeVaults()
    monkeypatch.setattr(vaults, "vaults", lambda: made)
    monkeypatch.setattr(vaults, "has_vault", lambda: True)
    return made


@pytest.fixture
def show(monkeypatch, community, decisions, consents, agreements, wallet) -> Callable[..., AppTest]:
    """Open a page and return what it shows."""
    monkeypatch.setattr(services, "community", lambda: community)
    monkeypatch.setattr(services, "wallet", lambda: wallet)
    monkeypatch.setattr(services, "codes", lambda: None)
    monkeypatch.setattr(deciding, "decisions", lambda: decisions)
    monkeypatch.setattr(consenting, "consents", lambda: consents)
    monkeypatch.setattr(agreeing, "agreements", lambda: agreements)

    def run(page: str, language: str = "en", **query: str) -> AppTest:
        app = AppTest.from_file(str(ENTRY), default_timeout=30)
        for name, value in {"lang": language, **query}.items():
            app.query_params[name] = value
        if page != "tour":
            app.switch_page(f"app_pages/{page}.py")
        return app.run()

    return run
