package sheet_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// hostileFileEnv names the file that the test, run again as a process of its
// own, has to parse.
const hostileFileEnv = "SHEET_HOSTILE_FILE"

// hostileResult is what that process reports of its file.
type hostileResult struct {
	Code    string // of the refusal
	Message string
	Spent   time.Duration
	GoBytes uint64 // most memory that the runtime ever took from the system
	Peak    uint64 // most memory that the process ever had, 0 where it is not told
	Race    bool   // the race detector, which takes memory of its own, was on
}

// TestHostileFiles parses each hostile file, with the published limits, in a
// process of its own, and asserts that the process never needed 128 MiB: of
// what the Go runtime asked for, and without the race detector of everything.
func TestHostileFiles(t *testing.T) {
	if path := os.Getenv(hostileFileEnv); path != "" {
		parseHostile(t, path)
		return
	}
	program, err := os.Executable()
	noErr(t, err)
	for _, file := range hostileFiles() {
		t.Run(file.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hostile")
			data := file.make(t)
			noErr(t, os.WriteFile(path, data, 0o600))
			child := exec.CommandContext(t.Context(), program, "-test.run=^TestHostileFiles$")
			// The race detector would wait a second before each process ends.
			child.Env = append(os.Environ(), hostileFileEnv+"="+path, "GORACE="+os.Getenv("GORACE")+" atexit_sleep_ms=0")
			if out, err := child.CombinedOutput(); err != nil {
				t.Fatalf("the process ended with %v:\n%s", err, out)
			}
			written, err := os.ReadFile(path + ".result")
			noErr(t, err)
			var got hostileResult
			noErr(t, json.Unmarshal(written, &got))
			t.Logf("%d bytes: %s in %v, %d MiB by Go, %d MiB in all", len(data), got.Code, got.Spent.Round(time.Millisecond), got.GoBytes>>20, got.Peak>>20)
			if got.Code != file.code || got.Message == "" {
				t.Errorf("got code %s and %q, want code %s", got.Code, got.Message, file.code)
			}
			if got.GoBytes >= memoryCap || !got.Race && got.Peak >= memoryCap {
				t.Errorf("the process needed %d bytes, %d of them by Go, the cap is %d", got.Peak, got.GoBytes, memoryCap)
			}
		})
	}
}

func noErr(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// parseHostile is the work of the process.
func parseHostile(t *testing.T, path string) {
	t.Helper()
	file, err := os.Open(path)
	noErr(t, err)
	info, err := file.Stat()
	noErr(t, err)
	lists, opts := realLists(t), options(t, domain.UploadStaff)
	begun := time.Now()
	parsed, err := sheet.Parse(t.Context(), sheet.Source{File: file, Size: info.Size()}, opts, lists)
	result := hostileResult{Spent: time.Since(begun), Peak: peakMemory(t), Race: raceDetector()}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	result.GoBytes = memory.Sys
	if refusal, is := errors.AsType[*domain.Error](err); is && refusal.Kind != domain.KindInternal {
		result.Code, result.Message = refusal.Code, refusal.Message
	} else if err != nil {
		t.Fatal(err)
	} else if i := slices.IndexFunc(parsed.Faults.List(), isError); i >= 0 {
		finding := parsed.Faults.List()[i]
		result.Code, result.Message = string(finding.Code), finding.Message
	}
	written, err := json.Marshal(result)
	noErr(t, err)
	noErr(t, os.WriteFile(path+".result", written, 0o600))
	noErr(t, file.Close())
}

func isError(f domain.Finding) bool { return f.Severity == domain.SeverityError }

// peakMemory is the greatest resident size of this process in bytes.
func peakMemory(t *testing.T) uint64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if errors.Is(err, os.ErrNotExist) {
		return 0
	}
	noErr(t, err)
	_, rest, found := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(rest)
	if !found || len(fields) < 2 {
		return 0
	}
	kilobytes, err := strconv.ParseUint(fields[0], 10, 50)
	noErr(t, err)
	return kilobytes << 10
}

func raceDetector() bool {
	info, _ := debug.ReadBuildInfo()
	return info != nil && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// hostileFile is a small file that asks for much.
type hostileFile struct {
	name, code string
	make       func(t *testing.T) []byte
}

const mebi = 1 << 20

func hostileFiles() []hostileFile {
	return slices.Concat(hostileWorkbooks(), hostileSheets(), hostileTexts())
}

// filled is CSV or JSON of the greatest size that is accepted.
func filled(head, text, tail string) func(*testing.T) []byte {
	return sized(32*mebi, head, text, tail)
}

func sized(size int, head, text, tail string) func(*testing.T) []byte {
	return func(*testing.T) []byte {
		times := (size - len(head) - len(tail)) / len(text)
		return []byte(head + strings.Repeat(text, times) + tail)
	}
}

// hostileTexts are CSV and JSON files of 32 MiB, or of 4 MiB where all of it is
// read.
func hostileTexts() []hostileFile {
	const header = "employee_number,staff_group,fte\n"
	const records = `{"rows":[`
	return []hostileFile{
		{"CSV of quotation marks", sheet.CodeCSVLineTooLong, filled(header, `"`, "")},
		{"CSV of one open quotation mark", sheet.CodeCellTooLong, filled(header+`"`, "x\n", "")},
		{"CSV of delimiters", sheet.CodeCSVLineTooLong, filled(header, ",", "")},
		{"CSV of one line", sheet.CodeCSVLineTooLong, filled(header, "x", "")},
		{"CSV of NUL bytes", sheet.CodeTypeUnsupported, filled(header, "\x00", "")},
		{"CSV that goes over to NUL bytes", sheet.CodeCSVNulByte, filled(header+strings.Repeat("a,b,c\n", 200), "\x00", "")},
		{"CSV of blank lines", "rows_missing", sized(4*mebi, header, "\n", "")},
		{"CSV of delimiters alone", "rows_missing", sized(4*mebi, header, ",,\n", "")},
		{"CSV of short rows", sheet.CodeTooManyRows, filled("", "x\n", "")},
		{"UTF-16 CSV of one character", sheet.CodeCSVLineTooLong, filled("\xff\xfe", "x\x00", "")},
		{"JSON of brackets", sheet.CodeJSONShape, filled("", "[", "")},
		{"JSON of nested objects", sheet.CodeJSONShape, filled(records, `{"a":`, "")},
		{"JSON of one text", sheet.CodeCellTooLong, filled(records+`{"a":"`, "x", `"}]}`)},
		{"JSON of one name", sheet.CodeCellTooLong, filled(records+`{"`, "x", `":1}]}`)},
		{"JSON of one number", sheet.CodeCellTooLong, filled(records+`{"a":`, "1", `}]}`)},
		{"JSON of one escape after another", sheet.CodeCellTooLong, filled(records+`{"a":"`, `\u0041`, `"}]}`)},
		{"JSON of spaces", sheet.CodeJSONSyntax, sized(4*mebi, records, " ", "")},
		{"JSON of blank records", sheet.CodeFileEmpty, sized(4*mebi, records+"{}", `,{}`, `]}`)},
		{"JSON of short records", sheet.CodeTooManyRows, filled(records+`{"employee_number":1}`, `,{"employee_number":1}`, `]}`)},
		{"JSON of different members", sheet.CodeTooManyColumns, func(*testing.T) []byte {
			var data strings.Builder
			data.WriteString(records + `{"a":1`)
			for i := 0; data.Len() < 32*mebi-100; i++ {
				fmt.Fprintf(&data, `,"member %d":1`, i)
			}
			return []byte(data.String() + `}]}`)
		}},
		{"JSON of long names", "column_missing", func(*testing.T) []byte {
			var data strings.Builder
			data.WriteString(records)
			for i := range 256 {
				fmt.Fprintf(&data, `{"%s%d":1},`, strings.Repeat("x", 32_000), i)
			}
			return []byte(data.String() + `{}]}`)
		}},
	}
}
