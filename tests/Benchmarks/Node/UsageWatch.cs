namespace Marketplace.Benchmarks.Node;

/// <summary>
/// What a process uses from its making on. The time in which the runtime compiles anew what is called often is told
/// apart: it goes on for minutes, and a node that runs for days is past it.
/// </summary>
internal sealed class UsageWatch(ProcessUsage usage)
{
    private readonly TimeSpan _before = usage.ProcessorTime;
    private readonly IReadOnlyDictionary<string, TimeSpan> _compilersBefore = usage.CompilerTimes;

    public TimeSpan Compiling => usage.CompilerTimes.Aggregate(
        TimeSpan.Zero, (sum, thread) => sum + thread.Value - _compilersBefore.GetValueOrDefault(thread.Key));

    /// <summary>Everything else.</summary>
    public TimeSpan Working => usage.ProcessorTime - _before - Compiling;
}
