using Marketplace.Client;

namespace Marketplace.Simulators.MainLine;

/// <summary>A condition did not become true within its limit.</summary>
/// <param name="expectation">The sentence that did not come true, with its limit.</param>
/// <param name="seen">What was there instead at the last look.</param>
internal sealed class WaitedTooLongException(string expectation, string seen) : Exception(expectation)
{
    public string Seen { get; } = seen;
}

/// <summary>Looks again and again, up to a limit.</summary>
internal sealed class Wait(TimeProvider time)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    public async Task UntilAsync(
        Func<bool> condition,
        Func<string> seen,
        string expectation,
        TimeSpan limit,
        CancellationToken cancellationToken) =>
        await ForAsync(
            _ => Task.FromResult(condition()), isThere => isThere, _ => seen(), expectation, limit, cancellationToken);

    /// <summary>The first value that is wanted; what a service does not know yet counts as not there yet.</summary>
    public async Task<T> ForAsync<T>(
        Func<CancellationToken, Task<T>> look,
        Func<T, bool> isWanted,
        Func<T, string> describe,
        string expectation,
        TimeSpan limit,
        CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        var seen = "nothing";
        while (true)
        {
            try
            {
                var value = await look(cancellationToken);
                if (isWanted(value))
                {
                    return value;
                }

                seen = describe(value);
            }
            catch (ApiProblemException unknown) when (unknown.Status == System.Net.HttpStatusCode.NotFound)
            {
                seen = unknown.Message;
            }

            if (time.GetElapsedTime(startedAt) > limit)
            {
                throw new WaitedTooLongException($"{expectation}, within {limit.TotalSeconds:0} s", seen);
            }

            await Task.Delay(LookInterval, time, cancellationToken);
        }
    }
}
