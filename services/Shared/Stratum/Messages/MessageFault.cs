namespace Marketplace.Stratum;

/// <summary>Why a line is no message.</summary>
public enum MessageFault
{
    None,
    NotUtf8,
    NotAnObject,
    NotJson,
    IdTooLong,
    MethodNotText,
    NeitherMethodNorResult,
}
