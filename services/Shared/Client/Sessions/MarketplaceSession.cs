using Marketplace.Client.Identity;

namespace Marketplace.Client.Sessions;

/// <summary>
/// One person's session: signs in with a cookie, and gives every other client a channel whose requests carry a token
/// that
/// is fresh. Safe for use from several threads after signing in.
/// </summary>
public sealed class MarketplaceSession : IDisposable
{
    private const int RequestTimeoutSeconds = 30;

    private readonly MarketplaceAddress _address;
    private readonly HttpClient _identityHttp;
    private readonly SocketsHttpHandler _withCookies = new() { AllowAutoRedirect = false };
    private readonly SocketsHttpHandler _withoutCookies = new() { AllowAutoRedirect = false, UseCookies = false };
    private readonly FreshToken _token;
    private readonly List<HttpClient> _channels = [];

    /// <param name="time">Decides when a token is renewed.</param>
    public MarketplaceSession(MarketplaceAddress address, TimeProvider time)
    {
        _address = address;
        _identityHttp = Http(_withCookies, "identity");
        Identity = new IdentityClient(new ApiChannel(_identityHttp));
        _token = new FreshToken(Identity, time);
    }

    /// <summary>With the session's cookie.</summary>
    public IdentityClient Identity { get; }

    /// <inheritdoc cref="IdentityClient.SignInAsync"/>
    public async Task<SessionInfo> SignInAsync(string email, string password, CancellationToken cancellationToken)
    {
        _token.Forget();
        return await Identity.SignInAsync(new SignIn(email, password), cancellationToken);
    }

    /// <inheritdoc cref="IdentityClient.RegisterAsync"/>
    public async Task<SessionInfo> RegisterAsync(RegisterAccount account, CancellationToken cancellationToken)
    {
        _token.Forget();
        return await Identity.RegisterAsync(account, cancellationToken);
    }

    /// <inheritdoc cref="IdentityClient.SignOutAsync"/>
    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        _token.Forget();
        await Identity.SignOutAsync(cancellationToken);
    }

    /// <summary>
    /// A channel to a service in this person's name: <c>new CatalogClient(session.ChannelTo("catalog"))</c>.
    /// </summary>
    public ApiChannel ChannelTo(string service)
    {
        var http = Http(new BearerTokenHandler(_token, _withoutCookies), service);
        lock (_channels)
        {
            _channels.Add(http);
        }

        return new ApiChannel(http);
    }

    public void Dispose()
    {
        foreach (var http in _channels)
        {
            http.Dispose();
        }

        _identityHttp.Dispose();
        _withCookies.Dispose();
        _withoutCookies.Dispose();
        _token.Dispose();
    }

    private HttpClient Http(HttpMessageHandler handler, string service) => new(handler, disposeHandler: false)
    {
        BaseAddress = _address.Of(service),
        Timeout = TimeSpan.FromSeconds(RequestTimeoutSeconds),
    };
}
