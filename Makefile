# Every command sets up what is missing by itself; a second run sets up nothing again.
RUN := sh tools/run
.DEFAULT_GOAL := help
.PHONY: help setup demo down test fast lint gas bench-app bench-index bench-vault faults mutate audit screens test-all

# What the demo listens on and how many members it loads.
PORT ?= 8501
RPC_PORT ?= 8545
RELAYER_PORT ?= 8502
GATEWAY_PORT ?= 8503
TILL_PORT ?= 8504
WORLD_PORT ?= 8505
VAULT_PORT ?= 8506
PACKER_PORT ?= 8507
MEMBERS ?= 400
export PORT RPC_PORT RELAYER_PORT GATEWAY_PORT TILL_PORT WORLD_PORT VAULT_PORT PACKER_PORT MEMBERS ACCEPT PER_CONTRACT SURVIVORS RECHECK

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

setup: ## environments from the locks, the local chain, a browser; once
	@$(RUN) setup

demo: ## a community at work in the browser (PORT=8501 RPC_PORT=8545 RELAYER_PORT=8502 MEMBERS=400)
	@$(RUN) demo

down: ## stop the demo; its state stays
	@$(RUN) down

test: ## every suite, two at a time, in three quarters of an hour on two cores
	@$(RUN) test

fast: ## the unit suites, within two minutes
	@$(RUN) fast

lint: ## formats, types, contract linters, our own checks
	@$(RUN) lint

gas: ## what each act costs, against its target and its peers; build/gas.json
	@$(RUN) gas

bench-app: ## how fast the app answers 20 and 100 people at once; build/bench-app.json
	@$(RUN) bench-app

bench-index: ## how fast the index reads a chain and answers with a million events; build/bench-index.json
	@$(RUN) bench-index

bench-vault: ## how fast a vault releases records, and seals keys anew; build/bench-vault.json
	@$(RUN) bench-vault

faults: ## every planted fault must turn its suite red (ONLY=perks for some)
	@$(RUN) faults $(ONLY)

mutate: ## small changes must turn the units red (ONLY=Polls PER_CONTRACT=20); hours
	@$(RUN) mutate $(ONLY)

audit: ## access matrix, storage layouts, sizes; docs/audit (ACCEPT=1 takes a moved layout)
	@$(RUN) audit

screens: ## pictures of every page in build/screens
	@$(RUN) screens

test-all: ## test, the units on the second node, faults, gas and audit
	@$(RUN) test-all
