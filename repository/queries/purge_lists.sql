-- Takes the people who go from the lists of people whom staff lists found unchanged.
UPDATE staff_list l
SET confirmed = ARRAY(SELECT e.id FROM unnest(l.confirmed) WITH ORDINALITY AS e (id, place)
                      WHERE e.id NOT IN (SELECT staff_id FROM purged_person) ORDER BY e.place),
    found_left = ARRAY(SELECT e.id FROM unnest(l.found_left) WITH ORDINALITY AS e (id, place)
                       WHERE e.id NOT IN (SELECT staff_id FROM purged_person) ORDER BY e.place)
WHERE l.organisation = CAST(@organisation AS text)
  AND (EXISTS (SELECT FROM unnest(l.confirmed) AS e (id) WHERE e.id IN (SELECT staff_id FROM purged_person))
    OR EXISTS (SELECT FROM unnest(l.found_left) AS e (id) WHERE e.id IN (SELECT staff_id FROM purged_person)))
