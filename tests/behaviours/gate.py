"""What every gate (IGate) must do for the perk that asks it.

Inherit and give `subject`, `argument` (what is asked), `let_in` (make the person with this wallet
pass) and `person` (a wallet with a passport):

    class TestPollsGate(GateBehaviour):
        @pytest.fixture
        def subject(self, polls):
            return polls
"""

import pytest

NOBODY = (0, 2**255, 2**256 - 1)


class GateBehaviour:
    @pytest.fixture
    def subject(self):
        raise NotImplementedError

    @pytest.fixture
    def person(self, community):
        return community[0]

    @pytest.fixture
    def argument(self):
        raise NotImplementedError

    @pytest.fixture
    def let_in(self):
        raise NotImplementedError

    @pytest.fixture
    def passport_id(self, passport, person):
        return passport.id_of(person)

    def test_open_for__nothing_done_yet__is_closed(self, subject, argument, passport_id):
        assert subject.open_for(passport_id, argument) is False

    def test_open_for__let_in__is_open_to_them_alone(
        self, subject, argument, let_in, person, passport_id, community
    ):
        let_in(person)
        assert subject.open_for(passport_id, argument) is True
        assert subject.open_for(passport_id + len(community) - 1, argument) is False

    def test_open_for__nobody__is_closed_and_never_reverts(self, subject, argument, let_in, person):
        """Perks puts this question when a perk opens, to see whether the gate answers."""
        let_in(person)
        for nobody in NOBODY:
            assert subject.open_for(nobody, argument) is False
