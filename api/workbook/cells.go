package workbook

import "strconv"

// Text writes a text, which stays one even when it looks like a number or a formula.
// An empty text leaves the cell empty.
func (r *Rows) Text(text string) { putText(r, text) }

// Bytes writes a text that is at hand as bytes, which are not kept.
func (r *Rows) Bytes(text []byte) { putText(r, text) }

func putText[T string | []byte](r *Rows, text T) {
	if len(text) == 0 {
		r.Empty()
		return
	}
	if len(text) > MaxText {
		if err := CheckText(string(text)); err != nil {
			r.failNext(err)
			return
		}
	}
	if !r.cell() {
		return
	}
	if isSpace(text[0]) || isSpace(text[len(text)-1]) { // which readers of XML may drop
		r.buf = append(r.buf, ` t="inlineStr"><is><t xml:space="preserve">`...)
	} else {
		r.buf = append(r.buf, ` t="inlineStr"><is><t>`...)
	}
	var err error
	if r.buf, err = appendText(r.buf, text); err != nil {
		r.fail(err)
	}
	r.buf = append(r.buf, "</t></is></c>"...)
}

// Number writes a number, as the shortest decimal that reads back the same.
func (r *Rows) Number(number float64) {
	if !r.cell() {
		return
	}
	r.buf = append(r.buf, "><v>"...)
	var err error
	if r.buf, err = appendNumber(r.buf, number); err != nil {
		r.fail(err)
	}
	r.buf = append(r.buf, "</v></c>"...)
}

// Whole writes a whole number.
func (r *Rows) Whole(number int64) {
	if !r.cell() {
		return
	}
	r.buf = append(r.buf, "><v>"...)
	r.buf = strconv.AppendInt(r.buf, number, 10)
	r.buf = append(r.buf, "</v></c>"...)
}

// Decimal writes a number that is at hand as decimal digits, such as -12.50, without
// the zeros at its end. The bytes are not kept.
func (r *Rows) Decimal(digits []byte) {
	shown, err := decimal(digits)
	if err != nil {
		r.failNext(err)
		return
	}
	if !r.cell() {
		return
	}
	r.buf = append(r.buf, "><v>"...)
	r.buf = append(r.buf, shown...)
	r.buf = append(r.buf, "</v></c>"...)
}

// Date writes a day, given as the days since 1 January 1970, in the 1900 date system.
func (r *Rows) Date(days int) {
	number, err := serial(days)
	if err != nil {
		r.failNext(err)
		return
	}
	r.Whole(int64(number))
}

// Day writes a day that is at hand as text such as 2026-10-31.
func (r *Rows) Day(text []byte) {
	days, err := daysOf(text)
	if err != nil {
		r.failNext(err)
		return
	}
	r.Date(days)
}

// Bool writes a truth value.
func (r *Rows) Bool(value bool) {
	if !r.cell() {
		return
	}
	digit := "0"
	if value {
		digit = "1"
	}
	r.buf = append(r.buf, ` t="b"><v>`+digit+"</v></c>"...)
}
