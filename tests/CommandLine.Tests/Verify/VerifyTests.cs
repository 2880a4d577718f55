using Marketplace.Stratum.Proof;
using Marketplace.TestKit;

namespace Marketplace.CommandLine.Tests.Verify;

/// <summary>The verb as a renter uses it, with nothing but files.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly HistoryBench _bench = new();
    private readonly Terminal _terminal = new();
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task A_certificate_holds_with_its_key_and_all_its_heads()
    {
        var heads = _bench.Seal();
        var exit = await _terminal.RunAsync(
            "verify", await FileAsync(_bench, heads), "--key", KeyFile(_bench), "--heads", HeadsIn(heads),
            "--pays", HistoryBench.Payee);

        exit.ShouldBe(ExitCodes.Held);
        foreach (var shown in new[]
        {
            $"{_bench.Credited} hashes proved", "3, of which 3 equal", "95 % from", "low-difficulty",
            $"100.00 % of the work pays {HistoryBench.Payee}", "do not sign their jobs", "SIMULATED", "HOLDS",
        })
        {
            _terminal.Output.ShouldContain(shown);
        }

        _terminal.Output.ShouldNotContain("doubt");
        _terminal.Output.ShouldNotContain("WRONG");
    }

    [Fact]
    public async Task A_certificate_of_attested_work_says_whose_word_it_is_and_claims_no_hash()
    {
        using var history = new AttestedHistory();
        history.Answer(11, history.Send(10, 1), PoolAnswerKind.Accepted);
        history.Answer(13, history.Send(12, 2), PoolAnswerKind.Refused);
        var heads = history.Seal();
        var (file, key) = (Path.Combine(_directory, "attested"), Path.Combine(_directory, "attested.pem"));
        await File.WriteAllBytesAsync(file, await history.WriteAsync(heads), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            key, history.Key.ExportSubjectPublicKeyInfoPem(), TestContext.Current.CancellationToken);

        (await _terminal.RunAsync("verify", file, "--key", key, "--heads", HeadsIn(heads))).ShouldBe(ExitCodes.Held);
        foreach (var shown in new[]
        {
            "ATTESTED   by the pool", $"{AttestedHistory.ShareWork} hashes attested by the pool", "x11",
            "1 accepted, 1 refused, 0 unanswered", "HOLDS",
        })
        {
            _terminal.Output.ShouldContain(shown);
        }

        foreach (var claimed in new[] { "hashes proved", "honest hardware", "blocks " })
        {
            _terminal.Output.ShouldNotContain(claimed);
        }
    }

    [Fact]
    public async Task Without_a_key_the_verdict_and_the_exit_code_say_so()
    {
        (await _terminal.RunAsync("verify", await FileAsync(_bench, _bench.Seal())))
            .ShouldBe(ExitCodes.HeldUnderUnknownKey);
        _terminal.Output.ShouldContain("UNDER A KEY THAT NOBODY VOUCHES FOR");
        _terminal.Output.ShouldContain("no-heads-kept");
    }

    [Fact]
    public async Task A_forked_history_fails_loudly()
    {
        var kept = HeadsIn(_bench.Seal());
        _bench.Records[1].RemoveAt(_bench.AcceptedAt(1)[0]);
        var exit = await _terminal.RunAsync(
            "verify", await FileAsync(_bench, _bench.Seal()), "--key", KeyFile(_bench), "--heads", kept);

        exit.ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("WRONG      forked-history");
        _terminal.Output.ShouldContain("DOES NOT HOLD");
    }

    [Fact]
    public async Task One_hash_sold_in_two_files_fails()
    {
        using var other = new HistoryBench(contract: 2);
        var exit = await _terminal.RunAsync(
            "verify", await FileAsync(_bench, _bench.Seal()), await FileAsync(other, other.Seal()),
            "--key", KeyFile(_bench), "--key", KeyFile(other));

        exit.ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("sold-twice");
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_in_a_sentence()
    {
        var junk = Path.Combine(_directory, "junk");
        await File.WriteAllTextAsync(junk, "junk", TestContext.Current.CancellationToken);
        var file = await FileAsync(_bench, _bench.Seal());

        (await _terminal.RunAsync("verify", junk)).ShouldBe(ExitCodes.Failed);
        (await _terminal.RunAsync("verify", Path.Combine(_directory, "nowhere"))).ShouldBe(ExitCodes.Failed);
        (await _terminal.RunAsync("verify", file, "--key", junk)).ShouldBe(ExitCodes.Failed);
        (await _terminal.RunAsync("verify", file, "--heads", junk)).ShouldBe(ExitCodes.Failed);
        (await _terminal.RunAsync("verify", file, "--pays", "junk")).ShouldBe(ExitCodes.Failed);
        (await _terminal.RunAsync("verify")).ShouldBe(ExitCodes.Failed);
        foreach (var said in new[]
        {
            "This is not a certificate.", "holds no public key", "Line 1", "'junk' is not an address.",
        })
        {
            _terminal.Output.ShouldContain(said);
        }
    }

    [Fact]
    public async Task Names_in_a_file_do_not_steer_the_terminal()
    {
        var terms = _bench.Terms with { Keys = [new NodeKey("\u001b[2Jnode", [1])] };
        await _terminal.RunAsync("verify", await FileAsync(_bench, _bench.Seal(), terms));

        _terminal.Output.ShouldContain("?[2Jnode");
        _terminal.Output.ShouldNotContain("\u001b");
    }

    public void Dispose()
    {
        _bench.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<string> FileAsync(HistoryBench bench, List<SignedHead> heads, CertificateTerms? terms = null)
    {
        var path = Path.Combine(_directory, $"{bench.ContractId}.certificate");
        await File.WriteAllBytesAsync(
            path, await bench.WriteAsync(heads, terms), TestContext.Current.CancellationToken);
        return path;
    }

    private string KeyFile(HistoryBench bench)
    {
        var path = Path.Combine(_directory, $"{bench.ContractId}.public.pem");
        File.WriteAllText(path, bench.Key.ExportSubjectPublicKeyInfoPem());
        return path;
    }

    /// <summary>The directory with a file of heads, as they are kept.</summary>
    private string HeadsIn(List<SignedHead> heads)
    {
        File.WriteAllLines(Path.Combine(_directory, "kept.heads"), heads.Select(head => head.ToText()));
        return _directory;
    }
}
