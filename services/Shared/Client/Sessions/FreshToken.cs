using Marketplace.Client.Identity;

namespace Marketplace.Client.Sessions;

/// <summary>The session's current token; asks for the next one before the current one can expire on the way.</summary>
internal sealed class FreshToken(IdentityClient identity, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBeforeExpiry = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private AccessToken? _current;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_current is null || _current.ExpiresAt - RenewBeforeExpiry <= time.GetUtcNow())
            {
                _current = await identity.GetTokenAsync(cancellationToken);
            }

            return _current.Token;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Another person is about to sign in, or nobody.</summary>
    public void Forget() => _current = null;

    public void Dispose() => _oneAtATime.Dispose();
}
