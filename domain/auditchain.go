package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
)

// auditSystem is what stands for SystemChain in the text of an event and in the
// database, where no ODS code can be.
const auditSystem = "-"

// AuditChainName returns the name of the chain whose events are stored under a key:
// an ODS code, or - for the chain of the system.
func AuditChainName(key string) string {
	if key == auditSystem {
		return SystemChain
	}
	return key
}

// AppendText appends the text of the event whose hash is taken: chain, sequence,
// microseconds since 1970, actor, role, operation, object, upload, change, request and
// outcome, each as its length in bytes, a colon, its text and a comma, or as - and a
// comma when there is none. The function audit_text of the database writes the same.
func (e *AuditEvent) AppendText(text []byte) []byte {
	key := e.Chain
	if key == SystemChain {
		key = auditSystem
	}
	text = appendAuditField(text, key)
	text = appendAuditNumber(text, e.Sequence)
	text = appendAuditNumber(text, e.At.UnixMicro())
	text = appendAuditField(text, e.Actor)
	text = appendAuditField(text, e.Role)
	text = appendAuditField(text, e.Operation)
	text = appendAuditOption(text, e.Object)
	text = appendAuditOption(text, e.UploadID)
	if e.ChangeID == nil {
		text = append(text, "-,"...)
	} else {
		text = appendAuditNumber(text, *e.ChangeID)
	}
	text = appendAuditField(text, e.RequestID)
	return appendAuditField(text, e.Outcome)
}

func appendAuditField(text []byte, field string) []byte {
	text = strconv.AppendInt(text, int64(len(field)), 10)
	text = append(text, ':')
	text = append(text, field...)
	return append(text, ',')
}

func appendAuditOption(text []byte, field *string) []byte {
	if field == nil {
		return append(text, "-,"...)
	}
	return appendAuditField(text, *field)
}

func appendAuditNumber(text []byte, number int64) []byte {
	var digits [20]byte
	return appendAuditField(text, string(strconv.AppendInt(digits[:0], number, 10)))
}

// AuditHead says which hash a chain has at a place: at its end, or where somebody noted
// it at some time.
type AuditHead struct {
	Chain    string // an ODS code, or SystemChain
	Sequence int64  // from 1
	Hash     [sha256.Size]byte
}

// AuditFault says what is wrong with a chain.
type AuditFault string

// The faults of a chain.
const (
	AuditChanged     AuditFault = "changed"      // the event is not what its hash was made of
	AuditMissing     AuditFault = "missing"      // events are not there, and a later one is
	AuditOutOfOrder  AuditFault = "out of order" // the event does not follow the one before it
	AuditEndMissing  AuditFault = "end missing"  // the chain ends before its head
	AuditBeyondHead  AuditFault = "beyond head"  // the chain goes on behind its head, or has none
	AuditHeadChanged AuditFault = "head changed" // the head has another hash than its event
	AuditNotAsNoted  AuditFault = "not as noted" // another hash was noted for the place
	AuditUnnoted     AuditFault = "no event"     // a change of the register has no event
)

// BrokenAudit is the first broken link of a chain.
type BrokenAudit struct {
	Chain    string
	Sequence int64 // place in the chain, of the first missing event for AuditMissing; 0 for AuditUnnoted
	ID       int64 // of the event, of the one that follows for AuditMissing; 0 when there is none at the place
	Follows  int64 // place of the event that follows, for AuditMissing only
	Change   int64 // id of the change for AuditUnnoted
	Fault    AuditFault
}

// String names the place and the fault.
func (b BrokenAudit) String() string {
	switch {
	case b.Fault == AuditUnnoted:
		return fmt.Sprintf("chain %s: %s of change %d", b.Chain, b.Fault, b.Change)
	case b.Fault == AuditMissing && b.Follows > b.Sequence+1:
		return fmt.Sprintf("chain %s, sequences %d to %d: %s; sequence %d, event %d, follows", b.Chain, b.Sequence, b.Follows-1, b.Fault, b.Follows, b.ID)
	case b.Fault == AuditMissing:
		return fmt.Sprintf("chain %s, sequence %d: %s; sequence %d, event %d, follows", b.Chain, b.Sequence, b.Fault, b.Follows, b.ID)
	case b.ID == 0:
		return fmt.Sprintf("chain %s, sequence %d: %s", b.Chain, b.Sequence, b.Fault)
	}
	return fmt.Sprintf("chain %s, sequence %d, event %d: %s", b.Chain, b.Sequence, b.ID, b.Fault)
}

// AuditVerifier works out the hashes of one chain again, event by event in the order of
// their sequence. Its zero value is at the beginning of a chain without a name.
type AuditVerifier struct {
	chain  string
	noted  []AuditHead // those of this chain that are still to come, by sequence
	last   int64       // sequence of the event before
	hash   [sha256.Size]byte
	broken *BrokenAudit
	text   []byte
}

// NewAuditVerifier returns a verifier of a chain. It also checks the heads that were
// noted of it, which must be in the order of their sequence.
func NewAuditVerifier(chain string, noted []AuditHead) *AuditVerifier {
	return &AuditVerifier{chain: chain, noted: noted}
}

// Next takes the next event. What comes behind the first broken link is only counted.
func (v *AuditVerifier) Next(event *AuditEvent) {
	if v.broken != nil {
		return
	}
	var fault AuditFault
	switch {
	case event.Sequence > v.last+1:
		fault = AuditMissing
	case event.Sequence != v.last+1:
		fault = AuditOutOfOrder
	case v.digest(event) != event.Hash:
		fault = AuditChanged
	case event.Previous != v.hash:
		fault = AuditOutOfOrder
	default:
		v.last, v.hash = event.Sequence, event.Hash
		for len(v.noted) > 0 && v.noted[0].Sequence == v.last {
			if v.noted[0].Hash != v.hash {
				fault = AuditNotAsNoted
				break
			}
			v.noted = v.noted[1:]
		}
	}
	if fault != "" {
		v.broken = &BrokenAudit{Chain: v.chain, Sequence: event.Sequence, ID: event.ID, Fault: fault}
		if fault == AuditMissing {
			v.broken.Sequence, v.broken.Follows = v.last+1, event.Sequence
		}
	}
}

// digest works out the hash of an event from the one that it says is before it.
func (v *AuditVerifier) digest(event *AuditEvent) [sha256.Size]byte {
	v.text = event.AppendText(append(v.text[:0], event.Previous[:]...))
	return sha256.Sum256(v.text)
}

// End compares the end of the chain with its head, nil for none, and returns the first
// broken link, or nil when the chain is whole.
func (v *AuditVerifier) End(head *AuditHead) *BrokenAudit {
	if v.broken != nil {
		return v.broken
	}
	at := func(sequence int64, fault AuditFault) *BrokenAudit {
		return &BrokenAudit{Chain: v.chain, Sequence: sequence, Fault: fault}
	}
	switch {
	case head != nil && head.Sequence > v.last:
		return at(v.last+1, AuditEndMissing)
	case len(v.noted) > 0:
		return at(v.noted[0].Sequence, AuditEndMissing)
	case head == nil && v.last > 0:
		return at(1, AuditBeyondHead)
	case head != nil && head.Sequence < v.last:
		return at(head.Sequence+1, AuditBeyondHead)
	case head != nil && head.Hash != v.hash:
		return at(head.Sequence, AuditHeadChanged)
	}
	return nil
}

// ParseAuditHash reads a hash in hexadecimal.
func ParseAuditHash(text string) (hash [sha256.Size]byte, ok bool) {
	decoded, err := hex.DecodeString(text)
	if err != nil || len(decoded) != len(hash) {
		return hash, false
	}
	copy(hash[:], decoded)
	return hash, true
}
