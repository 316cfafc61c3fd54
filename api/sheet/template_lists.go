package sheet

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// choiceList is a list of values of which some columns offer one.
type choiceList struct {
	name    string // such as level_4
	columns []string
	choices []choice
	cells   string // where the values are on the sheet Lists
}

// choice is a value that a drop-down offers, which the parser understands, with the
// code that it means.
type choice struct {
	value      Cell
	code, name string
}

func newChoice(value, code, name string) choice {
	return choice{value: Cell{Kind: Text, Text: value}, code: code, name: name}
}

// templateLists are the lists of the columns of a kind. Retired codes are left out:
// they are understood, but nobody should choose one. Each list has the rows of the
// sheet Lists behind those of the list before it.
func templateLists(kind domain.UploadKind, opts TemplateOptions) []choiceList {
	lists := append(codeLists(opts.Lists), wordLists(kind, opts.Framework)...)
	if kind == domain.UploadTargets {
		lists = append(lists, targetLists(opts.Framework)...)
	} else {
		lists = append(lists, levelLists(opts.Framework)...)
	}
	columns := formColumns(kind, opts.Framework)
	lists = slices.DeleteFunc(lists, func(list choiceList) bool {
		return len(list.choices) == 0 || !slices.ContainsFunc(columns, func(c Column) bool { return slices.Contains(list.columns, c.Name) })
	})
	row := listsTop + 1
	for i := range lists {
		last := row + len(lists[i].choices) - 1
		lists[i].cells = fmt.Sprintf("%s!$%[2]s$%[3]d:$%[2]s$%[4]d", sheetLists, columnLetters(listsValue), row, last)
		row = last + 1
	}
	return lists
}

func codeLists(lists domain.Lists) []choiceList {
	groups := choiceList{name: fieldStaffGroup}
	for _, g := range lists.StaffGroups {
		groups.choices = append(groups.choices, newChoice(g.Code+" "+g.Name, g.Code, g.Name))
	}
	bands := choiceList{name: fieldBand}
	for _, b := range lists.Bands {
		bands.choices = append(bands.choices, newChoice(b.Name, b.Code, b.Name))
	}
	roles := choiceList{name: fieldJobRole}
	for _, r := range lists.JobRoles {
		if r.Retired == "" {
			roles.choices = append(roles.choices, newChoice(r.Code+" "+r.Name, r.Code, r.Name))
		}
	}
	areas := choiceList{name: fieldAreaOfWork}
	for _, a := range lists.AreasOfWork {
		if a.Retired == "" {
			areas.choices = append(areas.choices, newChoice(a.Code+" "+a.Path(), a.Code, a.Path()))
		}
	}
	contracts := choiceList{name: fieldContractType}
	for _, c := range lists.ContractTypes {
		contracts.choices = append(contracts.choices, newChoice(c.Code+" "+c.Name, c.Code, c.Name))
	}
	statuses := choiceList{name: fieldStatus}
	for _, s := range lists.PositionStatuses {
		statuses.choices = append(statuses.choices, newChoice(s.Code+" "+s.Name, s.Code, s.Name))
	}
	all := []choiceList{groups, bands, roles, areas, contracts, statuses}
	for i := range all {
		all[i].columns = []string{all[i].name}
		all[i].choices = slices.DeleteFunc(all[i].choices, func(c choice) bool { return c.code == domain.NotGiven })
	}
	return all
}

func wordLists(kind domain.UploadKind, framework domain.FrameworkVersion) []choiceList {
	self, manager, assessor := string(domain.AssessorSelf), string(domain.AssessorManager), string(domain.AssessorOther)
	lists := []choiceList{
		{name: fieldAssessorKind, columns: []string{fieldAssessorKind}, choices: []choice{
			newChoice(self, self, "The person judged"),
			newChoice(manager, manager, "The person's manager judged"),
			newChoice(assessor, assessor, "Somebody else judged, such as a trained assessor"),
		}},
		{name: fieldAction, columns: []string{fieldAction}, choices: []choice{
			newChoice(wordRemove, wordRemove, "Withdraw the record that the row names"),
		}},
	}
	if !hasFramework(kind) {
		return lists
	}
	return append(lists,
		choiceList{name: fieldFramework, columns: []string{fieldFramework}, choices: []choice{
			newChoice(framework.Framework, framework.Framework, framework.Name),
		}},
		choiceList{name: fieldFrameworkVersion, columns: []string{fieldFrameworkVersion}, choices: []choice{
			newChoice(framework.Version, framework.Version, framework.Name),
		}})
}

// levelLists are the levels that competences have, a list for each highest level.
func levelLists(framework domain.FrameworkVersion) []choiceList {
	var lists []choiceList
	for _, c := range framework.Competences {
		name := "level_" + strconv.Itoa(int(c.MaxLevel))
		place := slices.IndexFunc(lists, func(l choiceList) bool { return l.name == name })
		if place < 0 {
			place = len(lists)
			lists = append(lists, choiceList{name: name, choices: levelChoices(framework, c.MaxLevel)})
		}
		lists[place].columns = append(lists[place].columns, c.Code, c.Code+needSuffix)
	}
	return lists
}

// targetLists are the competences and domains of which there can be targets, and the
// levels that the longest scale has.
func targetLists(framework domain.FrameworkVersion) []choiceList {
	competences := choiceList{name: fieldCompetence, columns: []string{fieldCompetence}}
	for _, c := range framework.Competences {
		competences.choices = append(competences.choices, newChoice(c.Code+" "+c.Name, c.Code, c.Name))
	}
	domains := choiceList{name: fieldDomain, columns: []string{fieldDomain}}
	for _, d := range framework.Domains {
		domains.choices = append(domains.choices, newChoice(d.Code+" "+d.Name, d.Code, d.Name))
	}
	highest := framework.MaxLevel()
	levels := choiceList{name: "level_" + strconv.Itoa(int(highest)), columns: []string{fieldLevel}}
	levels.choices = levelsUpTo(framework, highest)
	return []choiceList{competences, domains, levels}
}

// levelChoices are the answers that a competence may have.
func levelChoices(framework domain.FrameworkVersion, highest domain.Level) []choice {
	return append(levelsUpTo(framework, highest), newChoice(wordNotApplicable, wordNotApplicable, "Not applicable"))
}

func levelsUpTo(framework domain.FrameworkVersion, highest domain.Level) []choice {
	var choices []choice
	for _, l := range framework.Levels {
		if l.Level <= highest {
			digits := strconv.Itoa(int(l.Level))
			choices = append(choices, choice{value: Cell{Kind: Number, Text: digits}, code: digits, name: levelName(l)})
		}
	}
	return choices
}

func levelName(level domain.ScaleLevel) string {
	if level.Band == "" {
		return level.Name
	}
	return level.Name + " (" + level.Band + ")"
}

// Where the table of the sheet Lists begins and its values are.
const (
	listsTop   = 4
	listsValue = 1
)

// listsSheet is all lists one below the other as one table, with names for the cells
// of each list.
func (t *template) listsSheet() bookTable {
	rows := [][]Cell{textCells("List", "Value to choose", "Code", "Meaning")}
	for _, list := range t.lists {
		for _, c := range list.choices {
			row := textCells(list.name, "", c.code, c.name)
			row[listsValue] = c.value
			rows = append(rows, row)
		}
	}
	return newBookTable(xlsx.Sheet{
		Name: sheetLists, Table: "lists", Skeleton: t.nameLists, Lines: lines(
			"Values that the drop-down lists of the sheet Data offer",
			"This worksheet contains one table.",
			"Codes and names alone are understood too. Retired codes are left out.",
		),
	}, rows, 22, xlsx.MaxWidth, 14, xlsx.MaxWidth)
}

func (t *template) nameLists(file *excelize.File, _ string) error {
	for _, list := range t.lists {
		if err := file.SetDefinedName(&excelize.DefinedName{Name: "list_" + list.name, RefersTo: list.cells}); err != nil {
			return fmt.Errorf("name list %s: %w", list.name, err)
		}
	}
	return nil
}

func textCells(texts ...string) []Cell {
	cells := make([]Cell, len(texts))
	for i, text := range texts {
		cells[i] = textValue(text)
	}
	return cells
}
