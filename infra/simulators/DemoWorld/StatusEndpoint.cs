using System.Globalization;
using System.Net;
using System.Text.Json;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.DemoWorld;

/// <summary>What pools and farm counted, as one JSON document on loopback.</summary>
internal sealed class StatusEndpoint : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly HttpListener _listener = new();
    private readonly IReadOnlyList<SimulatedPool> _pools;
    private readonly SimulatedFarm _farm;
    private Task _serving = Task.CompletedTask;

    private StatusEndpoint(int port, IReadOnlyList<SimulatedPool> pools, SimulatedFarm farm)
    {
        (_pools, _farm) = (pools, farm);
        _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://{IPAddress.Loopback}:{port}/"));
    }

    /// <exception cref="HttpListenerException">The port is taken.</exception>
    public static StatusEndpoint Start(int port, IReadOnlyList<SimulatedPool> pools, SimulatedFarm farm)
    {
        var endpoint = new StatusEndpoint(port, pools, farm);
        endpoint._listener.Start();
        endpoint._serving = endpoint.ServeAsync();
        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                await AnswerAsync(context);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException
                or InvalidOperationException or IOException)
            {
                continue;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var response = context.Response;
        if (context.Request.HttpMethod != HttpMethod.Get.Method)
        {
            response.StatusCode = (int)HttpStatusCode.MethodNotAllowed;
            return;
        }

        response.ContentType = "application/json";
        var counters = new { Pools = _pools.Select(pool => pool.Counters()), Workers = _farm.Counters() };
        await JsonSerializer.SerializeAsync(response.OutputStream, counters, Json);
    }
}
