namespace Marketplace.Messages;

/// <summary>
/// A snapshot of an aggregate. Per message type and aggregate, versions are 1, 2, 3, ... without gaps; a consumer that
/// sees a gap parks the later one.
/// </summary>
public interface IVersioned
{
    Guid AggregateId { get; }

    long Version { get; }
}
