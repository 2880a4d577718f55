namespace Marketplace.Billing.Documents;

internal enum DocumentKind
{
    Invoice,
    CreditNote,
}

/// <summary>A finalised document: it is never changed, only credited.</summary>
internal sealed class IssuedDocument
{
    public required DocumentId Id { get; init; }

    public required DocumentKind Kind { get; init; }

    public required string Number { get; init; }

    public required ContractId ContractId { get; init; }

    public required OrganisationId RenterId { get; init; }

    /// <summary>The name as it was on the day.</summary>
    public required string IssuedTo { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>Whole cents, at 1e-8 like all money.</summary>
    public required Int128 NetUnits { get; init; }

    public required int VatBasisPoints { get; init; }

    public required Int128 VatUnits { get; init; }

    public required Int128 TotalUnits { get; init; }

    /// <summary>The invoice that a credit note corrects.</summary>
    public string? CorrectsNumber { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
}

/// <summary>
/// A line of a document. No foreign key: checking one takes the right to update, which nobody has here.
/// </summary>
internal sealed class IssuedLine
{
    public required DocumentId DocumentId { get; init; }

    /// <summary>1, 2, 3, ...</summary>
    public required int Line { get; init; }

    public required string Text { get; init; }

    public required Int128 Units { get; init; }
}
