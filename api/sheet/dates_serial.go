package sheet

import (
	"math"
	"time"
)

const (
	secondsPerDay = 24 * 60 * 60

	// serial1970 is 1 January 1970 in the 1900 date system.
	serial1970 = 25569

	// offset1904 is the difference between the two date systems, in days.
	offset1904 = 1462

	// leapDay1900 is the serial of 29 February 1900, a day that never was and
	// that the 1900 system counts all the same.
	leapDay1900 = 60

	// lastSerial is 31 December 9999 in the 1900 date system.
	lastSerial = 2958465
)

// SerialDays turns a spreadsheet's whole day number into days since 1 January
// 1970. In the 1900 system 1 is 1 January 1900, and serials up to 59 are
// shifted by the 29 February 1900 that the system invented; 60 itself is no
// day. In the 1904 system 0 is 1 January 1904. It is not ok for a serial that
// a spreadsheet cannot show as a date.
func SerialDays(serial int, date1904 bool) (days int, ok bool) {
	if date1904 {
		if serial < 0 || serial > lastSerial-offset1904 {
			return 0, false
		}
		return serial + offset1904 - serial1970, true
	}
	switch {
	case serial < 1 || serial > lastSerial || serial == leapDay1900:
		return 0, false
	case serial < leapDay1900:
		return serial + 1 - serial1970, true
	}
	return serial - serial1970, true
}

// serialDate resolves a serial that may hold a time of day. A value within
// half a second before midnight is that midnight: it comes from arithmetic in
// binary fractions.
func serialDate(serial float64, date1904 bool) (days int, timed, ok bool) {
	if math.IsNaN(serial) || serial < 0 || serial > lastSerial+1 {
		return 0, false, false
	}
	const half = 0.5 / secondsPerDay
	whole := math.Floor(serial + half)
	days, ok = SerialDays(int(whole), date1904)
	return days, serial-whole > half, ok
}

// bareSerial reads a number without a date format as a serial. Only five
// digits count (1927 to 2173), so that a year or a stray quantity is not taken
// for a date.
func bareSerial(digits string, date1904 bool) DateResult {
	if len(digits) != 5 || digits[0] == '0' || !isDigits(digits) {
		return DateResult{Fault: NotADate}
	}
	days, ok := SerialDays(number(digits), date1904)
	if !ok {
		return DateResult{Fault: NotADate}
	}
	return DateResult{Days: days, Form: DateSerial, Fault: yearFault(days)}
}

func timeOf(days int) time.Time {
	return time.Unix(int64(days)*secondsPerDay, 0).UTC()
}
