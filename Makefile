# VIC Engine. `make help` lists what can be made.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

BUN_VERSION := $(shell sed -n 's/.*"bun": "\(.*\)".*/\1/p' package.json)
BUN := node_modules/.bin/bun
VERSION := $(shell sed -n 's/.*"version": "\(.*\)".*/\1/p' package.json)
COMMIT := $(shell git rev-parse --short=7 HEAD 2>/dev/null || echo source)
BUILD := $(shell git rev-list --count HEAD 2>/dev/null || echo 0)

SOURCES := $(shell find cmd internal tether -name '*.ts' ! -name '*.test.ts' ! -path 'internal/testing/*')
COMPILE := $(BUN) build --compile --bytecode --format=esm --sourcemap=inline \
	--no-compile-autoload-dotenv --no-compile-autoload-bunfig \
	--define VIC_VERSION='"$(VERSION)"' --define VIC_COMMIT='"$(COMMIT)"' --define VIC_BUILD='"$(BUILD)"'
# A compiled binary holds its source map; the file beside it is not needed.
define compile
	@$(COMPILE) $(1) --outfile $@ $(2)
	@rm -f $@.map
endef

.PHONY: help deps check test conformance bench soak components vic-machine appliance bootstrap isos all run stop clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

deps: $(BUN) ## Install Bun and the npm packages, and the Debian packages that are missing (as root)
	@$(BUN) internal/testing/stand/deps.ts

$(BUN): package.json bun.lock
	@command -v npm >/dev/null || { echo "node and npm are needed: apt-get install nodejs npm"; exit 1; }
	@test -x $(BUN) && test "$$($(BUN) --version 2>/dev/null)" = $(BUN_VERSION) || \
		npm install --no-save --no-package-lock --no-audit --no-fund --ignore-scripts=false bun@$(BUN_VERSION)
	@$(BUN) install --frozen-lockfile
	@touch $(BUN)

check: $(BUN) ## Types, lint, format, and the tidy test
	$(BUN) check
	node_modules/.bin/oxlint --type-aware --deny-warnings
	$(BUN) fmt --check .
	$(BUN) test internal/testing/tidy

test: deps all ## Unit tests, then end-to-end tests with real VMs and the stock docker CLI
	@folder=$$(mktemp -d) && trap 'rm -rf $$folder' EXIT && TMPDIR=$$folder $(BUN) test --timeout 60000 \
		cmd internal tether isos --path-ignore-patterns 'internal/testing/{e2e,conformance,bench}/**'
	$(BUN) test --timeout 900000 internal/testing/e2e

# The comparison with dockerd and the SDKs' tests start some hundred VMs, and kills are random: too much for every change.
conformance: deps all ## Suites against peers, all but docker, sdk and kills, or that of SUITE=name; says what it skips where Go is missing
	@$(BUN) internal/testing/conformance/peers.ts $(SUITE)
	$(BUN) test --timeout 900000 internal/testing/conformance/$(SUITE) \
		$(if $(SUITE),,--path-ignore-patterns 'internal/testing/conformance/{docker,sdk,kills}/**')

bench: deps all ## Measure start-up, latency, pull speed and memory; prints the README's table
	$(BUN) internal/testing/bench/bench.ts

soak: deps all ## The long versions of the tests: end to end, kills for ten minutes, 100 containers, 100 clones
	VIC_SOAK=1 $(BUN) test --timeout 3600000 internal/testing/e2e
	VIC_SOAK=1 $(BUN) test --timeout 3600000 internal/testing/conformance/durability
	VIC_SOAK=1 $(BUN) test --timeout 3600000 internal/testing/conformance/clones
	VIC_SOAK=1 $(BUN) test --timeout 3600000 internal/testing/conformance/leaks
	VIC_SOAK=1 $(BUN) test --timeout 3600000 internal/testing/conformance/kills

components: vic-machine bin/vic-host bin/vic-appliance bin/tether-linux ## All binaries, without the ISOs

vic-machine: bin/vic-machine-linux bin/vic-machine-darwin bin/vic-machine-windows.exe ## The installer, for each OS

appliance: bin/appliance.iso ## The VCH's ISO

bootstrap: bin/bootstrap.iso ## The container VMs' ISO

isos: appliance bootstrap ## Both ISOs

all: components isos ## Everything in bin/

bin/vic-machine-linux: $(SOURCES) | $(BUN)
	$(call compile,--target=bun-linux-x64,cmd/vic-machine/main.ts)
bin/vic-machine-darwin: $(SOURCES) | $(BUN)
	$(call compile,--target=bun-darwin-arm64,cmd/vic-machine/main.ts)
bin/vic-machine-windows.exe: $(SOURCES) | $(BUN)
	$(call compile,--target=bun-windows-x64,cmd/vic-machine/main.ts)
bin/vic-host: $(SOURCES) | $(BUN)
	$(call compile,,cmd/vic-host/main.ts)
bin/vic-appliance: $(SOURCES) | $(BUN)
	$(call compile,,cmd/vic-appliance/main.ts)
bin/tether-linux: $(SOURCES) | $(BUN)
	$(call compile,,tether/main.ts)
bin/appliance.iso: bin/vic-appliance $(wildcard isos/*)
	@VIC_VERSION_STRING=$$(bin/vic-appliance version) $(BUN) isos/build.ts appliance
bin/bootstrap.iso: bin/tether-linux $(wildcard isos/*)
	@VIC_VERSION_STRING=$$(bin/tether-linux version) $(BUN) isos/build.ts bootstrap

run: deps all ## Start vic-host, make a VCH in it and run a first container
	@$(BUN) internal/testing/stand/run.ts

stop: $(BUN) ## Delete the VCH of `make run` and end vic-host
	@$(BUN) internal/testing/stand/stop.ts

clean: stop ## Remove everything that was built; keeps downloaded packages
	rm -rf bin build run
