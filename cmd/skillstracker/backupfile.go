package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"skillstracker/repository"
)

// The form of a backup: a zip file, so that other programs can take it apart, of what
// pg_dump wrote and of what must be there once that is restored. It may be inside of an
// age file.
const (
	backupFormat = 1
	dumpName     = "database.dump"
	manifestName = "manifest.json"
	// maxManifest bounds what is read of a file that somebody made.
	maxManifest = 256 << 20
)

// manifest says what a backup holds.
type manifest struct {
	Format     int                 `json:"format"`
	MadeAt     time.Time           `json:"made_at"`
	Program    string              `json:"program_version"`
	DumpSHA256 string              `json:"dump_sha256"`
	DumpBytes  int64               `json:"dump_bytes"`
	Contents   repository.Contents `json:"contents"`
}

// writeBackupFile writes a backup under another name first, so that no file of the name
// is ever a part of one, and never over a file. dump writes the dump and returns what
// it holds.
func writeBackupFile(path string, recipients []age.Recipient, about manifest, dump func(io.Writer) (repository.Contents, error)) (made manifest, err error) {
	if err := requireNoFile(path); err != nil {
		return about, err
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".partial-*") // mode 0600
	if err != nil {
		return about, fmt.Errorf("make the file of the backup: %w", err)
	}
	defer func() {
		if removed := os.Remove(file.Name()); removed != nil && !errors.Is(removed, fs.ErrNotExist) {
			err = errors.Join(err, fmt.Errorf("remove the part of a backup: %w", removed))
		}
	}()
	if made, err = writeBackup(file, recipients, about, dump); err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return made, err
	}
	if err := requireNoFile(path); err != nil {
		return made, err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return made, fmt.Errorf("name the backup: %w", err)
	}
	return made, syncFolder(filepath.Dir(path))
}

func requireNoFile(path string) error {
	_, err := os.Lstat(path)
	if err == nil {
		return usagef("%s is already there: name a file that does not exist yet", path)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return usagef("%w", err)
	}
	return nil
}

// syncFolder writes a folder's list of names to disk.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}

func writeBackup(to io.Writer, recipients []age.Recipient, about manifest, dump func(io.Writer) (repository.Contents, error)) (manifest, error) {
	var sealed io.WriteCloser
	if len(recipients) > 0 {
		var err error
		if sealed, err = age.Encrypt(to, recipients...); err != nil {
			return about, fmt.Errorf("encrypt backup: %w", err)
		}
		to = sealed
	}
	archive := zip.NewWriter(to)
	entry, err := archive.CreateHeader(&zip.FileHeader{Name: dumpName, Method: zip.Store, Modified: about.MadeAt})
	if err != nil {
		return about, fmt.Errorf("write backup: %w", err)
	}
	sum, size := sha256.New(), &byteCount{}
	if about.Contents, err = dump(io.MultiWriter(entry, sum, size)); err != nil {
		return about, err
	}
	about.Format, about.DumpSHA256, about.DumpBytes = backupFormat, hex.EncodeToString(sum.Sum(nil)), size.n
	if entry, err = archive.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Deflate, Modified: about.MadeAt}); err != nil {
		return about, fmt.Errorf("write backup: %w", err)
	}
	if err := json.NewEncoder(entry).Encode(about); err != nil {
		return about, fmt.Errorf("write backup: %w", err)
	}
	if err := archive.Close(); err != nil {
		return about, fmt.Errorf("write backup: %w", err)
	}
	if sealed != nil {
		if err := sealed.Close(); err != nil {
			return about, fmt.Errorf("encrypt backup: %w", err)
		}
	}
	return about, nil
}

// byteCount counts what is written to it.
type byteCount struct{ n int64 }

func (c *byteCount) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}
