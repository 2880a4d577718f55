using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Marketplace.Client.Sessions;
using Marketplace.Identity.Database;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketplace.Identity.Tests;

/// <summary>
/// Identity in this process beside a double of billing, on HTTP and HTTPS, at a time that stands still.
/// </summary>
public class IdentityWorld : IAsyncLifetime
{
    public const string StaffPassword = "numbers that add up";
    private static readonly string[] KeyNames = ["identity", "billing", KeyFiles.SecretsKeyName];
    private readonly PostgresFixture _postgres = new();
    private readonly string _keys = Directory.CreateTempSubdirectory("marketplace-keys-").FullName;
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly List<IDisposable> _toDispose = [];
    private WebApplication? _app;

    public Dictionary<string, string?> Settings { get; } = new()
    {
        ["Identity:SignInsPerMinute"] = "10000",
        ["Identity:RegistrationsPerMinute"] = "10000",
        ["Identity:Staff:0:Email"] = "finance@marketplace.example",
        ["Identity:Staff:0:Password"] = StaffPassword,
        ["Identity:Staff:0:Role"] = "finance",
        ["Identity:Staff:1:Email"] = "operator@marketplace.example",
        ["Identity:Staff:1:Password"] = StaffPassword,
        ["Identity:Staff:1:Role"] = "operator",
    };

    public ManualTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public IServiceProvider Services => _app!.Services;

    public Uri Http => UrlOf("http");

    public Uri Https => UrlOf("https");

    internal HeardOrganisations Heard => Services.GetRequiredService<HeardOrganisations>();

    public async ValueTask InitializeAsync()
    {
        await KeyFiles.EnsureAsync(_keys, KeyNames);
        Settings["ConnectionStrings:identity"] = await _postgres.CreateDatabaseAsync();
        Settings["ConnectionStrings:billing"] = await _postgres.CreateDatabaseAsync();
        Settings["Keys:Directory"] = _keys;
        await StartAsync();
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = _certificate,
            }));
        });
        builder.AddMarketplace(new IdentityModule(), new BillingDouble());
        _app = builder.Build();
        _app.UseMarketplace();
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }

    /// <summary>A browser's or program's session, nobody signed in.</summary>
    public MarketplaceSession NewSession()
    {
        var session = new MarketplaceSession(MarketplaceAddress.At(Http), Time);
        _toDispose.Add(session);
        return session;
    }

    /// <summary>Bare HTTP: no cookies are kept, any certificate will do.</summary>
    public HttpClient NewHttp(Uri address)
    {
#pragma warning disable CA5400 // The certificate was made by this test.
        var http = new HttpClient(new HttpClientHandler
        {
            UseCookies = false,
            ServerCertificateCustomValidationCallback = (_, _, _, _) => true,
        })
#pragma warning restore CA5400
        {
            BaseAddress = address,
        };
        _toDispose.Add(http);
        return http;
    }

    public static string FreshEmail() => $"person-{Guid.CreateVersion7():N}@example.com";

    public static RegisterAccount Registration(string? email = null) =>
        new(email ?? FreshEmail(), "correct horse battery", "Example Mining", "de", "renter");

    internal async Task<T> InDatabaseAsync<T>(Func<AccountDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<AccountDbContext>());
    }

    public async ValueTask DisposeAsync()
    {
        _toDispose.ForEach(one => one.Dispose());
        await StopAsync();
        await _postgres.DisposeAsync();
        _certificate.Dispose();
        Directory.Delete(_keys, recursive: true);
        GC.SuppressFinalize(this);
    }

    private Uri UrlOf(string scheme) =>
        new(_app!.Urls.First(url => url.StartsWith(scheme + "://", StringComparison.Ordinal)));

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }
}
