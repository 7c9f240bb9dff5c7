"""Mutants of the contracts: each is one small change that the contract's own tests must notice."""
