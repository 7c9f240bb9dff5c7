"""The packaged ABIs are those of the contracts, and the flags and limits are theirs too."""

from cercle.abis.__main__ import deployables, stale
from cercle.contracts import Contract, packaged_abi


def test_packaged_abis__against_the_contracts__are_current():
    assert stale() == {}, "run `python -m cercle.abis`"


def test_packaged_abi__of_every_deployable__is_readable():
    for path in deployables():
        contract = Contract(path.stem, "0x" + "0" * 39 + "1")
        assert contract.abi == packaged_abi(path.stem)
        assert contract.events() is not None
