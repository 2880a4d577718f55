using System.Globalization;

namespace Marketplace.Benchmarks.Node;

/// <summary>What a process has used, as proc(5) tells.</summary>
internal sealed class ProcessUsage(int processId)
{
    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>Processor time of all its threads, in user and in system mode.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return Tick * (Number(fields[UserTimeField]) + Number(fields[SystemTimeField]));
        }
    }

    public long ResidentBytes => 1024 * Number(
        File.ReadLines($"/proc/{processId}/status")
            .Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
