// Package repository keeps the register in PostgreSQL. Each exported method of
// Store is one complete unit of work in one transaction, which sets the caller's
// scope for row-level security before anything else; no transaction leaves the
// package. Rules stay in package domain: a method that reads, decides and writes
// calls a pure function of domain in between. SQL that is more than a simple
// statement lives in queries/*.sql.
package repository
