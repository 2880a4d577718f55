using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.Client.HashrateProxy;
using Marketplace.Client.Identity;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Marketplace.CommandLine.Tests;

/// <summary>What a marketplace answers over HTTP, as far as the verbs ask; it may tell two histories.</summary>
internal sealed class ScriptedMarketplace : IAsyncDisposable
{
    public const string User = "renter@demo.example";
    public const string Password = "correct horse";

    /// <summary>Tests that put a password into this process's environment take turns.</summary>
    public const string OnePassword = "one password";

    private readonly WebApplication _app;
    private readonly Channel<SignedHead[]> _news = Channel.CreateUnbounded<SignedHead[]>();

    private ScriptedMarketplace(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Heads that the list shows, in its order; replaced as a whole.</summary>
    public IReadOnlyList<SignedHead> Listed { get; set; } = [];

    /// <summary>Heads of a page of the list.</summary>
    public int PageSize { get; init; } = 2;

    public byte[] Certificate { get; set; } = [];

    /// <summary>The books' lines, each block behind its entries.</summary>
    public IReadOnlyList<JournalLine> Journal { get; set; } = [];

    public JournalBalances? Balances { get; set; }

    public int SignIns { get; private set; }

    /// <summary>The next request is answered as by a marketplace that restarts.</summary>
    public bool IsAwayOnce { get; set; }

    public List<DateTimeOffset?> AskedAfter { get; } = [];

    public static async Task<ScriptedMarketplace> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        var app = builder.Build();
        var marketplace = new ScriptedMarketplace(app);
        marketplace.Map(app);
        await app.StartAsync();
        return marketplace;
    }

    /// <summary>Streams that were opened.</summary>
    public int Follows { get; private set; }

    /// <summary>Told on the stream that is open, which then ends, or on the next.</summary>
    public void Push(params SignedHead[] heads) => _news.Writer.TryWrite(heads);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map(WebApplication app)
    {
        app.MapPost("/api/identity/session", (SignIn signIn, HttpContext http) =>
        {
            SignIns++;
            http.Response.Cookies.Append("session", "1");
            return signIn == new SignIn(User, Password)
                ? Results.Ok(new SessionInfo(default, User, default, "Renter", ["renter"]))
                : Results.Json(
                    new { code = "sign-in-refused", detail = "Not with this password." },
                    statusCode: StatusCodes.Status401Unauthorized);
        });
        app.MapPost("/api/identity/tokens", (HttpContext http) => http.Request.Cookies.ContainsKey("session")
            ? Results.Ok(new AccessToken("token", TimeProvider.System.GetUtcNow().AddMinutes(5)))
            : Results.Unauthorized());
        app.MapGet("/api/proxy/contracts/{id}/heads", (DateTimeOffset? after) =>
        {
            AskedAfter.Add(after);
            if (IsAwayOnce)
            {
                IsAwayOnce = false;
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }

            var page = Listed.Where(head => after is null || head.ToHead().MinuteAt > after).Take(PageSize);
            return Results.Ok(new ContractHeads([.. page.Select(ViewOf)]));
        });
        app.MapGet(
            "/api/proxy/contracts/{id}/heads/events",
            (CancellationToken cancelled) => Results.ServerSentEvents(NewsAsync(cancelled)));
        app.MapGet("/api/proxy/contracts/{id}/certificate", () => Results.Bytes(Certificate));
        app.MapGet("/api/billing/ledger/journal", () => Results.Text(
            string.Concat(Journal.Select(line => JsonSerializer.Serialize(line, ApiChannel.Json) + "\n"))));
        app.MapGet("/api/billing/ledger/journal/balances", () => Results.Json(Balances, ApiChannel.Json));
    }

    private async IAsyncEnumerable<SseItem<ContractHeads?>> NewsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Follows++;
        yield return new SseItem<ContractHeads?>(null, "heartbeat");
        var heads = await _news.Reader.ReadAsync(cancellationToken);
        yield return new SseItem<ContractHeads?>(new ContractHeads([.. heads.Select(ViewOf)]), "live");
    }

    private static ContractHead ViewOf(SignedHead signed)
    {
        var head = signed.ToHead();
        return new ContractHead(
            head.NodeName, head.Index, head.MinuteAt, head.LeafCount, Convert.ToHexStringLower(head.Root),
            head.Verdicts[ShareVerdict.Accepted].Work, head.ClosedAt, head.IsLast, signed.ToText());
    }
}
