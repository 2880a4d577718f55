namespace Marketplace.Billing.Ledger;

/// <summary>An entry by hand that waits for a second person, or did.</summary>
internal readonly record struct ProposalId(Guid Value) : ITypedId<ProposalId>
{
    public static ProposalId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
