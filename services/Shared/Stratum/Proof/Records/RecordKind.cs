namespace Marketplace.Stratum.Proof;

/// <summary>
/// The first byte of a record's body. It names one layout for ever: a changed layout takes a number of its own, so that
/// what was written once can always be read. Numbers below 16 belong to records that are not proof.
/// </summary>
public enum RecordKind : byte
{
    PoolJob = 16,
    DownstreamJob = 17,
    Worker = 18,
    Share = 19,
    StrayShare = 20,
    PoolAnswer = 21,
    DifficultyChange = 22,
    RouteChange = 23,
    AttestedShare = 24,
}
