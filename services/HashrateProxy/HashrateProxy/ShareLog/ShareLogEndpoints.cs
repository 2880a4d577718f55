using Marketplace.Client.HashrateProxy;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>The log as it is, for those who keep it longer than the node does. It holds no passwords.</summary>
internal static class ShareLogEndpoints
{
    private const int BufferBytes = 64 * 1024;

    public static void MapShareLog(this IEndpointRouteBuilder routes)
    {
        var segments = routes.MapGroup("/share-log/segments").RequireAuthorization(Policies.Operator);
        segments.MapGet("", ListSegments)
            .WithName("listShareLogSegments").WithSummary("The segments of this node's share log; for operators.");
        segments.MapGet("/{number:long}", DownloadSegment)
            .WithName("downloadShareLogSegment").WithSummary("One segment, byte for byte; for operators.");
    }

    private static Ok<ShareLogSegments> ListSegments(ShareLogWriter log)
    {
        var synced = log.Sync();
        return TypedResults.Ok(new ShareLogSegments(
        [
            .. LogSegments.In(log.Directory).Select(segment => new ShareLogSegment(
                segment.Number, segment.StartedAt, LengthOf(segment, synced))),
        ]));
    }

    /// <summary>What is written while it is read is left out: it ends behind a whole record.</summary>
    private static PushStreamHttpResult DownloadSegment(
        long number, ShareLogWriter log, CancellationToken cancellationToken)
    {
        var segment = LogSegments.In(log.Directory).FirstOrDefault(segment => segment.Number == number)
            ?? throw BusinessRuleException.NotFound("segment");
        var length = LengthOf(segment, log.Sync());
        return TypedResults.Stream(
            stream => SendAsync(segment.Path, length, stream, cancellationToken),
            "application/octet-stream",
            Path.GetFileName(segment.Path));
    }

    /// <summary>The segment that is written now has room behind its last record.</summary>
    private static long LengthOf(LogSegment segment, LogPosition synced) =>
        synced.Segment == segment.Number ? synced.Offset : new FileInfo(segment.Path).Length;

    private static async Task SendAsync(
        string path, long length, Stream destination, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[BufferBytes];
        for (int read; length > 0; length -= read)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, length));
            read = await file.ReadAtLeastAsync(part, part.Length, cancellationToken: cancellationToken);
            await destination.WriteAsync(part[..read], cancellationToken);
        }
    }
}
