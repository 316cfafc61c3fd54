-- That the row {{of}} is not of somebody whose processing is restricted: such a person
-- is kept out of every figure, whatever day or time it is about. Where nobody is, which
-- is looked up once, no row is compared.
(NOT EXISTS (SELECT FROM restriction anybody WHERE anybody.ended_by IS NULL) OR ({{of}}.organisation, {{of}}.staff_id) NOT IN (
    SELECT kept_out.organisation, kept_out.staff_id FROM restriction kept_out WHERE kept_out.ended_by IS NULL))
