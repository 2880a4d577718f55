using Marketplace.Benchmarks.Hashing;
using Marketplace.Stratum;

namespace Marketplace.Benchmarks.Figures;

/// <summary>How fast one core judges a real share: a coinbase of 260 bytes, twelve branches.</summary>
internal static class VerifyFigures
{
    private const int Rounds = 40;
    private const int SharesPerRound = 20_000;
    private const int HeadersPerRound = 200;

    public static void Print()
    {
        var share = new RealShare();
        var header = new byte[BlockHeader.SizeBytes];
        var alone = PrintJudging(
            "verify-sha256d", (in SubmitRequest request) =>
            {
                for (var number = 0; number < SharesPerRound; number++)
                {
                    share.Job.Judge(request, share.Extranonce1, RealShare.Mask, header, out _);
                }
            });
        var byCalls = PrintByCalls();
        Figure.Print("verify-sha256d-ratio", alone / byCalls, "of-calls");
        var batch = new ShareBatch();
        var together = PrintJudging("verify-sha256d-batch", (in SubmitRequest request) =>
        {
            for (var number = 0; number < SharesPerRound; number += ShareBatch.Capacity)
            {
                JudgeTogether(share, request, batch);
            }
        });
        Figure.Print("verify-sha256d-batch-ratio", together / byCalls, "of-calls");
        PrintScrypt(share.Header);
    }

    /// <summary>As the shares of a certificate are judged, sixteen at a time.</summary>
    private static void JudgeTogether(RealShare share, in SubmitRequest request, ShareBatch batch)
    {
        while (batch.TryAdd(share.Job, request, share.Extranonce1, RealShare.Mask))
        {
        }

        batch.Hash();
        for (var number = 0; number < batch.Count; number++)
        {
            share.Job.Judge(request, share.Extranonce1, RealShare.Mask, batch, out _);
        }

        batch.Clear();
    }

    private static double PrintJudging(string name, Judging judge)
    {
        var share = new RealShare();
        var allocatedBefore = 0L;
        var perSecond = Fastest(SharesPerRound, round =>
        {
            // The first half warms up: it is compiled anew meanwhile.
            allocatedBefore = round == Rounds / 2 ? GC.GetAllocatedBytesForCurrentThread() : allocatedBefore;
            _ = SubmitRequest.TryParse(StratumMessage.Parse(share.Line), out var request, out _);
            judge(request);
        });
        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        Figure.Print(name, perSecond, "shares/s");
        Figure.Print($"{name}-allocated", allocated / (Rounds / 2 * SharesPerRound), "bytes/share");
        return perSecond;
    }

    /// <summary>The same share by libcrypto's own calls, which says how fast this machine is today.</summary>
    private static double PrintByCalls()
    {
        var hashing = new ShareHashing();
        var perSecond = Fastest(SharesPerRound, _ =>
        {
            for (var number = 0; number < SharesPerRound; number++)
            {
                hashing.LibCryptoCalls();
            }
        });
        Figure.Print("verify-sha256d-by-calls", perSecond, "shares/s");
        return perSecond;
    }

    private static void PrintScrypt(byte[] header)
    {
        var hash = new byte[Sha256Engine.HashBytes];
        var perSecond = Fastest(HeadersPerRound, _ =>
        {
            for (var number = 0; number < HeadersPerRound; number++)
            {
                Scrypt.Hash(header, hash);
            }
        });
        Figure.Print("verify-scrypt", perSecond, "headers/s");
    }

    /// <returns>How many a second the fastest round made.</returns>
    private static double Fastest(int perRound, Action<int> run)
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            run(round);
            var elapsed = TimeProvider.System.GetElapsedTime(startedAt);
            best = elapsed < best ? elapsed : best;
        }

        return perRound / best.TotalSeconds;
    }

    private delegate void Judging(in SubmitRequest request);
}
