namespace Marketplace.Billing.Books;

internal sealed partial class LedgerStore
{
    private const string InsertEntries = """
        INSERT INTO entries (id, key, description, contract_id, effective_at, content_hash, period, posted_at)
        SELECT id, key, description, contract_id, effective_at, content_hash, open_period(period, is_by_hand), $9
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
            AS entry (id, key, description, contract_id, effective_at, content_hash, period, is_by_hand)
        ON CONFLICT (key) DO NOTHING
        RETURNING key, id
        """;

    private const string InsertPostings = """
        INSERT INTO postings (entry_id, line, account, currency, units)
        SELECT * FROM unnest($1, $2, $3, $4, $5)
        """;

    private const string SelectHashes = "SELECT key, content_hash FROM entries WHERE key = ANY ($1)";
}
