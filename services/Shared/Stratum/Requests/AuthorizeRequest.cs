namespace Marketplace.Stratum;

/// <summary><c>mining.authorize</c>.</summary>
/// <param name="User">The login, as a rule <c>farm.rig</c>.</param>
/// <param name="Password">Empty when it was left out; often carries options such as <c>d=1024</c>.</param>
public sealed record AuthorizeRequest(string User, string Password)
{
    public static bool TryParse(in StratumMessage message, out AuthorizeRequest authorize)
    {
        authorize = new AuthorizeRequest("", "");
        var items = new JsonItems(message.Parameters);
        if (!items.TryNext(out var first) || !first.TryGetText(StratumLimits.NameBytes, out var user))
        {
            return false;
        }

        _ = items.TryNext(out var second) & second.TryGetText(StratumLimits.NameBytes, out var password);
        authorize = new AuthorizeRequest(user, password);
        return true;
    }

    /// <summary>The record's own text would put a password into a log.</summary>
    public override string ToString() => $"authorize {User}";
}
