using System.Globalization;

namespace Marketplace.Benchmarks.Node;

/// <summary>What a process has used, as proc(5) tells.</summary>
internal sealed class ProcessUsage(int processId)
{
    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;

    private const string CompilerThread = ".NET Tiered";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>Processor time of all its threads, in user and in system mode.</summary>
    public TimeSpan ProcessorTime => TimeIn($"/proc/{processId}/stat");

    /// <summary>
    /// Of it, what each thread has used that compiles anew what is called often; such threads come and go.
    /// </summary>
    public IReadOnlyDictionary<string, TimeSpan> CompilerTimes => Directory.GetDirectories($"/proc/{processId}/task")
        .Where(thread => File.ReadAllText($"{thread}/comm").StartsWith(CompilerThread, StringComparison.Ordinal))
        .ToDictionary(thread => thread, thread => TimeIn($"{thread}/stat"));

    public long ResidentBytes => 1024 * Number(
        File.ReadLines($"/proc/{processId}/status")
            .Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    private static TimeSpan TimeIn(string path)
    {
        var stat = File.ReadAllText(path);
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return Tick * (Number(fields[UserTimeField]) + Number(fields[SystemTimeField]));
    }

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
