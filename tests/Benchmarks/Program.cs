using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Marketplace.Benchmarks.Figures;
using Marketplace.Benchmarks.Books;
using Marketplace.Benchmarks.Node;
using Perfolizer.Horology;

switch (args)
{
    case [ProxyFigures.Command, .. var groups]:
        ProxyFigures.Print(groups);
        return;
    case ["money"]:
        await LedgerFigures.PrintAsync();
        return;
    case [NodeProcess.Command]:
        await NodeProgram.RunAsync();
        return;
}

// Many short iterations in process: the smallest of them holds on a machine that does other work too.
var job = Job.Default
    .WithToolchain(InProcessEmitToolchain.Instance)
    .WithWarmupCount(20)
    .WithIterationCount(200)
    .WithIterationTime(TimeInterval.FromMilliseconds(5));
var config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddColumn(StatisticColumn.Min, StatisticColumn.Median)
    .AddLogger(ConsoleLogger.Default);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
