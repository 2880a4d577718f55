using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Proposals;

/// <summary>Makes entries of what people wrote, and says in a sentence why one cannot be made.</summary>
internal static class HandWritten
{
    /// <exception cref="BusinessRuleException">
    /// <c>account-unknown</c>, <c>account-of-provider</c>, <c>entry-unbalanced</c>
    /// </exception>
    public static Entry Entry(
        string key,
        string reason,
        DateTimeOffset effectiveAt,
        ContractId? contract,
        IReadOnlyCollection<LedgerPosting> postings)
    {
        Posting[] lines =
            [.. postings.Select(posting => new Posting(Account.Named(posting.Account), posting.Amount))];
        if (lines.FirstOrDefault(line => line.Account.IsOfProvider) is { Account.Name: { } account })
        {
            throw BusinessRuleException.Invalid(
                "account-of-provider", $"Only the provider's own balance transactions move {account}.");
        }

        foreach (var currency in lines.GroupBy(line => line.Amount.Currency))
        {
            var rest = currency.Aggregate(Money.Zero(currency.Key), (sum, line) => sum + line.Amount);
            if (!rest.IsZero || currency.All(line => line.Amount.IsZero))
            {
                throw BusinessRuleException.Invalid("entry-unbalanced", $"The postings are off by {rest}.");
            }
        }

        return Ledger.Entry.Of(key, reason, effectiveAt, contract, lines).ByHand();
    }
}
