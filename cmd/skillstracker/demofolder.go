package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"skillstracker/api/spec"
)

// The files of the demonstration, below its data directory.
const (
	demoLogName       = "skillstracker.log"
	demoStateName     = "demo.json"
	demoFilesName     = "files"
	demoDownloadsName = "downloads"
	demoReportsName   = "reports"
)

// demoFolder is the data directory of the demonstration. All access is by
// os.Root, because it may belong to the user that PostgreSQL runs as.
type demoFolder struct {
	path string
	root *os.Root
}

func openDemoFolder(path string) (*demoFolder, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("open folder of the demonstration: %w", err)
	}
	return &demoFolder{path: path, root: root}, nil
}

// write keeps a file below the folder and returns its whole path. It is replaced
// in one step, so that nobody sees half of it.
func (f *demoFolder) write(name string, content []byte) (string, error) {
	if err := f.root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return "", fmt.Errorf("make folder of %s: %w", name, err)
	}
	draft := name + ".new"
	if err := f.root.WriteFile(draft, content, 0o600); err != nil {
		return "", fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.root.Rename(draft, name); err != nil {
		return "", fmt.Errorf("write %s: %w", name, err)
	}
	return filepath.Join(f.path, name), nil
}

// demoState is what a demonstration remembers for its next start.
type demoState struct {
	// Generator is the version of the generator that made the data.
	Generator int `json:"generator"`
	// Today is the day for which the data was made, YYYY-MM-DD.
	Today string `json:"today"`
	// Loaded holds the ids of uploads by the name of the file.
	Loaded map[string]string `json:"loaded"`
	// Complete says that every file is loaded.
	Complete bool        `json:"complete"`
	Counts   spec.Counts `json:"counts"`
	Warnings int         `json:"warnings"`
	// Tokens are the ids of tokens to revoke at the next start.
	Tokens []string `json:"tokens"`
}

// readState returns what was remembered, or nothing at the first start.
func (f *demoFolder) readState() (demoState, error) {
	var state demoState
	content, err := f.root.ReadFile(demoStateName)
	if errors.Is(err, fs.ErrNotExist) {
		return demoState{}, nil
	}
	if err != nil {
		return demoState{}, fmt.Errorf("read %s: %w", demoStateName, err)
	}
	if err := json.Unmarshal(content, &state); err != nil {
		return demoState{}, fmt.Errorf("%s is damaged: delete %s and start again: %w",
			filepath.Join(f.path, demoStateName), f.path, err)
	}
	return state, nil
}

func (f *demoFolder) writeState(state demoState) error {
	content, err := json.Marshal(state)
	if err != nil {
		return fmt.Errorf("write %s: %w", demoStateName, err)
	}
	_, err = f.write(demoStateName, content)
	return err
}

// openLog opens the log for appending.
func (f *demoFolder) openLog() (*os.File, error) {
	file, err := f.root.OpenFile(demoLogName, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open log: %w", err)
	}
	return file, nil
}

func (f *demoFolder) close() error {
	if err := f.root.Close(); err != nil {
		return fmt.Errorf("close folder of the demonstration: %w", err)
	}
	return nil
}

// lateWriter keeps what is written until it is told where that belongs: the log
// begins before PostgreSQL has made the folder that the log is in.
type lateWriter struct {
	mu   sync.Mutex
	kept bytes.Buffer
	to   io.Writer
}

// Write keeps or passes on.
func (w *lateWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.to == nil {
		return w.kept.Write(p)
	}
	return w.to.Write(p) //nolint:wrapcheck // the caller is the log, which wants the writer's own error
}

// send passes on what was kept, and all that follows.
func (w *lateWriter) send(to io.Writer) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.kept.WriteTo(to); err != nil {
		return fmt.Errorf("write log: %w", err)
	}
	w.to = to
	return nil
}
