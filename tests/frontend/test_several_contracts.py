"""My contracts with several of them: what was typed for one, or refused, stays with it."""

from cercle.errors import ListWasChanged
from frontend import refusals
from frontend.testing import agreements as fakes
from tests.frontend.test_contracts import read


def test_contracts__another_is_looked_at__has_amounts_of_its_own(show, agreements):
    trip = fakes.terms(fakes.TRIP, fakes.ROAMING, period_cap=50_00)
    agreements.have(fakes.contract(1, 2_000), fakes.contract(2, 250, trip, escrow=60_00))
    agreements.pasts[2] = fakes.checked(agreements.contracts[2], (10,))
    app = show("contracts")
    assert app.pills[0].value == 2
    app.number_input(key="contracts_amount_2").set_value(99.0).run()
    app.pills[0].set_value(1).run()
    assert app.number_input(key="contracts_amount_1").value == 5.0


def test_contracts__refused_of_one__is_not_said_of_another(show, community, agreements):
    agreements.have(fakes.contract(1, 2_000), fakes.contract(2, 2_000))
    app = show("contracts")
    community.refusal = ListWasChanged()
    app.button(key="contracts_go_on").click().run()
    assert refusals.say(ListWasChanged()) in [read(one.value) for one in app.warning]
    app.pills[0].set_value(1).run()
    assert refusals.say(ListWasChanged()) not in [read(one.value) for one in app.warning]
