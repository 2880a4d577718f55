using Marketplace.Stratum.Proof;

namespace Marketplace.Stratum.Tests.Proof;

internal static class AnyRecord
{
    /// <summary>Reads a body of any kind and writes it again.</summary>
    public static byte[] Rewrite(byte[] body)
    {
        var copy = new byte[RecordLimits.BodyBytes];
        var length = RecordStamp.KindOf(body) switch
        {
            RecordKind.PoolJob => PoolJobRecord.Read(body).Write(copy),
            RecordKind.DownstreamJob => DownstreamJobRecord.Read(body).Write(copy),
            RecordKind.Worker => WorkerRecord.Read(body).Write(copy),
            RecordKind.Share => ShareRecord.Read(body).Write(copy),
            RecordKind.StrayShare => StrayShareRecord.Read(body).Write(copy),
            RecordKind.PoolAnswer => PoolAnswerRecord.Read(body).Write(copy),
            RecordKind.DifficultyChange => DifficultyChangeRecord.Read(body).Write(copy),
            RecordKind.RouteChange => RouteChangeRecord.Read(body).Write(copy),
            RecordKind.AttestedShare => AttestedShareRecord.Read(body).Write(copy),
            var other => throw new InvalidOperationException($"{other} has no reader."),
        };
        return copy[..length];
    }
}
