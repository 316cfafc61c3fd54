package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"
)

// backupFile is a backup that was opened.
type backupFile struct {
	path string
	file *os.File
	dump *zip.File
	manifest
}

// openBackupFile opens a backup and reads what it says of itself.
func openBackupFile(path string, identities []age.Identity) (*backupFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, usagef("%w", err)
	}
	b := &backupFile{path: path, file: file}
	if err := b.read(identities); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return b, nil
}

func (b *backupFile) close() error { return b.file.Close() }

func (b *backupFile) broken(err error) error {
	return fmt.Errorf("%s is not a whole backup: it is damaged, cut off or something else (%w)", b.path, err)
}

func (b *backupFile) read(identities []age.Identity) error {
	about, err := b.file.Stat()
	if err != nil {
		return fmt.Errorf("open backup: %w", err)
	}
	content, size, err := b.plain(about.Size(), identities)
	if err != nil {
		return err
	}
	archive, err := zip.NewReader(content, size)
	if err != nil {
		return b.broken(err)
	}
	var described *zip.File
	for _, entry := range archive.File {
		switch entry.Name {
		case dumpName:
			b.dump = entry
		case manifestName:
			described = entry
		}
	}
	if b.dump == nil || described == nil {
		return b.broken(fmt.Errorf("it lacks %s or %s", dumpName, manifestName))
	}
	text, err := described.Open()
	if err != nil {
		return b.broken(err)
	}
	err = json.NewDecoder(io.LimitReader(text, maxManifest)).Decode(&b.manifest)
	if err := errors.Join(err, text.Close()); err != nil {
		return b.broken(err)
	}
	if b.Format != backupFormat {
		return fmt.Errorf("%s has the form %d of backups, and this program reads the form %d: use the program that made it (version %s)", b.path, b.Format, backupFormat, printable(b.Program))
	}
	return nil
}

// plain returns the zip file, out of the age file around it when there is one.
func (b *backupFile) plain(size int64, identities []age.Identity) (io.ReaderAt, int64, error) {
	start := make([]byte, len(ageStart))
	if n, err := b.file.ReadAt(start, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, 0, fmt.Errorf("open backup: %w", err)
	} else if string(start[:n]) != ageStart {
		return b.file, size, nil
	}
	if len(identities) == 0 {
		return nil, 0, usagef("%s is encrypted: name the file of the key that opens it with --identity", b.path)
	}
	content, plainSize, err := age.DecryptReaderAt(b.file, size, identities...)
	if _, wrong := errors.AsType[*age.NoIdentityMatchError](err); wrong {
		return nil, 0, fmt.Errorf("no key of --identity opens %s: it was encrypted for another one", b.path)
	}
	if err != nil {
		return nil, 0, b.broken(err)
	}
	return content, plainSize, nil
}

// ageStart begins every file that age encrypted.
const ageStart = "age-encryption.org/"

// check reads the whole dump and compares its check-sum.
func (b *backupFile) check() error {
	dump, err := b.dump.Open()
	if err != nil {
		return b.broken(err)
	}
	sum := sha256.New()
	_, err = io.Copy(sum, dump) //nolint:gosec // it is stored, so it is no larger than the file
	if err := errors.Join(err, dump.Close()); err != nil {
		return b.broken(err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != b.DumpSHA256 {
		return b.broken(errors.New("its dump has another check-sum than its manifest says"))
	}
	return nil
}

// readRecipients reads the public keys for which a backup is encrypted.
func readRecipients(keys []string, file string) ([]age.Recipient, error) {
	var recipients []age.Recipient
	for _, key := range keys {
		found, err := age.ParseRecipients(strings.NewReader(key))
		if err != nil {
			return nil, usagef("--recipient is not the public key of age (age1...): %w", err)
		}
		recipients = append(recipients, found...)
	}
	if file == "" {
		return recipients, nil
	}
	content, err := os.Open(file)
	if err != nil {
		return nil, usagef("--recipients-file: %w", err)
	}
	found, err := age.ParseRecipients(content)
	if err := errors.Join(err, content.Close()); err != nil {
		return nil, usagef("--recipients-file: %w", err)
	}
	return append(recipients, found...), nil
}

// readIdentities reads the secret keys that open a backup.
func readIdentities(files []string) ([]age.Identity, error) {
	var identities []age.Identity
	for _, path := range files {
		content, err := os.Open(path)
		if err != nil {
			return nil, usagef("--identity: %w", err)
		}
		found, err := age.ParseIdentities(content)
		if err := errors.Join(err, content.Close()); err != nil {
			// The parser's own error may quote a line of the key.
			return nil, usagef("--identity %s is not a file of keys as age-keygen writes it", path)
		}
		identities = append(identities, found...)
	}
	return identities, nil
}
