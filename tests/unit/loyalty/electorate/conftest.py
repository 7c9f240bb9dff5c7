"""A brand of its own for the tests of Electorate."""

from tests.unit.loyalty.small_brand import *  # noqa: F403
