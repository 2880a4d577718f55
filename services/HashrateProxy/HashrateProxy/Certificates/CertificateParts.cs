using System.Text.Json;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Heads;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Stratum.Proof;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Certificates;

/// <summary>
/// A contract's minutes lie in the logs of the nodes that served it. Any node is asked for all of them: it reads its
/// own and fetches the others'.
/// </summary>
internal sealed class CertificateParts(
    ProxyDbContext db, CertificateBuilder builder, NodeLink nodes, HeadSealer sealer, PayloadVerifier keys)
{
    /// <summary>This node's.</summary>
    public string NodeName => sealer.NodeName;

    public static BusinessRuleException NotHere(string nodeName) => new(
        "certificate-not-here", $"{nodeName} holds no closed minute of this contract.", RuleKind.NotFound);

    /// <summary>The contract, for its renter and for the other nodes.</summary>
    /// <exception cref="BusinessRuleException"><c>contract-not-found</c></exception>
    public async Task<StoredRoute> RouteAsync(
        ContractId contractId, Caller caller, CancellationToken cancellationToken) =>
        await db.Routes.AsNoTracking().FirstOrDefaultAsync(
            route => route.ContractId == contractId
                && (route.RenterId == caller.OrganisationId || caller.Service == NodeLink.ServiceName),
            cancellationToken) ?? throw BusinessRuleException.NotFound("contract");

    /// <summary>Every node that signed a head of the contract.</summary>
    public async Task<IReadOnlyList<CertificatePartView>> ListAsync(
        ContractId contractId, CancellationToken cancellationToken) =>
        await db.Heads.Where(head => head.ContractId == contractId)
            .GroupBy(head => head.NodeName)
            .OrderBy(node => node.Key)
            .Select(node => new CertificatePartView(
                node.Key,
                node.LongCount(),
                node.Min(head => head.MinuteAt),
                node.Max(head => head.MinuteAt),
                node.Any(head => head.IsLast)))
            .ToListAsync(cancellationToken);

    /// <exception cref="BusinessRuleException">
    /// <c>certificate-not-compact</c>: only pools attest its algorithm; <c>certificate-not-here</c>: there is nothing,
    /// or the log no longer holds it; <c>certificate-part-away</c>: a node cannot be reached.
    /// </exception>
    public async Task<OpenCertificate> OpenAsync(
        StoredRoute route, bool isCompact, IReadOnlyList<string> nodeNames, CancellationToken cancellationToken)
    {
        var agreed = TermsOf(route);
        if (isCompact && !agreed.HasCompact)
        {
            throw BusinessRuleException.Invalid(
                "certificate-not-compact",
                $"Shares of {agreed.Algorithm} are attested by the pool: no hash could choose those to show.");
        }

        var certificate = new OpenCertificate(isCompact ? agreed.ToCompact() : agreed);
        try
        {
            foreach (var nodeName in nodeNames)
            {
                certificate.Add(nodeName == NodeName
                    ? await OpenOwnAsync(route.ContractId, cancellationToken)
                    : await nodes.OpenPartAsync(certificate.Terms, nodeName, cancellationToken));
            }

            return certificate.Terms.Keys.Count > 0 ? certificate : throw NotHere("No node");
        }
        catch
        {
            certificate.Dispose();
            throw;
        }
    }

    private async Task<ICertificateSection> OpenOwnAsync(ContractId contractId, CancellationToken cancellationToken)
    {
        var stored = await db.Heads.AsNoTracking()
            .Where(head => head.ContractId == contractId && head.NodeName == NodeName)
            .OrderBy(head => head.Index)
            .ToListAsync(cancellationToken);
        var heads = stored.ConvertAll(head => head.ToSigned());
        return heads.Count > 0 && builder.Holds(heads[0].ToHead())
            ? new OwnSection(builder, contractId, heads, new NodeKey(NodeName, keys.PublicKeyOf($"proxy.{NodeName}")))
            : throw NotHere(NodeName);
    }

    private static CertificateTerms TermsOf(StoredRoute route)
    {
        var desired = JsonSerializer.Deserialize<ContractChanged>(route.Desired)!;
        return new CertificateTerms(
            route.ContractId,
            Algorithm.Named(desired.Algorithm),
            new Hashrate(desired.HashesPerSecond),
            desired.StartAt,
            desired.EndAt,
            ProofDifficulty: null,
            Keys: []);
    }
}
