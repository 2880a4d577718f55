using Marketplace.Messages;

namespace Marketplace.ServiceDefaults.TestHost;

/// <summary>From alpha, heard by alpha and beta.</summary>
public sealed record NumberSaid(int Number);

/// <summary>From beta, heard by alpha: a message that a message causes.</summary>
public sealed record NumberEchoed(int Number);

/// <summary>From alpha, heard by beta in the order of its versions.</summary>
public sealed record CounterMoved(Guid CounterId, string Note, long Version) : IVersioned
{
    Guid IVersioned.AggregateId => CounterId;
}
