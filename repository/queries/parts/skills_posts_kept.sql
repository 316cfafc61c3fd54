SELECT k.* FROM staff_position k WHERE k.organisation = h.code
