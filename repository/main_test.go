package repository_test

import (
	"os"
	"testing"

	"skillstracker/repository/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }
