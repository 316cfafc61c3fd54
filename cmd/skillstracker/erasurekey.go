package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"skillstracker/repository"
)

// erasureKeyName is the file, in the data directory of a private database, that holds the
// key of the numbers of erased people.
const erasureKeyName = "erasure.key"

// setErasureKey keeps a key that may be empty.
func setErasureKey(to *[]byte, text string) error {
	switch {
	case text == "":
		*to = nil
		return nil
	case len(text) < repository.LeastErasureKey:
		return fmt.Errorf("too short: use at least %d characters that nobody can guess, such as openssl rand -hex 32 prints", repository.LeastErasureKey)
	case strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }):
		return errors.New("not a key: use letters, digits and signs without blanks, such as openssl rand -hex 32 prints")
	}
	*to = []byte(text)
	return nil
}

// ownErasureKey returns the key of a private database: that of the settings or else of
// the file in its data directory, which is made when there is none. forget takes back a
// file that was just made, for a database that turns out to have had another one.
func ownErasureKey(s settings) (key []byte, forget func() error, err error) {
	nothing := func() error { return nil }
	if len(s.ErasureKey) > 0 {
		return s.ErasureKey, nothing, nil
	}
	if err := os.MkdirAll(s.DataDir, 0o700); err != nil {
		return nil, nothing, fmt.Errorf("make data directory: %w", err)
	}
	// The data directory may belong to the user that PostgreSQL runs as, so nothing in
	// it is followed to another place.
	root, err := os.OpenRoot(s.DataDir)
	if err != nil {
		return nil, nothing, fmt.Errorf("open data directory: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	key, err = readErasureKey(root)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, nothing, err
	}
	if key, err = makeErasureKey(root); err != nil {
		return nil, nothing, fmt.Errorf("make %s: %w", filepath.Join(s.DataDir, erasureKeyName), err)
	}
	return key, func() error { return os.Remove(filepath.Join(s.DataDir, erasureKeyName)) }, nil
}

func readErasureKey(root *os.Root) (key []byte, err error) {
	path := filepath.Join(root.Name(), erasureKeyName)
	file, err := root.Open(erasureKeyName)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("look at %s: %w", path, err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s may be read by others: take that away with chmod 600 %s", path, path)
	}
	const most = 4096
	content, err := io.ReadAll(io.LimitReader(file, most))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if err := setErasureKey(&key, strings.TrimSpace(string(content))); err != nil || len(key) == 0 {
		return nil, fmt.Errorf("%s holds no key: put back the file as it was, or delete it if nobody was erased", path)
	}
	return key, nil
}

// makeErasureKey writes a random key whole or not at all.
func makeErasureKey(root *os.Root) (key []byte, err error) {
	random := make([]byte, repository.LeastErasureKey)
	if _, err := rand.Read(random); err != nil {
		return nil, fmt.Errorf("draw key: %w", err)
	}
	key = []byte(hex.EncodeToString(random))
	const unfinished = erasureKeyName + ".new"
	if err := root.Remove(unfinished); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	file, err := root.OpenFile(unfinished, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = file.Write(append(key, '\n'))
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, err
	}
	if err := root.Rename(unfinished, erasureKeyName); err != nil {
		return nil, err
	}
	// A power cut must not take the name back: whom the key had been used to erase would be
	// taken in again with the next one.
	return key, syncFolder(root.Name())
}
