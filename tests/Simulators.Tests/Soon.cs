using Marketplace.TestKit;

namespace Marketplace.Simulators.Tests;

/// <summary>Waits for the machines, and says what they were doing when nothing came of it.</summary>
internal static class Soon
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task IsAsync(Func<bool> condition, Func<string> seen) => Eventually.HoldsAsync(
        () =>
        {
            condition().ShouldBeTrue(seen());
            return Task.CompletedTask;
        },
        Limit);
}
