namespace Marketplace.Client.Billing;

/// <summary>What an order costs and whether it is paid.</summary>
/// <param name="Status"><c>due</c>, <c>paid</c> or <c>lapsed</c>.</param>
public sealed record PaymentDue(
    OrderId OrderId,
    ContractId ContractId,
    Money Total,
    string Status,
    DateTimeOffset PayBeforeAt,
    DateTimeOffset? PaidAt);

/// <summary>Pays in the sandbox; only where the demo world is switched on.</summary>
/// <param name="CardNumber"><c>4242424242424242</c> pays, <c>4000000000000002</c> is declined.</param>
public sealed record PayInSandbox(string CardNumber);
