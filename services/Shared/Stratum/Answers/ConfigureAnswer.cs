namespace Marketplace.Stratum;

/// <summary>A pool's answer to <c>mining.configure</c>; a pool that knows no such method grants nothing.</summary>
/// <param name="VersionMask">The version bits it lets us roll; zero when version rolling was refused.</param>
/// <param name="GrantsMinimumDifficulty">It will not go below the difficulty asked for.</param>
/// <param name="GrantsSubscribeExtranonce">It may send <c>mining.set_extranonce</c>.</param>
public readonly record struct ConfigureAnswer(
    uint VersionMask, bool GrantsMinimumDifficulty, bool GrantsSubscribeExtranonce)
{
    public static ConfigureAnswer Of(in StratumMessage response)
    {
        var answer = default(ConfigureAnswer);
        var isRolling = false;
        var properties = new JsonItems(new JsonValue(response.Result).IsObject ? response.Result : default);
        while (properties.TryNextProperty(out var name, out var value))
        {
            if (name.SequenceEqual("version-rolling"u8))
            {
                isRolling = value.IsTrue;
            }
            else if (name.SequenceEqual("version-rolling.mask"u8) && value.TryGetShortHexWord(out var mask))
            {
                answer = answer with { VersionMask = mask };
            }
            else if (name.SequenceEqual("minimum-difficulty"u8))
            {
                answer = answer with { GrantsMinimumDifficulty = value.IsTrue };
            }
            else if (name.SequenceEqual("subscribe-extranonce"u8))
            {
                answer = answer with { GrantsSubscribeExtranonce = value.IsTrue };
            }
        }

        return isRolling ? answer : answer with { VersionMask = 0 };
    }
}
