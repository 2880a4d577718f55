using Marketplace.Simulators.MainLine;

namespace Marketplace.EndToEnd.Tests;

/// <summary>The same line, with everything in one process killed in the midst of the contract.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task A_contract_outlives_the_kill_of_every_service_to_the_hash_and_the_cent()
    {
        Assert.SkipWhen(Surroundings.AreSet, "The marketplace that the environment names is not ours to kill.");
        await using var standalone = new StandaloneProcess();
        await standalone.StartAsync();
        var line = standalone.Line with { Interrupt = _ => standalone.KillAndStartAgainAsync(), WorkerCount = 4 };

        var report = await MainLineDriver.RunAsync(
            line,
            TimeProvider.System,
            step => TestContext.Current.SendDiagnosticMessage($"{step.Name}: {step.Took.TotalSeconds:0.0} s"),
            TestContext.Current.CancellationToken);

        report.Failures.ShouldBeEmpty(standalone.LogTail());
        report.CancelledToReturned.ShouldNotBeNull();
    }
}
