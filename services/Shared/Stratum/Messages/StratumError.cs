namespace Marketplace.Stratum;

/// <summary>The error of an answer, as Stratum numbers it.</summary>
public readonly record struct StratumError(int Code, string Text)
{
    public const int OtherCode = 20;
    public const int JobNotFoundCode = 21;
    public const int DuplicateCode = 22;
    public const int LowDifficultyCode = 23;
    public const int UnauthorisedCode = 24;
    public const int NotSubscribedCode = 25;

    public static StratumError JobNotFound { get; } = new(JobNotFoundCode, "Job not found");

    public static StratumError Duplicate { get; } = new(DuplicateCode, "Duplicate share");

    public static StratumError LowDifficulty { get; } = new(LowDifficultyCode, "Low difficulty share");

    public static StratumError Unauthorised { get; } = new(UnauthorisedCode, "Unauthorized worker");

    public static StratumError NotSubscribed { get; } = new(NotSubscribedCode, "Not subscribed");

    public static StratumError NotSupported { get; } = new(OtherCode, "Not supported");

    public static StratumError Malformed { get; } = new(OtherCode, "Malformed request");

    public static StratumError BadVersion { get; } = new(OtherCode, "Version bits outside the mask");

    public static StratumError BadNTime { get; } = new(OtherCode, "Time out of range");

    public static StratumError TooManyShares { get; } = new(OtherCode, "Too many shares");

    /// <summary>A good share that could not be kept: it does not count, and the worker stays.</summary>
    public static StratumError NotRecorded { get; } = new(OtherCode, "Shares cannot be recorded now");

    /// <summary>Only the pool could have said whether the share is good, and it is gone.</summary>
    public static StratumError Unanswered { get; } = new(OtherCode, "The pool did not answer");

    public static StratumError Other(string text) => new(OtherCode, text);

    /// <summary>What a worker is told of a share that was not accepted.</summary>
    public static StratumError For(ShareVerdict verdict) => verdict switch
    {
        ShareVerdict.Stale => JobNotFound,
        ShareVerdict.Duplicate => Duplicate,
        ShareVerdict.LowDifficulty => LowDifficulty,
        ShareVerdict.BadVersion => BadVersion,
        ShareVerdict.BadNTime => BadNTime,
        ShareVerdict.Malformed => Malformed,
        ShareVerdict.Unauthorised => Unauthorised,
        ShareVerdict.Unattested => Unanswered,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "An accepted share has no error."),
    };

    /// <summary>Reads any form seen in the field: an array, an object with code and message, a plain string.</summary>
    internal static StratumError Read(ReadOnlySpan<byte> raw)
    {
        var value = new JsonValue(raw);
        var code = OtherCode;
        var text = "";
        if (value.IsArray)
        {
            var items = new JsonItems(raw);
            if (items.TryNext(out var first) && !first.TryGetInteger(out code))
            {
                code = OtherCode;
            }

            _ = items.TryNext(out var second) && second.TryGetText(StratumLimits.TextBytes, out text);
        }
        else if (value.IsObject)
        {
            var properties = new JsonItems(raw);
            while (properties.TryNextProperty(out var name, out var property))
            {
                if (name.SequenceEqual("code"u8) && property.TryGetInteger(out var number))
                {
                    code = number;
                }
                else if (name.SequenceEqual("message"u8)
                    && property.TryGetText(StratumLimits.TextBytes, out var message))
                {
                    text = message;
                }
            }
        }
        else if (!value.TryGetText(StratumLimits.TextBytes, out text))
        {
            text = "";
        }

        return new StratumError(code, text.Length > 0 ? text : "No reason given");
    }
}
