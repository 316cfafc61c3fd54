package main

import (
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// databaseAddress is a setting that names a database.
type databaseAddress struct {
	option string
	url    string
}

// databaseAddresses lists the databases of the settings.
func (s *settings) databaseAddresses() []databaseAddress {
	return []databaseAddress{
		{"database-url", s.DatabaseURL},
		{"owner-database-url", s.OwnerDatabaseURL},
		{"backup-database-url", s.BackupDatabaseURL},
	}
}

// checkDatabaseTLS refuses an address by which a database of another machine could be
// asked without TLS. What decides is not the word but what the driver would do: with
// prefer, its default, it goes on without TLS when the server has none, or when somebody
// on the way says so.
func (s *settings) checkDatabaseTLS() error {
	if s.AllowPlainDatabase {
		return nil
	}
	for _, address := range s.databaseAddresses() {
		if address.url == "" {
			continue
		}
		config, err := pgx.ParseConfig(address.url)
		if err != nil {
			return fmt.Errorf("%s is not the address of a PostgreSQL database", option{name: address.option}.variable())
		}
		if mayBePlain(&config.Config) {
			return fmt.Errorf("%s is of another machine and does not insist on TLS: add sslmode=verify-full and sslrootcert to it (or sslmode=require, which does not check whose certificate it is), or set SKILLSTRACKER_ALLOW_PLAIN_DATABASE=yes if the network between is trusted",
				option{name: address.option}.variable())
		}
	}
	return nil
}

// mayBePlain says whether a connection to another machine could be made without TLS.
func mayBePlain(config *pgconn.Config) bool {
	if leavesPlain(config.Host, config.TLSConfig != nil) {
		return true
	}
	for _, fallback := range config.Fallbacks {
		if leavesPlain(fallback.Host, fallback.TLSConfig != nil) {
			return true
		}
	}
	return false
}

func leavesPlain(name string, encrypted bool) bool {
	network, _ := pgconn.NetworkAddress(name, 0)
	return network != "unix" && !isThisMachine(name) && !encrypted
}
