using System.Net;
using System.Net.Http.Headers;
using Marketplace.Client;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Stratum.Proof;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Certificates;

/// <summary>From this node to another, at the address which that one announced, with a token of the proxy.</summary>
internal sealed class NodeLink(
    IDbContextFactory<ProxyDbContext> contexts, IHttpClientFactory https, TokenIssuer tokens, ILogger<NodeLink> logger)
{
    /// <summary>As whom nodes speak, and to whom.</summary>
    public const string ServiceName = "proxy";

    private const string ClientName = "node-to-node";

    /// <summary>Until another node begins to answer.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<NodeLink>();
        services.AddHttpClient(ClientName)
            .ConfigureHttpClient(http => http.Timeout = AnswerTimeout)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.ConnectTimeout = ConnectTimeout;
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
            });
    }

    /// <summary>Another node's part, read as far as its terms.</summary>
    /// <exception cref="BusinessRuleException">
    /// <c>certificate-not-here</c>, <c>certificate-part-away</c>
    /// </exception>
    public async Task<ICertificateSection> OpenPartAsync(
        CertificateTerms terms, string nodeName, CancellationToken cancellationToken)
    {
        try
        {
            return await FetchAsync(terms, nodeName, cancellationToken);
        }
        catch (ApiProblemException problem) when (problem.Status == HttpStatusCode.NotFound)
        {
            throw CertificateParts.NotHere(nodeName);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure
            is HttpRequestException or IOException or OperationCanceledException or ApiProblemException
            or RecordFormatException)
        {
            logger.LogWarning(failure, "{NodeName} did not send its part of {ContractId}", nodeName, terms.ContractId);
            throw Away(nodeName);
        }
    }

    private async Task<FetchedSection> FetchAsync(
        CertificateTerms terms, string nodeName, CancellationToken cancellationToken)
    {
        var line = await ClientOf(await AddressOfAsync(nodeName, cancellationToken)).CertificatePartAsync(
            terms.ContractId, nodeName, terms.IsCompact ? "compact" : "complete", cancellationToken);
        try
        {
            var part = await CertificatePart.OpenAsync(line, cancellationToken);
            return part.Terms.ContractId == terms.ContractId && part.Terms.ProofDifficulty == terms.ProofDifficulty
                && part.Terms.Keys is [{ } key] && key.NodeName == nodeName
                ? new FetchedSection(line, part)
                : throw new RecordFormatException($"{nodeName} sent a part of something else.");
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    private async Task<Uri> AddressOfAsync(string nodeName, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var node = await db.Nodes.AsNoTracking()
            .FirstOrDefaultAsync(node => node.NodeName == nodeName, cancellationToken);
        return new Uri((node?.Address ?? throw Away(nodeName)).TrimEnd('/') + "/");
    }

    private ProxyClient ClientOf(Uri address)
    {
        var http = https.CreateClient(ClientName);
        http.BaseAddress = address;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", tokens.IssueForService(ServiceName, ServiceName).Text);
        return new ProxyClient(new ApiChannel(http));
    }

    private static BusinessRuleException Away(string nodeName) => new(
        "certificate-part-away", $"{nodeName} cannot be reached; the other parts can be had one by one meanwhile.");
}
