"""Bindings: the bytes that the documentation writes, and no two uses with the same."""

import json

import pytest
from pydantic import ValidationError

from cercle.content.canonical import parse_canonical
from cercle.vault import Ledger, keys

from .sealing import CONTACT, CONTACT_KEY, LEDGER, MEMBER, release_info

CONSENT = "0x5fbdb2315678afecb367f032d93f642f64180aa3"
TO = keys.text_of(keys.public_of(CONTACT_KEY))
WHERE = {"chain_id": 31_337, "consent": CONSENT, "passport_id": 7}
PLACE = {"category": 4, "version": 2}
RELEASE = {
    "company_id": 3,
    "purpose": 1,
    "order_hash": "0x" + "ab" * 32,
    "issued_at": 1_800_000_000,
    "expires_at": 1_800_600_000,
}
ALL = {
    "cercle vault ring 1": (LEDGER.ring(MEMBER), {}),
    "cercle vault contact 1": (LEDGER.contact(MEMBER, CONTACT), {"contact_id": 8}),
    "cercle vault recovery 1": (
        LEDGER.recovery(MEMBER, CONTACT, TO),
        {"contact_id": 8, "to": TO},
    ),
    "cercle vault record 1": (LEDGER.record(MEMBER, **PLACE), PLACE),
    "cercle vault wrap 1": (LEDGER.wrap(MEMBER, **PLACE, to="vault"), {**PLACE, "to": "vault"}),
    "cercle vault release 1": (release_info(), {**PLACE, **RELEASE}),
}


@pytest.mark.parametrize("what", ALL)
def test_binding__of_each_use__is_what_the_protocol_says(what):
    binding, rest = ALL[what]
    raw = binding.as_bytes()
    assert parse_canonical(raw) == {"what": what, **WHERE, **rest}


def test_binding__of_a_record__is_these_bytes():
    assert LEDGER.record(MEMBER, **PLACE).as_bytes() == (
        b'{"category":4,"chain_id":31337,"consent":"0x5fbdb2315678afecb367f032d93f642f64180aa3",'
        b'"passport_id":7,"version":2,"what":"cercle vault record 1"}'
    )


def test_binding__read_back__is_the_same():
    info = release_info()
    assert type(info).model_validate(json.loads(info.as_bytes())) == info
    assert info.record() == LEDGER.record(MEMBER, **PLACE)


@pytest.mark.parametrize(
    "other",
    [
        {"passport_id": 0},
        {"passport_id": "7"},
        {"passport_id": 7.0},
        {"passport_id": True},
        {"passport_id": 2**53},
        {"category": 64},
        {"category": -1},
        {"purpose": 64},
        {"version": 0},
        {"what": "cercle vault record 1"},
        {"consent": "0x5fbdb2315678afecb367f032d93f642f64180aa"},
        {"order_hash": "0xab"},
        {"more": 1},
    ],
)
def test_binding__field_out_of_form__is_refused(other):
    info = release_info()
    with pytest.raises(ValidationError):
        type(info).model_validate({**info.model_dump(), **other})


def test_ledger__address_in_any_case__binds_alike():
    assert Ledger(chain_id=31_337, consent=CONSENT) == LEDGER
