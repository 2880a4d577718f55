using Marketplace.Client;
using Marketplace.HashrateProxy.ShareLog;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.ShareLog;

public sealed class ShareLogExportTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_takes_out_what_is_on_the_disk_and_nobody_else_does()
    {
        var log = world.Services.GetRequiredService<ShareLogWriter>();
        var body = new SealedReadingRecord(1, new byte[200_000], []).ToBody();
        log.Seal(body).ShouldBeTrue();

        var staff = world.ClientOf(TypedId.New<OrganisationId>(TimeProvider.System), "operator");
        var segment = (await staff.ShareLogSegmentsAsync(Cancelled)).Segments[^1];
        await using (var stream = await staff.ShareLogSegmentAsync(segment.Number, Cancelled))
        {
            var folder = Directory.CreateTempSubdirectory("marketplace-export-").FullName;
            await using (var copy = File.Create(
                Path.Combine(folder, LogSegments.NameOf(segment.Number, segment.StartedAt))))
            {
                await stream.CopyToAsync(copy, Cancelled);
                segment.SizeBytes.ShouldBeInRange(body.Length, copy.Length);
                copy.Length.ShouldBeLessThan(1_000_000, "room that is not written yet is not part of it");
            }

            ShareLogReader.Read(folder, DateTimeOffset.UnixEpoch).ShouldContain(
                entry => entry.Body.SequenceEqual(body));
            Directory.Delete(folder, recursive: true);
        }

        (await Should.ThrowAsync<ApiProblemException>(
            () => staff.ShareLogSegmentAsync(long.MaxValue, Cancelled))).Code.ShouldBe("segment-not-found");
        await Should.ThrowAsync<ApiProblemException>(
            () => world.ClientOf(world.RenterId, "renter").ShareLogSegmentsAsync(Cancelled));
    }
}
