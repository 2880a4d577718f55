namespace Marketplace.Catalog;

/// <summary>Section <c>DemoWorld</c>.</summary>
internal sealed record DemoWorldOptions
{
    public const string Section = "DemoWorld";

    /// <summary>
    /// Admits the simulated algorithm and contracts of a minute. False by default: nothing simulated may stand beside
    /// what is really for sale.
    /// </summary>
    public bool Enabled { get; init; }

    /// <exception cref="BusinessRuleException"><c>algorithm-not-open</c></exception>
    public Algorithm Admit(Algorithm algorithm) => Enabled || !algorithm.IsSimulated
        ? algorithm
        : throw BusinessRuleException.Invalid(
            "algorithm-not-open", $"'{algorithm}' is simulated and is traded only in the demo world.");
}
