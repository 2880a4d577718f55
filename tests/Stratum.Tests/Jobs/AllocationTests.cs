using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class AllocationTests
{
    private const int Shares = 10_000;

    [Fact]
    public void A_share_is_read_judged_answered_and_sent_on_without_garbage()
    {
        var path = new SharePath();
        var accepted = path.Run(Shares);
        accepted.ShouldBe(Shares);

        var before = GC.GetAllocatedBytesForCurrentThread();
        path.Run(Shares);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The smallest object takes 24 bytes; a pipe may rent one more segment for all of them.
        (allocated / Shares).ShouldBe(0);
    }

    /// <summary>A worker's line to its answer and to the pool's line, over real pipes on one thread.</summary>
    private sealed class SharePath
    {
        private static readonly ShareVector Vector = ShareVector.Named("lumerin-s19xp-1");
        private static readonly PipeOptions Options = new(
            readerScheduler: PipeScheduler.Inline,
            writerScheduler: PipeScheduler.Inline,
            useSynchronizationContext: false);

        private readonly byte[] _line = Encoding.UTF8.GetBytes(Vector.SubmitLine + "\n");
        private readonly byte[] _user = "account.worker"u8.ToArray();
        private readonly DownstreamJob _job = Vector.Unmoved(Difficulty.Of(699));
        private readonly Pipe _worker = new(Options);
        private readonly Pipe _answers = new(Options);
        private readonly StratumLineReader _reader;
        private readonly DownstreamLineWriter _down;
        private readonly UpstreamLineWriter _up;

        public SharePath()
        {
            _reader = new StratumLineReader(_worker.Reader);
            _down = new DownstreamLineWriter(_answers.Writer);
            _up = new UpstreamLineWriter(_answers.Writer);
        }

        public int Run(int shares)
        {
            var accepted = 0;
            Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
            for (var share = 0; share < shares; share++)
            {
                _worker.Writer.Write(_line);
                Completed(_worker.Writer.FlushAsync());
                var line = Completed(_reader.ReadAsync(CancellationToken.None));
                var message = StratumMessage.Parse(line.Bytes.Span);
                if (message.Method == StratumMethod.Submit && SubmitRequest.TryParse(message, out var submit, out _)
                    && _job.Judge(submit, Vector.Assignment.Extranonce1, Vector.VersionMask, header, out _)
                        == ShareVerdict.Accepted)
                {
                    accepted++;
                    _down.True(message.Id);
                    _up.Submit(
                        share, _user, _job.PoolJob.IdUtf8,
                        _job.ToPoolExtranonce2(Vector.Assignment.Extranonce1, submit.Extranonce2),
                        submit.NTime, submit.Nonce, submit.VersionBits);
                }

                Completed(_answers.Writer.FlushAsync());
                _ = _answers.Reader.TryRead(out var written);
                _answers.Reader.AdvanceTo(written.Buffer.End);
            }

            return accepted;
        }

        private static T Completed<T>(ValueTask<T> task) => task.IsCompletedSuccessfully
            ? task.GetAwaiter().GetResult()
            : throw new InvalidOperationException("Nothing in this test waits.");
    }
}
