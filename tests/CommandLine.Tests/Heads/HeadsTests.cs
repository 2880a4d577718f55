using Marketplace.CommandLine.Login;
using Marketplace.Stratum.Proof;
using Marketplace.TestKit;

namespace Marketplace.CommandLine.Tests.Heads;

/// <summary>The verbs that talk to a marketplace, against one that is scripted.</summary>
[Collection(ScriptedMarketplace.OnePassword)]
public sealed class HeadsTests : IAsyncLifetime
{
    private readonly HistoryBench _bench = new();
    private readonly Terminal _terminal = new();
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;
    private ScriptedMarketplace _marketplace = null!;

    private string KeptPath => Path.Combine(_directory, $"{_bench.ContractId}.heads");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable(LoginOptions.PasswordVariable, ScriptedMarketplace.Password);
        _marketplace = await ScriptedMarketplace.StartAsync();
    }

    [Fact]
    public async Task Heads_are_kept_until_the_contract_is_closed_and_verify_finds_them_all()
    {
        var heads = _bench.Seal();
        _marketplace.Listed = heads[..1];
        _marketplace.Push(heads[1]);
        _marketplace.Push(heads[2]);

        (await HeadsAsync("--key", KeyFile())).ShouldBe(ExitCodes.Held);

        (await File.ReadAllLinesAsync(KeptPath, Cancelled)).ShouldBe(heads.Select(head => head.ToText()));
        _marketplace.Certificate = await _bench.WriteAsync(heads);
        (await RunAsync("certificate", "--to", _directory)).ShouldBe(ExitCodes.Held);
        var certificate = Directory.GetFiles(_directory, "*.hashcert").ShouldHaveSingleItem();
        (await _terminal.RunAsync("verify", certificate, "--heads", _directory, "--key", KeyFile()))
            .ShouldBe(ExitCodes.Held);
        _terminal.Output.ShouldContain("3, of which 3 equal");
    }

    [Fact]
    public async Task What_was_closed_meanwhile_is_asked_for_and_what_was_kept_is_not_written_again()
    {
        var heads = _bench.Seal();
        _marketplace.Listed = heads[..1];
        (await HeadsAsync("--once", "--key", KeyFile())).ShouldBe(ExitCodes.Held);

        // The event tells of the last head while the list does not yet show the one before it.
        _marketplace.Push(heads[2]);
        _marketplace.IsAwayOnce = true;
        var running = HeadsAsync("--key", KeyFile());
        await Eventually.TrueAsync(() => _marketplace.AskedAfter.Count > 4);
        _marketplace.Listed = heads;
        _marketplace.Push(heads[2]);

        (await running).ShouldBe(ExitCodes.Held);
        (await File.ReadAllLinesAsync(KeptPath, Cancelled)).ShouldBe(heads.Select(head => head.ToText()));
        _terminal.Output.ShouldContain("waiting");
    }

    [Fact]
    public async Task A_node_that_tells_an_hour_late_is_asked_from_where_it_stopped()
    {
        var (heads, others) = (_bench.Seal(), OtherNode(TimeSpan.FromHours(-1)));
        _marketplace.Listed = [others[0], .. heads];
        (await HeadsAsync("--once")).ShouldBe(ExitCodes.HeldUnderUnknownKey);

        var running = HeadsAsync();
        await Eventually.TrueAsync(() => _marketplace.Follows > 0);
        _marketplace.Listed = [.. others, .. heads];
        _marketplace.Push(others[2]);

        (await running).ShouldBe(ExitCodes.HeldUnderUnknownKey);
        (await File.ReadAllLinesAsync(KeptPath, Cancelled)).ShouldBe(
            heads.Concat(others).Select(head => head.ToText()), ignoreOrder: true);
    }

    [Fact]
    public async Task A_second_history_ends_it_loudly_and_is_kept_beside_the_first()
    {
        var heads = _bench.Seal();
        _marketplace.Listed = heads[..2];
        (await HeadsAsync("--once")).ShouldBe(ExitCodes.HeldUnderUnknownKey);
        _bench.Records[1].RemoveAt(_bench.AcceptedAt(1)[0]);
        var forked = _bench.Seal();
        _marketplace.Listed = forked;

        (await HeadsAsync("--key", KeyFile())).ShouldBe(ExitCodes.Failed);

        _terminal.Output.ShouldContain("WRONG");
        _terminal.Output.ShouldContain("is not the head that was kept");
        (await File.ReadAllLinesAsync(KeptPath, Cancelled)).ShouldBe(heads[..2].Select(head => head.ToText()));
        var evidence = Path.ChangeExtension(KeptPath, ".contradiction");
        (await File.ReadAllLinesAsync(evidence, Cancelled)).ShouldBe([forked[1].ToText()]);
    }

    [Fact]
    public async Task A_minute_that_is_kept_back_and_a_key_that_was_not_given_end_it_too()
    {
        var heads = _bench.Seal();
        _marketplace.Listed = [heads[0], heads[2]];
        (await HeadsAsync()).ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("keeps back what came before it");

        using var stranger = new HistoryBench();
        _marketplace.Listed = stranger.Seal();
        File.Delete(KeptPath);
        (await HeadsAsync("--key", KeyFile())).ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("not signed by a key that was given");
    }

    [Fact]
    public async Task Whoever_ends_it_keeps_what_there_is()
    {
        var heads = _bench.Seal();
        _marketplace.Listed = heads[..2];
        using var user = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var running = _terminal.RunUntilAsync(
            Args("heads", "--keep", _directory, "--key", KeyFile()), user.Token);
        await Eventually.TrueAsync(() => _marketplace.Follows > 0);

        await user.CancelAsync();

        (await running).ShouldBe(ExitCodes.Held);
        _terminal.Output.ShouldContain("what is closed from now on is not kept");
        (await File.ReadAllLinesAsync(KeptPath, Cancelled)).ShouldBe(heads[..2].Select(head => head.ToText()));
    }

    [Fact]
    public async Task A_line_that_a_crash_cut_off_is_written_anew()
    {
        var heads = _bench.Seal();
        await File.WriteAllTextAsync(KeptPath, $"{heads[0].ToText()}\n{heads[1].ToText()[..40]}", Cancelled);
        _marketplace.Listed = heads;

        (await HeadsAsync()).ShouldBe(ExitCodes.HeldUnderUnknownKey);

        (await File.ReadAllLinesAsync(KeptPath, Cancelled)).ShouldBe(heads.Select(head => head.ToText()));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unsafe_address_are_said_in_a_sentence()
    {
        Environment.SetEnvironmentVariable(LoginOptions.PasswordVariable, "wrong");
        (await HeadsAsync()).ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("sign-in-refused");
        Environment.SetEnvironmentVariable(LoginOptions.PasswordVariable, null);
        (await HeadsAsync()).ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain(LoginOptions.PasswordVariable);

        (await _terminal.RunAsync("heads", "7", "--at", "http://198.51.100.1", "--user", "u", "--keep", _directory))
            .ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("is not an https:// address");
        _terminal.Output.ShouldContain("'7' is not the id of a contract");
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(LoginOptions.PasswordVariable, null);
        await _marketplace.DisposeAsync();
        _bench.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Another node's minutes: the same records under heads of its own.</summary>
    private List<SignedHead> OtherNode(TimeSpan later)
    {
        var others = new List<SignedHead>();
        foreach (var head in _bench.Seal().Select(head => head.ToHead()))
        {
            others.Add(_bench.Sign(head with
            {
                NodeName = "node-2",
                MinuteAt = head.MinuteAt + later,
                PreviousHead = others.Count > 0 ? others[^1].ToHead().Hash() : MinuteHead.NoHead,
            }));
        }

        return others;
    }

    private Task<int> HeadsAsync(params string[] more) => RunAsync("heads", ["--keep", _directory, .. more]);

    private Task<int> RunAsync(string verb, params string[] more) => _terminal.RunAsync(Args(verb, more));

    private string[] Args(string verb, params string[] more) =>
    [
        verb, $"{_bench.ContractId}", "--at", $"{_marketplace.Address}", "--user", ScriptedMarketplace.User, .. more,
    ];

    private string KeyFile()
    {
        var path = Path.Combine(_directory, "node.public.pem");
        File.WriteAllText(path, _bench.Key.ExportSubjectPublicKeyInfoPem());
        return path;
    }
}
