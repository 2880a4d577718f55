using System.ComponentModel.DataAnnotations;

namespace Marketplace.ServiceDefaults.Bus;

public enum BusTransport
{
    InMemory,
    RabbitMq,
}

/// <summary>Section <c>Bus</c>.</summary>
public sealed record BusOptions
{
    /// <summary><c>InMemory</c> (the default) for one process, <c>RabbitMq</c> for many.</summary>
    public BusTransport Transport { get; init; }

    /// <summary>Where the broker is; used with <c>RabbitMq</c> alone.</summary>
    public RabbitMqOptions RabbitMq { get; init; } = new();

    /// <summary>
    /// Waits between the tries of a message, in milliseconds; after the last one it is dead-lettered.
    /// </summary>
    [MaxLength(10)]
    public IReadOnlyList<int> RetryIntervalsMilliseconds { get; init; } = [];

    internal static IReadOnlyList<int> DefaultRetryIntervalsMilliseconds { get; } = [100, 500, 2_000, 5_000];

    internal TimeSpan[] RetryIntervals =>
    [
        .. (RetryIntervalsMilliseconds.Count > 0 ? RetryIntervalsMilliseconds : DefaultRetryIntervalsMilliseconds)
            .Select(wait => TimeSpan.FromMilliseconds(wait)),
    ];
}

/// <summary>Section <c>Bus:RabbitMq</c>.</summary>
public sealed record RabbitMqOptions
{
    /// <summary>Host name; default <c>localhost</c>.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>TCP port; default 5672.</summary>
    [Range(1, 65_535)]
    public ushort Port { get; init; } = 5672;

    /// <summary>The service's own broker user; default <c>guest</c>.</summary>
    public string User { get; init; } = "guest";

    /// <summary>Default <c>guest</c>, which a broker takes from loopback alone.</summary>
    public string Password { get; init; } = "guest";

    /// <summary>Default <c>/</c>.</summary>
    public string VirtualHost { get; init; } = "/";
}
