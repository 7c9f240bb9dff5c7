"""Whatever its own description allows or forbids: schemathesis, against the running process."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from .process import Process

EXAMPLES = 15  # of each route


@pytest.fixture(scope="module")
def process(whole_stage, tmp_path_factory) -> Iterator[Process]:
    made = Process(
        whole_stage,
        tmp_path_factory.mktemp("process"),
        CERCLE_VAULT_SIGN_INS_PER_MINUTE="60000",
        CERCLE_VAULT_POLL_SECONDS="3600",
    )
    made.start()
    yield made
    made.end()


@pytest.fixture(scope="module")
def session(process) -> requests.Session:
    """Somebody who is signed in, whatever they send."""
    made = requests.Session()
    made.headers["Authorization"] = f"Bearer {process.member().sign_in().token}"
    return made


@pytest.fixture
def described(process):
    raw = requests.get(f"{process.url}/openapi.json", timeout=10).json()
    del raw["components"]["securitySchemes"]  # each request carries the session
    for item in raw["paths"].values():
        for operation in item.values():
            operation.pop("security", None)
    schema = schemathesis.openapi.from_dict(raw)
    schema.config.update(base_url=process.url)
    schema.config.generation.update(modes=list(GenerationMode))
    return schema


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
)
def test_any_request__of_the_description_or_not__is_answered_as_described(case, session):
    # Bytes as text, addresses with a checksum, keys that keep something: no JSON schema says that.
    case.call_and_validate(session=session, excluded_checks=[positive_data_acceptance])


def test_any_request__after_all_of_them__none_broke_it(process):
    told = requests.get(f"{process.url}/metrics", timeout=10).text
    seen = set(re.findall(r'requests_total{.*status="(\d+)"}', told))
    assert {"200", "400", "401", "404"} <= seen
    assert not [status for status in seen if status >= "500"]


def test_any_request__without_a_session__reads_nothing(process):
    for path in ("ring", "records", "asks", "releases", "certificates", "export", "recovery"):
        for method in ("GET", "PUT", "POST", "DELETE"):
            answer = requests.request(method, f"{process.url}/v1/{path}", timeout=10)
            assert answer.status_code in (400, 401, 405), (method, path, answer.text)
