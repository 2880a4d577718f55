using Marketplace.Messages.Billing;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Messages.Identity;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.ServiceDefaults.Bus;

/// <summary>
/// Which services hear which message. Every process declares all of these queues before it publishes, so that a
/// message never passes a service that has not been started yet.
/// </summary>
public static class MessageRoutes
{
    private static readonly Dictionary<Type, string[]> Services = new()
    {
        [typeof(OrganisationChanged)] = ["billing"],
        [typeof(RigChanged)] = ["proxy"],
        [typeof(ListingChanged)] = ["ordering"],
        [typeof(OrderPlaced)] = ["billing"],
        [typeof(OrderPaid)] = ["ordering"],
        [typeof(ContractChanged)] = ["proxy", "billing"],
        [typeof(ContractStarted)] = ["ordering"],
        [typeof(RigMeasured)] = ["catalog"],
        [typeof(MeterReadingSealed)] = ["billing"],
        [typeof(ContractNodeClosed)] = ["billing", "ordering"],
        [typeof(MeterReadingsAcknowledged)] = ["proxy"],
        [typeof(MeterReadingsRequested)] = ["proxy"],
        [typeof(ContractSettled)] = ["ordering"],
    };

    /// <summary>The services that consume a message, by its type.</summary>
    public static IReadOnlyDictionary<Type, string[]> All => Services;

    /// <summary>
    /// A consumer of the marketplace's own messages that is not listed would miss what is published before it starts.
    /// </summary>
    internal static void RequireListed(ConsumerRegistration consumer)
    {
        var isOwn = consumer.MessageType.Assembly == typeof(OrderPlaced).Assembly;
        if (isOwn && !Services.GetValueOrDefault(consumer.MessageType, []).Contains(consumer.Service))
        {
            throw new InvalidOperationException(
                $"{nameof(MessageRoutes)} does not say that '{consumer.Service}' hears {consumer.MessageType.Name}.");
        }
    }
}
