using System.Buffers;
using BenchmarkDotNet.Attributes;
using Marketplace.Stratum;

namespace Marketplace.Benchmarks.Hashing;

/// <summary>
/// What one share costs between its line and its answer, and what a simulated machine makes in a second.
/// </summary>
public class SharePath
{
    private const int Nonces = 1_000;
    private const int OutputBytes = 4096;

    private readonly RealShare _share = new();
    private readonly ArrayBufferWriter<byte> _output;
    private readonly DownstreamLineWriter _answers;
    private readonly byte[] _header = new byte[BlockHeader.SizeBytes];

    public SharePath()
    {
        _output = new ArrayBufferWriter<byte>(OutputBytes);
        _answers = new DownstreamLineWriter(_output);
    }

    [Benchmark(Description = "parse, judge, answer")]
    public ShareVerdict Share()
    {
        var message = StratumMessage.Parse(_share.Line);
        _ = SubmitRequest.TryParse(message, out var submit, out _);
        var verdict = _share.Job.Judge(submit, _share.Extranonce1, RealShare.Mask, _header, out _);
        _output.ResetWrittenCount();
        _answers.True(message.Id);
        return verdict;
    }

    [Benchmark(Description = "parse alone")]
    public uint Parse()
    {
        var message = StratumMessage.Parse(_share.Line);
        _ = SubmitRequest.TryParse(message, out var submit, out _);
        return submit.Nonce;
    }

    [Benchmark(Description = "one nonce", OperationsPerInvoke = Nonces)]
    public bool Scan() => NonceScanner.TryFind(_share.Header, 0, Nonces, default, out _);
}
