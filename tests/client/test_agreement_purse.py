"""What a token says of itself, which anybody may have written, before it stands behind amounts."""

import pytest

from cercle.agreements.purse import Purse, purse

TOKEN = "0x976EA74026E726554dB657fA54763abd0C3a0aa9"


class TokenThatSays:
    """A chain on which every token has this symbol, and these decimals."""

    def __init__(self, symbol, decimals=2):
        self.answers = [symbol, decimals]

    def head(self):
        return None

    def try_read(self, reads, head):
        return self.answers


@pytest.mark.parametrize("symbol", ["EURC", "€", "USDC.e", "USD₮", "x1"])
def test_purse__symbol__is_kept(symbol):
    assert purse(TokenThatSays(symbol), None, TOKEN, None).symbol == symbol


@pytest.mark.parametrize(
    "symbol", ["1INCH", "000", "EUR 00", "EUR\n", "E\u202eUR", ".5", ",00", ""]
)
def test_purse__symbol_that_changes_how_an_amount_is_read__is_not_shown(symbol):
    assert purse(TokenThatSays(symbol), None, TOKEN, None).symbol == ""


def test_purse__endless_symbol__is_cut():
    assert purse(TokenThatSays("E" * 4_000), None, TOKEN, None).symbol == "E" * 16


@pytest.mark.parametrize("decimals", [0, 2, 36])
def test_purse__largest_amount__there_and_back_is_the_same(decimals):
    mine = Purse(token=TOKEN, decimals=decimals)
    assert mine.units(mine.amount(2**256 - 1)) == 2**256 - 1
