"""
What every gate promises (IGate): an answer about a person, never a state change.

Inherit, and give `subject`; `open_question` and `shut_question`, each a pair of
passport id and argument; and `stranger_id`, a passport that opens nothing.
"""

import pytest


class GateBehaviour:
    @pytest.fixture
    def subject(self):
        raise NotImplementedError

    def test_open_for__whom_it_asks_for__is_open(self, subject, open_question):
        assert subject.open_for(*open_question) is True

    def test_open_for__whom_it_does_not__is_shut(self, subject, shut_question):
        assert subject.open_for(*shut_question) is False

    def test_open_for__stranger__is_shut(self, subject, open_question, stranger_id):
        for passport_id in (0, stranger_id, 2**256 - 1):
            assert subject.open_for(passport_id, open_question[1]) is False

    def test_open_for__is_a_view(self, subject):
        abi = next(a for a in subject.contract_type.abi if getattr(a, "name", "") == "open_for")
        assert abi.stateMutability == "view"
        assert [i.type for i in abi.inputs] == ["uint256", "uint96"]
