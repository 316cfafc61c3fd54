package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
)

// nationalStateName is the file in which a nation remembers what is loaded.
const nationalStateName = "national.json"

// nationalState is what a nation remembers for its next start. Its methods may be
// called from several goroutines.
type nationalState struct {
	Generator int      `json:"generator"` // version of the generator
	Trusts    int      `json:"trusts"`
	Staff     int      `json:"staff"`
	Months    int      `json:"months"`
	Loaded    []string `json:"loaded"` // trusts of which every file is stored
	Complete  bool     `json:"complete"`

	mu     sync.Mutex
	folder *demoFolder
}

// readNationalState returns what was remembered, or nothing at the first start.
func readNationalState(folder *demoFolder) (*nationalState, error) {
	state := &nationalState{folder: folder}
	content, err := folder.root.ReadFile(nationalStateName)
	if errors.Is(err, fs.ErrNotExist) {
		return state, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", nationalStateName, err)
	}
	if err := json.Unmarshal(content, state); err != nil {
		return nil, fmt.Errorf("%s is damaged: delete %s and start again: %w", filepath.Join(folder.path, nationalStateName), folder.path, err)
	}
	return state, nil
}

func (s *nationalState) write() error {
	content, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write %s: %w", nationalStateName, err)
	}
	_, err = s.folder.write(nationalStateName, content)
	return err
}

// has says whether every file of a trust is stored.
func (s *nationalState) has(trust string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(s.Loaded, trust)
}

// add remembers that every file of a trust is stored.
func (s *nationalState) add(trust string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Loaded = append(s.Loaded, trust)
	return s.write()
}

// complete remembers that everything is loaded.
func (s *nationalState) complete() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Complete = true
	return s.write()
}
