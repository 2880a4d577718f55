namespace Marketplace.HashrateProxy.HeadHooks;

/// <summary>Where an organisation has heads sent, and how deliveries go.</summary>
internal sealed class StoredHook
{
    /// <summary>The last error is cut to so many characters.</summary>
    public const int MaxErrorLength = 300;

    public required HeadHookId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string Url { get; init; }

    /// <summary>Sealed to the proxy's key; opened for the moment of a signature.</summary>
    public required string SealedSecret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// Not before then, however much waits: a failure puts it off, and so does a node that is delivering.
    /// </summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>In a row.</summary>
    public int FailedAttempts { get; set; }

    public DateTimeOffset? FailingSinceAt { get; set; }

    public string? LastError { get; set; }

    public DateTimeOffset? LastDeliveredAt { get; set; }

    public DateTimeOffset? SwitchedOffAt { get; set; }

    public void Succeed(DateTimeOffset now)
    {
        (DueAt, LastDeliveredAt) = (now, now);
        (FailedAttempts, FailingSinceAt) = (0, null);
    }

    /// <returns>True when it has failed for too long and is switched off.</returns>
    public bool Fail(string error, DateTimeOffset now)
    {
        FailedAttempts++;
        FailingSinceAt ??= now;
        LastError = error.Length > MaxErrorLength ? error[..MaxErrorLength] : error;
        DueAt = now + RetrySchedule.WaitAfter(FailedAttempts);
        SwitchedOffAt = RetrySchedule.IsGivenUp(FailedAttempts, now - FailingSinceAt.Value) ? now : null;
        return SwitchedOffAt is not null;
    }
}

/// <summary>A head that waits for its delivery.</summary>
internal sealed class WaitingHead
{
    public required HeadHookId HookId { get; init; }

    public required ContractId ContractId { get; init; }

    public required string NodeName { get; init; }

    public required long Index { get; init; }
}
