// Package spec is generated from api/openapi.yaml by oapi-codegen: the models of
// the contract, the strict server interface and its binding to Echo. It is never
// edited; change the contract and run make generate.
package spec
