"""The ABIs of the contracts, one JSON file each; `python -m cercle.abis` refreshes them."""
