package report

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"skillstracker/domain"
)

// ParseReceipt reads a receipt as it stands on a cover, a cell for each line; a list
// that was too long for one goes on in the next of its name. Lines that it does not know
// are passed over, so that an older program reads the receipts of a newer one as far as
// it can.
func ParseReceipt(lines []string) (Receipt, error) {
	parts := map[string]string{}
	for _, line := range lines {
		if name, text, found := strings.Cut(line, ": "); found {
			if name == receiptScope || name == receiptSheets {
				text = strings.TrimSpace(parts[name] + " " + text)
			}
			parts[name] = text
		}
	}
	r := Receipt{
		Report: parts[receiptReport], Audience: domain.Role(parts[receiptAudience]), Scope: strings.Fields(parts[receiptScope]),
		Basis: domain.Basis(parts[receiptBasis]), Targets: parts[receiptTargets], Coverage: parts[receiptCoverage], Rule: parts[receiptRule],
		Sheets: strings.Fields(parts[receiptSheets]),
	}
	kind, code, _ := strings.Cut(parts[receiptArea], " ")
	r.Area = Area{Kind: domain.Dimension(kind), Code: code}
	r.Framework, r.FrameworkVersion, _ = strings.Cut(parts[receiptFramework], " ")
	var faults []error
	for _, name := range []string{receiptReport, receiptArea, receiptAudience, receiptRule, receiptSheets} {
		if parts[name] == "" {
			faults = append(faults, fmt.Errorf("the line %q is missing", name))
		}
	}
	var err error
	if r.AsAt, err = domain.ParseDate(parts[receiptAsAt]); err != nil {
		faults = append(faults, fmt.Errorf("the line %q holds no date such as 2026-10-31", receiptAsAt))
	}
	if r.MadeAt, err = time.Parse(time.RFC3339Nano, parts[receiptMadeAt]); err != nil {
		faults = append(faults, fmt.Errorf("the line %q holds no time", receiptMadeAt))
	}
	if text := parts[receiptKnownAt]; text != knownNothing {
		known, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			faults = append(faults, fmt.Errorf("the line %q holds no time", receiptKnownAt))
		}
		r.KnownAt = &known
	}
	sum, err := hex.DecodeString(parts[receiptFigures])
	if err != nil || len(sum) != len(r.Figures) {
		faults = append(faults, fmt.Errorf("the line %q holds no SHA-256", receiptFigures))
	} else {
		r.Figures = [len(r.Figures)]byte(sum)
	}
	return r, errors.Join(faults...)
}
