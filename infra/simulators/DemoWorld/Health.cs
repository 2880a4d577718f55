namespace Marketplace.DemoWorld;

/// <summary>Waits until every service says that it is ready.</summary>
internal static class Health
{
    private const int LimitSeconds = 120;
    private const int RequestTimeoutSeconds = 5;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    /// <exception cref="TimeoutException">A service was not ready in time.</exception>
    public static async Task WaitAsync(
        IEnumerable<Uri> roots, TimeProvider time, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(RequestTimeoutSeconds) };
        var startedAt = time.GetTimestamp();
        foreach (var root in roots)
        {
            while (!await IsReadyAsync(http, root, cancellationToken))
            {
                if (time.GetElapsedTime(startedAt) > TimeSpan.FromSeconds(LimitSeconds))
                {
                    throw new TimeoutException($"{root} is not ready after {LimitSeconds} s.");
                }

                await Task.Delay(LookInterval, time, cancellationToken);
            }
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri root, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(root, "health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException
            or TaskCanceledException { InnerException: TimeoutException })
        {
            return false;
        }
    }
}
