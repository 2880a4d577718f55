using System.Net.Http.Headers;
using Marketplace.Billing.Payments;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Messaging;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Marketplace.Billing.Tests.Service;

/// <summary>Billing alone in this process, spoken to over HTTP and by messages of the services around it.</summary>
public sealed class BillingWorld : IAsyncLifetime
{
    private const int AccrualIntervalSeconds = 3_600;
    public const string Node = "node-1";
    public const string OtherNode = "node-2";

    private static readonly string[] Issuers = ["identity", "billing", "proxy", $"proxy.{Node}", $"proxy.{OtherNode}"];
    private readonly PostgresFixture _postgres = new();
    private readonly string _keys = Directory.CreateTempSubdirectory("marketplace-keys-").FullName;
    private readonly Dictionary<string, string?> _settings = [];
    private readonly Dictionary<string, long> _sequences = [];
    private WebApplication? _app;

    public ManualTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Where every block of the journal is written.</summary>
    public string HeadFile => Path.Combine(_keys, "journal.heads");

    public IServiceProvider Services => _app!.Services;

    internal FlakyProvider Provider => (FlakyProvider)Services.GetRequiredService<IPaymentProvider>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await KeyFiles.EnsureAsync(_keys, Issuers);
        _settings["ConnectionStrings:billing"] = await _postgres.CreateDatabaseAsync();
        _settings["Keys:Directory"] = _keys;
        _settings["Payments:Sandbox"] = "true";
        _settings["Settlement:AccrualIntervalSeconds"] = $"{AccrualIntervalSeconds}";
        _settings["Settlement:PollIntervalMilliseconds"] = "20";
        _settings["Journal:SealIntervalMilliseconds"] = "20";
        _settings["Journal:HeadFile"] = HeadFile;
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddMarketplace(new BillingModule());
        builder.Services.AddSingleton<SandboxPaymentProvider>();
        builder.Services.AddSingleton<IPaymentProvider, FlakyProvider>();
        _app = builder.Build();
        _app.UseMarketplace();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
    }

    public Task<string> CreateDatabaseAsync() => _postgres.CreateDatabaseAsync(Cancellation);

    public BillingClient ClientOf(OrganisationId organisation, params string[] roles)
    {
        var token = Services.GetRequiredService<TokenIssuer>().IssueForUser(new UserGrant(
            TypedId.New<AccountId>(Time), organisation, roles, [], Time.GetUtcNow()));
        var http = new HttpClient { BaseAddress = new Uri(_app!.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        return new BillingClient(new ApiChannel(http));
    }

    public BillingClient Finance() => ClientOf(TypedId.New<OrganisationId>(Time), Policies.Finance);

    public Task DeliverAsync<TMessage>(TMessage message)
        where TMessage : class =>
        Services.GetRequiredService<MessageDelivery>()
            .DeliverAsync("billing", Guid.CreateVersion7(), message, Cancellation);

    /// <summary>
    /// 100.00 for ten hours of 1 GH/s unless said otherwise; renter fee 4 %, seller fee 2 %, VAT 20 %.
    /// </summary>
    public async Task<TestContract> PlaceAsync()
    {
        var contract = TestContract.New(Time);
        await DeliverAsync(contract.ToOrderPlaced(Time.GetUtcNow()));
        return contract;
    }

    public async Task<TestContract> PayAsync()
    {
        var contract = await PlaceAsync();
        await ClientOf(contract.Renter, Policies.Renter)
            .PayInSandboxAsync(contract.Order, new PayInSandbox("4242424242424242"), Cancellation);
        return contract;
    }

    public async Task<TestContract> StartAsync()
    {
        var contract = await PayAsync();
        contract.StartAt = Time.GetUtcNow();
        await DeliverAsync(contract.ToContractChanged(contract.StartAt.AddHours(10)));
        return contract;
    }

    /// <summary>One reading at a minute of the contract, however much work it proves.</summary>
    public Task MeterAsync(TestContract contract, int minute, UInt128 hashes) =>
        DeliverAsync(Sealed(contract, minute, hashes));

    public MeterReadingSealed Sealed(
        TestContract contract, int minute, UInt128 hashes, string node = Node, int revision = 0)
    {
        var sequence = _sequences[node] = _sequences.GetValueOrDefault(node) + 1;
        return Sign(contract.Reading(node, sequence, minute, hashes, revision));
    }

    public MeterReadingSealed Sign(MeterReading reading, string? envelopeNode = null, string? signer = null)
    {
        var payload = reading.ToPayload();
        var signature = Services.GetRequiredService<PayloadSigner>()
            .Sign(signer ?? $"proxy.{reading.NodeName}", payload);
        return new MeterReadingSealed(envelopeNode ?? reading.NodeName, reading.Sequence, payload, signature);
    }

    public async Task CloseNodesAsync(TestContract contract, long lastSequence = -1)
    {
        var last = lastSequence < 0 ? _sequences.GetValueOrDefault(Node) : lastSequence;
        await DeliverAsync(new ContractNodeClosed(contract.Contract.Value, Node, last, Time.GetUtcNow()));
        await DeliverAsync(new ContractNodeClosed(contract.Contract.Value, OtherNode, 0, Time.GetUtcNow()));
    }

    internal async Task<T> InDatabaseAsync<T>(Func<BillingDbContext, Task<T>> read)
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<BillingDbContext>>()
            .CreateDbContextAsync(Cancellation);
        return await read(context);
    }

    public Task<List<TMessage>> PublishedAsync<TMessage>()
        where TMessage : class => InDatabaseAsync(async context =>
        (await context.Set<OutboxMessage>().AsNoTracking()
            .Where(message => message.MessageType == typeof(TMessage).FullName)
            .OrderBy(message => message.Sequence)
            .ToListAsync(Cancellation)).ConvertAll(message => message.Read<TMessage>()));

    public Task SettledAsync(TestContract contract) => Eventually.TrueAsync(
        async () => (await PublishedAsync<Messages.Billing.ContractSettled>())
            .Any(settled => settled.ContractId == contract.Contract.Value));

    public Task RefundedAsync(TestContract contract) => Eventually.TrueAsync(() => InDatabaseAsync(context =>
        context.Refunds.AnyAsync(
            refund => refund.ContractId == contract.Contract && refund.ReturnedAt != null, Cancellation)));

    public async Task<IReadOnlyList<LedgerEntry>> EntriesOfAsync(TestContract contract) =>
        (await Finance().GetLedgerEntriesAsync(contract.Contract, null, 200, Cancellation)).Items;
}
