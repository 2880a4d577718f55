using System.Net;
using System.Net.Sockets;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.Client.HashrateProxy;
using Marketplace.Client.Sessions;

namespace Marketplace.CommandLine.Login;

/// <summary>One person at one marketplace; signs in again when a session has ended meanwhile.</summary>
internal sealed class MarketplaceLogin : IDisposable
{
    private readonly string _user;
    private readonly string _password;
    private readonly MarketplaceSession _session;

    public MarketplaceLogin(Uri at, string user, string password, TimeProvider time)
    {
        (_user, _password) = (user, password);
        _session = new MarketplaceSession(MarketplaceAddress.At(at), time);
        Proxy = new ProxyClient(_session.ChannelTo("proxy"));
        Billing = new BillingClient(_session.ChannelTo("billing"));
    }

    /// <summary>What the proxy shows this person, once signed in.</summary>
    public ProxyClient Proxy { get; }

    public BillingClient Billing { get; }

    public Task SignInAsync(CancellationToken cancellationToken) =>
        _session.SignInAsync(_user, _password, cancellationToken);

    /// <summary>The session ended, and the password is still right as far as anybody knows.</summary>
    public static bool IsSignedOut(Exception failure) =>
        failure is ApiProblemException { Status: HttpStatusCode.Unauthorized, Code: not "sign-in-refused" };

    /// <summary>It may work in a while: the line was cut, or the marketplace is not itself.</summary>
    public static bool IsPassing(Exception failure) => failure
        is HttpRequestException or HttpIOException or IOException { InnerException: SocketException }
        or TimeoutException or TaskCanceledException
        or ApiProblemException { Status: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests };

    public void Dispose() => _session.Dispose();
}
