namespace Marketplace.Billing.Books;

/// <summary>
/// A natural key that is in the books was posted again with other content: two facts claim one name. Nothing was
/// posted; somebody has to look.
/// </summary>
internal sealed class LedgerConflictException(string key)
    : Exception($"Entry '{key}' is in the books with other postings.");
