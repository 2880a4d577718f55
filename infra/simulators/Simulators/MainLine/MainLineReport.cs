using Marketplace.Client.Billing;
using Marketplace.Client.Ordering;

namespace Marketplace.Simulators.MainLine;

/// <summary>One thing that was looked at: what was seen, what was expected, and whether it held.</summary>
public sealed record Figure(string Name, string Seen, string Expected, bool Held);

public sealed record MainLineStep(string Name, IReadOnlyList<Figure> Figures, TimeSpan Took);

/// <summary>The whole line as it went; the times are null where the run did not get there.</summary>
/// <param name="PaidToFirstJob">From the order's payment to the renter's first job on a worker.</param>
/// <param name="PaidToFirstAcceptedShare">From the payment to the first share accepted at the renter's pool.</param>
/// <param name="CancelledToReturned">From the cancellation until the last worker hashed for its seller again.</param>
/// <param name="Contract">As it was at the end.</param>
/// <param name="Settlement">Its money.</param>
public sealed record MainLineReport(
    IReadOnlyList<MainLineStep> Steps,
    TimeSpan? PaidToFirstJob,
    TimeSpan? PaidToFirstAcceptedShare,
    TimeSpan? CancelledToReturned,
    Contract? Contract,
    ContractSettlement? Settlement)
{
    /// <summary>True when the line went to its end and every figure was as expected.</summary>
    public bool AllHeld => Failures.Count == 0;

    public IReadOnlyList<Figure> Failures => [.. Steps.SelectMany(step => step.Figures).Where(figure => !figure.Held)];
}
