using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Marketplace.Client.Identity;
using Marketplace.Client.Ordering;
using Marketplace.Client.Sessions;

namespace Marketplace.Simulators.MainLine;

/// <summary>Somebody with a session and a client for every service.</summary>
public sealed class Person : IDisposable
{
    private const string EmailTaken = "email-taken";

    private readonly MarketplaceSession _session;

    public Person(MarketplaceAddress address, TimeProvider time)
    {
        _session = new MarketplaceSession(address, time);
        Catalog = new CatalogClient(_session.ChannelTo("catalog"));
        Ordering = new OrderingClient(_session.ChannelTo("ordering"));
        Billing = new BillingClient(_session.ChannelTo("billing"));
        Proxy = new ProxyClient(_session.ChannelTo("proxy"));
    }

    public CatalogClient Catalog { get; }

    public OrderingClient Ordering { get; }

    public BillingClient Billing { get; }

    public ProxyClient Proxy { get; }

    /// <exception cref="ApiProblemException"><c>sign-in-refused</c></exception>
    public Task<SessionInfo> SignInAsync(Credentials credentials, CancellationToken cancellationToken) =>
        _session.SignInAsync(credentials.Email, credentials.Password, cancellationToken);

    /// <summary>Opens the account the first time and signs in every other time.</summary>
    public async Task<SessionInfo> ArriveAsync(
        Credentials credentials, string organisationName, string role, CancellationToken cancellationToken)
    {
        try
        {
            var account = new RegisterAccount(
                credentials.Email, credentials.Password, organisationName, CountryCode: "DE", role);
            return await _session.RegisterAsync(account, cancellationToken);
        }
        catch (ApiProblemException problem) when (problem.Code == EmailTaken)
        {
            return await SignInAsync(credentials, cancellationToken);
        }
    }

    public void Dispose() => _session.Dispose();
}
