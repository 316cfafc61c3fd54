package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"skillstracker/domain"
)

// The functions of this file read the text of one setting. Their errors end a
// sentence that begins with the setting's name and value, and say what to do.

// setPath keeps the path of a folder or a file, from the root on.
func setPath(to *string, text string) error {
	if text == "" {
		*to = ""
		return nil
	}
	path, err := filepath.Abs(text)
	if err != nil {
		return fmt.Errorf("not a usable path: write it from the root on (%w)", err)
	}
	*to = path
	return nil
}

func setChoice(to *string, text string, choices ...string) error {
	if !slices.Contains(choices, text) {
		return fmt.Errorf("not known: choose %s", strings.Join(choices, " or "))
	}
	*to = text
	return nil
}

func setLevel(to *slog.Level, text string) error {
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, text) {
		return errors.New("not a level: choose debug, info, warn or error")
	}
	if err := to.UnmarshalText([]byte(text)); err != nil {
		return fmt.Errorf("not a level: %w", err)
	}
	return nil
}

// setDatabase keeps an address that may be empty. The parser's own error may
// quote the password, so it is left out.
func setDatabase(to *string, text string) error {
	if text == "" {
		*to = ""
		return nil
	}
	if _, err := pgx.ParseConfig(text); err != nil {
		return errors.New("not the address of a PostgreSQL database: write it like postgres://user:password@host:5432/database")
	}
	*to = text
	return nil
}

func setAddress(to *string, text string) error {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return errors.New("not an address: write host:port, such as 127.0.0.1:8080 or [::1]:8080")
	}
	if number, err := strconv.ParseUint(port, 10, 16); err != nil || strconv.FormatUint(number, 10) != port {
		return errors.New("not an address: the port is a number from 0 to 65535")
	}
	*to = text
	return nil
}

func setNumber(to *int, text string, least, most int) error {
	number, err := strconv.Atoi(text)
	if err != nil || number < least || number > most {
		return fmt.Errorf("not possible: write a whole number from %d to %d", least, most)
	}
	*to = number
	return nil
}

// maxRate is the greatest rate a minute: what is more is no limit.
const maxRate = 1_000_000

// setNetworks keeps networks and single addresses, separated by commas. A network of
// every address would let every caller choose what address it has.
func setNetworks(to *[]netip.Prefix, text string) error {
	var networks []netip.Prefix
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		network, err := netip.ParsePrefix(part)
		if address, failed := netip.ParseAddr(part); err != nil && failed == nil {
			network, err = address.Prefix(address.BitLen())
		}
		if err != nil {
			return errors.New("not a list of networks: write addresses or networks with commas between them, such as 10.1.2.0/24,2001:db8::7")
		}
		if network.Bits() == 0 {
			return errors.New("not possible: a network of every address would let everybody say what address they have. Name the proxies")
		}
		networks = append(networks, network.Masked())
	}
	*to = networks
	return nil
}

func setSeconds(to *time.Duration, text string, least, most int) error {
	var seconds int
	if err := setNumber(&seconds, text, least, most); err != nil {
		return err
	}
	*to = time.Duration(seconds) * time.Second
	return nil
}

func setDays(to *time.Duration, text string, least, most int) error {
	var days int
	if err := setNumber(&days, text, least, most); err != nil {
		return err
	}
	*to = time.Duration(days) * 24 * time.Hour
	return nil
}

func setYesNo(to *bool, text string) error {
	var choice string
	if err := setChoice(&choice, text, "yes", "no"); err != nil {
		return err
	}
	*to = choice == "yes"
	return nil
}

// setURL keeps the address of a server, with a path when it is behind a proxy. A
// user or a query in it could be a secret, which must not be in an address.
func setURL(to *string, text string) error {
	address, err := url.Parse(text)
	if err != nil || address.Scheme != "http" && address.Scheme != "https" || address.Host == "" ||
		address.User != nil || address.RawQuery != "" || address.Fragment != "" {
		return errors.New("not the address of a server: write it like https://skills.example.nhs.uk")
	}
	*to = strings.TrimRight(text, "/")
	return nil
}

// setToken keeps a token that may be empty.
func setToken(to *string, text string) error {
	if text != "" {
		if _, _, ok := domain.ParseToken(text); !ok {
			return errors.New("not a token, or has a typing mistake: copy it again as \"skillstracker token create\" printed it")
		}
	}
	*to = text
	return nil
}

// The units of sizes, the largest first.
func sizeUnits() []struct {
	name  string
	bytes int64
} {
	return []struct {
		name  string
		bytes int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}}
}

// setSize reads a number of bytes, plain or in KiB, MiB or GiB.
func setSize(to *int64, text string) error {
	number, factor := text, int64(1)
	for _, unit := range sizeUnits() {
		if before, found := strings.CutSuffix(text, unit.name); found {
			number, factor = strings.TrimSpace(before), unit.bytes
		}
	}
	const most = 4 << 30
	size, err := strconv.ParseInt(number, 10, 64)
	if err != nil || size < 1 || size > most/factor {
		return errors.New("not a size: write a number of bytes, or one with KiB, MiB or GiB, up to 4GiB")
	}
	*to = size * factor
	return nil
}

// sizeText writes a number of bytes in the largest unit that fits.
func sizeText(size int64) string {
	for _, unit := range sizeUnits() {
		if size >= unit.bytes && size%unit.bytes == 0 {
			return strconv.FormatInt(size/unit.bytes, 10) + unit.name
		}
	}
	return strconv.FormatInt(size, 10)
}
