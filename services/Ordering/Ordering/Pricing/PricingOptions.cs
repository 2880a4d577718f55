using System.ComponentModel.DataAnnotations;

namespace Marketplace.Ordering.Pricing;

/// <summary>Section <c>Pricing</c>.</summary>
internal sealed record PricingOptions : IValidatableObject
{
    public const string Section = "Pricing";

    private static readonly PricingPeriod Opening = new() { FromAt = DateTimeOffset.UnixEpoch };

    /// <summary>
    /// Fees and tax by the instant they hold from, in any order. Empty: the default fees, for ever.
    /// </summary>
    public IReadOnlyList<PricingPeriod> Periods { get; init; } = [];

    private IEnumerable<PricingPeriod> Effective => Periods.Count > 0 ? Periods : [Opening];

    /// <exception cref="BusinessRuleException"><c>pricing-not-in-force</c>: the first is still to come.</exception>
    public PricingPeriod At(DateTimeOffset instant) =>
        Effective.Where(period => period.FromAt <= instant).MaxBy(period => period.FromAt)
        ?? throw new BusinessRuleException(
            "pricing-not-in-force", "Nothing is sold yet: the first fees are not in force.");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Periods.Select(period => period.FromAt).Distinct().Count() != Periods.Count)
        {
            yield return new ValidationResult("Two pricing periods start at the same instant.", [nameof(Periods)]);
        }

        foreach (var period in Periods)
        {
            var faults = new List<ValidationResult>();
            Validator.TryValidateObject(period, new ValidationContext(period), faults, validateAllProperties: true);
            foreach (var fault in faults)
            {
                yield return new ValidationResult($"From {period.FromAt:O}: {fault.ErrorMessage}", [nameof(Periods)]);
            }
        }
    }
}
