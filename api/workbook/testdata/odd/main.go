// Command odd writes a workbook of values at which readers stumble, for the checks with
// other programs: odd VALUES.json FILE.xlsx. All values are synthetic.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"skillstracker/api/workbook"
)

type values struct {
	Texts   []string  `json:"texts"`
	Numbers []float64 `json:"numbers"`
	Days    []string  `json:"days"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) (err error) {
	if len(args) != 2 {
		return errors.New("usage: odd VALUES.json FILE.xlsx")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var odd values
	if err := json.Unmarshal(text, &odd); err != nil {
		return err
	}
	file, err := os.Create(args[1])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	book, err := workbook.New(file, workbook.Options{Title: "Odd values", Creator: "Synthetic"}, "Counted", "Streamed")
	if err != nil {
		return err
	}
	count := len(odd.Texts)
	for name, rows := range map[string]int{"Counted": count, "Streamed": workbook.Unknown} {
		if err := book.Add(workbook.Sheet{
			Name: name, Table: "odd_" + string(name[0]|0x20) + "_values", Rows: rows,
			Lines: []workbook.Line{{Text: "Odd values, " + name, Style: workbook.Style{Role: workbook.Title, OneLine: true}}},
			Columns: []workbook.Column{
				{Header: "Text", Width: 30, Style: workbook.Style{Format: workbook.FormatText}, Code: true},
				{Header: "Number", Width: 20, Style: workbook.Style{Right: true}},
				{Header: "Day", Width: 20, Style: workbook.Style{Format: workbook.FormatDay}},
			},
		}); err != nil {
			return err
		}
	}
	for _, name := range []string{"Counted", "Streamed"} {
		rows, err := book.Begin(name)
		if err != nil {
			return err
		}
		for i, text := range odd.Texts {
			rows.Text(text)
			rows.Number(odd.Numbers[i%len(odd.Numbers)])
			rows.Day([]byte(odd.Days[i%len(odd.Days)]))
			if err := rows.End(); err != nil {
				return err
			}
		}
	}
	return book.Close()
}
