package api

import (
	"context"
	"testing"
	"time"

	"skillstracker/domain"
)

// slowRegistry answers with the number of the question, the first one last.
type slowRegistry struct {
	domain.Registry
	asked   int
	between func()
}

func (s *slowRegistry) Lists(context.Context) (domain.Lists, error) {
	s.asked++
	lists := domain.Lists{StaffGroups: make([]domain.StaffGroup, s.asked)}
	if between := s.between; between != nil {
		s.between = nil
		between()
	}
	return lists, nil
}

// A question that began before a framework was published must not hide it.
func TestAnOlderAnswerDoesNotReplaceANewerOne(t *testing.T) {
	t.Parallel()
	registry := &slowRegistry{}
	now := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	cache := newListCache(registry, func() time.Time { return now })
	registry.between = func() {
		if _, err := cache.read(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if first, err := cache.read(t.Context()); err != nil || len(first.StaffGroups) != 1 {
		t.Errorf("the first question got answer %d, %v", len(first.StaffGroups), err)
	}
	if held, err := cache.get(t.Context()); err != nil || len(held.StaffGroups) != 2 {
		t.Errorf("answer %d is held, %v", len(held.StaffGroups), err)
	}
	now = now.Add(listsKept)
	if held, err := cache.get(t.Context()); err != nil || len(held.StaffGroups) != 3 {
		t.Errorf("after a minute answer %d, %v", len(held.StaffGroups), err)
	}
}
