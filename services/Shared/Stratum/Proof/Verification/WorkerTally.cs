using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>How the hashes of a contract lie, worker by worker and all together.</summary>
internal sealed class WorkerTally
{
    /// <summary>More connections than this are only looked at together.</summary>
    private const int MaxWorkers = 50_000;

    private readonly Dictionary<(int Node, long Connection), TailTest> _workers = [];
    private readonly Dictionary<(int Node, long Connection), string> _names = [];
    private int _node;

    public TailTest All { get; } = new();

    public void BeginNode() => _node++;

    /// <summary>Remembers the name under which a worker came first.</summary>
    public void Add(in WorkerRecord worker)
    {
        if (worker.Event == WorkerEvent.Named && _names.Count < MaxWorkers)
        {
            _names.TryAdd((_node, worker.Connection), worker.Name);
        }
    }

    /// <summary>A credited share.</summary>
    public void Add(KnownJob job, in ShareHash hash, Target target)
    {
        All.Add(hash, target);
        var worker = (_node, job.Record.Connection);
        if (!_workers.TryGetValue(worker, out var test))
        {
            if (_workers.Count == MaxWorkers)
            {
                return;
            }

            _workers.Add(worker, test = new TailTest());
        }

        test.Add(hash, target);
    }

    /// <summary>Names what honest hardware does not explain, corrected for the number of workers.</summary>
    public void Report(Findings findings)
    {
        var tests = _workers.Count + 1;
        Report("The contract", All, tests, findings);
        foreach (var (worker, test) in _workers)
        {
            var name = _names.TryGetValue(worker, out var known) ? $" '{known}'" : "";
            Report($"Worker{name} on connection {worker.Connection}", test, tests, findings);
        }
    }

    private static void Report(string who, TailTest test, int tests, Findings findings)
    {
        if (test.IsSuspicious(tests))
        {
            findings.Add(
                FindingKind.OddHashes,
                $"{who}: honest hardware looks as odd as this with p = {test.PValue():0.0e+0}.");
        }
    }
}
