# The work of a developer, one word each. `make` alone lists them.
#
# EXIT=1           make demo stops after its last line
# YES=1            missing system programs are installed without asking
# ROUNDS=5         how often make bench measures each contestant
# NATIONAL=1       make bench asks for totals of a whole nation
# SOAK_MINUTES=30  how long each part of make soak takes

SHELL = /bin/sh
TOOL  = go tool -modfile=.ci/tools/go.mod

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

# Not by go run, which ends with an error when its program is told to stop.
.PHONY: demo
demo: ## run the demonstration: a server with made-up data (EXIT=1: stop at the end)
	@.ci/setup
	@echo 'building ./cmd/skillstracker'
	@program=$$(go env GOCACHE)/skillstracker-demo && \
	go build -buildvcs=false -o "$$program" ./cmd/skillstracker && \
	exec "$$program" demo $(if $(filter-out 0,$(EXIT)),--exit)

.PHONY: test
test: ## run all tests, on a real PostgreSQL
	@.ci/setup test
	.ci/test

.PHONY: interop
interop: ## exchange files with openpyxl and LibreOffice and compare the figures
	.ci/interop/run

.PHONY: bench
bench: ## compare the speed with psql, pgbench, GORM, excelize and openpyxl (ROUNDS=5)
	@.ci/bench/run

.PHONY: soak
soak: ## fuzz files and requests, random histories and crashes for hours (SOAK_MINUTES=30 each)
	@.ci/soak

.PHONY: pictures
pictures: ## make the pictures of docs/pictures with LibreOffice
	.ci/pictures

.PHONY: build
build: ## build bin/skillstracker
	go build -trimpath -o bin/skillstracker ./cmd/skillstracker

.PHONY: modules
modules: build ## list the modules in bin/skillstracker as JSON, for inventories
	go version -m -json bin/skillstracker > bin/skillstracker.modules.json

.PHONY: generate
generate: ## make the server code from api/openapi.yaml
	cd api && go tool -modfile=../.ci/tools/go.mod oapi-codegen -config oapi-codegen.yaml openapi.yaml

.PHONY: fmt
fmt: ## format the code
	$(TOOL) golangci-lint fmt ./...

.PHONY: lint
lint: ## check the code
	$(TOOL) golangci-lint run ./...

.PHONY: ci
ci: ## everything that a change must pass
	.ci/run
