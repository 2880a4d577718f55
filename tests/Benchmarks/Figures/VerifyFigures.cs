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
        var submit = StratumMessage.Parse(share.Line);
        _ = SubmitRequest.TryParse(submit, out var request, out _);
        var best = TimeSpan.MaxValue;
        var allocatedBefore = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            // The first half warms up: it is compiled anew meanwhile.
            allocatedBefore = round == Rounds / 2 ? GC.GetAllocatedBytesForCurrentThread() : allocatedBefore;
            var startedAt = TimeProvider.System.GetTimestamp();
            for (var number = 0; number < SharesPerRound; number++)
            {
                share.Job.Judge(request, share.Extranonce1, RealShare.Mask, header, out _);
            }

            var elapsed = TimeProvider.System.GetElapsedTime(startedAt);
            best = elapsed < best ? elapsed : best;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        Figure.Print("verify-sha256d", SharesPerRound / best.TotalSeconds, "shares/s");
        Figure.Print("verify-sha256d-allocated", allocated / (Rounds / 2 * SharesPerRound), "bytes/share");
        PrintScrypt(share.Header);
    }

    private static void PrintScrypt(byte[] header)
    {
        Span<byte> hash = stackalloc byte[Sha256Engine.HashBytes];
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            for (var number = 0; number < HeadersPerRound; number++)
            {
                Scrypt.Hash(header, hash);
            }

            var elapsed = TimeProvider.System.GetElapsedTime(startedAt);
            best = elapsed < best ? elapsed : best;
        }

        Figure.Print("verify-scrypt", HeadersPerRound / best.TotalSeconds, "headers/s");
    }
}
