-- Whether a change touched anybody's spells or versions.
SELECT EXISTS ({{touched_staff}}) AS touched
