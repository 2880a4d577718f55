namespace Marketplace.Client.HashrateProxy;

/// <summary>The proxy over HTTP: what it checks before a contract, and what it sees while one runs.</summary>
public sealed class ProxyClient(ApiChannel api)
{
    private const string Root = "api/proxy";

    /// <summary>A dry connection to a pool; takes as long as the pool does. For users and services.</summary>
    public Task<PoolCheck> CheckPoolAsync(CheckPool request, CancellationToken cancellationToken) =>
        api.PostAsync<CheckPool, PoolCheck>($"{Root}/pool-checks", request, cancellationToken);

    /// <exception cref="ApiProblemException">404: the rig is not the caller's, or was never seen.</exception>
    public Task<RigLive> RigLiveAsync(RigId rigId, CancellationToken cancellationToken) =>
        api.GetAsync<RigLive>($"{Root}/rigs/{rigId}/live", cancellationToken);

    /// <exception cref="ApiProblemException">404: the contract is not the caller's, or was never seen.</exception>
    public Task<ContractLive> ContractLiveAsync(ContractId contractId, CancellationToken cancellationToken) =>
        api.GetAsync<ContractLive>($"{Root}/contracts/{contractId}/live", cancellationToken);

    /// <summary>
    /// A contract as it changes, until the access token ends: call again with a fresh one. Between two views there may
    /// be heartbeats, which are left out here.
    /// </summary>
    /// <exception cref="ApiProblemException">404: the contract is not the caller's, or is not known.</exception>
    public IAsyncEnumerable<ContractLive> FollowContractAsync(
        ContractId contractId, CancellationToken cancellationToken) =>
        api.FollowAsync<ContractLive>($"{Root}/contracts/{contractId}/live/events", cancellationToken);

    /// <summary>As <see cref="FollowContractAsync"/>, for a rig and its seller.</summary>
    public IAsyncEnumerable<RigLive> FollowRigAsync(RigId rigId, CancellationToken cancellationToken) =>
        api.FollowAsync<RigLive>($"{Root}/rigs/{rigId}/live/events", cancellationToken);

    /// <summary>
    /// A page of heads of minutes after an instant; all that there are in the first call's page when null.
    /// </summary>
    /// <exception cref="ApiProblemException">404: the contract is not the caller's, or was never seen.</exception>
    public Task<ContractHeads> ContractHeadsAsync(
        ContractId contractId, DateTimeOffset? after, CancellationToken cancellationToken) =>
        api.GetAsync<ContractHeads>(
            after is { } instant
                ? $"{Root}/contracts/{contractId}/heads?after={Uri.EscapeDataString($"{instant:O}")}"
                : $"{Root}/contracts/{contractId}/heads",
            cancellationToken);

    /// <summary>
    /// The newest head of each node as it is closed, until the access token ends. Keep them; where an index is left
    /// out, ask for the page.
    /// </summary>
    /// <exception cref="ApiProblemException">404: the contract is not the caller's, or was never seen.</exception>
    public IAsyncEnumerable<ContractHeads> FollowHeadsAsync(
        ContractId contractId, CancellationToken cancellationToken) =>
        api.FollowAsync<ContractHeads>($"{Root}/contracts/{contractId}/heads/events", cancellationToken);

    /// <summary>The share log of the node that answers; for operators.</summary>
    public Task<ShareLogSegments> ShareLogSegmentsAsync(CancellationToken cancellationToken) =>
        api.GetAsync<ShareLogSegments>($"{Root}/share-log/segments", cancellationToken);

    /// <summary>One of its segments, byte for byte.</summary>
    /// <exception cref="ApiProblemException">404: it is no longer kept.</exception>
    public Task<Stream> ShareLogSegmentAsync(long number, CancellationToken cancellationToken) =>
        api.GetStreamAsync($"{Root}/share-log/segments/{number}", cancellationToken);

    /// <summary>A contract's certificate over all its nodes, as it can be checked offline.</summary>
    /// <param name="mode"><c>complete</c> or <c>compact</c>.</param>
    /// <exception cref="ApiProblemException">
    /// 404: not the caller's, or nothing of it is closed yet; <c>certificate-part-away</c>: a node cannot be reached.
    /// </exception>
    public Task<Stream> CertificateAsync(ContractId contractId, string mode, CancellationToken cancellationToken) =>
        api.GetStreamAsync($"{Root}/contracts/{contractId}/certificate?mode={mode}", cancellationToken);

    /// <summary>The nodes whose minutes it consists of.</summary>
    /// <exception cref="ApiProblemException">404: not the caller's.</exception>
    public Task<CertificatePartList> CertificatePartsAsync(
        ContractId contractId, CancellationToken cancellationToken) =>
        api.GetAsync<CertificatePartList>($"{Root}/contracts/{contractId}/certificate/parts", cancellationToken);

    /// <summary>One node's part, as a certificate of its own.</summary>
    /// <inheritdoc cref="CertificateAsync"/>
    public Task<Stream> CertificatePartAsync(
        ContractId contractId, string nodeName, string mode, CancellationToken cancellationToken) =>
        api.GetStreamAsync(
            $"{Root}/contracts/{contractId}/certificate/parts/{Uri.EscapeDataString(nodeName)}?mode={mode}",
            cancellationToken);

    /// <summary>Has each head of the caller's contracts sent to an address; shows the secret once.</summary>
    /// <exception cref="ApiProblemException"><c>hook-url-invalid</c>, <c>hooks-too-many</c></exception>
    public Task<CreatedHeadHook> CreateHeadHookAsync(CreateHeadHook request, CancellationToken cancellationToken) =>
        api.PostAsync<CreateHeadHook, CreatedHeadHook>($"{Root}/head-hooks", request, cancellationToken);

    public Task<HeadHookList> HeadHooksAsync(CancellationToken cancellationToken) =>
        api.GetAsync<HeadHookList>($"{Root}/head-hooks", cancellationToken);

    /// <exception cref="ApiProblemException">404: the hook is not the caller's.</exception>
    public Task DeleteHeadHookAsync(HeadHookId hookId, CancellationToken cancellationToken) =>
        api.DeleteAsync($"{Root}/head-hooks/{hookId}", cancellationToken);
}
