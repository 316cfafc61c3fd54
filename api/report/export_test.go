package report

// FileTables returns the tables about files, which Tables leaves out.
func FileTables(b *Book) []Table {
	var tables []Table
	for _, s := range b.sheets {
		if s.aboutFiles {
			t := Table{Sheet: s.name}
			for _, c := range s.columns {
				t.Header = append(t.Header, c.header)
			}
			tables = append(tables, t)
		}
	}
	return tables
}
