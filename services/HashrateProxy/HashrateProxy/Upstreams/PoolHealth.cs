namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>What a connection shows of its pool.</summary>
/// <param name="LoggedInAt">Null before the login.</param>
/// <param name="LastJobAt">Null before the first job that has a difficulty.</param>
/// <param name="OldestUnansweredAt">When the oldest share without an answer went up; null when all have one.</param>
internal readonly record struct PoolSigns(
    DateTimeOffset? LoggedInAt,
    DateTimeOffset LastLineAt,
    DateTimeOffset? LastJobAt,
    DateTimeOffset? OldestUnansweredAt);

/// <summary>How long a pool may be quiet.</summary>
/// <param name="Silence">Without a line of any kind, while a share waits for its answer.</param>
/// <param name="Answer">Without the answer to a share, whatever else it says.</param>
internal sealed record PoolHealthLimits(TimeSpan Silence, TimeSpan Answer)
{
    private const int LastResortFactor = 4;

    /// <summary>
    /// For a pool that nothing can stand in for: its machines gain nothing by a hasty judgement.
    /// </summary>
    public PoolHealthLimits ForLastResort => new(LastResortFactor * Silence, LastResortFactor * Answer);
}

/// <summary>Tells a pool that is connected from one that works. Pure.</summary>
internal static class PoolHealth
{
    /// <summary>From the login to the first difficulty and job.</summary>
    public static readonly TimeSpan FirstJobTime = TimeSpan.FromSeconds(15);

    /// <summary>Pools renew their template every half a minute; work on one this old is lost to them.</summary>
    public static readonly TimeSpan OldestJob = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Why it is as good as gone, or null when it is well. Silence counts where we were awake to hear it.
    /// </summary>
    public static string? AilmentOf(in PoolSigns signs, PoolHealthLimits limits, AwakeTime awake, DateTimeOffset now)
    {
        if (signs.LoggedInAt is not { } loggedInAt)
        {
            return null;
        }

        if (signs.LastJobAt is not { } lastJobAt)
        {
            return awake.Between(loggedInAt, now) > FirstJobTime
                ? "It sent no difficulty and no job after the login."
                : null;
        }

        if (now - lastJobAt > OldestJob)
        {
            return $"Its job is older than {OldestJob.TotalMinutes:0} minutes.";
        }

        if (signs.OldestUnansweredAt is not { } askedAt)
        {
            return null;
        }

        var quietSince = askedAt > signs.LastLineAt ? askedAt : signs.LastLineAt;
        return awake.Between(quietSince, now) > limits.Silence
            ? "It has fallen silent."
            : awake.Between(askedAt, now) > limits.Answer
                ? $"It leaves shares unanswered for {limits.Answer.TotalSeconds:0} s."
                : null;
    }
}
