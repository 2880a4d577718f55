using Marketplace.HashrateProxy.Journal;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Stratum.Proof;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Heads;

/// <summary>Signs heads and seals them: into the log first, then into the journal that makes them readable.</summary>
internal sealed class HeadSealer(
    PayloadSigner signer, ShareLogWriter log, NodeJournal journal, IOptions<ProxyOptions> options)
{
    public string NodeName => options.Value.NodeName;

    /// <returns>Null when the disk takes nothing: the minute is closed later.</returns>
    public SignedHead? TrySeal(MinuteHead head)
    {
        var body = head.ToBody();
        var signed = new SignedHead(body, signer.Sign($"proxy.{NodeName}", body));
        if (!log.Seal(SealedHeadRecord.ToBody(signed)))
        {
            return null;
        }

        Tell(signed, head);
        return signed;
    }

    /// <summary>What was sealed but perhaps not told.</summary>
    public void Tell(SignedHead signed, MinuteHead head) => journal.Add(new HeadClosedFact(signed, head));
}
