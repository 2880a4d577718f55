using System.Text.Encodings.Web;
using System.Text.Json;

namespace Marketplace.Stratum;

/// <summary>What was said on a line, for people to read; a pool may say the password back, so it is masked.</summary>
internal sealed class Transcript(string secret)
{
    private const int MaxLines = 40;
    private const int MaxLineLength = 400;

    /// <summary>A shorter password, such as the usual x, is no secret and would be found in every word.</summary>
    private const int MinSecretLength = 3;
    private const string Masked = "***";

    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Asked(string line) => Write($"> {line}");

    public void Heard(string line) => Write($"< {line}");

    /// <summary>Takes the secret out of a text, as it is or as JSON writes it.</summary>
    public string Mask(string text) => secret.Length < MinSecretLength
        ? text
        : text.Replace(secret, Masked, StringComparison.Ordinal)
            .Replace(JsonEncodedText.Encode(secret).Value, Masked, StringComparison.OrdinalIgnoreCase)
            .Replace(
                JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
                Masked,
                StringComparison.OrdinalIgnoreCase);

    private void Write(string line)
    {
        if (_lines.Count < MaxLines)
        {
            var masked = Mask(line);
            _lines.Add(masked.Length > MaxLineLength ? masked[..MaxLineLength] + "..." : masked);
        }
    }
}
