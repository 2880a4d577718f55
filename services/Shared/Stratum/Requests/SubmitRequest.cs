namespace Marketplace.Stratum;

/// <summary>
/// <c>mining.submit</c>: worker, job, extranonce2, ntime, nonce and, where version rolling was agreed, version bits.
/// Worker and job point into the line. An id or name written with JSON escapes is refused: no firmware does that here.
/// </summary>
public readonly ref struct SubmitRequest
{
    public ReadOnlySpan<byte> Worker { get; internal init; }

    public ReadOnlySpan<byte> JobId { get; internal init; }

    public Extranonce Extranonce2 { get; internal init; }

    /// <summary>The header's time, in seconds since 1970.</summary>
    public uint NTime { get; internal init; }

    public uint Nonce { get; internal init; }

    /// <summary>The rolled bits of the version; null when the parameter was not sent.</summary>
    public uint? VersionBits { get; internal init; }

    /// <summary>
    /// Reads the parameters without allocating. More than six are tolerated, fewer than five are not. A number may lack
    /// leading zeros, as some firmware prints it; an extranonce2 may not, since nobody could tell where they were.
    /// </summary>
    public static bool TryParse(scoped in StratumMessage message, out SubmitRequest submit, out ParseFault fault)
    {
        submit = default;
        var items = new JsonItems(message.Parameters);
        if (!items.TryNext(out var worker) || !items.TryNext(out var job) || !items.TryNext(out var extranonce2)
            || !items.TryNext(out var nTime) || !items.TryNext(out var nonce))
        {
            fault = ParseFault.TooFewParameters;
            return false;
        }

        if (!worker.TryGetPlain(StratumLimits.NameBytes, out var workerName)
            | !job.TryGetPlain(StratumLimits.JobIdBytes, out var jobId))
        {
            var isTooLong = workerName.Length > StratumLimits.NameBytes || jobId.Length > StratumLimits.JobIdBytes;
            fault = isTooLong ? ParseFault.TooLong : ParseFault.WrongType;
            return false;
        }

        uint bits = 0;
        var hasBits = items.TryNext(out var versionBits) && !versionBits.Raw.SequenceEqual("null"u8);
        if (!extranonce2.IsText || !nTime.IsText || !nonce.IsText || (hasBits && !versionBits.IsText))
        {
            fault = ParseFault.WrongType;
            return false;
        }

        if (!extranonce2.TryGetExtranonce(out var extranonce) || !nTime.TryGetShortHexWord(out var time)
            || !nonce.TryGetShortHexWord(out var number) || (hasBits && !versionBits.TryGetShortHexWord(out bits)))
        {
            fault = ParseFault.BadHex;
            return false;
        }

        submit = new SubmitRequest
        {
            Worker = workerName,
            JobId = jobId,
            Extranonce2 = extranonce,
            NTime = time,
            Nonce = number,
            VersionBits = hasBits ? bits : null,
        };
        fault = ParseFault.None;
        return true;
    }
}
