package sheet

import "skillstracker/domain"

// roleBook finds job roles by their code or their exact name. Several staff
// groups have a role of the same name.
type roleBook struct {
	byCode map[string]domain.JobRole
	byName map[string][]domain.JobRole
}

func newRoleBook(roles []domain.JobRole) *roleBook {
	book := &roleBook{
		byCode: make(map[string]domain.JobRole, 2*len(roles)),
		byName: make(map[string][]domain.JobRole, len(roles)),
	}
	for _, role := range roles {
		book.byCode[keyOf(role.Code)] = role
		book.byCode[keyOf(role.Code+" "+role.Name)] = role
		name := keyOf(role.Name)
		book.byName[name] = append(book.byName[name], role)
	}
	return book
}

// group returns the staff group of a role by the role's code; it is empty for a role
// that belongs to none.
func (b *roleBook) group(code string) string { return b.byCode[keyOf(code)].StaffGroup }

// roleFault says why a text is not taken as a job role.
type roleFault uint8

const (
	roleFound roleFault = iota
	roleUnknown
	roleOfOtherGroup
	roleOfSeveralGroups
)

// find returns the role that a text means for a staff group; an empty group is
// one that the row does not give. A social care digital role goes with every
// group. Of several roles of one name a current one is taken before a retired
// one, and the group's own before one without a group.
func (b *roleBook) find(text, group string) (domain.JobRole, roleFault) {
	var room [keySize]byte
	key := appendKey(room[:0], text)
	if role, known := b.byCode[string(key)]; known {
		if group != "" && role.StaffGroup != "" && role.StaffGroup != group {
			return domain.JobRole{}, roleOfOtherGroup
		}
		return role, roleFound
	}
	roles := b.byName[string(key)]
	if len(roles) == 0 {
		return domain.JobRole{}, roleUnknown
	}
	if group == "" {
		return onlyRole(roles)
	}
	best, rank := domain.JobRole{}, 0
	for _, role := range roles {
		if r := roleRank(role, group); r > rank {
			best, rank = role, r
		}
	}
	if rank == 0 {
		return domain.JobRole{}, roleOfOtherGroup
	}
	return best, roleFound
}

// roleRank orders the roles of one name for a staff group; 0 is one that does
// not go with it.
func roleRank(role domain.JobRole, group string) int {
	current := 0
	if role.Retired == "" {
		current = 2
	}
	switch role.StaffGroup {
	case group:
		return current + 2
	case "":
		return current + 1
	}
	return 0
}

// onlyRole returns the one role that a name means without a staff group.
func onlyRole(roles []domain.JobRole) (domain.JobRole, roleFault) {
	var current []domain.JobRole
	for _, role := range roles {
		if role.Retired == "" {
			current = append(current, role)
		}
	}
	if len(current) == 0 {
		current = roles
	}
	if len(current) > 1 {
		return domain.JobRole{}, roleOfSeveralGroups
	}
	return current[0], roleFound
}
