"""Whatever its own description allows or forbids: schemathesis, against the running process."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from requests.auth import AuthBase
from schemathesis import GenerationMode

from .process import Process

EXAMPLES = 25  # of each route


class Signed(AuthBase):
    """Signs whatever is about to be sent."""

    def __init__(self, process: Process) -> None:
        self.client = process.client("till")

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        parts = urlsplit(request.url or "")
        body = request.body or b""
        raw = body.encode() if isinstance(body, str) else body
        request.headers.update(
            self.client.signed(request.method or "", parts.path, parts.query, raw)
        )
        return request


@pytest.fixture(scope="module")
def process(whole_stage, tmp_path_factory) -> Iterator[Process]:
    made = Process(whole_stage, tmp_path_factory.mktemp("process"))
    yield made
    made.end()


@pytest.fixture(scope="module")
def session(process) -> requests.Session:
    made = requests.Session()
    made.auth = Signed(process)
    return made


@pytest.fixture
def described(process):
    raw = requests.get(f"{process.url}/openapi.json", timeout=10).json()
    del raw["components"]["securitySchemes"]  # each request is signed, whatever it holds
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
    case.call_and_validate(session=session)


def test_any_request__after_all_of_them__each_kind_of_answer_was_given(process, session):
    told = requests.get(f"{process.url}/metrics", timeout=10).text
    seen = Counter(
        {
            status: int(float(count))
            for status, count in re.findall(r'requests_total{.*status="(\d+)"} (\S+)', told)
        }
    )
    assert {"200", "400", "404", "405", "409"} <= set(seen)
    assert not [status for status in seen if status >= "500"]


@pytest.mark.parametrize("path", ["/v1/brand", "/v1/redeem", "/v1/wallets/0x/member", "/%00"])
def test_any_request__unsigned__is_nobodys(process, path):
    for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"):
        answer = requests.request(method, process.url + path, data=b"{" * 30, timeout=10)
        assert answer.status_code in (400, 401), (method, path)  # too deep to be looked at, or 401
