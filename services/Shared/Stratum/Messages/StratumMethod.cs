namespace Marketplace.Stratum;

/// <summary>The methods that are understood; every other one is <see cref="Unknown"/> and keeps its name.</summary>
public enum StratumMethod
{
    Unknown,
    Configure,
    Subscribe,
    Authorize,
    Submit,
    SuggestDifficulty,
    SuggestTarget,
    ExtranonceSubscribe,
    Notify,
    SetDifficulty,
    SetExtranonce,
    SetVersionMask,
    Ping,
    Reconnect,
    ShowMessage,
    GetVersion,
}

internal static class StratumMethods
{
    public static StratumMethod Named(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("mining.submit"u8) => StratumMethod.Submit,
        _ when name.SequenceEqual("mining.notify"u8) => StratumMethod.Notify,
        _ when name.SequenceEqual("mining.set_difficulty"u8) => StratumMethod.SetDifficulty,
        _ when name.SequenceEqual("mining.configure"u8) => StratumMethod.Configure,
        _ when name.SequenceEqual("mining.subscribe"u8) => StratumMethod.Subscribe,
        _ when name.SequenceEqual("mining.authorize"u8) => StratumMethod.Authorize,
        _ when name.SequenceEqual("mining.suggest_difficulty"u8) => StratumMethod.SuggestDifficulty,
        _ when name.SequenceEqual("mining.suggest_target"u8) => StratumMethod.SuggestTarget,
        _ when name.SequenceEqual("mining.extranonce.subscribe"u8) => StratumMethod.ExtranonceSubscribe,
        _ when name.SequenceEqual("mining.set_extranonce"u8) => StratumMethod.SetExtranonce,
        _ when name.SequenceEqual("mining.set_version_mask"u8) => StratumMethod.SetVersionMask,
        _ when name.SequenceEqual("mining.ping"u8) => StratumMethod.Ping,
        _ when name.SequenceEqual("client.reconnect"u8) => StratumMethod.Reconnect,
        _ when name.SequenceEqual("client.show_message"u8) => StratumMethod.ShowMessage,
        _ when name.SequenceEqual("client.get_version"u8) => StratumMethod.GetVersion,
        _ => StratumMethod.Unknown,
    };
}
