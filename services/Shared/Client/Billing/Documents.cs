namespace Marketplace.Client.Billing;

/// <param name="Kind"><c>invoice</c> or <c>credit-note</c>.</param>
/// <param name="Number">In its own series, without gaps: <c>INV-2026-000001</c>.</param>
public sealed record Document(
    DocumentId Id,
    string Kind,
    string Number,
    ContractId ContractId,
    string IssuedTo,
    IReadOnlyList<DocumentLine> Lines,
    Money Net,
    int VatBasisPoints,
    Money Vat,
    Money Total,
    string? CorrectsNumber,
    DateTimeOffset IssuedAt);

public sealed record DocumentLine(string Text, Money Amount);
