"""A brand of its own for the tests of Electorate."""

from tests.unit.loyalty.small_brand import (  # noqa: F401
    by_rule,
    charter,
    electorate,
    empty_by_rule,
    fresh,
    link,
    membership,
    passport,
    persons,
    rewards,
    unsealed_charter,
    unsealed_twin,
    voters,
)
