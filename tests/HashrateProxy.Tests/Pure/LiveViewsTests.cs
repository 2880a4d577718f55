using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Live;
using Marketplace.ServiceDefaults.LiveState;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>What several nodes published, as one view; and what is shown when a node falls silent.</summary>
public sealed class LiveViewsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _time = new(Now);
    private readonly ContractId _contractId;
    private readonly Published _published = new();

    public LiveViewsTests() => _contractId = TypedId.New<ContractId>(_time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<ContractLive?> ReadAsync() => new LiveViews(_published, _time).ContractAsync(_contractId, Cancel);

    private void Publish(string node, string state, string? fault, ulong tera, DateTimeOffset seenAt)
    {
        var measured = new MeasuredHashrate(Hashrate.FromTerahashes(tera), Now.AddMinutes(-1), Now);
        var window = new LiveWindow(
            1, measured, Hashrate.FromTerahashes(tera - 3), Hashrate.FromTerahashes(tera + 4), 10, measured.Hashrate);
        _published.Views[node] = JsonSerializer.Serialize(
            new ContractLive(
                _contractId, false, 2, measured, measured, [window], new ContractFlow(state, Now, fault),
                new Work(tera), new Work(2 * tera), "", 10, new Dictionary<string, long>(), 0, 0,
                new Dictionary<string, long>(), 0, null, null, null, null, seenAt),
            ApiChannel.Json);
    }

    [Fact]
    public async Task Nothing_published_is_nothing_seen() => (await ReadAsync()).ShouldBeNull();

    [Fact]
    public async Task Two_nodes_are_one_view_and_their_errors_are_independent()
    {
        Publish("node-1", "arriving", null, 100, Now);
        Publish("node-2", "arriving", null, 100, Now);
        var view = await ReadAsync();
        view!.Flow.State.ShouldBe("arriving");
        (view.ProvedWork, view.PromisedWorkSoFar).ShouldBe((new Work(200), new Work(400)));
        var window = view.Windows.Single();
        (window.Proved.Hashrate, window.PoolConfirmed, window.Shares).ShouldBe(
            (Hashrate.FromTerahashes(200), Hashrate.FromTerahashes(200), 20));
        (window.Proved.Hashrate - window.Lowest).ToString().ShouldBe("4.24 TH/s");
        (window.Highest - window.Proved.Hashrate).ToString().ShouldBe("5.65 TH/s");
    }

    [Fact]
    public async Task Work_that_stops_on_one_node_is_reduced_by_whoever_stopped_it()
    {
        Publish("node-1", "arriving", null, 100, Now);
        Publish("node-2", "stopped", "pool", 100, Now);
        (await ReadAsync())!.Flow.ShouldBe(new ContractFlow("reduced", Now, "pool"));
    }

    [Fact]
    public async Task A_node_that_falls_silent_is_told_within_seconds()
    {
        Publish("node-1", "arriving", null, 100, Now);
        _time.Advance(LiveViews.StaleAfter);
        (await ReadAsync())!.Flow.State.ShouldBe("arriving");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await ReadAsync())!.Flow.ShouldBe(new ContractFlow("stopped", Now, "marketplace"));
    }

    [Fact]
    public async Task One_silent_node_of_two_reduces_what_arrives()
    {
        Publish("node-1", "arriving", null, 100, Now);
        Publish("node-2", "arriving", null, 100, Now.AddSeconds(6));
        _time.Advance(TimeSpan.FromSeconds(6));
        var flow = (await ReadAsync())!.Flow;
        (flow.State, flow.Fault).ShouldBe(("reduced", "marketplace"));
    }

    private sealed class Published : ILiveState
    {
        public Dictionary<string, string> Views { get; } = [];

        public Task<IReadOnlyDictionary<string, string>> GetAllAsync(
            string group, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(Views);

        public Task SetAsync(
            string group, string key, string json, TimeSpan timeToLive, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<string?> GetAsync(string group, string key, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task RemoveAsync(string group, string key, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task PublishAsync(string channel, string json, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<string> SubscribeAsync(string channel, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
