using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.HashrateProxy.Certificates;

/// <summary>What a renter downloads to check a contract without us, of all nodes together or of one.</summary>
internal static class CertificateEndpoints
{
    private const string Complete = "complete";
    private const string Compact = "compact";

    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/contracts/{contractId}/certificate", DownloadAsync)
            .WithName("downloadCertificate")
            .WithSummary("A contract's certificate over all its nodes, complete or compact; for its renter.");
        routes.MapGet("/contracts/{contractId}/certificate/parts", ListPartsAsync)
            .WithName("listCertificateParts")
            .WithSummary("The nodes whose minutes a contract's certificate consists of; for its renter.");
        routes.MapGet("/contracts/{contractId}/certificate/parts/{nodeName}", DownloadPartAsync)
            .RequireAuthorization(Policies.UserOrService)
            .WithName("downloadCertificatePart")
            .WithSummary("One node's part, as a certificate of its own; for the renter and for other nodes.");
    }

    private static async Task<PushStreamHttpResult> DownloadAsync(
        ContractId contractId,
        string? mode,
        Caller caller,
        CertificateParts parts,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var isCompact = IsCompact(mode);
        var route = await parts.RouteAsync(contractId, caller, cancellationToken);
        var nodes = await parts.ListAsync(contractId, cancellationToken);
        return await SendAsync(
            parts, route, isCompact, [.. nodes.Select(part => part.NodeName)], context, cancellationToken);
    }

    private static async Task<Ok<CertificatePartList>> ListPartsAsync(
        ContractId contractId, Caller caller, CertificateParts parts, CancellationToken cancellationToken)
    {
        await parts.RouteAsync(contractId, caller, cancellationToken);
        return TypedResults.Ok(new CertificatePartList(await parts.ListAsync(contractId, cancellationToken)));
    }

    private static async Task<PushStreamHttpResult> DownloadPartAsync(
        ContractId contractId,
        string nodeName,
        string? mode,
        Caller caller,
        CertificateParts parts,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var isCompact = IsCompact(mode);
        var route = await parts.RouteAsync(contractId, caller, cancellationToken);
        if (caller.Service is not null && nodeName != parts.NodeName)
        {
            throw CertificateParts.NotHere(nodeName);
        }

        return await SendAsync(parts, route, isCompact, [nodeName], context, cancellationToken);
    }

    private static bool IsCompact(string? mode) => mode switch
    {
        null or Complete => false,
        Compact => true,
        _ => throw BusinessRuleException.Invalid(
            "certificate-mode-invalid", $"A certificate is '{Complete}' or '{Compact}'."),
    };

    /// <summary>Every part is opened before the first byte goes out: what is missing is still a clear answer.</summary>
    private static async Task<PushStreamHttpResult> SendAsync(
        CertificateParts parts,
        StoredRoute route,
        bool isCompact,
        IReadOnlyList<string> nodeNames,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var certificate = await parts.OpenAsync(route, isCompact, nodeNames, cancellationToken);
        context.Response.RegisterForDispose(certificate);
        return TypedResults.Stream(
            stream => certificate.WriteAsync(stream, cancellationToken),
            "application/octet-stream",
            $"{route.ContractId}.{(isCompact ? Compact : Complete)}.hashcert");
    }
}
