using Marketplace.ServiceDefaults;

namespace Marketplace.Standalone;

/// <summary>Every service of the marketplace.</summary>
internal static class Modules
{
    public static IServiceModule[] All { get; } = [];
}
