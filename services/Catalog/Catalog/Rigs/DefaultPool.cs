using System.Text;
using Marketplace.Messages;
using Marketplace.ServiceDefaults.Security;

namespace Marketplace.Catalog.Rigs;

/// <summary>One of the seller's own pools. The password exists here only sealed to the proxy.</summary>
internal sealed class DefaultPool
{
    public const int MaxUserLength = 255;

    private DefaultPool(DestinationId id, string url, string user, string sealedPassword, int priority)
    {
        Id = id;
        Url = url;
        User = user;
        SealedPassword = sealedPassword;
        Priority = priority;
    }

    public DestinationId Id { get; private set; }

    public string Url { get; private set; }

    public string User { get; private set; }

    public string SealedPassword { get; private set; }

    /// <summary>0 is tried first.</summary>
    public int Priority { get; private set; }

    /// <exception cref="BusinessRuleException">
    /// <c>pool-url-invalid</c>, <c>pool-user-invalid</c>, <c>pool-password-invalid</c>
    /// </exception>
    public static DefaultPool Create(Api.Pool pool, int priority, SecretSealer sealer, TimeProvider time)
    {
        var url = PoolUrl.Parse(pool.Url ?? "").ToString();
        var user = RequiredText.Of(pool.User, MaxUserLength, "pool-user-invalid", "the pool's user");
        var password = pool.Password ?? "";
        if (Encoding.UTF8.GetByteCount(password) > SealedText.MaxPlaintextBytes || password.Any(char.IsControl))
        {
            throw BusinessRuleException.Invalid(
                "pool-password-invalid",
                $"A pool's password has at most {SealedText.MaxPlaintextBytes} bytes and no control characters.");
        }

        return new DefaultPool(TypedId.New<DestinationId>(time), url, user, sealer.Seal(password), priority);
    }

    public PoolAddress ToMessage() => new(Id.Value, Url, User, SealedPassword, Priority);

    public Api.PoolView ToView() => new(Url, User);
}
