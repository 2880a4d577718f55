using System.ComponentModel.DataAnnotations;
using Marketplace.Billing.Ledger;
using Microsoft.Extensions.Options;

namespace Marketplace.Billing.Periods;

/// <summary>Section <c>Books</c>.</summary>
internal sealed record BooksOptions : IValidatableObject
{
    /// <summary>The legal entity's time zone by its IANA name, which cuts off its months; default <c>UTC</c>.</summary>
    [Required]
    public string TimeZone { get; init; } = "UTC";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new ValidationResult($"There is no time zone '{TimeZone}'.", [nameof(TimeZone)]);
        }
    }
}

/// <summary>To which month an instant belongs.</summary>
internal sealed class PeriodClock(IOptions<BooksOptions> options)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    public Period Of(DateTimeOffset at) => Period.Of(at, _zone);

    public DateOnly DateOf(DateTimeOffset at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime);

    public DateTimeOffset CutOff(Period period) => period.EndAt(_zone);
}
