package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadmeListsTheSettings compares the table of the README with the options.
func TestReadmeListsTheSettings(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(readme), "| Variable | Default | Meaning |\n| --- | --- | --- |\n")
	if !found {
		t.Fatal("the README has no table of settings")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	inWords := map[string]string{
		"data-dir":  "`/var/lib/skillstracker` for root, else `~/.local/share/skillstracker`",
		"pool-size": "twice the cores",
	}
	var want []string
	for _, o := range options(host{cores: 1}) {
		fallback := inWords[o.name]
		if fallback == "" && o.fallback != "" {
			fallback = "`" + o.fallback + "`"
		}
		row := fmt.Sprintf("| `%s` | %s | %s |", o.variable(), fallback, strings.ReplaceAll(o.usage, "`", ""))
		want = append(want, strings.ReplaceAll(row, "|  |", "| |"))
	}
	if got := strings.Split(table, "\n"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the README has\n%s\nand the options are\n%s", table, strings.Join(want, "\n"))
	}
}
