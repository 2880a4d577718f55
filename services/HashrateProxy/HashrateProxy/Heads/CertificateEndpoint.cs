using System.Text.Json;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Stratum.Proof;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Heads;

/// <summary>What a renter downloads to check a contract without us.</summary>
internal static class CertificateEndpoint
{
    private const string Complete = "complete";
    private const string Compact = "compact";

    public static void MapCertificate(this IEndpointRouteBuilder routes) => routes
        .MapGet("/contracts/{contractId}/certificate", DownloadAsync)
        .WithName("downloadCertificate")
        .WithSummary("A contract's certificate of this node, complete or compact, up to now; for its renter.");

    private static async Task<PushStreamHttpResult> DownloadAsync(
        ContractId contractId,
        string? mode,
        Caller caller,
        ProxyDbContext db,
        CertificateBuilder builder,
        HeadSealer sealer,
        PayloadVerifier keys,
        CancellationToken cancellationToken)
    {
        if (mode is not (null or Complete or Compact))
        {
            throw BusinessRuleException.Invalid(
                "certificate-mode-invalid", $"A certificate is '{Complete}' or '{Compact}'.");
        }

        var route = await db.Routes.AsNoTracking().FirstOrDefaultAsync(
            route => route.ContractId == contractId && route.RenterId == caller.OrganisationId, cancellationToken)
            ?? throw BusinessRuleException.NotFound("contract");
        var stored = await db.Heads.AsNoTracking()
            .Where(head => head.ContractId == contractId && head.NodeName == sealer.NodeName)
            .OrderBy(head => head.Index)
            .ToListAsync(cancellationToken);
        var heads = stored.ConvertAll(head => head.ToSigned());
        if (heads.Count == 0 || !builder.Holds(heads[0].ToHead()))
        {
            throw new BusinessRuleException(
                "certificate-not-here", "This node holds no closed minute of this contract.", RuleKind.NotFound);
        }

        var complete = TermsOf(route, new NodeKey(sealer.NodeName, keys.PublicKeyOf($"proxy.{sealer.NodeName}")));
        if (mode == Compact && !complete.HasCompact)
        {
            throw BusinessRuleException.Invalid(
                "certificate-not-compact",
                $"Shares of {complete.Algorithm} are attested by the pool: no hash could choose those to show.");
        }

        var terms = mode == Compact ? complete.ToCompact() : complete;
        return TypedResults.Stream(
            stream => builder.WriteAsync(stream, terms, heads, cancellationToken),
            "application/octet-stream",
            $"{contractId}.{mode ?? Complete}.hashcert");
    }

    private static CertificateTerms TermsOf(StoredRoute route, NodeKey key)
    {
        var desired = JsonSerializer.Deserialize<ContractChanged>(route.Desired)!;
        return new CertificateTerms(
            route.ContractId,
            Algorithm.Named(desired.Algorithm),
            new Hashrate(desired.HashesPerSecond),
            desired.StartAt,
            desired.EndAt,
            ProofDifficulty: null,
            [key]);
    }
}
