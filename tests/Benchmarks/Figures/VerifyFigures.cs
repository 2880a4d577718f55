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
        var allocatedBefore = 0L;
        var perSecond = Fastest(SharesPerRound, round =>
        {
            // The first half warms up: it is compiled anew meanwhile.
            allocatedBefore = round == Rounds / 2 ? GC.GetAllocatedBytesForCurrentThread() : allocatedBefore;
            var submit = StratumMessage.Parse(share.Line);
            _ = SubmitRequest.TryParse(submit, out var request, out _);
            for (var number = 0; number < SharesPerRound; number++)
            {
                share.Job.Judge(request, share.Extranonce1, RealShare.Mask, header, out _);
            }
        });
        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        Figure.Print("verify-sha256d", perSecond, "shares/s");
        Figure.Print("verify-sha256d-allocated", allocated / (Rounds / 2 * SharesPerRound), "bytes/share");
        PrintByCalls(perSecond);
        PrintScrypt(share.Header);
    }

    /// <summary>The same share by libcrypto's own calls, which says how fast this machine is today.</summary>
    private static void PrintByCalls(double ourPerSecond)
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
        Figure.Print("verify-sha256d-ratio", ourPerSecond / perSecond, "of-calls");
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
}
