"""A membership and its electorate, which are always deployed as a pair."""

DAY = 86_400
MATURITY = 30 * DAY
CAPS = (50, 500, 10_000_000, 30 * DAY)
ONE, SQRT, CAPPED = 1, 2, 4


def open_house(
    project, sender, charter, passport, *, rule=ONE, cap=0, maturity=MATURITY, caps=CAPS, tiers=()
):
    """Deploy both; returns (membership, electorate)."""
    electorate = sender.deploy(project.Electorate, passport, rule, cap, maturity)
    membership = sender.deploy(project.Membership, charter, electorate, caps, list(tiers))
    return membership, electorate
