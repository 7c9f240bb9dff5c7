"""The contracts that take any token, one class each; the matrix and the machine are made from them.

A class says by which functions a person pays in and is paid out. Name a new one in TAKERS.
"""

from tests.money.agreements import AgreementsTaker
from tests.money.taker import Taker
from tests.money.till import TillTaker
from tests.money.vault import VaultTaker

TAKERS: tuple[type[Taker], ...] = (TillTaker, VaultTaker, AgreementsTaker)
