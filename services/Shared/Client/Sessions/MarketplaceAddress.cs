namespace Marketplace.Client.Sessions;

/// <summary>Where the services answer: behind one front door, or each at an address of its own.</summary>
public sealed class MarketplaceAddress
{
    private readonly Uri? _frontDoor;
    private readonly IReadOnlyDictionary<string, Uri> _byService;

    private MarketplaceAddress(Uri? frontDoor, IReadOnlyDictionary<string, Uri> byService) =>
        (_frontDoor, _byService) = (frontDoor, byService);

    /// <param name="root"><c>https://marketplace.example/</c>: every service below it.</param>
    public static MarketplaceAddress At(Uri root) => new(root, new Dictionary<string, Uri>());

    /// <param name="roots">Root by service name: <c>catalog</c> to <c>http://127.0.0.1:5102/</c>.</param>
    public static MarketplaceAddress PerService(IReadOnlyDictionary<string, Uri> roots) => new(null, roots);

    /// <exception cref="ArgumentException">No address is known for the service.</exception>
    public Uri Of(string service) =>
        _frontDoor
        ?? _byService.GetValueOrDefault(service)
        ?? throw new ArgumentException($"No address is known for the service '{service}'.", nameof(service));
}
