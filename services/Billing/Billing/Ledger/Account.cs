namespace Marketplace.Billing.Ledger;

/// <summary>An account by its name. A debit is positive, a credit negative.</summary>
internal readonly record struct Account
{
    private Account(string name, bool isGuarded = false) => (Name, IsGuarded) = (name, isGuarded);

    public string Name { get; }

    /// <summary>What we owe on it can never be less than nothing; the database refuses it.</summary>
    public bool IsGuarded { get; }

    /// <summary>The provider's own books mirrored here: only its balance transactions may move them.</summary>
    public bool IsOfProvider { get; private init; }

    /// <summary>Paid at the provider, its balance transaction not yet seen; returns to zero.</summary>
    public static Account ClearingPayments { get; } = new("Assets:Clearing:Payments");

    /// <summary>Asked of the provider, its balance transaction not yet seen; returns to zero.</summary>
    public static Account RefundsInFlight { get; } = new("Liabilities:Refunds:InFlight");

    public static Account VatOutput { get; } = new("Liabilities:VAT:Output");

    /// <summary>What documents in cents and books at 1e-8 differ by.</summary>
    public static Account Rounding { get; } = new("Liabilities:Rounding");

    public static Account RenterFee { get; } = new("Revenue:RenterFee");

    public static Account SellerFee { get; } = new("Revenue:SellerFee");

    /// <summary>Work that renters' pools refused for what we sent there: its sellers are paid by us.</summary>
    public static Account RefusedWork { get; } = new("Expenses:RefusedWork");

    /// <summary>What earlier months earned.</summary>
    public static Account Retained { get; } = new("Equity:Retained");

    /// <param name="provider">As it is called in the books: <c>Stripe</c>, <c>Sandbox</c>.</param>
    public static Account ProviderPending(string provider) =>
        new($"Assets:{provider}:Pending") { IsOfProvider = true };

    public static Account ProviderAvailable(string provider) =>
        new($"Assets:{provider}:Available") { IsOfProvider = true };

    public static Account ProviderProcessing(string provider) => new($"Expenses:{provider}:Processing");

    /// <summary>In transit to an order or back to the source.</summary>
    public static Account RenterBalance(OrganisationId renter) =>
        new($"Liabilities:Renter:{renter}:Balance", isGuarded: true);

    /// <summary>Price and renter fee not yet earned; zero when the contract is closed.</summary>
    public static Account Held(ContractId contract) => new($"Liabilities:Held:{contract}", isGuarded: true);

    public static Account SellerAccrued(OrganisationId seller) =>
        new($"Liabilities:Seller:{seller}:Accrued", isGuarded: true);

    public static Account SellerPayable(OrganisationId seller) =>
        new($"Liabilities:Seller:{seller}:Payable", isGuarded: true);

    /// <summary>An account that is in the books under this name.</summary>
    /// <exception cref="BusinessRuleException"><c>account-unknown</c></exception>
    public static Account Named(string name) => ChartOfAccounts.Find(name) is { } control
        ? new Account(name, control.IsGuarded) { IsOfProvider = control.IsOfProvider }
        : throw BusinessRuleException.Invalid("account-unknown", $"There is no account '{name}'.");

    public override string ToString() => Name;
}
