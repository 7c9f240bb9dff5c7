"""The description for machines, as it is served: signed routes, each no, names for a client."""

import pytest

from cercle.gateway.client import GatewayClient
from cercle.gateway.gate import OPEN
from cercle.gateway.openapi import WORDS
from cercle.gateway.signatures import ACCEPT


@pytest.fixture
def described(http):
    answer = http.get("/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def operations(described):
    return [
        (path, operation)
        for path, item in described["paths"].items()
        for operation in item.values()
    ]


def test_description__says_how_a_request_is_signed(described):
    (scheme,) = described["components"]["securitySchemes"].values()
    assert ACCEPT in scheme["description"]
    for path, operation in operations(described):
        assert operation.get("security") == (None if path in OPEN else [{"signature": []}]), path


def test_description__promises_no_answer_that_is_never_given(described):
    given = {"200", *(str(status) for status in WORDS)}
    for path, operation in operations(described):
        assert {*operation["responses"]} <= given, path
    assert not [name for name in described["components"]["schemas"] if "Validation" in name]


def test_description__each_no__lists_its_words(described):
    for path, operation in operations(described):
        for status, told in operation["responses"].items():
            if status != "200" and path not in OPEN:
                assert all(f"`{word}`" in told["description"] for word in WORDS[int(status)])


def test_description__names__are_those_of_the_client(described):
    names = {operation["operationId"] for _, operation in operations(described)}
    assert len(names) == len(operations(described))
    assert not [name for name in names if "v1" in name]
    own = {"history_of_passport": "history", "health": "ask", "metrics": "ask"}
    assert not [name for name in names if not hasattr(GatewayClient, own.get(name, name))]
