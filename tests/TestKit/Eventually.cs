using System.Runtime.CompilerServices;
using Shouldly;
using Xunit;

namespace Marketplace.TestKit;

/// <summary>Waits for a condition in place of a sleep: up to a limit, and while the test is not cancelled.</summary>
public static class Eventually
{
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(
        Func<bool> condition,
        TimeSpan? limit = null,
        [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TrueAsync(() => Task.FromResult(condition()), limit, what);

    /// <exception cref="ShouldAssertException">The condition was still false at the limit.</exception>
    public static async Task TrueAsync(
        Func<Task<bool>> condition,
        TimeSpan? limit = null,
        [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var longest = limit ?? DefaultLimit;
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(startedAt) > longest)
            {
                throw new ShouldAssertException($"Still not true after {longest}: {what}");
            }

            await Task.Delay(PollInterval, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Repeats assertions until they hold; at the limit the last failure is thrown.</summary>
    public static async Task HoldsAsync(Func<Task> assertions, TimeSpan? limit = null)
    {
        var longest = limit ?? DefaultLimit;
        var startedAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await assertions();
                return;
            }
            catch (ShouldAssertException) when (TimeProvider.System.GetElapsedTime(startedAt) <= longest)
            {
                await Task.Delay(PollInterval, TestContext.Current.CancellationToken);
            }
        }
    }
}
