using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketplace.Ordering.Tests.Support;

/// <summary>Ordering as it runs, on a port of its own, with the rest of the marketplace doubled.</summary>
public sealed class OrderingHost : IAsyncLifetime
{
    private readonly string _keys = Directory.CreateTempSubdirectory("ordering-keys-").FullName;
    private readonly PostgresFixture _postgres = new();
    private WebApplication _app = null!;

    internal ShiftedTimeProvider Time { get; } = new();

    internal ProxyDouble Proxy { get; } = new();

    internal Heard Heard => _app.Services.GetRequiredService<Heard>();

    internal DateTimeOffset Now => Time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        await KeyFiles.EnsureAsync(_keys, ["identity", "ordering", "proxy", KeyFiles.SecretsKeyName]);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:ordering"] = await _postgres.CreateDatabaseAsync(),
            ["ConnectionStrings:billing"] = await _postgres.CreateDatabaseAsync(),
            ["Keys:Directory"] = _keys,
            ["Bus:Transport"] = "InMemory",
            ["Bus:RetryIntervalsMilliseconds:0"] = "10",
            ["Ordering:PoolCheckTimeoutSeconds"] = "4",
            ["Ordering:LapseCheckMilliseconds"] = "50",
        });
        builder.AddMarketplace(new OrderingModule(), Proxy, new BillingDouble());
        _app = builder.Build();
        _app.UseMarketplace();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
    }

    /// <summary>Speaks HTTP as a person of an organisation with a fresh token each time; null is nobody.</summary>
    internal HttpClient HttpAs(OrganisationId? organisation, params string[] roles)
    {
        var handler = new PersonHandler(_app.Services.GetRequiredService<TokenIssuer>(), Time, organisation, roles)
        {
            InnerHandler = new SocketsHttpHandler(),
        };
        return new HttpClient(handler) { BaseAddress = new Uri(_app.Urls.Single() + "/") };
    }

    internal async Task PublishAsync<TMessage>(TMessage message)
        where TMessage : class
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BillingDoubleDbContext>();
        db.Publish(message);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    internal async Task<TResult> ReadAsync<TResult>(Func<OrderingDbContext, Task<TResult>> read)
    {
        var contexts = _app.Services.GetRequiredService<IDbContextFactory<OrderingDbContext>>();
        await using var db = await contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await read(db);
    }

    internal string Open(string sealedText) => _app.Services.GetRequiredService<SecretOpener>().Open(sealedText);

    private sealed class PersonHandler(
        TokenIssuer tokens, TimeProvider time, OrganisationId? organisation, string[] roles) : DelegatingHandler
    {
        private readonly AccountId _account = TypedId.New<AccountId>(time);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (organisation is { } own)
            {
                var token = tokens.IssueForUser(new UserGrant(_account, own, roles, [], time.GetUtcNow()));
                request.Headers.Authorization = new("Bearer", token.Text);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
