namespace Marketplace.Simulators.Tests;

internal static class Eventually
{
    private const int LimitSeconds = 60;
    private const int LookMilliseconds = 50;

    public static async Task Is(Func<bool> condition, Func<string> seen, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(LookMilliseconds));
        var looks = LimitSeconds * 1_000 / LookMilliseconds;
        while (!condition())
        {
            (looks-- > 0).ShouldBeTrue($"It did not happen within {LimitSeconds} s: {seen()}");
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
