using System.Text;
using System.Text.Json;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class TranscriptTests
{
    [Fact]
    public void A_pools_own_answers_are_reached_over_its_whole_transcript()
    {
        var replay = new Replay();
        foreach (var line in File.ReadLines(ShareVector.PathOf("btcpool-submit-shares-1.log")))
        {
            replay.Take(Encoding.UTF8.GetBytes(line));
        }

        // The pool refused 33 shares as stale by the time at which they reached it, which no transcript holds.
        replay.Compared.ShouldBe(
            [
                (0, ShareVerdict.Accepted, 20), (21, ShareVerdict.Accepted, 33),
                (22, ShareVerdict.Duplicate, 2), (23, ShareVerdict.LowDifficulty, 1),
            ]);
    }

    [Fact]
    public void Every_line_of_a_firmware_and_its_pool_is_understood()
    {
        foreach (var line in File.ReadLines(ShareVector.PathOf("viabtc-bitaxe-transcript.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement.GetProperty("m");
            if (json.TryGetProperty("notify", out _))
            {
                continue;
            }

            var message = StratumMessage.Parse(Encoding.UTF8.GetBytes(json.GetRawText()));
            message.Kind.ShouldNotBe(MessageKind.Malformed);
            (message.Kind == MessageKind.Response || message.Method != StratumMethod.Unknown).ShouldBeTrue(line);
        }
    }

    private sealed class Replay
    {
        private readonly Dictionary<string, DownstreamJob> _jobs = [];
        private readonly Dictionary<string, (ShareVerdict Verdict, ShareHash Hash)> _submits = [];
        private readonly DuplicateSet _credited = new(100);
        private readonly List<(int Code, ShareVerdict Ours)> _compared = [];
        private ExtranonceAssignment _assignment;
        private Difficulty _difficulty;

        public IEnumerable<(int Code, ShareVerdict Ours, int Count)> Compared =>
            _compared.GroupBy(pair => pair).Select(group => (group.Key.Code, group.Key.Ours, group.Count())).Order();

        public void Take(ReadOnlySpan<byte> line)
        {
            var message = StratumMessage.Parse(line);
            if (message.Kind == MessageKind.Response)
            {
                TakeAnswer(message);
                return;
            }

            switch (message.Method)
            {
                case StratumMethod.SetDifficulty:
                    PoolNotice.TryParseDifficulty(message, out _difficulty).ShouldBeTrue();
                    break;
                case StratumMethod.Notify:
                    PoolJob.TryParse(message, out var job, out _).ShouldBeTrue();
                    var seam = CoinbaseSeam.Unmoved(_assignment.Extranonce1.Length, _assignment.Extranonce2Bytes);
                    _jobs[job!.Id] = new DownstreamJob(
                        job.Id, job, seam, default, _difficulty.ToTarget(Algorithm.Sha256d));
                    break;
                case StratumMethod.Submit:
                    SubmitRequest.TryParse(message, out var submit, out _).ShouldBeTrue();
                    var verdict = _jobs[Encoding.UTF8.GetString(submit.JobId)].Judge(
                        submit, _assignment.Extranonce1, 0, new byte[BlockHeader.SizeBytes], out var hash);
                    _submits[Encoding.UTF8.GetString(message.Id)] = (verdict, hash);
                    break;
            }
        }

        private void TakeAnswer(in StratumMessage message)
        {
            if (_submits.Remove(Encoding.UTF8.GetString(message.Id), out var submit))
            {
                var answer = PoolAnswer.Of(message);
                var isDuplicate = submit.Verdict == ShareVerdict.Accepted
                    && answer.Error.Code != StratumError.JobNotFoundCode
                    && _credited.Add(submit.Hash) == DuplicateCheck.Duplicate;
                _compared.Add((answer.Error.Code, isDuplicate ? ShareVerdict.Duplicate : submit.Verdict));
            }
            else if (SubscribeAnswer.TryParse(message, out var subscribed))
            {
                _assignment = subscribed.Assignment;
            }
        }
    }
}
