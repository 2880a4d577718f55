using Marketplace.Client.Billing;
using Marketplace.CommandLine.Login;
using Marketplace.TestKit;

namespace Marketplace.CommandLine.Tests.Ledger;

/// <summary><c>ledger verify</c> against books that are scripted.</summary>
[Collection(ScriptedMarketplace.OnePassword)]
public sealed class LedgerVerifyTests : IAsyncLifetime
{
    private readonly JournalBench _bench = new();
    private readonly Terminal _terminal = new();
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;
    private ScriptedMarketplace _marketplace = null!;

    private string KeptPath => Path.Combine(_directory, "kept.json");

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable(LoginOptions.PasswordVariable, ScriptedMarketplace.Password);
        _marketplace = await ScriptedMarketplace.StartAsync();
        (_marketplace.Journal, _marketplace.Balances) = (_bench.Seal(), _bench.Balances());
    }

    [Fact]
    public async Task Honest_books_hold_and_their_last_block_is_kept()
    {
        (await VerifyAsync("--key", KeyFile(), "--keep", KeptPath)).ShouldBe(ExitCodes.Held);
        _terminal.Output.ShouldContain("6 entries in 3 blocks, 3 accounts");
        _bench.Entries.Add(JournalBench.Entry(7, 700));
        (_marketplace.Journal, _marketplace.Balances) = (_bench.Seal(), _bench.Balances());
        (await VerifyAsync("--key", KeyFile(), "--keep", KeptPath)).ShouldBe(ExitCodes.Held);
        _terminal.Output.ShouldContain("kept       block 4");
    }

    [Fact]
    public async Task Without_a_key_the_doubt_is_said()
    {
        (await VerifyAsync()).ShouldBe(ExitCodes.HeldUnderUnknownKey);
        _terminal.Output.ShouldContain("the signatures were not checked");
    }

    [Fact]
    public async Task Books_that_were_written_anew_are_found_and_what_was_kept_stays()
    {
        await VerifyAsync("--key", KeyFile(), "--keep", KeptPath);
        var kept = await File.ReadAllTextAsync(KeptPath, TestContext.Current.CancellationToken);
        _bench.Entries[0] = JournalBench.Entry(1, 99);
        (_marketplace.Journal, _marketplace.Balances) = (_bench.Seal(), _bench.Balances());

        (await VerifyAsync("--key", KeyFile(), "--keep", KeptPath)).ShouldBe(ExitCodes.Failed);

        _terminal.Output.ShouldContain("history was written anew");
        (await File.ReadAllTextAsync(KeptPath, TestContext.Current.CancellationToken)).ShouldBe(kept);
    }

    [Fact]
    public async Task A_changed_entry_a_wrong_balance_and_a_wrong_key_are_each_said()
    {
        var lines = _bench.Seal();
        lines[0] = new JournalLine(JournalBench.Entry(1, 99), null);
        _marketplace.Journal = lines;
        (await VerifyAsync("--key", KeyFile())).ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("Block 1: its entries are not those that were sealed");
        _terminal.Output.ShouldContain("the books say 0.000021 USD");

        using var stranger = new JournalBench();
        _marketplace.Journal = stranger.Seal();
        (await VerifyAsync("--key", KeyFile())).ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("is not signed by the key that was given");
    }

    [Fact]
    public async Task A_file_that_holds_no_block_is_said_in_a_sentence()
    {
        await File.WriteAllTextAsync(KeptPath, "no block", TestContext.Current.CancellationToken);
        (await VerifyAsync("--keep", KeptPath)).ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldNotContain(" at Marketplace.");
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(LoginOptions.PasswordVariable, null);
        await _marketplace.DisposeAsync();
        _bench.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private Task<int> VerifyAsync(params string[] more) => _terminal.RunAsync(
        ["ledger", "verify", "--at", $"{_marketplace.Address}", "--user", ScriptedMarketplace.User, .. more]);

    private string KeyFile()
    {
        var path = Path.Combine(_directory, "billing.public.pem");
        File.WriteAllText(path, _bench.Key.ExportSubjectPublicKeyInfoPem());
        return path;
    }
}
