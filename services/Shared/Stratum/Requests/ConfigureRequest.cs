using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>
/// <c>mining.configure</c> (BIP 310): the extensions a worker asks for. Only what was asked may be answered: some
/// firmware reconnects for ever over a key it did not ask for.
/// </summary>
public sealed record ConfigureRequest
{
    /// <summary>The mask a worker means when it names none.</summary>
    public const uint FullMask = 0xFFFFFFFF;

    public bool AsksVersionRolling { get; private init; }

    /// <summary>The version bits the worker can roll.</summary>
    public uint VersionRollingMask { get; private init; } = FullMask;

    /// <summary>The fewest bits it needs; zero when it does not say.</summary>
    public int MinBitCount { get; private init; }

    public bool AsksMinimumDifficulty { get; private init; }

    /// <summary>The lowest difficulty it wants; null when it does not say, or not as a number above zero.</summary>
    public Difficulty? MinimumDifficulty { get; private init; }

    public bool AsksSubscribeExtranonce { get; private init; }

    public bool AsksInfo { get; private init; }

    /// <summary>What it says of its hardware and software, joined by spaces; empty when it says nothing.</summary>
    public string Device { get; private init; } = "";

    /// <summary>Extensions that are not known here; they are answered with false.</summary>
    public IReadOnlyList<string> UnknownExtensions { get; private init; } = [];

    public static bool TryParse(in StratumMessage message, out ConfigureRequest configure)
    {
        configure = new ConfigureRequest();
        var items = new JsonItems(message.Parameters);
        if (!items.TryNext(out var extensions) || !extensions.IsArray)
        {
            return false;
        }

        var unknown = new List<string>();
        var names = new JsonItems(extensions.Raw);
        for (var count = 0; names.TryNext(out var item); count++)
        {
            if (count == StratumLimits.Extensions || !item.TryGetText(StratumLimits.NameBytes, out var name))
            {
                return false;
            }

            configure = configure.Asking(name, unknown);
        }

        configure = configure with { UnknownExtensions = unknown };
        return !items.TryNext(out var parameters)
            || !parameters.IsObject
            || TryReadParameters(parameters, ref configure);
    }

    private ConfigureRequest Asking(string extension, List<string> unknown)
    {
        switch (extension)
        {
            case "version-rolling":
                return this with { AsksVersionRolling = true };
            case "minimum-difficulty":
                return this with { AsksMinimumDifficulty = true };
            case "subscribe-extranonce":
                return this with { AsksSubscribeExtranonce = true };
            case "info":
                return this with { AsksInfo = true };
            default:
                unknown.Add(extension);
                return this;
        }
    }

    private static bool TryReadParameters(JsonValue parameters, ref ConfigureRequest configure)
    {
        var properties = new JsonItems(parameters.Raw);
        while (properties.TryNextProperty(out var name, out var value))
        {
            if (name.SequenceEqual("version-rolling.mask"u8))
            {
                if (!value.TryGetShortHexWord(out var mask))
                {
                    return false;
                }

                configure = configure with { VersionRollingMask = mask };
            }
            else if (name.SequenceEqual("version-rolling.min-bit-count"u8) && value.TryGetInteger(out var bits))
            {
                configure = configure with { MinBitCount = Math.Clamp(bits, 0, 32) };
            }
            else if (name.SequenceEqual("minimum-difficulty.value"u8) && value.TryGetDifficulty(out var difficulty))
            {
                configure = configure with { MinimumDifficulty = difficulty };
            }
            else if ((name.SequenceEqual("info.hw-version"u8) || name.SequenceEqual("info.sw-version"u8))
                && value.TryGetText(StratumLimits.NameBytes, out var device))
            {
                configure = configure with { Device = $"{configure.Device} {device}".Trim() };
            }
        }

        return true;
    }
}
