-- What counts of what was held of the organisations that had a staff list.
held.organisation = ANY (ARRAY(SELECT s.code FROM staffed s WHERE s.listed)) AND {{live held}} AND {{unrestricted held}}
