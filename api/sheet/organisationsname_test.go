package sheet_test

import "testing"

func TestReadOrganisationsWritesNamesAsManagersDo(t *testing.T) {
	cases := map[string]string{
		"NORTH LONDON NHS FOUNDATION TRUST":                                   "North London NHS Foundation Trust",
		"THE CHRISTIE NHS FOUNDATION TRUST":                                   "The Christie NHS Foundation Trust",
		"BARTS AND THE LONDON NHS TRUST":                                      "Barts and the London NHS Trust",
		"THE NEWCASTLE UPON TYNE HOSPITALS NHS FOUNDATION TRUST":              "The Newcastle upon Tyne Hospitals NHS Foundation Trust",
		"UNIVERSITY HOSPITALS OF DERBY AND BURTON NHS FOUNDATION TRUST":       "University Hospitals of Derby and Burton NHS Foundation Trust",
		"GREAT ORMOND STREET HOSPITAL FOR CHILDREN NHS FOUNDATION TRUST":      "Great Ormond Street Hospital for Children NHS Foundation Trust",
		"STAFFORDSHIRE AND STOKE ON TRENT PARTNERSHIP NHS TRUST":              "Staffordshire and Stoke on Trent Partnership NHS Trust",
		"GUY'S AND ST THOMAS' NHS FOUNDATION TRUST":                           "Guy's and St Thomas' NHS Foundation Trust",
		"BIRMINGHAM WOMEN'S AND CHILDREN'S NHS FOUNDATION TRUST":              "Birmingham Women's and Children's NHS Foundation Trust",
		"THE QUEEN ELIZABETH HOSPITAL, KING'S LYNN, NHS FOUNDATION TRUST":     "The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust",
		"EPSOM AND ST HELIER UNIVERSITY HOSPITALS NHS TRUST":                  "Epsom and St Helier University Hospitals NHS Trust",
		"LANCASHIRE & SOUTH CUMBRIA NHS FOUNDATION TRUST":                     "Lancashire & South Cumbria NHS Foundation Trust",
		"PORTSMOUTH HOSPITALS UNIVERSITY NATIONAL HEALTH SERVICE TRUST":       "Portsmouth Hospitals University National Health Service Trust",
		"NHS DIRECT NHS TRUST":                                                "NHS Direct NHS Trust",
		"ROYAL NATIONAL HOSPITAL FOR RHEUMATIC DISEASES NHS FOUNDATION TRUST": "Royal National Hospital for Rheumatic Diseases NHS Foundation Trust",
		"SOUTH WEST LONDON AND ST GEORGE'S MENTAL HEALTH NHS TRUST":           "South West London and St George's Mental Health NHS Trust",
		"NHS STAFFORDSHIRE AND STOKE-ON-TRENT INTEGRATED CARE BOARD":          "NHS Staffordshire and Stoke-on-Trent Integrated Care Board",
		"NHS CORNWALL AND THE ISLES OF SCILLY INTEGRATED CARE BOARD":          "NHS Cornwall and the Isles of Scilly Integrated Care Board",
		"TOWER HAMLETS GP CARE GROUP CIC":                                     "Tower Hamlets GP Care Group CIC",
		"O’NEILL AND D'ARCY ST. MARY’S (NORTH) NHS TRUST":                     "O’Neill and D'Arcy St. Mary’s (North) NHS Trust",
		"ÉCOLE 2 NHS TRUST":                                                         "École 2 NHS Trust",
		"NAViGO Health and Social Care CIC":                                         "NAViGO Health and Social Care CIC",
		"Royal United Hospitals Bath NHS Foundation Trust":                          "Royal United Hospitals Bath NHS Foundation Trust",
		"THE ROBERT JONES AND AGNES HUNT ORTHOPAEDIC HOSPITAL NHS FOUNDATION TRUST": "The Robert Jones and Agnes Hunt Orthopaedic Hospital NHS Foundation Trust",
	}
	for capitals, want := range cases {
		entries, findings := readOrganisations(t, trustRecord(27, "RR1", capitals, "", "", "", ""))
		if len(findings) > 0 || len(entries) != 1 {
			t.Fatalf("%s: %d entries, findings %+v", capitals, len(entries), findings)
		}
		if got := entries[0].Name; got != want {
			t.Errorf("%s becomes %q, want %q", capitals, got, want)
		}
	}
}
