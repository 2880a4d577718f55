namespace Marketplace.Primitives;

/// <summary>
/// A rule of the business was broken by a request. The one exception handler turns it into a problem document.
/// </summary>
/// <param name="code">Stable, kebab-case, part of the HTTP contract: <c>quote-expired</c>.</param>
/// <param name="message">A sentence for the person who asked; says what to do where that is known.</param>
/// <param name="kind">Which family of answer it is; decides the HTTP status.</param>
public sealed class BusinessRuleException(string code, string message, RuleKind kind = RuleKind.Conflict)
    : Exception(message)
{
    public string Code { get; } = code;

    public RuleKind Kind { get; } = kind;

    public static BusinessRuleException NotFound(string thing) =>
        new($"{thing}-not-found", $"There is no such {thing}, or it is not yours to see.", RuleKind.NotFound);

    public static BusinessRuleException Invalid(string code, string message) => new(code, message, RuleKind.Invalid);

    public static BusinessRuleException Forbidden(string code, string message) =>
        new(code, message, RuleKind.Forbidden);
}

public enum RuleKind
{
    /// <summary>The request is not well formed or out of limits: 400.</summary>
    Invalid,

    /// <summary>The caller may not do this: 403.</summary>
    Forbidden,

    /// <summary>The thing does not exist for this caller: 404.</summary>
    NotFound,

    /// <summary>The state of the thing does not allow it: 409.</summary>
    Conflict,
}
