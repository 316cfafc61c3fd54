-- Without subtotals the sums of an organisation's cells are those of its rows already.
organisation_sum AS (
    SELECT 0 AS over, cell.* FROM cell
)
