// Package api serves the contract openapi.yaml over HTTP: it finds out who
// calls, checks the request against the contract, asks the stores of package
// domain, and answers with JSON, CSV, workbooks or a page, and with a problem
// document (RFC 9457) for every error.
//
// Only server.go and the middleware files know Echo. Handlers implement the
// generated strict interface and see a context only. Error status codes stand in
// problem.go and nowhere else, figures about people leave through package
// domain/disclosure and by no other way, and the package never touches a
// database itself.
package api
