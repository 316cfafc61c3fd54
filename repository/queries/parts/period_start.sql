-- The last day before the period of @period months that ends with the month end m.month.
CAST(date_trunc('month', CAST(m.month AS timestamp)) - make_interval(months => CAST(@period AS integer) - 1) AS date) - 1
