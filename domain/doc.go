// Package domain holds the words, rules and formulae of the Digital Workforce
// Skills Tracker: organisations, staff in post, digital-literacy assessments,
// vacancies, uploads and their findings. It decides and computes; it never
// reads a file, speaks HTTP or touches a database, and it imports the standard
// library only.
package domain
