using System.Text;
using System.Text.Json;

namespace Marketplace.Stratum.Tests;

/// <summary>Jobs as a pool might send them.</summary>
internal static class PoolJobs
{
    /// <summary>To the hash of 20 zero bytes.</summary>
    public const string Payee = "bc1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq9e75rs";

    private const int ExtranonceBytes = 12;

    public static ExtranonceAssignment Assignment { get; } = new(new Extranonce([1, 2, 3, 4]), 8);

    public static string Notify(
        string id,
        bool isClean = true,
        byte block = 0,
        uint version = 0x20000000,
        int coinbaseBytes = 0,
        DateTimeOffset? at = null)
    {
        var (start, end) = Coinbase(coinbaseBytes);
        return JsonSerializer.Serialize(new
        {
            id = (int?)null,
            method = "mining.notify",
            @params = new object[]
            {
                id, Hex([.. Enumerable.Repeat(block, 32)]), Hex(start), Hex(end), Array.Empty<string>(),
                $"{version:x8}", "17056102", $"{(uint)(at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds():x8}",
                isClean,
            },
        });
    }

    public static PoolJob Job(string notify) =>
        PoolJob.TryParse(StratumMessage.Parse(Encoding.UTF8.GetBytes(notify)), out var job, out var fault)
            ? job
            : throw new InvalidOperationException($"{fault}: {notify}");

    /// <summary>One payment, and commitments that pay nobody until the length asked for is reached.</summary>
    private static (byte[] Start, byte[] End) Coinbase(int bytes)
    {
        byte[] start = [1, 0, 0, 0, 1, .. new byte[36], ExtranonceBytes];
        byte[] pay = [.. BitConverter.GetBytes(312_500_000L), 22, 0, 20, .. new byte[20]];
        var filler = bytes - start.Length - ExtranonceBytes - 4 - 1 - pay.Length - 4 - 8 - 3;
        byte[] outputs = filler > 0
            ? [2, .. pay, .. new byte[8], 0xfd, (byte)filler, (byte)(filler >> 8), .. new byte[filler]]
            : [1, .. pay];
        return (start, [.. BitConverter.GetBytes(uint.MaxValue), .. outputs, .. new byte[4]]);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
