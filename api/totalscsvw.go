package api

import (
	"path"

	"skillstracker/api/spec"
)

// The terms of use that the metadata of every CSV names. Figures belong to those who
// run the service; names and codes of organisations are NHS England's.
const figuresLicence = "Set by the body that runs this service, for those to whom it gives access. " +
	"Codes and names of organisations: NHS England, Open Government Licence v3.0 (https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/)."

// metadata describes the CSV as CSV on the Web has it. The names of the columns come
// first among their titles, because a reader compares those with the header row.
func (t totalsTable[Row]) metadata() spec.CSVMetadata {
	described := spec.CSVMetadata{
		Context: "http://www.w3.org/ns/csvw", Url: path.Base(t.path) + ".csv",
		DcTitle: t.title, DcDescription: t.about + " " + csvMeans, DcLicense: figuresLicence,
	}
	for _, column := range t.columns(shape{}, spec.TotalsMeta{}) {
		written := spec.CSVColumn{
			Name: column.name, Titles: append([]string{column.name}, column.titles...), Required: column.required,
			DcDescription: column.means, SchemaUnitText: textOf(column.unit),
		}
		written.Datatype.Base, written.Datatype.Format = spec.CSVColumnDatatypeBase(column.datatype), textOf(column.format)
		described.TableSchema.Columns = append(described.TableSchema.Columns, written)
		if column.key {
			described.TableSchema.PrimaryKey = append(described.TableSchema.PrimaryKey, column.name)
		}
	}
	return described
}

const csvMeans = "Numbers are empty when absent; the column beside has the reason. A text that a spreadsheet program would run has an apostrophe before it, and so has one that begins with an apostrophe."

// describedBy is the Link header that leads from the CSV to its metadata.
func (t totalsTable[Row]) describedBy() string {
	target := t.path + ".csv-metadata.json"
	if t.metadataQuery != "" {
		target += "?" + t.metadataQuery
	}
	return `<` + target + `>; rel="describedby"; type="application/csvm+json"`
}
