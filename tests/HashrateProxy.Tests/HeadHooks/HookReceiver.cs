using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.HeadHooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Tests.HeadHooks;

/// <summary>A party's own web server, which may be unwell.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private HookReceiver(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/heads";

    /// <summary>What it answers with from now on.</summary>
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.NoContent;

    /// <summary>Where to it sends whoever comes, with a status that says so.</summary>
    public string? Location { get; set; }

    /// <summary>Every delivery that came, whatever was answered.</summary>
    public IReadOnlyList<Received> All => [.. _received];

    /// <summary>The heads of those that were taken, in the order in which they came.</summary>
    public IReadOnlyList<ContractHead> Taken =>
        [.. _received.Where(one => one.IsTaken).SelectMany(one => one.Delivery.Contracts).SelectMany(one => one.Heads)];

    public static async Task<HookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        var app = builder.Build();
        var receiver = new HookReceiver(app);
        app.Map("/{**path}", receiver.ReceiveAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _received.Enqueue(new Received(
            http.Request.Path,
            body.ToArray(),
            http.Request.Headers[HookSignature.IdHeader].ToString(),
            http.Request.Headers[HookSignature.TimestampHeader].ToString(),
            http.Request.Headers[HookSignature.SignatureHeader].ToString(),
            Answer == HttpStatusCode.NoContent));
        http.Response.StatusCode = (int)Answer;
        http.Response.Headers.Location = Location;
    }

    internal sealed record Received(
        string Path, byte[] Body, string Id, string Timestamp, string Signature, bool IsTaken)
    {
        public HeadDelivery Delivery => JsonSerializer.Deserialize<HeadDelivery>(Body, ApiChannel.Json)!;
    }
}
